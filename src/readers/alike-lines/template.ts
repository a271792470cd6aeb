// How some lines are written, what is known of their names, and which of their values are asked for again and again.
import type { Scanner } from './scanner.ts'

/** From so many questions on the texts of a value are kept. */
const askedOften = 8
/** Lines after which it is judged whether keeping a value's texts is of use. */
const judgedLines = 1024
/** Lines for which it then is not tried again. */
const restLines = 16 * judgedLines

/** Who is told which values are asked for. */
export interface Asked {
  /** By the position of a name where in the line its value stands. */
  readonly order: Int32Array
  /** A text was made that is not kept. */
  asked(i: number): void
  /** A text was made that is kept from now on. */
  missed(i: number): void
}

export class Template<Leaf> implements Asked {
  readonly leaf: Leaf
  readonly place: number
  readonly order: Int32Array
  /** What the line after one of these was. */
  next: Template<Leaf> | undefined
  readonly #scanner: Scanner
  readonly #asked: Int32Array
  readonly #missed: Int32Array
  #lines = 0

  constructor(
    scanner: Scanner,
    place: number,
    leaf: Leaf,
    order: readonly number[],
  ) {
    this.#scanner = scanner
    this.place = place
    this.leaf = leaf
    this.order = Int32Array.from(order)
    this.#asked = new Int32Array(order.length)
    this.#missed = new Int32Array(order.length)
  }

  asked(i: number): void {
    if (++this.#asked[i]! === askedOften)
      this.#scanner.keep(this.place, i, true)
  }

  missed(i: number): void {
    this.#missed[i]!++
  }

  /** Another line: texts that seldom come again are kept no longer. */
  count(): void {
    if (++this.#lines % judgedLines !== 0) return
    for (let i = 0; i < this.#missed.length; i++) {
      if (this.#missed[i]! * 2 > judgedLines) {
        this.#scanner.keep(this.place, i, false)
        this.#asked[i] = askedOften - restLines
      }
      this.#missed[i] = 0
    }
  }
}
