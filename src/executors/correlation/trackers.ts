// Does what is in a window fulfil the condition?
import type { CorrelationCondition } from '../../ir/rule.ts'

import {
  type AskedRules,
  countAt,
  type Counts,
  countsOf,
  type Matched,
  setCount,
} from './asked-rules.ts'
import { boundsHold, type Measure } from './measure.ts'
import type { TimedMatch } from './window.ts'

/** Keeps account of the window's content. */
export interface Tracker {
  enter(match: TimedMatch): void
  leave(match: TimedMatch): void
  holds(): boolean
  value(): number
}

export class MeasureTracker implements Tracker {
  readonly #measure: Measure
  readonly #condition: Extract<CorrelationCondition, { kind: 'compare' }>

  constructor(
    measure: Measure,
    condition: Extract<CorrelationCondition, { kind: 'compare' }>,
  ) {
    this.#measure = measure
    this.#condition = condition
  }

  enter(match: TimedMatch): void {
    if (this.#measure.takes(match)) this.#measure.enter(match)
  }
  leave(match: TimedMatch): void {
    if (this.#measure.takes(match)) this.#measure.leave(match)
  }
  holds(): boolean {
    return boundsHold(this.#condition.bounds, this.#measure.value())
  }
  value(): number {
    return this.#measure.value() ?? 0
  }
}

/** Which rules matched in the window. */
export class RuleTracker implements Tracker, Matched {
  readonly #asked: AskedRules
  readonly #counts: Counts
  size = 0

  constructor(asked: AskedRules) {
    this.#asked = asked
    this.#counts = countsOf(asked.count)
  }

  enter({ rule }: TimedMatch): void {
    if (this.#add(rule, 1) === 1) this.size++
  }
  leave({ rule }: TimedMatch): void {
    if (this.#add(rule, -1) === 0) this.size--
  }
  #add(rule: string, more: number): number {
    const at = this.#asked.placeOf(rule)
    const count = countAt(this.#counts, at) + more
    setCount(this.#counts, at, count)
    return count
  }
  has(rule: string): boolean {
    return countAt(this.#counts, this.#asked.placeOf(rule)) > 0
  }
  holds(): boolean {
    return this.#asked.hold(this)
  }
  value(): number {
    return this.size
  }
}
