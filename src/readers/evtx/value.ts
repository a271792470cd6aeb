// What does one substitution value mean? Types after [MS-EVEN6] 2.2.12. A length that does not fit the type never
// throws: the bytes are shown as hex, so that what was there can be seen.
import type { Scalar, Value } from '../../base/record.ts'

import { u16, u32, u64 } from './layout.ts'
import { filetime, guid, hexNumber, sid, systemtime, upperHex } from './text.ts'

export const valueType = {
  null: 0x00,
  string: 0x01,
  ansi: 0x02,
  int8: 0x03,
  uint8: 0x04,
  int16: 0x05,
  uint16: 0x06,
  int32: 0x07,
  uint32: 0x08,
  int64: 0x09,
  uint64: 0x0a,
  real32: 0x0b,
  real64: 0x0c,
  bool: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  sizeT: 0x10,
  filetime: 0x11,
  systemtime: 0x12,
  sid: 0x13,
  hex32: 0x14,
  hex64: 0x15,
  handle: 0x20,
  binXml: 0x21,
  evtXml: 0x23,
} as const

export const arrayFlag = 0x80

/** Bytes of one item of an array of the type; 0 where items end with a NUL or have no fixed size. */
const itemBytes = new Uint8Array(0x80)
for (const [type, bytes] of [
  [valueType.int8, 1],
  [valueType.uint8, 1],
  [valueType.int16, 2],
  [valueType.uint16, 2],
  [valueType.int32, 4],
  [valueType.uint32, 4],
  [valueType.int64, 8],
  [valueType.uint64, 8],
  [valueType.real32, 4],
  [valueType.real64, 8],
  [valueType.bool, 4],
  [valueType.guid, 16],
  [valueType.filetime, 8],
  [valueType.systemtime, 16],
  [valueType.hex32, 4],
  [valueType.hex64, 8],
] as const) {
  itemBytes[type] = bytes
}

const ansi = new TextDecoder('windows-1252')

/** The value of `length` bytes at `at`, which lie within `b`. Nothing there: the empty string. */
export function decodeValue(
  b: Buffer,
  type: number,
  at: number,
  length: number,
): Value {
  if (type === valueType.string) return text(b, at, length)
  if (length === 0) return ''
  if (type & arrayFlag) return decodeArray(b, type & ~arrayFlag, at, length)
  return decodeScalar(b, type, at, length)
}

function decodeScalar(
  b: Buffer,
  type: number,
  at: number,
  length: number,
): Scalar {
  switch (type) {
    case valueType.null:
    case valueType.binXml:
      return ''
    case valueType.string:
    case valueType.evtXml:
      return text(b, at, length)
    case valueType.ansi:
      return ansi.decode(b.subarray(at, ansiEnd(b, at, at + length)))
    case valueType.int8:
    case valueType.int16:
    case valueType.int32:
    case valueType.int64:
      return signed(b, at, length)
    case valueType.uint8:
    case valueType.uint16:
    case valueType.uint32:
    case valueType.uint64:
      return unsigned(b, at, length)
    case valueType.real32:
      if (length !== 4) break
      return real(shortest(b.readFloatLE(at)))
    case valueType.real64:
      if (length !== 8) break
      return real(b.readDoubleLE(at))
    case valueType.bool:
      for (let i = 0; i < length; i++) if (b[at + i] !== 0) return true
      return false
    default:
      return decodeStructure(b, type, at, length)
  }
  return upperHex(b, at, length)
}

function decodeStructure(
  b: Buffer,
  type: number,
  at: number,
  length: number,
): Scalar {
  switch (type) {
    case valueType.guid:
      if (length !== 16) break
      return guid(b, at)
    case valueType.sizeT:
    case valueType.hex32:
    case valueType.hex64:
    case valueType.handle:
      if (length > 8) break
      return hexNumber(b, at, length)
    case valueType.filetime:
      if (length !== 8) break
      return filetime(b, at)
    case valueType.systemtime:
      if (length !== 16) break
      return systemtime(b, at)
    case valueType.sid:
      return sid(b, at, length) ?? upperHex(b, at, length)
  }
  return upperHex(b, at, length)
}

/** UTF-16LE. Trailing NULs end the text in memory and are no part of it. */
export function text(b: Buffer, at: number, length: number): string {
  let end = at + (length & ~1)
  while (end > at && b[end - 1] === 0 && b[end - 2] === 0) end -= 2
  return end === at ? '' : b.ucs2Slice(at, end)
}

function ansiEnd(b: Buffer, at: number, end: number): number {
  while (end > at && b[end - 1] === 0) end--
  return end
}

function unsigned(b: Buffer, at: number, length: number): Scalar {
  switch (length) {
    case 1:
      return b[at]!
    case 2:
      return u16(b, at)
    case 4:
      return u32(b, at)
    case 8: {
      const n = u64(b, at)
      if (n <= Number.MAX_SAFE_INTEGER) return n
      return b.readBigUInt64LE(at).toString()
    }
  }
  return upperHex(b, at, length)
}

function signed(b: Buffer, at: number, length: number): Scalar {
  switch (length) {
    case 1:
      return b.readInt8(at)
    case 2:
      return b.readInt16LE(at)
    case 4:
      return b.readInt32LE(at)
    case 8: {
      const n = b.readBigInt64LE(at)
      const small = Number(n)
      return Number.isSafeInteger(small) ? small : n.toString()
    }
  }
  return upperHex(b, at, length)
}

/** JSON has no such numbers, XML Schema spells them so. */
function real(n: number): Scalar {
  if (Number.isFinite(n)) return n
  return Number.isNaN(n) ? 'NaN' : n > 0 ? 'INF' : '-INF'
}

/** The shortest decimal that is the same 32-bit float: 0.1, not 0.10000000149011612. */
function shortest(n: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(n.toPrecision(digits))
    if (Math.fround(short) === n) return short
  }
  return n
}

function decodeArray(
  b: Buffer,
  type: number,
  at: number,
  length: number,
): Value {
  if (type === valueType.string || type === valueType.evtXml) {
    return arrayTexts(b, at, length)
  }
  const end = at + length
  const out: Scalar[] = []
  if (type === valueType.ansi) {
    while (at < end) {
      const nul = b.indexOf(0, at)
      const stop = nul < 0 || nul > end ? end : nul
      out.push(ansi.decode(b.subarray(at, stop)))
      at = stop + 1
    }
    return out
  }
  const size = type === valueType.sizeT ? sizeTBytes(length) : itemBytes[type]
  if (!size) return upperHex(b, at, length)
  for (; at + size <= end; at += size) {
    out.push(decodeScalar(b, type, at, size))
  }
  return out
}

/** Of 32-bit or 64-bit Windows: the array does not say. */
function sizeTBytes(length: number): number {
  return length % 8 === 0 ? 8 : 4
}

/** Strings that each end with a NUL; the last may lack it. */
export function arrayTexts(b: Buffer, at: number, length: number): string[] {
  const end = at + (length & ~1)
  const out: string[] = []
  while (at < end) {
    let stop = at
    while (stop < end && (b[stop] !== 0 || b[stop + 1] !== 0)) stop += 2
    out.push(b.ucs2Slice(at, stop))
    at = stop + 2
  }
  return out
}

/** As many as `arrayTexts` returns, without making them. */
export function countArrayTexts(
  b: Uint8Array,
  at: number,
  length: number,
): number {
  const end = at + (length & ~1)
  let count = 0
  let open = false
  for (; at < end; at += 2) {
    if (b[at] === 0 && b[at + 1] === 0) {
      count++
      open = false
    } else {
      open = true
    }
  }
  return open ? count + 1 : count
}
