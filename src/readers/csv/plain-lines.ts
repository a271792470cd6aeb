// The lines of a table that are rows by themselves: until the first that is not, they need no parser. What begins with a byte-order mark,
// and a line that is longer than a row may be, is left to who reads all of the format.
const LF = 0x0a
const CR = 0x0d
/** Of a line, in bytes. */
const maxBytes = 1024 * 1024
/** Lines are decoded together, and a cell that is kept keeps what it was decoded with: so much, in bytes. */
const decodedBytes = 4 * 1024

export interface LineTaker {
  /** `line` without its break; `bytes` with it. false: it is no row by itself, and was not taken. */
  line(line: string, bytes: number): boolean
  /** How many bytes, from the beginning of these whole lines on, need not be told line by line. */
  pass(lines: Buffer): number
}

export class PlainLines {
  readonly #taker: LineTaker
  #open: Buffer[] = []
  #openBytes = 0
  #isAtBeginning = true

  constructor(taker: LineTaker) {
    this.#taker = taker
  }

  /** Gives back the first line that was not taken and all behind it; undefined: there is none yet. */
  push(block: Buffer): Buffer | undefined {
    if (!block.includes(LF) && this.#openBytes < maxBytes) {
      this.#keep(block)
      return undefined
    }
    const bytes = this.#openBytes
      ? Buffer.concat([...this.#open, block])
      : block
    this.#open = []
    this.#openBytes = 0
    if (this.#isAtBeginning && bytes[0] === 0xef) return bytes
    this.#isAtBeginning = false
    const whole = bytes.subarray(0, bytes.lastIndexOf(LF) + 1)
    const taken = this.#lines(whole)
    const rest = bytes.subarray(taken)
    if (taken < whole.length || rest.length > maxBytes) return rest
    this.#keep(rest)
    return undefined
  }

  /** The last line, which has no break, where it was not taken. */
  end(): Buffer | undefined {
    if (this.#openBytes === 0) return undefined
    const last = Buffer.concat(this.#open)
    return this.#taker.line(last.toString(), last.length) ? undefined : last
  }

  /** Of bytes that end with a break: so many were taken. */
  #lines(bytes: Buffer): number {
    for (let from = 0; from < bytes.length; ) {
      const most = Math.min(from + decodedBytes, bytes.length) - 1
      const last = bytes.lastIndexOf(LF, most)
      const end = (last >= from ? last : bytes.indexOf(LF, most)) + 1
      const lines = bytes.subarray(from, end)
      const passed = this.#taker.pass(lines)
      const rest = lines.subarray(passed)
      const taken = passed + takenOf(rest, this.#taker)
      if (taken < lines.length) return from + taken
      from = end
    }
    return bytes.length
  }

  #keep(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.#open.push(Buffer.from(bytes))
    this.#openBytes += bytes.length
  }
}

/** How many bytes of them, up to a line that was not. */
function takenOf(lines: Buffer, taker: LineTaker): number {
  if (lines.length === 0) return 0
  const text = lines.toString('utf8')
  // One unit for each byte: places in the text are places in the bytes.
  return text.length === lines.length
    ? takenOfText(text, taker)
    : takenOfBytes(lines, taker)
}

function takenOfText(text: string, taker: LineTaker): number {
  let from = 0
  while (from < text.length) {
    const at = text.indexOf('\n', from)
    const hasReturn = at > from && text.charCodeAt(at - 1) === CR
    const line = text.slice(from, hasReturn ? at - 1 : at)
    if (!taker.line(line, at + 1 - from)) break
    from = at + 1
  }
  return from
}

function takenOfBytes(bytes: Buffer, taker: LineTaker): number {
  let from = 0
  while (from < bytes.length) {
    const at = bytes.indexOf(LF, from)
    const hasReturn = at > from && bytes[at - 1] === CR
    const line = bytes.toString('utf8', from, hasReturn ? at - 1 : at)
    if (!taker.line(line, at + 1 - from)) break
    from = at + 1
  }
  return from
}
