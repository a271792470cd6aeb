// May a text hold any of some hundred texts? Each is known by two pairs of its letters, one behind the other, so that a look at every second
// place meets one of them; a table of bits by pair says no to nearly every place.
import { unitRarity } from '../../../meaning/rarity.ts'

import type { TextBytes } from './text-bytes.ts'

/** For both letters of a pair: see `caseBits`. */
const pairCaseBits = 0x2020

export class PairFilter {
  readonly #bits = new Uint8Array(0x10000 >> 3)
  /** By pair: the places in `#checks` where its list begins and ends. */
  readonly #lists = new Map<number, readonly Check[]>()

  private constructor(texts: readonly string[]) {
    const lists = new Map<number, Check[]>()
    for (const text of texts) {
      const at = bestPairs(text)
      for (const i of [at, at + 1]) {
        const pair = pairOf(text, i)
        this.#bits[pair >>> 3]! |= 1 << (pair & 7)
        const list = lists.get(pair) ?? []
        lists.set(pair, [...list, { before: i, text }])
      }
    }
    this.#lists = lists
  }

  /** undefined: not of texts beyond ASCII, or of one or two letters. `texts` are folded. */
  static of(texts: readonly string[]): PairFilter | undefined {
    const fits = texts.every((t) => t.length >= 3 && /^[\0-\x7f]*$/.test(t))
    return fits ? new PairFilter(texts) : undefined
  }

  /** Where it says yes, one may be there all the same not; where it says no, none is. */
  mayHold({ units, bytes, length }: TextBytes): boolean {
    const bits = this.#bits
    const last = length >> 1
    for (let i = 0; i <= last; i++) {
      const pair = units[i]! | pairCaseBits
      if (((bits[pair >>> 3]! >>> (pair & 7)) & 1) === 0) continue
      if (this.#isThere(pair, 2 * i, bytes)) return true
    }
    return false
  }

  #isThere(pair: number, at: number, bytes: Uint8Array): boolean {
    for (const { before, text } of this.#lists.get(pair)!)
      if (isAt(text, at - before, bytes)) return true
    return false
  }
}

/** A text that a pair is of, and how many letters stand before the pair. */
interface Check {
  readonly before: number
  readonly text: string
}

/** Letters that differ in nothing but the case bit count as the same. */
function isAt(text: string, start: number, bytes: Uint8Array): boolean {
  if (start < 0) return false
  for (let i = 0; i < text.length; i++) {
    if ((bytes[start + i]! | 0x20) !== (text.charCodeAt(i) | 0x20)) return false
  }
  return true
}

/** Lowest byte first, as two bytes are read at once. */
function pairOf(text: string, at: number): number {
  return text.charCodeAt(at) | (text.charCodeAt(at + 1) << 8) | pairCaseBits
}

/** Where two neighbouring pairs begin that few texts hold. */
function bestPairs(text: string): number {
  let best = 0
  let bestRarity = -1
  for (let at = 0; at + 3 <= text.length; at++) {
    const [a, b, c] = [0, 1, 2].map((i) => unitRarity(text.charCodeAt(at + i)))
    const rarity = Math.min(a! + b!, b! + c!)
    if (rarity <= bestRarity) continue
    best = at
    bestRarity = rarity
  }
  return best
}
