// Where does a search say that its events are from? `sourcetype=x host=y` names a source besides what it asks; where one of several
// alternatives names none, events may be from anywhere.
import type { Condition, Origin } from '../../ir/search.ts'

import type { SearchNode } from './ast.ts'
import { resolutionOf, type SearchContext } from './lower-compare.ts'
import { lowerSource, oneOf } from './lower-search.ts'

/** Which host an event is of, and who wrote it where, under any name. */
const identities = new Set(['Computer', 'Channel', 'Provider_Name'])

export function originOf(
  node: SearchNode,
  c: SearchContext,
): Origin | undefined {
  switch (node.kind) {
    case 'and':
      return allOrigins(node.of.map((n) => originOf(n, c)))
    case 'or': {
      const of = node.of.map((n) => originOf(n, c))
      const named = of.filter((o) => o !== undefined)
      return named.length === of.length ? joined('or', named) : undefined
    }
    case 'compare':
      return node.op === '='
        ? named(node.field, [node.value], node.at, c)
        : undefined
    case 'in':
      return named(node.field, node.values, node.at, c)
    default:
      return undefined
  }
}

/** Of several that all hold. */
export function allOrigins(
  of: readonly (Origin | undefined)[],
): Origin | undefined {
  const named = of.filter((o) => o !== undefined)
  return named.length ? joined('and', named) : undefined
}

function joined(kind: 'and' | 'or', of: readonly Origin[]): Origin {
  if (of.length === 1) return of[0]!
  return {
    label: of.map((o) => o.label).join(` ${kind} `),
    condition: { kind, of: of.map((o) => o.condition) },
  }
}

function named(
  field: string,
  values: Parameters<typeof lowerSource>[1],
  at: number,
  c: SearchContext,
): Origin | undefined {
  const condition: Condition | undefined =
    lowerSource(field, values, at, c) ?? identityIn(field, values, at, c)
  if (!condition || condition.kind === 'constant') return undefined
  const texts = values.map((v) => `"${v.text}"`).join(' or ')
  return { label: `${field} ${texts}`, condition }
}

/** `host=ws7`: that no event is of that host is no answer that nothing happened there. */
function identityIn(
  field: string,
  values: Parameters<typeof lowerSource>[1],
  at: number,
  c: SearchContext,
): Condition | undefined {
  const places = resolutionOf(field, c).flatMap((p) =>
    p.kind === 'field' && p.name === field ? [] : [p],
  )
  const isIdentity =
    identities.has(field) ||
    (places.length > 0 &&
      places.every((p) => p.kind === 'field' && identities.has(p.name)))
  if (!c.events || !isIdentity || values.some((v) => v.text === '*'))
    return undefined
  return oneOf({ kind: 'in', field, values, at }, c)
}
