// May a text hold any of some hundred texts? Each is known by two windows of three of its letters, one letter apart, so that a look at every
// second place meets one of them. What two letters stand there is one number, and a table of all such numbers says no to nearly every place;
// a table of bits to nearly all others.
import type { SoughtText } from '../../../base/sought-texts.ts'

import { unitRarity } from '../../../meaning/rarity.ts'

import {
  caseBits,
  multiplier,
  type TextBytes,
  threeBytes,
} from './text-bytes.ts'

/** Texts are as long at least, in letters: both windows. */
const leastLetters = 4
const tableBits = 16

/** A text that a window is of, and how many letters stand before the window. */
interface Held {
  readonly text: string
  readonly before: number
}

export class TextFilter {
  /** By two letters as they stand: may a window begin with them? */
  readonly #pairs = new Uint8Array(1 << 16)
  readonly #bits = new Uint8Array((1 << tableBits) >> 3)
  readonly #held = new Map<number, Held[]>()
  readonly list: readonly SoughtText[]

  /** `texts`: folded, within ASCII, of four letters at least. */
  constructor(texts: readonly string[]) {
    this.list = texts.map((text) => ({ text, at: rarestWindows(text) }))
    for (const { text, at } of this.list) {
      for (const before of [at, at + 1]) {
        const window = windowAt(text, before)
        const held = this.#held.get(window)
        if (held) held.push({ text, before })
        else this.#held.set(window, [{ text, before }])
        const h = hashOf(window)
        this.#bits[h >>> 3]! |= 1 << (h & 7)
        for (const pair of pairsOf(window)) this.#pairs[pair] = 1
      }
    }
  }

  /** Where it says no, none is there; a yes may be wrong, and is looked into by whoever asks. */
  mayHold({ units, bytes, length }: TextBytes): boolean {
    const pairs = this.#pairs
    const last = length >> 1
    for (let i = 0; i < last; i++) {
      const pair = units[i]!
      if (pairs[pair] === 0) continue
      const window = (pair | (units[i + 1]! << 16) | caseBits) & threeBytes
      if (this.#isThere(window, 2 * i, bytes)) return true
    }
    return false
  }

  #isThere(window: number, at: number, bytes: Uint8Array): boolean {
    const h = hashOf(window)
    if (((this.#bits[h >>> 3]! >>> (h & 7)) & 1) === 0) return false
    for (const { text, before } of this.#held.get(window) ?? [])
      if (isAt(text, at - before, bytes)) return true
    return false
  }
}

function hashOf(window: number): number {
  return Math.imul(window, multiplier) >>> (32 - tableBits)
}

/** Its first two letters, in either case; lowest byte first. */
function pairsOf(window: number): number[] {
  const pair = window & 0xffff
  return [0, 0x20, 0x2000, 0x2020].map((upper) => pair & ~upper)
}

/** Letters that differ in nothing but the case bit count as the same. */
function isAt(text: string, start: number, bytes: Uint8Array): boolean {
  if (start < 0) return false
  for (let i = 0; i < text.length; i++) {
    if ((bytes[start + i]! | 0x20) !== (text.charCodeAt(i) | 0x20)) return false
  }
  return true
}

/** Lowest byte first, as bytes are read. */
function windowAt(text: string, at: number): number {
  const window =
    text.charCodeAt(at) |
    (text.charCodeAt(at + 1) << 8) |
    (text.charCodeAt(at + 2) << 16)
  return (window | caseBits) & threeBytes
}

/** Where two windows begin, of whose first letters the more common are as rare as can be. */
function rarestWindows(text: string): number {
  const rarity = (at: number) =>
    unitRarity(text.charCodeAt(at)) + unitRarity(text.charCodeAt(at + 1))
  let best = 0
  let most = -1
  for (let at = 0; at + leastLetters <= text.length; at++) {
    const least = Math.min(rarity(at), rarity(at + 1))
    if (least <= most) continue
    best = at
    most = least
  }
  return best
}
