// gzip: several members one after another, junk behind them, an end that is missing. Members are told apart here, so that
// what was decoded before a break is kept: zlib's own gunzip throws it away with the error.
import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib'

import { LimitReached } from './budget.ts'
import type { Context } from './context.ts'
import { gzipHeaderLength } from './gzip-header.ts'
import { type Flow, messageOf, type SourceMember } from './member.ts'

/** Compressed bytes that are decoded at once: bounds what a bomb puts into memory before it is counted. */
const sliceBytes = 16 * 1024
/** Decoded bytes that come at once; where compressed data are broken, at most so many before the break are lost. */
const outputChunkBytes = 64 * 1024
/** CRC and length behind each member. */
const trailerBytes = 8

export class GunzipFlow implements Flow {
  readonly #context: Context
  readonly #member: SourceMember
  readonly #inner: Flow
  readonly #what: string
  #state: 'header' | 'body' | 'trailer' | 'junk' = 'header'
  /** Bytes of a header or trailer that is not whole yet. */
  #held: Buffer = Buffer.alloc(0)
  #inflate: InflateRaw | undefined
  #failed: Error | undefined
  #wake: (() => void) | undefined
  #decoded: Buffer[] = []
  #checksum = 0
  #members = 0
  #read = 0
  #junkBytes = 0
  done = false
  /** A bound of the whole input was reached. */
  overLimit = false

  /** `what` it is called in problems. */
  constructor(context: Context, member: SourceMember, what = 'gzip') {
    this.#context = context
    this.#what = what
    this.#member = member
    this.#inner = context.inside({
      ...member,
      name: member.name.replace(/\.t?gz$/i, ''),
      start: 0,
      linesBefore: 0,
    })
  }

  async write(block: Buffer): Promise<void> {
    for (let at = 0; at < block.length && !this.done; at += sliceBytes) {
      let rest = block.subarray(at, at + sliceBytes)
      this.#read += rest.length
      while (rest.length > 0 && !this.done) rest = await this.#take(rest)
    }
  }

  async end(): Promise<void> {
    if (this.done) {
      // What there was to say has been said.
    } else if (this.#state === 'junk') {
      this.#sayJunk()
    } else if (this.#state !== 'header' || this.#held.length) {
      this.#say(
        'damaged',
        `unexpected end of file after ${this.#read} compressed bytes; what was decoded before is read`,
      )
    }
    this.#inflate?.destroy()
    await this.#inner.end()
  }

  #sayJunk() {
    if (this.#junkBytes === 0) return
    const bytes = this.#junkBytes === 1 ? '1 byte' : `${this.#junkBytes} bytes`
    const place = this.#members > 0 ? 'behind the last member' : 'and no member'
    this.#say('damaged', `${bytes} ${place}`)
  }

  /** What is left of the slice. */
  async #take(slice: Buffer): Promise<Buffer> {
    switch (this.#state) {
      case 'header':
        return this.#header(slice)
      case 'body':
        return this.#body(slice)
      case 'trailer':
        return this.#trailer(slice)
      case 'junk':
        // Tapes and preallocated files end in NULs: that is no damage.
        if (this.#junkBytes > 0 || slice.some((b) => b !== 0)) {
          this.#junkBytes += slice.length
        }
        return Buffer.alloc(0)
    }
  }

  #header(slice: Buffer): Buffer {
    const bytes = Buffer.concat([this.#held, slice])
    const length = gzipHeaderLength(bytes)
    if (length === undefined) {
      this.#held = bytes
      return Buffer.alloc(0)
    }
    this.#held = Buffer.alloc(0)
    if (length < 0) {
      this.#state = 'junk'
      return bytes
    }
    this.#members++
    this.#checksum = 0
    this.#inflate = this.#newInflate()
    this.#state = 'body'
    return bytes.subarray(length)
  }

  #newInflate(): InflateRaw {
    const inflate = createInflateRaw({ chunkSize: outputChunkBytes })
    inflate.on('data', (chunk: Buffer) => this.#decoded.push(chunk))
    inflate.on('error', (error) => {
      this.#failed = error
      this.#wake?.()
    })
    return inflate
  }

  async #body(slice: Buffer): Promise<Buffer> {
    const inflate = this.#inflate!
    const before = inflate.bytesWritten
    await this.#until((wake) => inflate.write(slice, wake))
    const used = inflate.bytesWritten - before
    const isOver = !this.#failed && used < slice.length
    // The data end before the slice does: then zlib has ended its output, too.
    if (isOver && !inflate.readableEnded) {
      await this.#until((wake) => inflate.once('end', wake))
    }
    await this.#passOn()
    if (this.#failed && !this.done) {
      this.#say(
        'damaged',
        `${messageOf(this.#failed)} in the last ${slice.length} of ${this.#read} compressed bytes; what was decoded before is read`,
      )
      this.done = true
    }
    if (!isOver) return Buffer.alloc(0)
    inflate.destroy()
    this.#inflate = undefined
    this.#state = 'trailer'
    return slice.subarray(used)
  }

  #trailer(slice: Buffer): Buffer {
    const bytes = Buffer.concat([this.#held, slice])
    if (bytes.length < trailerBytes) {
      this.#held = bytes
      return Buffer.alloc(0)
    }
    this.#held = Buffer.alloc(0)
    const stated = bytes.readUInt32LE(0)
    if (stated !== this.#checksum) {
      this.#say(
        'damaged',
        `member ${this.#members}: checksum 0x${stated.toString(16)}, computed 0x${this.#checksum.toString(16)}; its data were read`,
      )
    }
    this.#state = 'header'
    return bytes.subarray(trailerBytes)
  }

  // Whatever was asked for is over, or has failed.
  async #until(ask: (wake: () => void) => void) {
    if (this.#failed) return
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      ask(resolve)
    })
    this.#wake = undefined
  }

  async #passOn() {
    const chunks = this.#decoded
    this.#decoded = []
    try {
      for (const chunk of chunks) {
        if (this.done) break
        this.#checksum = crc32(chunk, this.#checksum)
        this.#context.budget.expanded(chunk.length)
        await this.#inner.write(chunk)
        if (this.#inner.done) this.done = true
      }
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      this.#say('limit', error.message)
      this.overLimit = true
      this.done = true
    }
  }

  #say(kind: 'damaged' | 'limit', message: string) {
    this.#context.visitor.problem({
      file: this.#member.file,
      kind,
      message: `${this.#what}: ${message}`,
    })
  }
}
