// What does a moniker, the name of a linked object, lead to? An address, a file, or something that runs when it is bound
// (MS-OSHARED 2.3.7.2 ff., MS-OLEDS 2.3.3).
import { Cursor } from '../binary/cursor.ts'
import { guidAt } from '../binary/guid.ts'
import { windows1252 } from '../binary/windows-1252.ts'

export interface Moniker {
  readonly kind: 'url' | 'file' | 'item' | 'other'
  readonly classId: string
  readonly target: string
}

const kinds: Readonly<Record<string, Moniker['kind']>> = {
  '79EAC9E0-BAF9-11CE-8C82-00AA004BA90B': 'url',
  '00000303-0000-0000-C000-000000000046': 'file',
  '00000304-0000-0000-C000-000000000046': 'item',
}
const composite = '00000309-0000-0000-C000-000000000046'
const maxDepth = 8

/** The first part that leads somewhere. undefined: no moniker. */
export function monikerTarget(bytes: Buffer, depth = 0): Moniker | undefined {
  const classId = guidAt(bytes, 0)
  if (!classId) return undefined
  const cursor = new Cursor(bytes, 16)
  if (classId === composite && depth < maxDepth) {
    cursor.skip(4)
    return monikerTarget(bytes.subarray(cursor.at), depth + 1)
  }
  const kind = kinds[classId] ?? 'other'
  const target =
    kind === 'url'
      ? urlOf(cursor)
      : kind === 'file'
        ? fileOf(cursor)
        : kind === 'item'
          ? itemOf(cursor)
          : ''
  return { kind, classId, target }
}

function urlOf(cursor: Cursor): string {
  const text = cursor.take(cursor.u32()).toString('utf16le')
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}

function fileOf(cursor: Cursor): string {
  const up = cursor.u16()
  const short = windows1252(cursor.take(cursor.u32())).replace(/\0.*$/s, '')
  cursor.skip(24)
  const size = cursor.u32()
  if (size > 0 && !cursor.short) {
    const units = cursor.u32()
    cursor.skip(2)
    const wide = cursor.take(Math.min(units, size)).toString('utf16le')
    if (wide) return '..\\'.repeat(Math.min(up, 32)) + wide
  }
  return '..\\'.repeat(Math.min(up, 32)) + short
}

function itemOf(cursor: Cursor): string {
  cursor.take(cursor.u32())
  return windows1252(cursor.take(cursor.u32())).replace(/\0+$/, '')
}
