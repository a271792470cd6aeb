// Rows of which nobody asks what they hold need only be counted: tables that are no telemetry are full of them. Alike are lines with a value in
// each column, none of which can be more than a value: a formula, a value behind a mark, an event in a text.
import { mayBeginEvent, mayHoldEvent } from '../inside/event-text.ts'
import { isMark } from './marked-cells.ts'

const LF = 0x0a
const CR = 0x0d
/** Of a cell, in bytes: what is longer may carry something. */
const maxCell = 63

/** Full-width forms begin with it in UTF-8, those of brackets and bars too. */
const fullWidth = 0xef

const ends = 1
const odd = 2

export class AlikeRows {
  readonly #columns: number
  /** Of each byte: does it end a cell, or may it be of a formula or a quoted cell? */
  readonly #is = new Uint8Array(256)
  /** Of each byte: may more than a value begin so? */
  readonly #beginsMore = new Uint8Array(256)
  /** Of the last call. */
  rows = 0

  constructor(delimiter: string, columns: number) {
    this.#columns = columns
    for (let byte = 0; byte < 128; byte++) {
      if (mayBeginEvent(byte) || isMark(byte)) this.#beginsMore[byte] = 1
    }
    for (const char of '"(|') this.#is[char.charCodeAt(0)] = odd
    this.#is[fullWidth] = odd
    for (const char of `${delimiter}\n`) this.#is[char.charCodeAt(0)] ||= ends
  }

  /** So many bytes at the beginning of these whole lines are alike. */
  pass(lines: Buffer): number {
    const end = this.#end(lines)
    if (!mayHoldEvent(lines.latin1Slice(0, end))) return end
    this.rows = 0
    return 0
  }

  #end(lines: Buffer): number {
    this.rows = 0
    let end = 0
    let cells = 0
    let from = 0
    for (let i = 0; i < lines.length; i++) {
      const byte = lines[i]!
      const is = this.#is[byte]
      if (is === 0) continue
      if (is === odd) break
      const isLine = byte === LF
      const to = isLine && lines[i - 1] === CR ? i - 1 : i
      const length = to - from
      if (length <= 0 || length > maxCell) break
      if (this.#beginsMore[lines[from]!]) break
      cells++
      from = i + 1
      if (!isLine) continue
      if (cells !== this.#columns) break
      this.rows++
      end = from
      cells = 0
    }
    return end
  }
}
