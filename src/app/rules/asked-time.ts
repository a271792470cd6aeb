// Who cannot judge an event that tells no time? Correlations, what asks for a process's past or for what is rare, and searches that
// put events in order.
import { fieldUse, inCondition } from '../../ir/operator-fields.ts'
import type { Rule } from '../../ir/rule.ts'
import {
  innerSearches,
  type Operator,
  type Search,
  type SearchRule,
} from '../../ir/search.ts'

import { asksEdges, waitsForJoin } from './enriched-rules.ts'

/** Those that the person hears of, by id. */
export function timeAskers(
  rules: readonly Rule[],
  searches: readonly SearchRule[],
): ReadonlySet<string> {
  const asking = rules.filter(
    (r) =>
      r.emits && (r.kind === 'correlation' || asksEdges(r) || waitsForJoin(r)),
  )
  const ordering = searches.filter(({ search }) => ordersByTime(search))
  return new Set([...asking, ...ordering].map((r) => r.meta.id))
}

/** Do its commands read the time, other than to show it? */
export function ordersByTime(search: Search): boolean {
  const { operators, subsearches } = search
  return (
    operators.some(readsTime) ||
    [...subsearches, ...innerSearches(operators)].some(ordersByTime)
  )
}

const shows: ReadonlySet<string> = new Set(['fields', 'table', 'sort'])
const ofMoments: ReadonlySet<string> = new Set([
  'earliest',
  'latest',
  'earliest_time',
  'latest_time',
])

function readsTime(op: Operator): boolean {
  if (shows.has(op.kind)) return false
  // Aggregates are always given the time, and few look at it.
  if (!('aggregates' in op)) {
    return fieldUse(op, inCondition).reads.includes('_time')
  }
  const by = [
    ...('by' in op ? [op.by].flat() : []),
    ...('over' in op ? [op.over] : []),
  ]
  const hasWindow = 'timeWindow' in op && op.timeWindow !== undefined
  return (
    hasWindow ||
    by.includes('_time') ||
    op.aggregates.some(({ fn }) => ofMoments.has(fn))
  )
}
