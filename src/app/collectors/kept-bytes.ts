// Copies of what waits, which last until all of them are let go.
import type { Waiting } from './waiting.ts'

/** Of a block; what is larger has one of its own. */
const blockBytes = 256 * 1024

export class KeptBytes {
  /** Written again and again: large blocks that are let go of are garbage that is seldom looked for. */
  readonly #blocks: Buffer[] = []
  /** Which of them is filled, and how far. */
  #at = 0
  #used = 0

  copy({ time, record, bytes, from, to }: Waiting): Waiting {
    const length = to - from
    if (length > blockBytes) {
      const own = Buffer.allocUnsafeSlow(length)
      bytes.copy(own, 0, from, to)
      return { time, record, bytes: own, from: 0, to: length }
    }
    if (this.#used + length > blockBytes) {
      this.#at++
      this.#used = 0
    }
    const block = (this.#blocks[this.#at] ??=
      Buffer.allocUnsafeSlow(blockBytes))
    const start = this.#used
    bytes.copy(block, start, from, to)
    this.#used += length
    return { time, record, bytes: block, from: start, to: this.#used }
  }

  clear(): void {
    this.#at = 0
    this.#used = 0
  }
}
