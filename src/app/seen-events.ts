// Which events were given before, of another file? Copies of a log, links, exports that overlap: one event is one, however often it
// lies there. Within one file equal events are several.
import { keysEach, type TextPart } from './stations/event-text.ts'

/** Events that are remembered, a power of two: 12 bytes each, and as much again free. */
const maxRemembered = 1 << 22
const firstRemembered = 1 << 12

export class SeenEvents {
  #slots = firstRemembered * 2
  #a = new Uint32Array(this.#slots)
  #b = new Uint32Array(this.#slots)
  /** The number of the file, from 1; 0: the slot is free. */
  #of = new Uint32Array(this.#slots)
  #remembered = 0
  readonly #files = new Map<string, number>()
  /** So far. */
  copies = 0

  /** Events that come later are no more looked for among all. */
  get isFull(): boolean {
    return this.#remembered >= maxRemembered
  }

  /** The part without its copies. */
  take({ text, events, keys, files }: TextPart): {
    text: string
    events: number
  } {
    const numbers = files.map((f) => this.#numberOf(f))
    const isCopy: boolean[] = []
    let copies = 0
    for (let i = 0; i < keys.length; i += keysEach) {
      const [a, b, file] = [keys[i]!, keys[i + 1]!, numbers[keys[i + 2]!]!]
      const is = this.#isCopy(a, b, file)
      isCopy.push(is)
      if (is) copies++
    }
    if (copies === 0) return { text, events }
    this.copies += copies
    const lines = text.split('\n').filter((_, i) => !isCopy[i])
    return { text: lines.join('\n'), events: events - copies }
  }

  #numberOf(file: string): number {
    let number = this.#files.get(file)
    if (number === undefined) {
      number = this.#files.size + 1
      this.#files.set(file, number)
    }
    return number
  }

  #isCopy(a: number, b: number, file: number): boolean {
    const at = this.#slotOf(a, b)
    const known = this.#of[at]!
    if (known !== 0) return known !== file
    if (this.isFull) return false
    this.#a[at] = a
    this.#b[at] = b
    this.#of[at] = file
    if (++this.#remembered * 2 > this.#slots && !this.isFull) this.#grow()
    return false
  }

  /** Where the key is, or would be. */
  #slotOf(a: number, b: number): number {
    const mask = this.#slots - 1
    let at = (a ^ Math.imul(b, 0x9e3779b1)) & mask
    while (this.#of[at] !== 0 && (this.#a[at] !== a || this.#b[at] !== b))
      at = (at + 1) & mask
    return at
  }

  #grow() {
    const [a, b, of] = [this.#a, this.#b, this.#of]
    this.#slots *= 2
    this.#a = new Uint32Array(this.#slots)
    this.#b = new Uint32Array(this.#slots)
    this.#of = new Uint32Array(this.#slots)
    for (let i = 0; i < of.length; i++) {
      if (of[i] === 0) continue
      const at = this.#slotOf(a[i]!, b[i]!)
      this.#a[at] = a[i]!
      this.#b[at] = b[i]!
      this.#of[at] = of[i]!
    }
  }
}
