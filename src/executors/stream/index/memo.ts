// What was found out about a value, kept for when it comes again: telemetry repeats itself. Bounded in bytes by two
// generations: when the young one has filled its half, it becomes the old one, and whatever is asked for again moves
// up. Forgetting costs time only.
//
// A table of our own, because `Map` hashes every letter of every fresh string: this one hashes a sample and then
// compares. Values made to collide cannot build chains: a probe gives up after a few steps.
import { MemoEntry } from '../../../meaning/memo-entry.ts'

/** Both generations together, in bytes. */
const maxBytes = 16 * 1024 * 1024
/** Longer values are seldom seen twice, in UTF-16 units. */
export const maxMemoText = 4096
/** What an entry costs besides its text and lists, in bytes. */
const entryBytes = 160
/** A longer one is kept from its second coming on, in UTF-16 units: mostly there is none, and what is kept in vain is the dearest garbage. */
const maxTextAtOnce = 256
/** Long values of which it is remembered that they came. */
const seenSize = 1 << 14
const tableSize = 1 << 15
const maxProbes = 8

export class Memo {
  #young: (MemoEntry | undefined)[] = emptyTable()
  #old: (MemoEntry | undefined)[] = emptyTable()
  readonly #seen = new Int32Array(seenSize)
  #bytes = 0
  #count = 0

  find(slot: number, value: string): MemoEntry | undefined {
    const hash = hashOf(slot, value)
    const young = this.#young
    for (let i = 0; i < maxProbes; i++) {
      const entry = young[(hash + i) & (tableSize - 1)]
      if (entry === undefined) break
      if (entry.slot === slot && entry.value === value) return entry
    }
    return this.#findOld(hash, slot, value)
  }

  /** Is it worth being kept? Not always the first time. */
  admits(slot: number, value: string): boolean {
    if (value.length <= maxTextAtOnce) return true
    const hash = hashOf(slot, value)
    const at = hash & (seenSize - 1)
    // Lengths tell apart what the hash, of 16 bits, does not; 0: none came.
    const mark = (value.length << 16) | hash | 1
    if (this.#seen[at] === mark) return true
    this.#seen[at] = mark
    return false
  }

  add(slot: number, value: string, rules: readonly number[]): MemoEntry {
    const entry = new MemoEntry(slot, value, rules)
    this.#put(hashOf(slot, value), entry)
    return entry
  }

  /** Counts bytes that were given to an entry later. */
  grew(bytes: number): void {
    this.#bytes += bytes
  }

  #findOld(hash: number, slot: number, value: string): MemoEntry | undefined {
    for (let i = 0; i < maxProbes; i++) {
      const entry = this.#old[(hash + i) & (tableSize - 1)]
      if (entry === undefined) return undefined
      if (entry.slot === slot && entry.value === value) {
        this.#put(hash, entry)
        return entry
      }
    }
    return undefined
  }

  #put(hash: number, entry: MemoEntry): void {
    if (this.#bytes > maxBytes / 2 || this.#count > tableSize / 2) {
      this.#old = this.#young
      this.#young = emptyTable()
      this.#bytes = 0
      this.#count = 0
    }
    this.#bytes +=
      entryBytes +
      entry.value.length +
      entry.rules.length * 8 +
      (entry.verdicts?.length ?? 0)
    let at = hash & (tableSize - 1)
    for (let i = 0; i < maxProbes; i++) {
      const next = (hash + i) & (tableSize - 1)
      if (this.#young[next] === undefined) {
        at = next
        this.#count++
        break
      }
    }
    this.#young[at] = entry
  }
}

function emptyTable(): (MemoEntry | undefined)[] {
  return new Array<MemoEntry | undefined>(tableSize).fill(undefined)
}

/** Of the length and some letters: the ends tell commands apart, those between tell arguments. */
function hashOf(slot: number, text: string): number {
  const n = text.length
  let h = Math.imul(slot + 1, 0x9e3779b1) ^ n
  if (n <= 12) {
    for (let i = 0; i < n; i++)
      h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  } else {
    const step = n / 8
    for (let at = n - 1; at >= 0; at -= step) {
      h = Math.imul(h ^ text.charCodeAt(at | 0), 0x01000193)
    }
    h = Math.imul(h ^ text.charCodeAt(n - 2), 0x01000193)
    h = Math.imul(h ^ text.charCodeAt(n - 5), 0x01000193)
  }
  h ^= h >>> 15
  return Math.imul(h, 0x2c1b3c6d) >>> 16
}
