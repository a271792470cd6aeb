// A match of a rule that emits is a finding, written where the event is; those that wait for a twin stand in twins.ts.
import type { Match, MatchStation } from './match.ts'
import type { Part } from './station.ts'

export interface FindingsPart extends Part {
  readonly kind: 'findings'
  /** Findings as JSON, one behind the other. */
  readonly lines: string
  /** Of each: rule index, time in milliseconds since 1970 (Infinity: none), record (see `RecordIdentity`), end in `lines`. */
  readonly keys: readonly number[]
}

/** Numbers of each finding in `keys`. */
export const keysEach = 4

/** Findings are handed on when so many characters of them are there. */
const flushAt = 64 * 1024

export class Findings implements MatchStation {
  readonly #full: () => void
  #lines = ''
  #keys: number[] = []

  constructor(full: () => void) {
    this.#full = full
  }

  matched(match: Match): void {
    if (!match.rule.emits || match.twin()) return
    this.#lines += match.line()
    const time = match.time ?? Number.POSITIVE_INFINITY
    this.#keys.push(match.index, time, match.record, this.#lines.length)
    if (this.#lines.length >= flushAt) this.#full()
  }

  drain(): FindingsPart | undefined {
    if (!this.#lines) return undefined
    const part: FindingsPart = {
      kind: 'findings',
      lines: this.#lines,
      keys: this.#keys,
    }
    this.#lines = ''
    this.#keys = []
    return part
  }
}
