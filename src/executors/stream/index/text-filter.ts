// May a text hold any of some hundred texts? Each is known by two windows of three of its letters, one letter apart, so that a look at every
// second place meets one of them; a table of bits says no to nearly every place.
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
  readonly #bits = new Uint8Array((1 << tableBits) >> 3)
  readonly #held = new Map<number, Held[]>()

  private constructor(texts: readonly string[]) {
    for (const text of texts) {
      const at = rarestWindows(text)
      for (const before of [at, at + 1]) {
        const window = windowAt(text, before)
        const held = this.#held.get(window)
        if (held) held.push({ text, before })
        else this.#held.set(window, [{ text, before }])
        const h = hashOf(window)
        this.#bits[h >>> 3]! |= 1 << (h & 7)
      }
    }
  }

  /** undefined: not of texts beyond ASCII, or of less than four letters. `texts` are folded. */
  static of(texts: readonly string[]): TextFilter | undefined {
    const fit = texts.every(
      (t) => t.length >= leastLetters && /^[\0-\x7f]*$/.test(t),
    )
    return fit ? new TextFilter(texts) : undefined
  }

  /** Where it says no, none is there; a yes may be wrong, and is looked into by whoever asks. */
  mayHold({ units, bytes, length }: TextBytes): boolean {
    const bits = this.#bits
    const last = length >> 1
    let w = units[0]! << 16
    for (let i = 1; i <= last; i++) {
      w = (w >>> 16) | (units[i]! << 16)
      const window = (w | caseBits) & threeBytes
      const h = hashOf(window)
      if (((bits[h >>> 3]! >>> (h & 7)) & 1) === 0) continue
      if (this.#isThere(window, 2 * i - 2, bytes)) return true
    }
    return false
  }

  #isThere(window: number, at: number, bytes: Uint8Array): boolean {
    for (const { text, before } of this.#held.get(window) ?? [])
      if (isAt(text, at - before, bytes)) return true
    return false
  }
}

function hashOf(window: number): number {
  return Math.imul(window, multiplier) >>> (32 - tableBits)
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

/** Where two windows begin of which the more common one is as rare as can be. */
function rarestWindows(text: string): number {
  const rarity = (at: number) =>
    [at, at + 1, at + 2].reduce(
      (sum, i) => sum + unitRarity(text.charCodeAt(i)),
      0,
    )
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
