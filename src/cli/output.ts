// Standard output, written in full and in large pieces: it may be a slow pipe, and nothing may pile up in memory.
import { writeSync } from 'node:fs'

import { exitCodes } from './exit.ts'

const flushAt = 64 * 1024
/** Milliseconds to wait for a reader that is not ready. */
const patience = 2

export class OutputBuffer {
  #text = ''

  write(text: string): void {
    this.#text += text
    if (this.#text.length >= flushAt) this.flush()
  }

  flush(): void {
    let rest = Buffer.from(this.#text)
    this.#text = ''
    while (rest.length) {
      try {
        rest = rest.subarray(writeSync(1, rest))
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        // The reader closed early (`| head`), which is no fault of ours.
        if (code === 'EPIPE') process.exit(exitCodes.clean)
        if (code !== 'EAGAIN') throw error
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, patience)
      }
    }
  }
}
