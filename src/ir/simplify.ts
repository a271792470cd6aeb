// Joins predicates without leaving anything in that says nothing: constants go, a combination within one of its kind becomes
// part of it unless the author gave it a name, one part stands for itself.
import type { Predicate } from './predicate.ts'
import { fold } from './visit.ts'

export const always: Predicate = { kind: 'constant', value: true }
export const never: Predicate = { kind: 'constant', value: false }

export function anyOf(of: readonly Predicate[]): Predicate {
  const kept = flatten('or', of).filter((p) => !isNever(p))
  if (kept.some(isAlways)) return always
  if (!kept.length) return never
  return kept.length === 1 ? kept[0]! : { kind: 'or', of: kept }
}

export function allOf(of: readonly Predicate[]): Predicate {
  const kept = flatten('and', of).filter((p) => !isAlways(p))
  if (kept.some(isNever)) return never
  if (!kept.length) return always
  return kept.length === 1 ? kept[0]! : { kind: 'and', of: kept }
}

export function noneOf(of: Predicate): Predicate {
  if (of.kind === 'constant') return of.value ? never : always
  if (of.kind === 'not') return of.of
  return { kind: 'not', of }
}

/** The same from the leaves up. */
export function simplify(p: Predicate): Predicate {
  return fold<Predicate>(p, {
    and: allOf,
    or: anyOf,
    not: noneOf,
    constant: (node) => node,
    leaf: (leaf) => leaf,
  })
}

export function isAlways(p: Predicate): boolean {
  return p.kind === 'constant' && p.value
}

export function isNever(p: Predicate): boolean {
  return p.kind === 'constant' && !p.value
}

function flatten(
  kind: 'and' | 'or',
  of: readonly Predicate[],
): readonly Predicate[] {
  if (!of.some((p) => p.kind === kind && !p.label)) return of
  return of.flatMap((p) => (p.kind === kind && !p.label ? p.of : [p]))
}
