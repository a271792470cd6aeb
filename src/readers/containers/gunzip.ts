// gzip: several members one after another, junk behind them, an end that is missing. Members are told apart here, so that
// what was decoded before a break is kept: zlib's own gunzip throws it away with the error.
import { LimitReached } from './budget.ts'
import type { Context } from './context.ts'
import { gzipHeaderLength } from './gzip-header.ts'
import { Decoded, Inflater, inflateWhole, sliceBytes } from './inflate.ts'
import { type Flow, messageOf, type SourceMember } from './member.ts'

/** CRC and length behind each member. */
const trailerBytes = 8
/** How a member begins: 8 is deflate, and nothing else has ever been defined. */
const memberMagic = Buffer.from([0x1f, 0x8b, 8])
/** What a member costs beside its bytes, in bytes: a stream of empty ones gives nothing and takes long. */
const memberCost = 8 * 1024

export class GunzipFlow implements Flow {
  readonly #context: Context
  readonly #member: SourceMember
  readonly #inner: Flow
  #state: 'header' | 'body' | 'trailer' | 'junk' = 'header'
  /** Bytes of a header or trailer that is not whole yet. */
  #held: Buffer = Buffer.alloc(0)
  #decoded: Decoded
  #inflater: Inflater | undefined
  #members = 0
  #read = 0
  #junkBytes = 0
  done = false

  constructor(context: Context, member: SourceMember) {
    this.#context = context
    this.#member = member
    this.#inner = context.inside({
      ...member,
      name: member.name.replace(/\.t?gz$/i, ''),
      start: 0,
      linesBefore: 0,
    })
    this.#decoded = new Decoded(context.budget, this.#inner)
  }

  async write(block: Buffer): Promise<void> {
    try {
      for (let at = 0; at < block.length && !this.done; at += sliceBytes) {
        let rest = block.subarray(at, at + sliceBytes)
        this.#read += rest.length
        while (rest.length > 0 && !this.done) rest = await this.#take(rest)
      }
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      this.#say('limit', error.message)
      this.done = true
    }
  }

  async end(): Promise<void> {
    if (this.done) {
      // What there was to say has been said.
    } else if (this.#state === 'junk') {
      this.#junkBytes += this.#junkBytes > 0 ? this.#held.length : 0
      this.#sayJunk()
    } else if (this.#state !== 'header' || this.#held.length) {
      this.#say(
        'damaged',
        `unexpected end of file after ${this.#read} compressed bytes; what was decoded before is read`,
      )
    }
    this.#inflater?.close()
    await this.#inner.end()
  }

  #sayJunk() {
    if (this.#junkBytes === 0) return
    const bytes = this.#junkBytes === 1 ? '1 byte' : `${this.#junkBytes} bytes`
    const where = this.#state === 'junk' ? 'behind the last' : 'before the next'
    const place = this.#members > 0 ? `${where} member` : 'and no member'
    this.#say('damaged', `${bytes} ${place}`)
    this.#junkBytes = 0
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
        return this.#junk(slice)
    }
  }

  /** Passed over, to where the next member may begin. */
  #junk(slice: Buffer): Buffer {
    const bytes = this.#held.length ? Buffer.concat([this.#held, slice]) : slice
    const next = bytes.indexOf(memberMagic)
    const passed = next < 0 ? bytes.length - memberMagic.length + 1 : next
    const junk = bytes.subarray(0, Math.max(0, passed))
    // Tapes and preallocated files end in NULs: that is no damage.
    if (this.#junkBytes > 0 || junk.some((b) => b !== 0)) {
      this.#junkBytes += junk.length
    }
    if (next < 0) {
      this.#held = Buffer.from(bytes.subarray(junk.length))
      return Buffer.alloc(0)
    }
    this.#held = Buffer.alloc(0)
    this.#state = 'header'
    return bytes.subarray(next)
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
      if (bytes.indexOf(memberMagic) !== 0) return bytes
      // What looks like a header and is none must not be looked at again.
      this.#junkBytes++
      return bytes.subarray(1)
    }
    this.#sayJunk()
    this.#members++
    if (this.#members > 1) this.#context.budget.expanded(memberCost)
    this.#decoded = new Decoded(this.#context.budget, this.#inner)
    this.#state = 'body'
    return bytes.subarray(length)
  }

  async #body(slice: Buffer): Promise<Buffer> {
    const whole = this.#inflater ? undefined : inflateWhole(slice)
    if (whole) {
      await this.#decoded.give(whole.data)
      if (this.#inner.done) this.done = true
      this.#state = 'trailer'
      return slice.subarray(whole.used)
    }
    this.#inflater ??= new Inflater(this.#decoded)
    const inflater = this.#inflater
    const used = await inflater.write(slice)
    if (this.#inner.done) this.done = true
    if (inflater.failed && !this.done) {
      this.#say(
        'damaged',
        `${messageOf(inflater.failed)} in the last ${slice.length} of ${this.#read} compressed bytes; what was decoded before is read`,
      )
      inflater.close()
      this.#inflater = undefined
      this.#state = 'junk'
      return slice
    }
    if (used === slice.length) return Buffer.alloc(0)
    inflater.close()
    this.#inflater = undefined
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
    const { checksum } = this.#decoded
    if (stated !== checksum) {
      this.#say(
        'damaged',
        `member ${this.#members}: checksum 0x${stated.toString(16)}, computed 0x${checksum.toString(16)}; its data were read`,
      )
    }
    this.#state = 'header'
    return bytes.subarray(trailerBytes)
  }

  #say(kind: 'damaged' | 'limit', message: string) {
    this.#context.visitor.problem({
      file: this.#member.file,
      kind,
      message: `gzip: ${message}`,
    })
  }
}
