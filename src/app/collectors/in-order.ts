// Findings in order of time, those of one record in several places as one. Sources are read in any order, so all wait until the last is
// there.
import { joinPlaces, sayTheSame } from '../../findings/assemble.ts'

import {
  type FoundLine,
  type FoundText,
  foundLine,
  lineOf,
} from './found-line.ts'
import { Spool } from './spool.ts'

/** Findings of one rule on records that share host, time and number, and yet say something else: so many are compared. */
const maxAlike = 64

export interface OrderListener {
  /** Valid during the call. */
  finding(found: FoundLine): void
  problem(message: string): void
}

export class InOrder {
  readonly #listener: OrderListener
  readonly #spool: Spool
  #said = false

  constructor(listener: OrderListener, maxBytes?: number) {
    this.#listener = listener
    this.#spool = new Spool(
      {
        overflow: (lines, why) => {
          this.#sayOnce(why)
          this.#tell(lines)
        },
      },
      maxBytes,
    )
  }

  add(found: FoundText): void {
    this.#spool.add(found)
  }

  /** See `HeldLines`. */
  addAll(
    lines: Uint8Array,
    keys: Float64Array,
    rules: readonly number[],
  ): void {
    this.#spool.addAll(lines, keys, rules)
  }

  /** Nothing of an earlier time will come: what is earlier can go. What waits in a file goes at the end. */
  advance(watermark: number): void {
    if (this.#spool.hasFile) return
    const all = [...this.#spool.drain()]
    const later = all.findIndex((f) => f.time >= watermark)
    this.#tell(later < 0 ? all : all.slice(0, later))
    if (later < 0) return
    const kept = all.slice(later).map((f) => ({ ...f, line: lineOf(f) }))
    for (const f of kept) this.add(f)
  }

  finish(): void {
    this.#tell(this.#spool.drain())
  }

  #sayOnce(why: string): void {
    if (this.#said) return
    this.#said = true
    this.#listener.problem(
      `temporary file: ${why}; findings are in order of time in parts only, and copies of a record may be findings of their own`,
    )
  }

  #tell(lines: Iterable<FoundLine>): void {
    let first: FoundLine | undefined
    // What looks like the first, and it too; empty while it is alone.
    let alike: string[] = []
    const letGo = () => {
      if (!first) return
      if (!alike.length) this.#listener.finding(first)
      for (const line of alike) this.#listener.finding(foundLine(line, first))
      alike = []
    }
    for (const found of lines) {
      if (!first || !looksLike(found, first) || alike.length >= maxAlike) {
        letGo()
        first = found
        continue
      }
      if (!alike.length) alike.push(lineOf(first))
      const own = lineOf(found)
      const at = alike.findIndex((line) => sayTheSame(line, own))
      if (at < 0) alike.push(own)
      else alike[at] = joinPlaces(alike[at]!, own)
    }
    letGo()
  }
}

function looksLike(a: FoundLine, b: FoundLine): boolean {
  return a.time === b.time && a.record === b.record && a.rule === b.rule
}
