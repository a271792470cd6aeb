// Which of thousands of substrings does a text hold? Each substring of five letters or more is known by two neighbouring
// four-letter windows, so that a scan at every second position meets one of them; shorter ones by a three-letter
// window, looked up at every position. A bit table says no to nearly every window; what remains is compared.
import type { StampSet } from './stamp-set.ts'
import { Buckets, mix } from './buckets.ts'
import type { Cell } from '../../../meaning/cell.ts'
import { rarityOf } from '../../../meaning/rarity.ts'
import {
  caseBits,
  multiplier,
  type TextBytes,
  threeBytes,
} from './text-bytes.ts'

/** Bits of table for each window in it: one lookup in sixteen is a false yes. */
const bitsPerWindow = 16
const maxTableBits = 1 << 20
const minTableBits = 1 << 10

export class Substrings {
  readonly #patterns: readonly string[]
  readonly #ids: Int32Array
  readonly #long: WindowTable
  readonly #short: WindowTable
  /** Patterns of one and two letters: tried one by one. */
  readonly #tiny: readonly number[]
  /** Patterns that hold a unit beyond ASCII, by that unit. */
  readonly #foreign = new Map<number, number[]>()

  /** `patterns` are folded; `ids` is what the scan reports for each. */
  constructor(patterns: readonly string[], ids: readonly number[]) {
    this.#patterns = patterns
    this.#ids = Int32Array.from(ids)
    const long = new WindowList()
    const short = new WindowList()
    const tiny: number[] = []
    const shared = countWindows(patterns)
    patterns.forEach((text, i) => {
      const unit = lastForeignUnit(text)
      if (unit !== undefined) {
        const list = this.#foreign.get(unit)
        if (list) list.push(i)
        else this.#foreign.set(unit, [i])
      } else if (text.length >= 5) {
        const at = bestWindow(text, shared)
        long.add(windowOf(text, at), i, at, text)
        long.add(windowOf(text, at + 1), i, at + 1, text)
      } else if (text.length >= 3) {
        short.add(windowOf(text, 0) & threeBytes, i, 0)
      } else tiny.push(i)
    })
    this.#long = long.table()
    this.#short = short.table()
    this.#tiny = tiny
  }

