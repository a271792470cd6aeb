// A binary property list (CFBinaryPList.c): objects, a table of their offsets, and a trailer that says where that is. Objects may point at
// each other in circles; depth and number are bounded.
import { type Plist, plistMap } from './value.ts'

const trailerLength = 32
const maxDepth = 128
const maxObjects = 200_000
/** Bytes of texts and data, each as often as it is pointed at. */
const maxBytes = 32 * 1024 * 1024

export function readBinaryPlist(bytes: Uint8Array): Plist {
  if (bytes.length < 8 + trailerLength) throw new Error('bplist: cut off')
  return new BinaryPlist(bytes).value()
}

class BinaryPlist {
  readonly #bytes: Buffer
  readonly #offsetSize: number
  readonly #referenceSize: number
  readonly #count: number
  readonly #top: number
  readonly #table: number
  #read = 0
  #bytesRead = 0

  constructor(bytes: Uint8Array) {
    const { buffer, byteOffset, length } = bytes
    this.#bytes = Buffer.from(buffer, byteOffset, length)
    const at = length - trailerLength
    this.#offsetSize = this.#bytes[at + 6]!
    this.#referenceSize = this.#bytes[at + 7]!
    this.#count = this.#number(at + 8, 8)
    this.#top = this.#number(at + 16, 8)
    this.#table = this.#number(at + 24, 8)
    const isSound =
      this.#offsetSize >= 1 &&
      this.#offsetSize <= 8 &&
      this.#referenceSize >= 1 &&
      this.#referenceSize <= 8 &&
      this.#table + this.#count * this.#offsetSize <= at
    if (!isSound) throw new Error('bplist: its table of offsets lies outside')
  }

  value(): Plist {
    return this.#object(this.#top, 0)
  }

  #object(index: number, depth: number): Plist {
    if (++this.#read > maxObjects || depth > maxDepth) {
      throw new Error(
        `bplist: over ${maxDepth} levels or ${maxObjects} objects`,
      )
    }
    if (index >= this.#count) throw new Error(`bplist: no object ${index}`)
    const at = this.#number(
      this.#table + index * this.#offsetSize,
      this.#offsetSize,
    )
    const mark = this.#byte(at)
    const [kind, low] = [mark >> 4, mark & 0xf]
    if (kind === 0) return mark === 0x09
    if (kind === 1) return this.#number(at + 1, 2 ** low)
    if (kind === 2) return this.#real(at + 1, 2 ** low)
    if (kind === 3) return String(this.#real(at + 1, 8))
    if (kind === 8) return this.#number(at + 1, low + 1)
    const { count, from } = this.#length(at, low)
    switch (kind) {
      case 0x4:
        return this.#content(from, count)
      case 0x5:
        return this.#content(from, count).toString('latin1')
      case 0x6:
        return Buffer.from(this.#content(from, count * 2))
          .swap16()
          .toString('utf16le')
      case 0xa:
      case 0xc:
        return this.#references(from, count).map((i) =>
          this.#object(i, depth + 1),
        )
      case 0xd:
        return this.#map(from, count, depth)
      default:
        throw new Error(`bplist: object of kind 0x${mark.toString(16)}`)
    }
  }

  #map(from: number, count: number, depth: number): Plist {
    const keys = this.#references(from, count)
    const values = this.#references(from + count * this.#referenceSize, count)
    return plistMap(
      keys.map((key, i) => [
        String(this.#object(key, depth + 1)),
        this.#object(values[i]!, depth + 1),
      ]),
    )
  }

  /** Fifteen and more are told by a number of their own. */
  #length(at: number, low: number): { count: number; from: number } {
    if (low !== 0xf) return { count: low, from: at + 1 }
    const size = 2 ** (this.#byte(at + 1) & 0xf)
    return { count: this.#number(at + 2, size), from: at + 2 + size }
  }

  #references(from: number, count: number): number[] {
    const size = this.#referenceSize
    if (this.#read + count > maxObjects) {
      throw new Error(`bplist: over ${maxObjects} objects`)
    }
    this.#slice(from, count * size)
    return Array.from({ length: count }, (_, i) =>
      this.#number(from + i * size, size),
    )
  }

  #content(from: number, length: number): Buffer {
    this.#bytesRead += length
    if (this.#bytesRead > maxBytes) {
      throw new Error(`bplist: over ${maxBytes} bytes of texts and data`)
    }
    return this.#slice(from, length)
  }

  #slice(from: number, length: number): Buffer {
    if (from + length > this.#bytes.length) {
      throw new Error(`bplist: ${length} bytes at ${from} lie outside`)
    }
    return this.#bytes.subarray(from, from + length)
  }

  #byte(at: number): number {
    return this.#slice(at, 1)[0]!
  }

  #number(at: number, size: number): number {
    let n = 0
    for (const byte of this.#slice(at, size)) n = n * 256 + byte
    return n
  }

  #real(at: number, size: number): number {
    const bytes = this.#slice(at, size)
    return size === 4 ? bytes.readFloatBE() : bytes.readDoubleBE()
  }
}
