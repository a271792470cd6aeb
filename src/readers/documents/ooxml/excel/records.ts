// The records of a binary workbook of Excel 2007 and later: [MS-XLSB] 2.1.4. Number and size are in groups of 7 bits.
import type { Cursor } from '../../binary/cursor.ts'

export interface BinaryRecord {
  readonly id: number
  readonly data: Buffer
}

/** Of one part. */
const maxRecords = 20_000_000

/** Ends where the part does, or where a record claims more than there is, which is told. */
export function* recordsOf(
  bytes: Buffer,
  tell: (problem: string) => void,
): Generator<BinaryRecord> {
  let at = 0
  for (let i = 0; at < bytes.length && i < maxRecords; i++) {
    const start = at
    let id = bytes[at++]!
    if (id & 0x80) id = (id & 0x7f) | (((bytes[at++] ?? 0) & 0x7f) << 7)
    let size = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const b = bytes[at++] ?? 0
      size |= (b & 0x7f) << shift
      if (!(b & 0x80)) break
    }
    if (at + size > bytes.length) {
      tell(
        `record ${id} at 0x${start.toString(16)} claims ${size} bytes, ${Math.max(0, bytes.length - at)} are there`,
      )
      return
    }
    yield { id, data: bytes.subarray(at, at + size) }
    at += size
  }
}

/** 2.5.168, XLWideString; one of length 0xFFFFFFFF is none. */
export function wideString(cursor: Cursor): string {
  const length = cursor.u32()
  if (length === 0xffffffff) return ''
  const bytes = Math.min(length, maxString) * 2
  return cursor.take(bytes).toString('utf16le')
}

/** Of a string, in UTF-16 units. */
const maxString = 32_767 * 4

/** 2.5.97.16 and its like: size and tokens; what follows is of arrays. */
export function formulaTokens(cursor: Cursor): Buffer {
  return cursor.take(Math.min(cursor.u32(), maxTokens))
}

/** Of a formula, in bytes. */
const maxTokens = 64 * 1024
