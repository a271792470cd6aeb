// The lines of a table before its first quote: each is a row as it stands. What begins with a byte-order mark, and a line that is longer than a
// row may be, is left to who reads all of the format.
const LF = 0x0a
const CR = 0x0d
const quote = 0x22
/** Of a line, in bytes. */
const maxBytes = 1024 * 1024

/** `line` without its break, which has `breakBytes`; valid only during the call. */
export type TakeLine = (line: Buffer, breakBytes: number) => void

export class PlainLines {
  #open: Buffer[] = []
  #openBytes = 0
  #isAtBeginning = true

  /** Gives back what is no plain line and all behind it; undefined: there is nothing of that yet. */
  push(block: Buffer, take: TakeLine): Buffer | undefined {
    const first = block.indexOf(quote)
    if (first < 0 && !block.includes(LF) && this.#openBytes < maxBytes) {
      this.#keep(block)
      return undefined
    }
    const held = this.#openBytes
    const bytes = held > 0 ? Buffer.concat([...this.#open, block]) : block
    this.#open = []
    this.#openBytes = 0
    if (this.#isAtBeginning && bytes[0] === 0xef) return bytes
    this.#isAtBeginning = false
    const end = first < 0 ? bytes.length : held + first
    const from = this.#lines(bytes, end, take)
    const rest = bytes.subarray(from)
    if (first >= 0 || rest.length > maxBytes) return rest
    this.#keep(rest)
    return undefined
  }

  /** The last line, which has no break; undefined: nothing is left. */
  end(): Buffer | undefined {
    return this.#openBytes > 0 ? Buffer.concat(this.#open) : undefined
  }

  /** Of those that end before a place; where the next one begins. */
  #lines(bytes: Buffer, end: number, take: TakeLine): number {
    let from = 0
    for (;;) {
      const at = bytes.indexOf(LF, from)
      if (at < 0 || at >= end) return from
      const hasReturn = at > from && bytes[at - 1] === CR
      take(bytes.subarray(from, hasReturn ? at - 1 : at), hasReturn ? 2 : 1)
      from = at + 1
    }
  }

  #keep(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.#open.push(Buffer.from(bytes))
    this.#openBytes += bytes.length
  }
}
