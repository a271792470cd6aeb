// The text under the scan as bytes, one for each UTF-16 unit. Reading units out of a string costs three times what one
// bulk write and reads from a typed array do. Letters are not folded here: whoever compares sets `caseBits` on both sides,
// which maps upper to lower case and lets a few signs coincide; every hit is checked on the real text.
import { fold } from '../../../meaning/fold.ts'

/** OR-ed to each byte of a window, so that case does not matter. */
export const caseBits = 0x20202020

const caseBit = 0x20
const upperA = 0x41
const upperZ = 0x5a

/** A buffer for longer text is made for the occasion and not kept, in bytes. */
const keptBytes = 1 << 18

const encoder = new TextEncoder()

export class TextBytes {
  /** Followed by zeros, so that windows may reach past the end. */
  bytes = new Uint8Array(keptBytes)
  /** The same memory, two bytes at a time. */
  units = new Uint16Array(this.bytes.buffer)
  length = 0
  /** Whether the text holds nothing beyond ASCII. */
  ascii = true
  readonly #kept = this.bytes

  /**
   * Writes a text. Beyond ASCII its units are folded first and then cut to their low bytes: patterns are treated
   * alike, so a match of units is a match of bytes.
   */
  write(text: string): void {
    const length = text.length
    this.#reserve(length * 3 + 16)
    const { written } = encoder.encodeInto(text, this.bytes)
    this.ascii = written === length
    this.length = length
    if (!this.ascii) {
      const folded = fold(text)
      for (let i = 0; i < length; i++) this.bytes[i] = folded.charCodeAt(i)
    }
    this.bytes.fill(0, length, length + 8)
  }

  /** Four bytes from `at`, the first lowest, case bits set. */
  window(at: number): number {
    const b = this.bytes
    return (
      b[at]! |
      (b[at + 1]! << 8) |
      (b[at + 2]! << 16) |
      (b[at + 3]! << 24) |
      caseBits
    )
  }

  /** Whether this folded pattern stands there. Only of ASCII, in whose place no folded text needs to be made. */
  startsWith(pattern: string, at: number): boolean {
    const end = pattern.length
    if (at + end > this.length) return false
    for (let i = 0; i < end; i++) {
      const byte = this.bytes[at + i]!
      const isUpper = byte >= upperA && byte <= upperZ
      if ((isUpper ? byte | caseBit : byte) !== pattern.charCodeAt(i))
        return false
    }
    return true
  }

  #reserve(bytes: number): void {
    if (bytes <= keptBytes) {
      if (this.bytes !== this.#kept) this.#use(this.#kept)
    } else if (this.bytes.length < bytes) {
      this.#use(new Uint8Array(bytes + (bytes & 1)))
    }
  }

  #use(bytes: Uint8Array<ArrayBuffer>): void {
    this.bytes = bytes
    this.units = new Uint16Array(bytes.buffer)
  }
}

/** The first three letters of a window. */
export const threeBytes = 0xffffff

/** Spreads windows over a table: its highest bits say where. */
export const multiplier = 0x9e3779b1 | 0

/** Of two windows. */
export function pairKey(a: number, b: number): number {
  return (Math.imul(a, 0x85ebca6b) ^ b) | 0
}

/** Windows are read two bytes at a time, lowest first; on other machines every rule is scanned. */
export const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1
