// A digest over long texts: two lanes that take two UTF-16 units at a time, from bytes, in place of one from a string. As `digest` it tells
// things apart and proves nothing. The steps are those of MurmurHash3_x86_32's body (A. Appleby, public domain), with other constants for
// the second lane.
import { type Digest, mixed } from './digest.ts'

/** UTF-16 units that are looked at in one go; even. */
const blockUnits = 32 * 1024
/** Texts of fewer units are read as they are: a copy would cost more. */
const worthACopy = 24

const block = Buffer.allocUnsafeSlow(blockUnits * 2)
const words = new Int32Array(block.buffer, block.byteOffset, blockUnits / 2)

export class TextLanes {
  #a = 0
  #b = 0

  get digest(): Digest {
    return { a: this.#a, b: this.#b }
  }

  /** What follows is told apart from what stands before. */
  add({ a, b }: Digest, text: string): void {
    this.#a = mixed(this.#a, a ^ text.length)
    this.#b = mixed(this.#b, b ^ text.length)
    if (text.length < worthACopy) this.#units(text)
    else {
      for (let at = 0; at < text.length; at += blockUnits)
        this.#block(text.slice(at, at + blockUnits))
    }
  }

  #units(text: string): void {
    const even = text.length & ~1
    for (let i = 0; i < even; i += 2)
      this.#word(text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16))
    if (even < text.length) this.#word(text.charCodeAt(even))
  }

  #block(text: string): void {
    block.write(text, 0, 'utf16le')
    // The second unit of the last pair, where there is none.
    if (text.length & 1) block.writeUInt16LE(0, text.length * 2)
    const count = (text.length + 1) >> 1
    let a = this.#a
    let b = this.#b
    for (let i = 0; i < count; i++) {
      const word = words[i]!
      a = stepA(a, word)
      b = stepB(b, word)
    }
    this.#a = a
    this.#b = b
  }

  #word(word: number): void {
    this.#a = stepA(this.#a, word)
    this.#b = stepB(this.#b, word)
  }
}

function stepA(lane: number, word: number): number {
  const k = Math.imul(word, 0xcc9e2d51)
  const h = lane ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593)
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0
}

function stepB(lane: number, word: number): number {
  const k = Math.imul(word, 0x85ebca6b)
  const h = lane ^ Math.imul((k << 16) | (k >>> 16), 0xc2b2ae35)
  return (Math.imul((h << 11) | (h >>> 21), 5) + 0x561ccd1b) | 0
}
