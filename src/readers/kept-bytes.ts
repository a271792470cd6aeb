// Bytes that are kept from one block to the next: what has begun and not ended. The room grows by doubling, up to the caller's bound.

const firstBytes = 64 * 1024

export class KeptBytes {
  readonly #maxBytes: number
  #room: Buffer = Buffer.alloc(0)
  /** How many are kept. */
  length = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** false: it would be more than the bound, and nothing was added. */
  add(block: Buffer, from: number, to: number): boolean {
    const needed = this.length + to - from
    if (needed > this.#maxBytes) return false
    if (needed > this.#room.length) {
      const doubled = Math.max(needed, this.#room.length * 2, firstBytes)
      const grown = Buffer.allocUnsafe(Math.min(this.#maxBytes, doubled))
      this.#room.copy(grown, 0, 0, this.length)
      this.#room = grown
    }
    block.copy(this.#room, this.length, from, to)
    this.length = needed
    return true
  }

  /** Valid until more are added. */
  get bytes(): Buffer {
    return this.#room.subarray(0, this.length)
  }

  /** The room stays for what comes. */
  clear(): void {
    this.length = 0
  }

  /** The room is given back. */
  release(): void {
    this.length = 0
    this.#room = Buffer.alloc(0)
  }
}
