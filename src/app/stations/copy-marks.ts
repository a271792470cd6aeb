// By what are copies of an event known that lie in several files? Marks leave the threads beside the events; what was met before is
// known where those of all threads come together.
import type { Event } from '../../event/event.ts'

import { copyKey } from '../../findings/identity.ts'

export interface CopyMarks {
  /** Of each event: two lanes of its key (equal for copies), and which of `files` it is of. */
  readonly keys: Uint32Array
  readonly files: readonly string[]
}

/** Numbers of each event in `keys`. */
export const keysEach = 3

export class CopyMarker {
  #keys: number[] = []
  #files: string[] = []

  add(event: Event): void {
    const { file } = event.origin
    if (this.#files.at(-1) !== file) this.#files.push(file)
    const { a, b } = copyKey(event, event.host(), event.time())
    this.#keys.push(a, b, this.#files.length - 1)
  }

  drain(): CopyMarks {
    const marks = { keys: Uint32Array.from(this.#keys), files: this.#files }
    this.#keys = []
    this.#files = []
    return marks
  }
}
