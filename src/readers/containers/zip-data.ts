// The data of a zip's members: stored, deflated, or one of the rare ways; held against their checksum.
import { inflateRawSync } from 'node:zlib'

import { LimitReached } from './budget.ts'
import type { Context, RandomAccess } from './context.ts'
import { Decoded, Inflater, sliceBytes } from './inflate.ts'
import { type Flow, messageOf, type SourceProblem } from './member.ts'
import { dataOffset, type ZipEntry } from './zip-directory.ts'
import { RareMembers } from './zip-encrypted.ts'

/** A member this small is read and inflated at once, in bytes. */
const smallBytes = 256 * 1024
const maxSmallInflatedBytes = 4 * 1024 * 1024
/** Of a larger one, bytes that are read at once. */
const readBytes = 1024 * 1024

const STORED = 0
const DEFLATED = 8
const DEFLATED64 = 9

export interface Decoding {
  /** false: nothing came out, and it was said why. */
  readonly isDecoded: boolean
  /** Where the data end, as they were read; undefined: that is not known, or they break off. */
  readonly end: number | undefined
}

export class ZipData {
  readonly #bytes: RandomAccess
  readonly #context: Context
  readonly #rare: RareMembers
  readonly #problem: (problem: SourceProblem) => void

  constructor(
    bytes: RandomAccess,
    context: Context,
    problem: (problem: SourceProblem) => void,
  ) {
    this.#bytes = bytes
    this.#context = context
    this.#rare = new RareMembers(bytes, context.passwords)
    this.#problem = problem
  }

  close(): Promise<void> {
    return this.#rare.close()
  }

  /** Gives the data of a member to a flow, and says what is wrong with them. Throws LimitReached. */
  async decode(entry: ZipEntry, flow: Flow, file: string): Promise<Decoding> {
    const to = new Decoded(this.#context.budget, flow)
    const fail = (message: string) =>
      this.#problem({ file, kind: 'damaged', message: `zip: ${message}` })
    const nothing = { isDecoded: false, end: undefined }
    if (entry.isEncrypted || entry.method === DEFLATED64) {
      return {
        isDecoded: await this.#decodeRare(entry, to, flow, file),
        end: undefined,
      }
    }
    if (entry.method !== DEFLATED && entry.method !== STORED) {
      const message = `compressed by method ${entry.method}`
      this.#problem({ file, kind: 'not-inspected', message })
      return nothing
    }
    const from = await dataOffset(this.#bytes, entry)
    if (from === undefined) {
      fail(
        `no member begins at 0x${entry.offset.toString(16)}, where the directory has it`,
      )
      return nothing
    }
    const end =
      entry.method === STORED
        ? await this.#copy(from, entry, to, flow)
        : await this.#inflate(from, entry, to, flow, fail)
    const isWhole = !flow.done && end !== undefined
    if (
      isWhole &&
      entry.packed !== undefined &&
      to.checksum !== entry.checksum
    ) {
      fail(
        `checksum 0x${entry.checksum.toString(16)}, computed 0x${to.checksum.toString(16)}; its data were read`,
      )
    }
    return { isDecoded: true, end }
  }

  async #decodeRare(entry: ZipEntry, to: Decoded, flow: Flow, file: string) {
    try {
      await this.#rare.read(entry, to, () => !flow.done)
      return true
    } catch (error) {
      if (error instanceof LimitReached) throw error
      const message = messageOf(error)
      this.#problem(
        entry.isEncrypted
          ? {
              file,
              kind: 'encrypted',
              message: `encrypted, not inspected (${message})`,
            }
          : { file, kind: 'damaged', message: `zip: ${message}` },
      )
      return !entry.isEncrypted
    }
  }

  async #copy(from: number, entry: ZipEntry, to: Decoded, flow: Flow) {
    const end = from + (entry.packed ?? 0)
    for (let at = from; at < end && !flow.done; ) {
      const piece = await this.#bytes.read(at, Math.min(readBytes, end - at))
      if (piece.length === 0) break
      await to.give(piece)
      at += piece.length
    }
    return end
  }

  /** Where the data end; undefined where they break off. */
  async #inflate(
    from: number,
    entry: ZipEntry,
    to: Decoded,
    flow: Flow,
    fail: (message: string) => void,
  ): Promise<number | undefined> {
    const end = from + (entry.packed ?? this.#bytes.size - from)
    if (end - from <= smallBytes && entry.packed !== undefined) {
      const whole = inflateSmall(await this.#bytes.read(from, end - from))
      if (whole) {
        if (whole.length > 0) await to.give(whole)
        return end
      }
    }
    const inflater = new Inflater(to)
    try {
      for (let at = from; at < end && !flow.done; ) {
        const block = await this.#bytes.read(at, Math.min(readBytes, end - at))
        if (block.length === 0) break
        for (let i = 0; i < block.length && !flow.done; i += sliceBytes) {
          const slice = block.subarray(i, i + sliceBytes)
          const used = await inflater.write(slice)
          if (inflater.failed) {
            fail(
              `${messageOf(inflater.failed)}; what was decoded before is read`,
            )
            return undefined
          }
          if (used < slice.length) return at + i + used
        }
        at += block.length
      }
      if (end > this.#bytes.size && !flow.done)
        fail('cut off; what was decoded is read')
      return end
    } finally {
      inflater.close()
    }
  }
}

/** undefined: it has to be decoded piece by piece, for its size or for what is wrong with it. */
function inflateSmall(packed: Buffer): Buffer | undefined {
  try {
    return inflateRawSync(packed, { maxOutputLength: maxSmallInflatedBytes })
  } catch {
    return undefined
  }
}
