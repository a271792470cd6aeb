// Which rules on edges can be told of before the edge ends? Those that ask nothing of its end, and of what came of it only what they cannot
// do without: once they hold, more of the edge changes nothing.
import { canHoldWithout } from '../../ir/demand.ts'
import { fieldsOf, leaves } from '../../ir/predicate.ts'
import type { DetectionRule, Rule } from '../../ir/rule.ts'

import { endFields, outcomeFields } from '../../enrich/edges/edge-event.ts'
import { rarityFields } from '../../enrich/rarity/kinds.ts'
import { cycleFields } from '../../enrich/schedule/fields.ts'

import { asksEdges } from './enriched-rules.ts'
import { detections } from './selection.ts'

const outcome: ReadonlySet<string> = new Set(outcomeFields)

export function isPrompt(rule: DetectionRule): boolean {
  const { condition, emits, meta } = rule
  if (!emits || meta.counted || !asksEdges(rule)) return false
  if ([...leaves(condition)].some((leaf) => leaf.kind === 'keyword'))
    return false
  const fields = [...fieldsOf(condition)]
  if (fields.some(isOfTheEnd)) return false
  return (
    !fields.some((field) => outcome.has(field)) ||
    !canHoldWithout(condition, outcome)
  )
}

/** Known when the edge has ended, or told by others than the joiner. */
function isOfTheEnd(field: string): boolean {
  return (
    endFields.includes(field) ||
    rarityFields.has(field) ||
    cycleFields.includes(field)
  )
}

/** Do correlations, searches or counts take what rules make of edges? Then they wait until edges have ended, since they go by order of time. */
export function edgesAreAwaited(rules: readonly Rule[]): boolean {
  const read = new Set(
    rules.flatMap((r) => (r.kind === 'correlation' ? r.rules : [])),
  )
  return detections(rules).some(
    (r) => asksEdges(r) && (r.meta.counted || read.has(r.meta.id)),
  )
}
