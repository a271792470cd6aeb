// Is this source a copy of another? What went into its reader is summed up on the way.
import { crc32 } from 'node:zlib'

import type { Reader } from '../../readers/reader.ts'

export class SourceDigest {
  readonly #start: number
  #sum = 0
  #bytes = 0

  constructor(start: number) {
    this.#start = start
  }

  /** Sees what the reader is given. */
  watch(reader: Reader): Reader {
    const push = reader.push.bind(reader)
    reader.push = (block) => {
      this.#sum = crc32(block, this.#sum)
      this.#bytes += block.length
      push(block)
    }
    return reader
  }

  text(): string {
    return `${this.#start}:${this.#bytes}:${this.#sum}`
  }
}
