// A match of a rule that emits is a finding, written where the event is; those that wait for a twin stand in twins.ts.
import { ByteText } from '../../base/byte-text.ts'

import type { Match, MatchStation } from './match.ts'
import type { Part } from './station.ts'

export interface FindingsPart extends Part {
  readonly kind: 'findings'
  /** Findings as JSON in UTF-8, one behind the other. */
  readonly lines: Uint8Array
  /** Of each: rule index, time in milliseconds since 1970 (Infinity: none), record (see `RecordIdentity`), end in `lines`. */
  readonly keys: Float64Array
}

/** Numbers of each finding in `keys`. */
export const keysEach = 4

/** Findings are handed on when so many bytes of them are there. */
const flushAt = 64 * 1024

export class Findings implements MatchStation {
  readonly #full: () => void
  readonly #lines = new ByteText()
  #keys: number[] = []

  constructor(full: () => void) {
    this.#full = full
  }

  matched(match: Match): void {
    if (!match.rule.emits || match.twin()) return
    match.write(this.#lines)
    const time = match.time ?? Number.POSITIVE_INFINITY
    this.#keys.push(match.index, time, match.record, this.#lines.length)
    if (this.#lines.length >= flushAt) this.#full()
  }

  drain(): FindingsPart | undefined {
    if (!this.#keys.length) return undefined
    const keys = Float64Array.from(this.#keys)
    this.#keys = []
    return { kind: 'findings', lines: this.#lines.take(), keys }
  }
}
