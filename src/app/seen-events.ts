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
  readonly #names: string[] = []
  /** So far. */
  copies = 0

  /** Events that come later are no more looked for among all. */
  get isFull(): boolean {
    return this.#keys.size >= maxRemembered
  }

  /** Of each event that the marks are of: was it given before? */
  copiesAmong(marks: CopyMarks): readonly boolean[] {
    return this.#firstFiles(marks).map((first) => first > 0)
  }

  /** Of each event that was given before: the file that it is in, and the one that it was given of. */
  *givenBefore(marks: CopyMarks): Generator<readonly [string, string]> {
    const { keys, files } = marks
    for (const [i, first] of this.#firstFiles(marks).entries()) {
      if (first > 0)
        yield [files[keys[i * keysEach + 2]!]!, this.#names[first - 1]!]
    }
  }

  /** Of each event: the number of the file that it was given of before; 0: it was not. */
  #firstFiles({ keys, files }: CopyMarks): number[] {
    const numbers = files.map((f) => this.#numberOf(f))
    const first: number[] = []
    for (let i = 0; i < keys.length; i += keysEach) {
      const [a, b, file] = [keys[i]!, keys[i + 1]!, numbers[keys[i + 2]!]!]
      first.push(this.#firstFile(a, b, file))
    }
    return first
  }

  /** The same of an event that is here. */
  isCopy(event: Event): boolean {
    const { a, b } = copyKey(event, event.host(), event.time())
    return this.#firstFile(a, b, this.#numberOf(event.origin.file)) > 0
  }

  #numberOf(file: string): number {
    let number = this.#files.get(file)
    if (number === undefined) {
      number = this.#names.push(file)
      this.#files.set(file, number)
    }
    return number
  }

  #firstFile(a: number, b: number, file: number): number {
    const at = this.#keys.slotOf(a, b)
    if (this.#keys.has(at)) {
      const first = this.#of[at]!
      if (first === file) return 0
      this.copies++
      return first
    }
    if (this.isFull) return 0
    this.#keys.take(at, a, b)
    this.#of[at] = file
    if (this.#keys.isFull && !this.isFull) this.#grow()
    return 0
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
