// Bytes that have to be there before they can be read: of an archive whose directory stands at its end.
import type { Budget } from './budget.ts'
import type { RandomAccess } from './context.ts'

const blockBytes = 1024 * 1024

/** Kept in blocks, so that growing copies nothing. */
export class Held implements RandomAccess {
  readonly #budget: Budget
  #blocks: Buffer[] = []
  size = 0

  constructor(budget: Budget) {
    this.#budget = budget
  }

  /** Throws LimitReached. */
  add(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const within = this.size % blockBytes
      if (within === 0) {
        this.#budget.hold(blockBytes)
        this.#blocks.push(Buffer.allocUnsafeSlow(blockBytes))
      }
      const copied = bytes.copy(this.#blocks.at(-1)!, within, at)
      at += copied
      this.size += copied
    }
  }

  async read(offset: number, length: number): Promise<Buffer> {
    const end = Math.min(this.size, offset + length)
    const parts: Buffer[] = []
    for (let at = offset; at < end; ) {
      const within = at % blockBytes
      const to = Math.min(blockBytes, within + end - at)
      parts.push(this.#blocks[(at - within) / blockBytes]!.subarray(within, to))
      at += to - within
    }
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
  }

  release(): void {
    this.#budget.hold(-this.#blocks.length * blockBytes)
    this.#blocks = []
    this.size = 0
  }
}
