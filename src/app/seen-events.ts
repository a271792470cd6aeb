// Which events were given before, of another file? Copies of a log, links, exports that overlap: one event is one, however often it
// lies there. Within one file equal events are several.
import { LaneKeys } from '../base/lane-keys.ts'
import { plural } from '../base/shown.ts'

import type { Event } from '../event/event.ts'

import { copyKey } from '../findings/identity.ts'

import { type CopyMarks, keysEach } from './stations/copy-marks.ts'

/** What is said of copies, for people. `done`: what became of them. */
export function* notesOn(
  { copies, isFull }: SeenEvents,
  done: string,
): Generator<string> {
  if (copies)
    yield `${plural(copies, 'event')} of other files ${copies === 1 ? 'is a copy' : 'are copies'}, ${done} once`
  if (isFull)
    yield 'copies were looked for among the first 4 million events only'
}

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

  /** Of each event that the marks are of: was it given before? */
  copiesAmong({ keys, files }: CopyMarks): readonly boolean[] {
    const numbers = files.map((f) => this.#numberOf(f))
    const isCopy: boolean[] = []
    for (let i = 0; i < keys.length; i += keysEach) {
      const [a, b, file] = [keys[i]!, keys[i + 1]!, numbers[keys[i + 2]!]!]
      isCopy.push(this.#isCopy(a, b, file))
    }
    return isCopy
  }

  /** The same of an event that is here. */
  isCopy(event: Event): boolean {
    const { a, b } = copyKey(event, event.host(), event.time())
    return this.#isCopy(a, b, this.#numberOf(event.origin.file))
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
    if (this.#keys.has(at)) {
      const isCopy = this.#of[at] !== file
      if (isCopy) this.copies++
      return isCopy
    }
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
