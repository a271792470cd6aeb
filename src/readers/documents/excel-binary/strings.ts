// Strings of a binary workbook: one byte a character before Excel 97, one or two after it (MS-XLS 2.5.293, 2.5.294).
import { Cursor } from '../binary/cursor.ts'
import { windows1252 } from '../binary/windows-1252.ts'

import type { BinaryRecord } from './records.ts'

/** `short`: its length is one byte. BIFF5 text has no flags. */
export function readString(
  cursor: Cursor,
  version: 5 | 8,
  length: 'short' | 'long' | number,
): string {
  const count =
    length === 'short' ? cursor.u8() : length === 'long' ? cursor.u16() : length
  if (version === 5) return windows1252(cursor.take(count))
  const flags = cursor.u8()
  const runs = flags & 8 ? cursor.u16() : 0
  const extra = flags & 4 ? cursor.u32() : 0
  const text = characters(cursor, count, flags)
  cursor.skip(runs * 4 + extra)
  return text
}

/** Characters without their length and flags. */
export function characters(
  cursor: Cursor,
  count: number,
  flags: number,
): string {
  return flags & 1
    ? cursor.take(count * 2).toString('utf16le')
    : cursor.take(count).toString('latin1')
}

/** UTF-16 units of all shared strings that are kept. */
const maxShared = 16 * 1024 * 1024

/** The shared strings (SST, 2.4.265). Characters that cross a CONTINUE have another flag byte there. */
export function sharedStrings(record: BinaryRecord): string[] {
  const cursor = new Cursor(record.body, 4)
  const count = cursor.u32()
  const found: string[] = []
  const joints = [...record.joints, record.body.length]
  let joint = 0
  let kept = 0
  for (let i = 0; i < count && cursor.left > 0 && kept < maxShared; i++) {
    while (joints[joint]! <= cursor.at && joint < joints.length - 1) joint++
    let left = cursor.u16()
    let flags = cursor.u8()
    const runs = flags & 8 ? cursor.u16() : 0
    const extra = flags & 4 ? cursor.u32() : 0
    let text = ''
    while (left > 0 && cursor.left > 0) {
      const room = joints[joint]! - cursor.at
      const fits = Math.min(left, Math.floor(room / (flags & 1 ? 2 : 1)))
      if (fits > 0) text += characters(cursor, fits, flags)
      left -= Math.max(0, fits)
      if (left > 0) {
        if (joint >= joints.length - 1) break
        cursor.at = joints[joint++]!
        flags = (flags & ~1) | (cursor.u8() & 1)
      }
    }
    cursor.skip(runs * 4 + extra)
    kept += text.length + 1
    found.push(text)
  }
  return found
}
