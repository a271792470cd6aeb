// An event on which a rule may hold, once lineage says what its record does not: it waits, whole, for the join.
import { WaitingEvents } from '../../event/waiting-events.ts'

import type { DetectionRule } from '../../ir/rule.ts'

import { isWaiting, isWaitingForCounts } from '../rules/enriched-rules.ts'
import { FactLines, type FactsPart } from './facts.ts'
import type { Match, MatchStation, OpenMatchStation } from './match.ts'

class Waiting implements MatchStation {
  /** By rule. */
  readonly #waits: readonly boolean[]
  readonly #waitsForCounts: readonly boolean[]
  readonly #lines: FactLines
  readonly #events = new WaitingEvents()
  readonly #counts: () => void
  #file = ''
  #record = Number.NaN
  #time = Number.NaN

  /** `counts`: told that something waits for counts. */
  constructor(
    rules: readonly DetectionRule[],
    full: () => void,
    counts: () => void,
  ) {
    this.#waits = rules.map(isWaiting)
    this.#waitsForCounts = rules.map(isWaitingForCounts)
    this.#counts = counts
    this.#lines = new FactLines(full)
  }

  matched(match: Match): void {
    const { time, record, event } = match
    if (!this.#waits[match.index] || time === undefined) return
    if (this.#waitsForCounts[match.index]) this.#counts()
    const { file } = event.origin
    // One event waits once, however many rules may hold on it: they follow each other.
    if (record === this.#record && time === this.#time && file === this.#file)
      return
    this.#record = record
    this.#time = time
    this.#file = file
    this.#lines.add(this.#events.write(event), time, record)
  }

  drain(): FactsPart | undefined {
    const part = this.#lines.drain()
    return part && { ...part, shapes: this.#events.takeShapes() }
  }
}

/** `counts`: told that something waits for counts. */
export function openWaiting(counts: () => void): OpenMatchStation {
  return (_config, rules, full) =>
    rules.some(isWaiting) ? new Waiting(rules, full, counts) : undefined
}
