// How do GUIDs, SIDs, times and bytes look as text? As Windows' own XML has them, so that rules written for it match.
import { u16, u32 } from './layout.ts'

const digits = Buffer.from('0123456789abcdef', 'latin1')
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

/** `S-1-5-21-…`; undefined where the count of parts does not fit the length. */
export function sid(
  b: Uint8Array,
  at: number,
  length: number,
): string | undefined {
  const parts = b[at + 1]!
  if (length < 8 || 8 + 4 * parts > length) return undefined
  const authority =
    u16BigEndian(b, at + 2) * 0x1_0000_0000 +
    u16BigEndian(b, at + 4) * 0x1_0000 +
    u16BigEndian(b, at + 6)
  let text = `S-${b[at]!}-${authority}`
  for (let i = 0; i < parts; i++) text += `-${u32(b, at + 8 + 4 * i)}`
  return text
}

function u16BigEndian(b: Uint8Array, at: number): number {
  return (b[at]! << 8) | b[at + 1]!
}

export function upperHex(b: Buffer, at: number, length: number): string {
  return b.hexSlice(at, at + length).toUpperCase()
}

/** `0x1000`: lower case, no padding. The number has `length` bytes. */
export function hexNumber(b: Uint8Array, at: number, length: number): string {
  let i = length - 1
  while (i > 0 && b[at + i] === 0) i--
  const top = b[at + i] ?? 0
  let text = `0x${top.toString(16)}`
  for (i--; i >= 0; i--) {
    const byte = b[at + i]!
    text += String.fromCharCode(digits[byte >> 4]!, digits[byte & 15]!)
  }
  return text
}

const secondsTo1970 = 11_644_473_600
/** Of the last second of the year 9999. */
const maxSeconds = 265_046_774_400 + 50_491_123_199

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

/** Milliseconds since 1970 UTC, with a fraction; undefined past the year 9999. */
export function filetimeMs(b: Uint8Array, at: number): number | undefined {
  split(b, at)
  if (seconds > maxSeconds) return undefined
  return (seconds - secondsTo1970) * 1000 + ticks / 10_000
}

let lastSecond = -1
let lastSecondText = ''

/** `2020-10-13T04:24:51.6991234Z`; past the year 9999 the plain number, in hex. */
export function filetime(b: Uint8Array, at: number): string {
  split(b, at)
  if (seconds > maxSeconds) return hexNumber(b, at, 8)
  if (seconds !== lastSecond) {
    lastSecond = seconds
    lastSecondText = new Date((seconds - secondsTo1970) * 1000)
      .toISOString()
      .slice(0, 20)
  }
  return `${lastSecondText}${String(ticks).padStart(7, '0')}Z`
}

/** Eight 16-bit numbers: year, month, weekday, day, hour, minute, second, millisecond. Printed as they stand. */
export function systemtime(b: Uint8Array, at: number): string {
  const n = (i: number, width: number) =>
    String(u16(b, at + 2 * i)).padStart(width, '0')
  return `${n(0, 4)}-${n(1, 2)}-${n(3, 2)}T${n(4, 2)}:${n(5, 2)}:${n(6, 2)}.${n(7, 3)}Z`
}
