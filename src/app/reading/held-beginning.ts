// A member of an archive is read once, from its beginning: where its clocks are told further down, the beginning waits for that.
import type { Reader } from '../../readers/reader.ts'

/** Bytes that wait; what is told later comes too late. */
const maxHeld = 4 * 1024 * 1024

export class HeldBeginning implements Reader {
  readonly #until: string
  readonly #open: (beginning: Buffer) => Reader
  #held: Buffer[] = []
  #bytes = 0
  #reader: Reader | undefined

  /** `open`: with all that waited, when a block holds the text, when there is enough, or at the end. */
  constructor(until: string, open: (beginning: Buffer) => Reader) {
    this.#until = until
    this.#open = open
  }

  push(block: Buffer): void {
    if (this.#reader) {
      this.#reader.push(block)
      return
    }
    this.#held.push(Buffer.from(block))
    this.#bytes += block.length
    if (block.includes(this.#until) || this.#bytes >= maxHeld) this.#begin()
  }

  end(): void | Promise<void> {
    return (this.#reader ?? this.#begin()).end()
  }

  #begin(): Reader {
    const beginning = Buffer.concat(this.#held)
    this.#held = []
    this.#reader = this.#open(beginning)
    this.#reader.push(beginning)
    return this.#reader
  }
}
