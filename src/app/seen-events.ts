// Which events were given before, of another file? Copies of a log, links, exports that overlap: one event is one, however often it
// lies there. Within one file equal events are several.
import { LaneKeys } from '../base/lane-keys.ts'

import { keysEach, type TextPart } from './stations/event-text.ts'

/** Events that are remembered, a power of two: 13 bytes each, and as much again free. */
const maxRemembered = 1 << 22
const firstSlots = 1 << 13

export class SeenEvents {
  #keys = new LaneKeys(firstSlots)
  /** By slot: the number of the file, from 1. */
  #of = new Uint32Array(firstSlots)
  readonly #files = new Map<string, number>()
  /** So far. */
  copies = 0

  /** Events that come later are no more looked for among all. */
  get isFull(): boolean {
    return this.#keys.size >= maxRemembered
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
    const at = this.#keys.slotOf(a, b)
    if (this.#keys.has(at)) return this.#of[at] !== file
    if (this.isFull) return false
    this.#keys.take(at, a, b)
    this.#of[at] = file
    if (this.#keys.isFull && !this.isFull) this.#grow()
    return false
  }

  #grow() {
    const [keys, of] = [this.#keys, this.#of]
    this.#keys = new LaneKeys(keys.slots * 2)
    this.#of = new Uint32Array(this.#keys.slots)
    this.#keys.takeAll(
      keys,
      () => true,
      (from, to) => {
        this.#of[to] = of[from]!
      },
    )
  }
}
