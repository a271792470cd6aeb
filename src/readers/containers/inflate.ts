// Deflated data, decoded piece by piece: for gzip members and zip members alike. What was decoded before a break is
// given; where the data end is told, so that what stands behind them can be read.
import {
  crc32,
  createInflateRaw,
  type InflateRaw,
  inflateRawSync,
} from 'node:zlib'

import type { Budget } from './budget.ts'
import type { Flow } from './member.ts'

/** Compressed bytes that are decoded at once: bounds what a bomb puts into memory before it is counted. */
export const sliceBytes = 16 * 1024
/** Decoded bytes that come at once; where compressed data are broken, at most so many before the break are lost. */
const outputChunkBytes = 64 * 1024

/** Gives decoded bytes on: counted against the bounds of the input, and summed up. */
export class Decoded {
  readonly #budget: Budget
  readonly #inner: Flow
  checksum = 0

  constructor(budget: Budget, inner: Flow) {
    this.#budget = budget
    this.#inner = inner
  }

  /** Throws LimitReached. */
  async give(chunk: Buffer): Promise<void> {
    if (this.#inner.done) return
    this.checksum = crc32(chunk, this.checksum)
    this.#budget.expanded(chunk.length)
    await this.#inner.write(chunk)
  }
}

/** Of data that are inflated at once, in bytes. */
const maxWholeBytes = 256 * 1024

/** Data that end within these bytes: a small part of what an inflater costs. undefined: they do not, or give much. */
export function inflateWhole(
  bytes: Buffer,
): { readonly data: Buffer; readonly used: number } | undefined {
  try {
    const options = { info: true, maxOutputLength: maxWholeBytes }
    const { buffer, engine } = inflateRawSync(bytes, options) as unknown as {
      readonly buffer: Buffer
      readonly engine: InflateRaw
    }
    return { data: buffer, used: engine.bytesWritten }
  } catch {
    return undefined
  }
}

export class Inflater {
  readonly #inflate: InflateRaw
  readonly #to: Decoded
  #wake: (() => void) | undefined
  #decoded: Buffer[] = []
  failed: Error | undefined

  constructor(to: Decoded) {
    this.#to = to
    this.#inflate = createInflateRaw({ chunkSize: outputChunkBytes })
    this.#inflate.on('data', (chunk: Buffer) => this.#decoded.push(chunk))
    this.#inflate.on('error', (error) => {
      this.failed = error
      this.#wake?.()
    })
  }

  /** How many bytes of the slice were used: fewer than it has, where the data end within it. Throws LimitReached. */
  async write(slice: Buffer): Promise<number> {
    const inflate = this.#inflate
    const before = inflate.bytesWritten
    await this.#until((wake) => inflate.write(slice, wake))
    const used = inflate.bytesWritten - before
    // The data end before the slice does: then zlib has ended its output, too.
    if (!this.failed && used < slice.length && !inflate.readableEnded) {
      await this.#until((wake) => inflate.once('end', wake))
    }
    const chunks = this.#decoded
    this.#decoded = []
    for (const chunk of chunks) await this.#to.give(chunk)
    return this.failed ? slice.length : used
  }

  close(): void {
    this.#inflate.destroy()
  }

  // Whatever was asked for is over, or has failed.
  async #until(ask: (wake: () => void) => void) {
    if (this.failed) return
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      ask(resolve)
    })
    this.#wake = undefined
  }
}
