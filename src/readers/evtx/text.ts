// How do GUIDs, SIDs, times and bytes look as text? As Windows' own XML has them, so that rules written for it match.
import { u16, u32 } from './layout.ts'

const upperDigits = Buffer.from('0123456789ABCDEF', 'latin1')

/** The order in which the bytes of a GUID are printed: three little-endian numbers, then bytes. */
const guidOrder = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1].concat([
  10, 11, 12, 13, 14, 15,
])
const guidText = Buffer.alloc(38)
guidText[0] = 0x7b
guidText[37] = 0x7d

export function guid(b: Uint8Array, at: number): string {
  let to = 1
  for (let i = 0; i < guidOrder.length; i++) {
    const from = guidOrder[i]!
    if (from < 0) {
      guidText[to++] = 0x2d
      continue
    }
    const byte = b[at + from]!
    guidText[to++] = upperDigits[byte >> 4]!
    guidText[to++] = upperDigits[byte & 15]!
  }
  return guidText.latin1Slice(0, 38)
}

/** Few accounts write most events: the last text for each hash is kept with its bytes. */
const sidSlots = 256
const sidBytes: Uint8Array[] = new Array(sidSlots).fill(new Uint8Array(0))
const sidTexts: string[] = new Array(sidSlots).fill('')

/** `S-1-5-21-…`; undefined where the count of parts does not fit the length. */
export function sid(
  b: Uint8Array,
  at: number,
  length: number,
): string | undefined {
  const used = 8 + 4 * b[at + 1]!
  if (length < 8 || used > length) return undefined
  let hash = used
  for (let i = at + 8; i < at + used; i++) {
    hash = Math.imul(hash, 31) + b[i]!
  }
  const slot = (hash ^ (hash >>> 8)) & (sidSlots - 1)
  if (isSame(sidBytes[slot]!, b, at, used)) return sidTexts[slot]!
  const text = sidText(b, at)
  sidBytes[slot] = new Uint8Array(b.subarray(at, at + used))
  sidTexts[slot] = text
  return text
}

function isSame(known: Uint8Array, b: Uint8Array, at: number, length: number) {
  if (known.length !== length) return false
  for (let i = 0; i < length; i++) if (known[i] !== b[at + i]) return false
  return true
}

function sidText(b: Uint8Array, at: number): string {
  const authority =
    u16BigEndian(b, at + 2) * 0x1_0000_0000 +
    u16BigEndian(b, at + 4) * 0x1_0000 +
    u16BigEndian(b, at + 6)
  let text = `S-${b[at]!}-${authority}`
  const parts = b[at + 1]!
  for (let i = 0; i < parts; i++) text += `-${u32(b, at + 8 + 4 * i)}`
  return text
}

function u16BigEndian(b: Uint8Array, at: number): number {
  return (b[at]! << 8) | b[at + 1]!
}

export function upperHex(b: Buffer, at: number, length: number): string {
  return b.hexSlice(at, at + length).toUpperCase()
}

/** Few numbers are common (keywords, logon ids, masks), so their texts are kept: one for each hash. */
const hexSlots = 1024
const hexLow = new Uint32Array(hexSlots)
const hexHigh = new Uint32Array(hexSlots)
const hexTexts: string[] = new Array(hexSlots).fill('0x0')

/** `0x1000`: lower case, no padding. The number has at most 8 bytes. */
export function hexNumber(b: Uint8Array, at: number, length: number): string {
  let low = 0
  let high = 0
  for (let i = Math.min(length, 8) - 1; i >= 0; i--) {
    if (i >= 4) high = ((high << 8) | b[at + i]!) >>> 0
    else low = ((low << 8) | b[at + i]!) >>> 0
  }
  const slot = (low ^ (low >>> 10) ^ (high >>> 12) ^ high) & (hexSlots - 1)
  if (hexLow[slot] === low && hexHigh[slot] === high) return hexTexts[slot]!
  const text = high
    ? `0x${high.toString(16)}${low.toString(16).padStart(8, '0')}`
    : `0x${low.toString(16)}`
  hexLow[slot] = low
  hexHigh[slot] = high
  hexTexts[slot] = text
  return text
}

const secondsTo1970 = 11_644_473_600
/** The last second of the year 9999, from 1601. */
const maxSeconds = 265_046_774_399

/** Whole seconds since 1601 of the FILETIME last split, and what is over, in units of 100 ns. */
let seconds = 0
let ticks = 0

/** 2^32 units of 100 ns are 429 s and 4967296 units: so no step leaves the exact integers. */
function split(b: Uint8Array, at: number) {
  const high = u32(b, at + 4)
  const rest = high * 4_967_296 + u32(b, at)
  const over = Math.floor(rest / 10_000_000)
  seconds = high * 429 + over
  ticks = rest - over * 10_000_000
}

/** Milliseconds since 1970 UTC, with a fraction; undefined past the year 9999, and of 0, which Windows writes for no time. */
export function filetimeMs(b: Uint8Array, at: number): number | undefined {
  split(b, at)
  if (seconds > maxSeconds || (seconds === 0 && ticks === 0)) return undefined
  return (seconds - secondsTo1970) * 1000 + ticks / 10_000
}

const timeText = Buffer.from('1601-01-01T00:00:00.0000000Z', 'latin1')
let lastSecond = -1

/** `2020-10-13T04:24:51.6991234Z`; past the year 9999 the plain number, in hex. */
export function filetime(b: Uint8Array, at: number): string {
  split(b, at)
  if (seconds > maxSeconds) return hexNumber(b, at, 8)
  if (seconds !== lastSecond) {
    lastSecond = seconds
    const date = new Date((seconds - secondsTo1970) * 1000)
    timeText.write(date.toISOString().slice(0, 20), 'latin1')
  }
  let rest = ticks
  for (let i = 26; i >= 20; i--) {
    const tenth = Math.floor(rest / 10)
    timeText[i] = 0x30 + rest - tenth * 10
    rest = tenth
  }
  return timeText.latin1Slice(0, 28)
}

/** Eight 16-bit numbers: year, month, weekday, day, hour, minute, second, millisecond. Printed as they stand. */
export function systemtime(b: Uint8Array, at: number): string {
  const n = (i: number, width: number) =>
    String(u16(b, at + 2 * i)).padStart(width, '0')
  return `${n(0, 4)}-${n(1, 2)}-${n(3, 2)}T${n(4, 2)}:${n(5, 2)}:${n(6, 2)}.${n(7, 3)}Z`
}
