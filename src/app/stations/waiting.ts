// An event on which a rule may hold, once lineage says what its record does not: it waits, whole, for the join.
import { plainEvent, plainText } from '../../event/made-event.ts'

import type { DetectionRule } from '../../ir/rule.ts'

import { isWaiting } from '../rules/enriched-rules.ts'
import { FactLines, type FactsPart } from './facts.ts'
import type { Match, MatchConfig, MatchStation } from './match.ts'

class Waiting implements MatchStation {
  /** By rule. */
  readonly #waits: readonly boolean[]
  readonly #lines: FactLines
  #file = ''
  #record = Number.NaN
  #time = Number.NaN

  constructor(waits: readonly boolean[], full: () => void) {
    this.#waits = waits
    this.#lines = new FactLines(full)
  }

  matched(match: Match): void {
    const { time, record, event } = match
    if (!this.#waits[match.index] || time === undefined) return
    const { file } = event.origin
    // One event waits once, however many rules may hold on it: they follow each other.
    if (record === this.#record && time === this.#time && file === this.#file)
      return
    this.#record = record
    this.#time = time
    this.#file = file
    this.#lines.add(plainText(plainEvent(event)), time, record)
  }

  drain(): FactsPart | undefined {
    return this.#lines.drain()
  }
}

export function openWaiting(
  _config: MatchConfig,
  rules: readonly DetectionRule[],
  full: () => void,
): Waiting | undefined {
  const waits = rules.map(isWaiting)
  return waits.includes(true) ? new Waiting(waits, full) : undefined
}
