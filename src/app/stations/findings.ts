// A match of a rule that emits is a finding, written where the event is; those that wait for a twin stand in twins.ts.
import type { Match, MatchStation } from './match.ts'
import type { Part } from './station.ts'

export interface FindingsPart extends Part {
  readonly kind: 'findings'
  /** NDJSON lines, each with its line break. */
  readonly lines: string
  /** How many of each rule: rule index, count, rule index, count. */
  readonly counts: readonly number[]
}

/** Findings are handed on when so many characters of them are there. */
const flushAt = 64 * 1024

export class Findings implements MatchStation {
  readonly #full: () => void
  #lines = ''
  #counts = new Map<number, number>()

  constructor(full: () => void) {
    this.#full = full
  }

  matched(match: Match): void {
    if (!match.rule.emits || match.twin()) return
    this.#lines += `${match.line()}\n`
    const { index } = match
    this.#counts.set(index, (this.#counts.get(index) ?? 0) + 1)
    if (this.#lines.length >= flushAt) this.#full()
  }

  drain(): FindingsPart | undefined {
    if (!this.#lines) return undefined
    const counts: number[] = []
    for (const [rule, n] of this.#counts) counts.push(rule, n)
    const part: FindingsPart = { kind: 'findings', lines: this.#lines, counts }
    this.#lines = ''
    this.#counts = new Map()
    return part
  }
}