  /** Adds the id of each substring that the text holds; `bytes` and `cell` hold the same text. */
  scan(bytes: TextBytes, cell: Cell, found: StampSet) {
    if (this.#long.size) {
      if (this.#short.size) this.#scanBoth(bytes, cell, found)
      else this.#scanLong(bytes, cell, found)
    } else if (this.#short.size) this.#scanBoth(bytes, cell, found)
    for (const i of this.#tiny) {
      if (cell.folded.includes(this.#patterns[i]!)) found.add(this.#ids[i]!)
    }
    if (!bytes.ascii && this.#foreign.size)
      this.#scanForeign(cell.folded, found)
  }

  #scanLong(bytes: TextBytes, cell: Cell, found: StampSet) {
    const { units, length } = bytes
    const { bits, shift } = this.#long
    const last = (length - 2) >> 1
    let w = units[0]! << 16
    for (let i = 1; i <= last; i++) {
      w = (w >>> 16) | (units[i]! << 16)
      const h = Math.imul(w | caseBits, multiplier) >>> shift
      if ((bits[h >>> 3]! >>> (h & 7)) & 1) {
        this.#check(this.#long, w | caseBits, 2 * i - 2, bytes, cell, found)
      }
    }
  }

  #scanBoth(bytes: TextBytes, cell: Cell, found: StampSet) {
    const { units, length } = bytes
    const { bits, shift } = this.#long
    const { bits: bits3, shift: shift3 } = this.#short
    const last = (length - 1) >> 1
    let w = units[0]! << 16
    for (let i = 1; i <= last; i++) {
      w = (w >>> 16) | (units[i]! << 16)
      const f = w | caseBits
      const h = Math.imul(f, multiplier) >>> shift
      if ((bits[h >>> 3]! >>> (h & 7)) & 1) {
        this.#check(this.#long, f, 2 * i - 2, bytes, cell, found)
      }
      const even = f & threeBytes
      const g = Math.imul(even, multiplier) >>> shift3
      if ((bits3[g >>> 3]! >>> (g & 7)) & 1) {
        this.#check(this.#short, even, 2 * i - 2, bytes, cell, found)
      }
      const odd = f >>> 8
      const k = Math.imul(odd, multiplier) >>> shift3
      if ((bits3[k >>> 3]! >>> (k & 7)) & 1) {
        this.#check(this.#short, odd, 2 * i - 1, bytes, cell, found)
      }
    }
  }

  #check(
    table: WindowTable,
    window: number,
    at: number,
    bytes: TextBytes,
    cell: Cell,
    found: StampSet,
  ) {
    const place = table.buckets.find(window)
    if (place < 0) return
    const { entries } = table
    const end = table.buckets.end(place) * entryNumbers
    let e = table.buckets.start(place) * entryNumbers
    for (; e < end; e += entryNumbers) {
      const next = entries[e]!
      // The four letters after the window, before the text itself is asked for.
      if (next !== 0 && bytes.window(at + 4) !== next) continue
      const start = at - entries[e + 1]!
      if (start < 0) continue
      const i = entries[e + 2]!
      const pattern = this.#patterns[i]!
      const holds = bytes.ascii
        ? bytes.startsWith(pattern, start)
        : cell.folded.startsWith(pattern, start)
      if (holds) found.add(this.#ids[i]!)
    }
  }

  #scanForeign(folded: string, found: StampSet) {
    const tried = new Set<number>()
    for (let at = 0; at < folded.length; at++) {
      const unit = folded.charCodeAt(at)
      if (unit < 0x80 || tried.has(unit)) continue
      tried.add(unit)
      for (const i of this.#foreign.get(unit) ?? []) {
        if (folded.includes(this.#patterns[i]!)) found.add(this.#ids[i]!)
      }
    }
  }
}

interface WindowTable {
  readonly size: number
  readonly bits: Uint8Array
  readonly shift: number
  readonly buckets: Buckets
  /** By place among the items of the buckets: the window after this one (0: none), where in its pattern it is, and which pattern. */
  readonly entries: Int32Array
}

const entryNumbers = 3

class WindowList {
  readonly #keys: number[] = []
  readonly #patterns: number[] = []
  readonly #offsets: number[] = []
  readonly #texts: string[] = []

  add(key: number, pattern: number, offset: number, text = ''): void {
    this.#keys.push(key)
    this.#patterns.push(pattern)
    this.#offsets.push(offset)
    this.#texts.push(text)
  }

  table(): WindowTable {
    const size = this.#keys.length
    let tableBits = minTableBits
    while (tableBits < size * bitsPerWindow && tableBits < maxTableBits)
      tableBits *= 2
    const shift = 32 - Math.log2(tableBits)
    const bits = new Uint8Array(tableBits / 8)
    for (const key of this.#keys) {
      const h = Math.imul(key, multiplier) >>> shift
      bits[h >>> 3]! |= 1 << (h & 7)
    }
    const buckets = new Buckets(this.#keys, [...this.#keys.keys()])
    const entries = new Int32Array(size * entryNumbers)
    buckets.items.forEach((entry, place) => {
      const offset = this.#offsets[entry]!
      const of = [nextOf(this.#texts[entry]!, offset), offset]
      entries.set([...of, this.#patterns[entry]!], place * entryNumbers)
    })
    return { size, bits, shift, buckets, entries }
  }
}

function nextOf(text: string, offset: number): number {
  const at = offset + 4
  return at + 4 <= text.length ? windowOf(text, at) : 0
}

export function windowOf(text: string, at: number): number {
  let w = 0
  for (let i = 3; i >= 0; i--) w = (w << 8) | (text.charCodeAt(at + i) & 0xff)
  return w | caseBits
}

/** Where in the text two neighbouring windows begin that few texts hold. */
function bestWindow(text: string, shared: Uint16Array): number {
  let best = 0
  let bestScore = Number.NEGATIVE_INFINITY
  for (let at = 0; at + 5 <= text.length; at++) {
    const crowd = Math.max(
      shared[mix(windowOf(text, at)) & sharedMask]!,
      shared[mix(windowOf(text, at + 1)) & sharedMask]!,
    )
    const score = rarityOf(text, at) - crowdWeight * crowd
    if (score > bestScore) {
      best = at
      bestScore = score
    }
  }
  return best
}

/** One more pattern with the same window counts as much as a letter somewhat more common. */
const crowdWeight = 4
const sharedMask = 0xffff

/** How many patterns hold each window, by its hash. */
function countWindows(patterns: readonly string[]): Uint16Array {
  const counts = new Uint16Array(sharedMask + 1)
  for (const text of patterns) {
    for (let at = 0; at + 4 <= text.length; at++) {
      const h = mix(windowOf(text, at)) & sharedMask
      if (counts[h]! < 0xffff) counts[h]!++
    }
  }
  return counts
}

/** The last unit beyond ASCII: of a pair the second, which tells more. */
function lastForeignUnit(text: string): number | undefined {
  for (let i = text.length - 1; i >= 0; i--) {
    if (text.charCodeAt(i) >= 0x80) return text.charCodeAt(i)
  }
  return undefined
}
