// A set of texts as the scanner looks for them in a line: as JSON writes them, each known by two windows of three letters.
import type { SoughtTexts } from '../../base/sought-texts.ts'

// Where what lies in a set, as in scanner.as.ts.
const pairBits = 0
const windowBits = 8192
const firstEntries = 16_384
const entrySlots = 4096
const shortTexts = 32_768
const entries = 32_832
const entryBytes = 24

const caseBits = 0x202020
const multiplier = 0x9e3779b1
/** In either case, the two letters of a pair. */
const upperCases = [0, 0x20, 0x2000, 0x2020]

/** What stands at `place` in memory when the set is put there. */
export function textSet({ list, isCased }: SoughtTexts, place: number): Buffer {
  const mask = isCased ? 0 : 0x20
  const short = list.filter(({ text }) => asWritten(text).length < 4)
  const long = list.filter((sought) => !short.includes(sought))
  const texts = long.map(({ text, at }) => ({
    bytes: asWritten(text),
    at: asWritten(text.slice(0, at)).length,
  }))
  const head = entries + texts.length * 2 * entryBytes
  const length = texts.reduce((sum, { bytes }) => sum + bytes.length, head)
  const set = Buffer.alloc(length + 8)
  set.writeInt32LE(short.length, shortTexts)
  for (const [i, { text }] of short.entries()) {
    const window = asWritten(text).readUIntLE(0, 3) | caseBits
    set.writeInt32LE(window, shortTexts + 4 + i * 4)
  }
  let to = head
  let entry = 0
  for (const { bytes, at } of texts) {
    bytes.copy(set, to)
    for (const before of [at, at + 1]) {
      addWindow(set, { bytes, before, text: place + to, mask }, ++entry)
    }
    to += bytes.length
  }
  return set
}

function asWritten(text: string): Buffer {
  return Buffer.from(JSON.stringify(text).slice(1, -1))
}

interface Entry {
  readonly bytes: Buffer
  /** Letters before the window. */
  readonly before: number
  /** Where the text stands in memory. */
  readonly text: number
  /** In which bits letters may differ. */
  readonly mask: number
}

/** `entry`: its number, from 1. */
function addWindow(
  set: Buffer,
  { bytes, before, text, mask }: Entry,
  entry: number,
): void {
  const window = bytes.readUIntLE(before, 3) | caseBits
  for (const upper of upperCases)
    setBit(set, pairBits, window & 0xffff & ~upper)
  const hash = Math.imul(window, multiplier) >>> 16
  setBit(set, windowBits, hash)
  const first = firstEntries + (hash & (entrySlots - 1)) * 4
  const at = entries + (entry - 1) * entryBytes
  const next = set.readInt32LE(first)
  const parts = [window, next, text, bytes.length, before, mask]
  for (const [i, part] of parts.entries()) set.writeInt32LE(part, at + i * 4)
  set.writeInt32LE(entry, first)
}

function setBit(set: Buffer, from: number, bit: number): void {
  set[from + (bit >> 3)]! |= 1 << (bit & 7)
}
