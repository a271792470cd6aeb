// How does a search become a rule of a scan? What it asks of an event is rules; what its operators do with the events runs elsewhere.
import { detectionsOf } from '../../ir/condition.ts'
import type { DetectionRule } from '../../ir/rule.ts'
import { innerSearches, type SearchRule } from '../../ir/search.ts'

export interface SplitSearches {
  /** Searches that are conditions on single events, as rules; and for the others the rules that pick their events. */
  readonly rules: readonly DetectionRule[]
  /** Searches with operators. */
  readonly fed: readonly SearchRule[]
  /** Searches that need more than one reading of the events. */
  readonly unfit: readonly SearchRule[]
}

export function splitSearches(searches: readonly SearchRule[]): SplitSearches {
  const rules: DetectionRule[] = []
  const fed: SearchRule[] = []
  const unfit: SearchRule[] = []
  for (const rule of searches) {
    const { search } = rule
    const nested =
      search.subsearches.length > 0 ||
      innerSearches(search.operators).length > 0 ||
      search.from.kind !== 'events'
    if (nested) {
      unfit.push(rule)
      continue
    }
    const emits = search.operators.length === 0
    if (!emits) fed.push(rule)
    for (const r of detectionsOf(rule)) rules.push({ ...r, emits })
  }
  return { rules, fed, unfit }
}
