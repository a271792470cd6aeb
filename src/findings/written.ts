// A finding on its way out: as bytes for whoever copies it, as text for whoever reads it.
import type { RulePart } from './assemble.ts'

/** A finding as JSON (`Finding`), without a line break. Valid during the call. */
export interface WrittenFinding {
  /** It has at most so many bytes. */
  readonly maxBytes: number
  /** As UTF-8; gives where it ends. */
  copy(to: Uint8Array, at: number): number
  text(): string
}

/** Of text. */
export class WrittenText implements WrittenFinding {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  get maxBytes(): number {
    return this.#text.length * 3
  }

  copy(to: Uint8Array, at: number): number {
    return (
      at + new TextEncoder().encodeInto(this.#text, to.subarray(at)).written
    )
  }

  text(): string {
    return this.#text
  }
}

/** What a line holds where either part of its rule belongs: see `mark` in assemble.ts. */
const markByte = 1

const noBytes = new Uint8Array()

/** Of a line, and of what its rule says, where marks stand for it. One object for all. */
export class WrittenLine implements WrittenFinding {
  #line: Buffer = Buffer.alloc(0)
  #from = 0
  #to = 0
  #part: RulePart = { head: noBytes, advice: noBytes }

  /** Shows the line that stands in a buffer. */
  show(line: Buffer, from: number, to: number, part: RulePart): this {
    this.#line = line
    this.#from = from
    this.#to = to
    this.#part = part
    return this
  }

  get maxBytes(): number {
    const { head, advice } = this.#part
    return this.#to - this.#from + head.length + advice.length
  }

  copy(to: Uint8Array, at: number): number {
    const { head, advice } = this.#part
    const line = this.#line
    const first = line.indexOf(markByte, this.#from)
    const second = line.indexOf(markByte, first + 1)
    let end = copyOf(line, this.#from, first, to, at)
    to.set(head, end)
    end = copyOf(line, first + 1, second, to, end + head.length)
    to.set(advice, end)
    return copyOf(line, second + 1, this.#to, to, end + advice.length)
  }

  text(): string {
    const whole = Buffer.allocUnsafe(this.maxBytes)
    return whole.toString('utf8', 0, this.copy(whole, 0))
  }
}

/** A view of plain bytes is made faster than one of a Buffer. */
function copyOf(
  { buffer, byteOffset }: Buffer,
  from: number,
  end: number,
  to: Uint8Array,
  at: number,
): number {
  to.set(new Uint8Array(buffer, byteOffset + from, end - from), at)
  return at + end - from
}
