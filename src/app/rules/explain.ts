// `rules explain`: why a rule holds on an event, or what keeps it from holding.
import { type Event, keepEvent } from '../../event/event.ts'
import {
  conflicts,
  logSourceJson,
  printSelector,
} from '../../event/log-source.ts'

import type { DetectionRule } from '../../ir/rule.ts'

import { type TraceNode, trace } from '../../executors/stream/trace.ts'

import { type InputListener, readEvents } from '../input.ts'
import { splitRules } from './enriched-rules.ts'

export interface ExplainedEvent {
  readonly event: Event
  readonly trace: TraceNode
  /** undefined: the rule meets the event. Otherwise what conflicts. */
  readonly conflict: string | undefined
  /** Why this event, of all. */
  readonly chosen: string
  /** The rule asks what no single record says: edges, lineage, rarity, what scripts do. */
  readonly needsJoin: boolean
}

/**
 * Of the events with this record number (a line may hold several) the one that comes nearest; without one the first on which the rule holds, or the one that comes nearest to it.
 * undefined: no such event.
 */
export async function explain(
  rule: DetectionRule,
  path: string,
  record: number | undefined,
  listener: InputListener,
  signal: AbortSignal,
): Promise<ExplainedEvent | undefined> {
  let best: { event: Event; trace: TraceNode; score: number } | undefined
  const consider = (event: Event) => {
    if (best?.score === certain) return
    if (record !== undefined && event.origin.record !== record) return
    const meets = !conflicts(rule.logSource, event.shape.logSource)
    const traced = trace(rule, event)
    const score = scoreOf(traced, meets)
    if (best && score <= best.score) return
    best = { event: keepEvent(event), trace: traced, score }
  }
  await readEvents([path], consider, listener, signal)
  if (!best) return undefined
  const { event, trace: traced, score } = best
  return {
    event,
    trace: traced,
    conflict: conflictOf(rule, event),
    needsJoin: splitRules([rule]).onMade.length > 0,
    chosen:
      record !== undefined
        ? `record ${record}`
        : score === certain
          ? 'the first event on which the rule holds'
          : 'the event that comes nearest; the rule holds on none',
  }
}

const certain = Number.POSITIVE_INFINITY

// An event that the rule would meet is nearer than any that it would not; among them the share of parts that hold decides.
function scoreOf(node: TraceNode, meets: boolean): number {
  if (meets && node.holds) return certain
  return (meets ? 1 : 0) + nearness(node) / 2
}

function nearness(node: TraceNode): number {
  if (node.holds) return 1
  if (node.kind === 'leaf' || node.kind === 'constant') return 0
  const parts = node.of.map(nearness)
  if (node.kind === 'or') return parts.reduce((a, b) => Math.max(a, b), 0)
  if (node.kind === 'not') return 0
  return parts.reduce((a, b) => a + b, 0) / Math.max(1, parts.length)
}

function conflictOf(rule: DetectionRule, event: Event): string | undefined {
  const source = event.shape.logSource
  if (!conflicts(rule.logSource, source)) return undefined
  return `the rule is for ${printSelector(rule.logSource)}, the event is of ${printSelector(logSourceJson(source))}`
}
