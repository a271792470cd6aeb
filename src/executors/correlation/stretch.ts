// A growing list whose front is let go: positions stay what they were.
import { weightOf } from './window.ts'

/** Dropped places are given back to memory when there are so many, and at least as many as are kept. */
const dropAtOnce = 256

export class Stretch<T extends { readonly weight?: number }> {
  /** undefined: dropped. */
  #items: (T | undefined)[] = []
  #dropped = 0
  /** Position of `#items[0]`. */
  #offset = 0

  /** Position of the first that is kept, and behind the last. */
  get start(): number {
    return this.#offset + this.#dropped
  }
  get end(): number {
    return this.#offset + this.#items.length
  }
  get size(): number {
    return this.#items.length - this.#dropped
  }
  /** Of those that are kept. */
  weight = 0
  get first(): T | undefined {
    return this.#items[this.#dropped]
  }

  at(position: number): T | undefined {
    return this.#items[position - this.#offset]
  }

  push(item: T): void {
    // What is pushed to a list without any makes room for seventeen; most of these hold one.
    if (this.#items.length) this.#items.push(item)
    else this.#items = [item]
    this.weight += weightOf(item)
  }

  dropFirst(): void {
    this.weight -= weightOf(this.#items[this.#dropped]!)
    this.#items[this.#dropped++] = undefined
    if (this.#dropped < dropAtOnce || this.#dropped * 2 < this.#items.length) {
      return
    }
    this.#items = this.#items.slice(this.#dropped)
    this.#offset += this.#dropped
    this.#dropped = 0
  }

  slice(end = this.end, start = this.start): readonly T[] {
    const kept = this.#items.slice(start - this.#offset, end - this.#offset)
    return kept as readonly T[]
  }
}
