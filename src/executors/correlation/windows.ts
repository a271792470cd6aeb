// Which kind of window does a correlation need?
import type {
  CorrelationCondition,
  CorrelationRule,
  RuleExpression,
} from '../../ir/rule.ts'

import { AskedRules } from './asked-rules.ts'
import { ForwardWindow } from './forward-window.ts'
import { measureOf } from './measure.ts'
import { OrderedWindow } from './ordered-window.ts'
import { MeasureTracker, RuleTracker, type Tracker } from './trackers.ts'
import { TrailingWindow } from './trailing-window.ts'
import type { TimedMatch, Window } from './window.ts'

/** Opens windows of a rule: a group has one. */
export function windowsOf<T extends TimedMatch>(
  rule: CorrelationRule,
): () => Window<T> {
  const { correlation, windowMs } = rule
  if (correlation === 'temporal_ordered') {
    const asked = new AskedRules(rule)
    return () => new OrderedWindow(asked)
  }
  const open = trackersOf(rule)
  return looksAhead(rule)
    ? () => new ForwardWindow(open(), windowMs)
    : () => new TrailingWindow(open(), windowMs)
}

function trackersOf(rule: CorrelationRule): () => Tracker {
  const { correlation, condition } = rule
  if (
    correlation === 'temporal' ||
    correlation === 'temporal_ordered' ||
    condition.kind === 'expression'
  ) {
    const asked = new AskedRules(rule)
    return () => new RuleTracker(asked)
  }
  return () => new MeasureTracker(measureOf(correlation, condition), condition)
}

/** What may still come decides: its windows look ahead from each match, and not back. */
export function looksAhead({
  correlation,
  condition,
}: CorrelationRule): boolean {
  return correlation !== 'temporal_ordered' && boundedAbove(condition)
}

/** Can more matches make the condition false? */
function boundedAbove(condition: CorrelationCondition): boolean {
  if (condition.kind === 'expression') return hasNot(condition.of)
  const { eq, neq, lt, lte } = condition.bounds
  return [eq, neq, lt, lte].some((bound) => bound !== undefined)
}

function hasNot(e: RuleExpression): boolean {
  return e.kind === 'not' || (e.kind !== 'rule' && e.of.some(hasNot))
}
