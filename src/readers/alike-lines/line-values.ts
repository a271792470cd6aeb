// The values of a line that a scanner found, made when they are asked for. Telemetry repeats itself: a text that came before is the same
// string, and is not made again.
import type { Value } from '../../base/record.ts'
import type { SoughtTexts } from '../../base/sought-texts.ts'

import { listOrText } from '../flat/json-value.ts'
import type { LineOfValues, Lookup } from '../flat/shapes.ts'
import {
  kindBits,
  kinds,
  maxTexts,
  noRoom,
  outWords,
  type Scanner,
} from './scanner.ts'
import type { Asked } from './template.ts'

const words = { true: true, false: false, null: null }

/** A blank, quotation marks and what is escaped, and what opens a list. */
const signs = [0x20, 0x22, 0x5c, 0x5b]

export class LineValues implements Lookup, LineOfValues {
  readonly line = this
  readonly #scanner: Scanner
  readonly #texts: (string | undefined)[] = new Array(maxTexts)
  /** By position the line of which it was made. */
  readonly #stamps: Int32Array
  readonly #made: Value[]
  #stamp = 0
  #template!: Asked
  /** No more texts can be kept. */
  isFull = false

  constructor(scanner: Scanner, maxValues: number) {
    this.#scanner = scanner
    this.#stamps = new Int32Array(maxValues)
    this.#made = new Array<Value>(maxValues).fill(null)
  }

  /** The values are those of the line that was scanned last. */
  show(template: Asked): this {
    this.#template = template
    if (++this.#stamp === 0x7fffffff) {
      this.#stamps.fill(0)
      this.#stamp = 1
    }
    return this
  }

  forget(): void {
    this.isFull = false
    this.#texts.fill(undefined)
    this.#scanner.forget()
  }

  /** Beyond ASCII folding may make other letters; what is escaped oddly stands otherwise in the line. */
  mayHold(texts: SoughtTexts): boolean {
    const { words: memory } = this.#scanner
    let all = 0
    const values = this.#template.order.length
    for (let i = 0; i < values; i++) all |= memory[outWords + i * 3 + 2]!
    if ((all & (kinds.foreign | kinds.oddEscapes)) !== 0) return true
    return this.#scanner.valuesHold(texts, values)
  }

  isPlain(position: number): boolean {
    const { words: memory, bytes } = this.#scanner
    const at = outWords + this.#template.order[position]! * 3
    const kind = memory[at + 2]!
    if ((kind & kinds.list) !== 0) return false
    if ((kind & kinds.text) === 0) return true
    const isOdd = (kind & (kinds.braces | kinds.oddEscapes)) !== 0
    return !isOdd && !signs.includes(bytes[memory[at]!]!)
  }

  isList(position: number): boolean {
    const at = outWords + this.#template.order[position]! * 3
    return (this.#scanner.words[at + 2]! & kinds.list) !== 0
  }

  mayHoldAt(position: number, texts: SoughtTexts): boolean {
    const { words: memory } = this.#scanner
    const at = outWords + this.#template.order[position]! * 3
    return this.#scanner.holds(texts, memory[at]!, memory[at + 1]!)
  }

  at(position: number): Value | undefined {
    if (this.#stamps[position] === this.#stamp) return this.#made[position]
    const i = this.#template.order[position]
    if (i === undefined) return undefined
    const value = this.#make(i)
    this.#stamps[position] = this.#stamp
    this.#made[position] = value
    return value
  }

  #make(i: number): Value {
    const { words: memory, bytes } = this.#scanner
    const at = outWords + i * 3
    const start = memory[at]!
    const end = memory[at + 1]!
    const what = memory[at + 2]!
    if (what & kinds.list)
      return listOrText(
        JSON.parse(bytes.toString('utf8', start, end)) as object,
      )
    if ((what & kinds.text) === 0) {
      const text = bytes.latin1Slice(start, end)
      return what & kinds.word ? words[text as keyof typeof words] : +text
    }
    const number = what >> kindBits
    if (number < 0) {
      if (number === noRoom) this.isFull = true
      this.#template.asked(i)
      return this.#text(start, end, what)
    }
    const known = this.#texts[number]
    if (known !== undefined) return known
    this.#template.missed(i)
    return (this.#texts[number] = this.#text(start, end, what))
  }

  #text(start: number, end: number, kind: number): string {
    const { bytes } = this.#scanner
    if ((kind & (kinds.foreign | kinds.escapes)) === 0)
      return bytes.latin1Slice(start, end)
    if ((kind & kinds.escapes) === 0) return bytes.toString('utf8', start, end)
    return JSON.parse(bytes.toString('utf8', start - 1, end + 1)) as string
  }
}
