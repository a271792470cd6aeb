// The lines of a table before its first quote: each is a row as it stands. What begins with a byte-order mark, and a line that is longer than a
// row may be, is left to who reads all of the format.
const LF = 0x0a
const CR = 0x0d
const quote = 0x22
/** Of a line, in bytes. */
const maxBytes = 1024 * 1024
/** Lines are decoded together, and a cell that is kept keeps what it was decoded with: so much, in bytes. */
const decodedBytes = 16 * 1024

/** `line` without its break; `bytes` with it. */
export type TakeLine = (line: string, bytes: number) => void

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
    const from = end === 0 ? 0 : bytes.lastIndexOf(LF, end - 1) + 1
    this.#lines(bytes.subarray(0, from), take)
    const rest = bytes.subarray(from)
    if (first >= 0 || rest.length > maxBytes) return rest
    this.#keep(rest)
    return undefined
  }

  /** The last line, which has no break; undefined: nothing is left. */
  end(): Buffer | undefined {
    return this.#openBytes > 0 ? Buffer.concat(this.#open) : undefined
  }

  /** Of bytes that end with a break. */
  #lines(bytes: Buffer, take: TakeLine) {
    for (let from = 0; from < bytes.length; ) {
      const most = Math.min(from + decodedBytes, bytes.length) - 1
      const last = bytes.lastIndexOf(LF, most)
      const end = (last >= from ? last : bytes.indexOf(LF, most)) + 1
      const text = bytes.toString('utf8', from, end)
      // One unit for each byte: places in the text are places in the bytes.
      if (text.length === end - from) linesOf(text, take)
      else linesOfBytes(bytes.subarray(from, end), take)
      from = end
    }
  }

  #keep(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.#open.push(Buffer.from(bytes))
    this.#openBytes += bytes.length
  }
}

function linesOf(text: string, take: TakeLine) {
  for (let from = 0; from < text.length; ) {
    const at = text.indexOf('\n', from)
    const hasReturn = at > from && text.charCodeAt(at - 1) === CR
    take(text.slice(from, hasReturn ? at - 1 : at), at + 1 - from)
    from = at + 1
  }
}

function linesOfBytes(bytes: Buffer, take: TakeLine) {
  for (let from = 0; from < bytes.length; ) {
    const at = bytes.indexOf(LF, from)
    const hasReturn = at > from && bytes[at - 1] === CR
    take(bytes.toString('utf8', from, hasReturn ? at - 1 : at), at + 1 - from)
    from = at + 1
  }
}
