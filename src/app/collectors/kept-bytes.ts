// Copies of what waits, which last until all of them are let go.
import type { Waiting } from './waiting.ts'

/** Of a block; what is larger has one of its own. */
const blockBytes = 256 * 1024

export class KeptBytes {
  #block = Buffer.alloc(0)
  #used = 0

  copy({ time, record, bytes, from, to }: Waiting): Waiting {
    const length = to - from
    if (this.#used + length > this.#block.length) {
      this.#block = Buffer.allocUnsafeSlow(Math.max(length, blockBytes))
      this.#used = 0
    }
    const start = this.#used
    bytes.copy(this.#block, start, from, to)
    this.#used += length
    return { time, record, bytes: this.#block, from: start, to: this.#used }
  }

  /** The last block is written again. */
  clear(): void {
    this.#used = 0
  }
}
