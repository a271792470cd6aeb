// Would a condition hold for an event that has these texts and no other field?
import type { Leaf, Predicate } from '../ir/predicate.ts'

import { covers } from './pattern-sets.ts'

export function holdsFor(
  p: Predicate,
  fields: ReadonlyMap<string, string>,
): boolean {
  switch (p.kind) {
    case 'and':
      return p.of.every((c) => holdsFor(c, fields))
    case 'or':
      return p.of.some((c) => holdsFor(c, fields))
    case 'not':
      return !holdsFor(p.of, fields)
    case 'constant':
      return p.value
    default:
      return leafHolds(p, fields)
  }
}

// Of leaves that ask for more than text nothing is assumed: they do not hold.
function leafHolds(leaf: Leaf, fields: ReadonlyMap<string, string>): boolean {
  if (leaf.kind === 'keyword') {
    return [...fields.values()].some((v) =>
      covers(leaf.pattern, [v], leaf.cased),
    )
  }
  const value = fields.get(leaf.field)
  if (leaf.kind === 'null') return value === undefined
  if (value === undefined) return false
  if (leaf.kind === 'exists') return true
  return leaf.kind === 'text' && covers(leaf.pattern, [value], leaf.cased)
}
