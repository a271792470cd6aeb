// What a binary workbook says once of itself: sheets, names, other books and conversations (DDE) that its formulas refer to
// (MS-XLS 2.1.7.20.1).
import { Cursor, u16At, u32At } from '../binary/cursor.ts'

import { virtualPath } from './external-path.ts'
import type { BinaryRecord } from './records.ts'
import { readString } from './strings.ts'

export interface Sheet {
  readonly name: string
  /** Byte of its first record. */
  readonly at: number
  readonly kind: 'worksheet' | 'macro' | 'chart' | 'module'
  readonly hidden: 'no' | 'hidden' | 'very hidden'
}

export interface DefinedName {
  readonly name: string
  readonly at: number
  readonly isHidden: boolean
  readonly isMacro: boolean
  readonly tokens: Buffer
}

/** Something outside of the workbook. */
export interface SupportingBook {
  readonly at: number
  readonly kind: 'self' | 'add-in' | 'book' | 'conversation'
  readonly path: string
  /** Of a conversation or a linked object. */
  readonly service: string
  readonly topic: string
  readonly names: ExternalName[]
}

export interface ExternalName {
  readonly name: string
  readonly at: number
  /** It is an object (OLE) rather than a conversation (DDE). */
  readonly isObject: boolean
}

const sheetKinds = ['worksheet', 'macro', 'chart'] as const
const visibilities = ['no', 'hidden', 'very hidden'] as const

export function sheetOf(body: Buffer, version: 5 | 8): Sheet {
  const cursor = new Cursor(body)
  const at = cursor.u32()
  const visibility = cursor.u8() & 3
  const kind = cursor.u8()
  return {
    at,
    name: readString(cursor, version, 'short'),
    kind: kind === 6 ? 'module' : (sheetKinds[kind] ?? 'worksheet'),
    hidden: visibilities[visibility] ?? 'very hidden',
  }
}

/** 2.5.114: names with a meaning of their own are one character. */
const builtIn = [
  'Consolidate_Area',
  'Auto_Open',
  'Auto_Close',
  'Extract',
  'Database',
  'Criteria',
  'Print_Area',
  'Print_Titles',
  'Recorder',
  'Data_Form',
  'Auto_Activate',
  'Auto_Deactivate',
  'Sheet_Title',
  '_FilterDatabase',
]

export function definedName(
  { body, at }: BinaryRecord,
  version: 5 | 8,
): DefinedName {
  const flags = u16At(body, 0)
  const cursor = new Cursor(body, 3)
  const length = cursor.u8()
  const tokenBytes = cursor.u16()
  cursor.skip(8)
  const text = readString(cursor, version, length)
  const known = flags & 0x20 ? builtIn[text.charCodeAt(0)] : undefined
  return {
    name: known === undefined ? text : known + text.slice(1),
    at,
    isHidden: (flags & 1) !== 0,
    isMacro: (flags & 0xe) !== 0,
    tokens: cursor.take(tokenBytes),
  }
}

/** SUPBOOK (2.4.271), of Excel 97 and later. */
export function supportingBook({ body, at }: BinaryRecord): SupportingBook {
  const length = u16At(body, 2)
  if (length === 0x0401) return bare(at, 'self')
  if (length === 0x3a01) return bare(at, 'add-in')
  const path = readString(new Cursor(body, 2), 8, 'long')
  return { at, ...virtualPath(path), names: [] }
}

/** EXTERNSHEET of Excel 5 and 95: one a book. */
export function externalSheet({ body, at }: BinaryRecord): SupportingBook {
  const path = readString(new Cursor(body), 5, 'short')
  if (path === '\x04' || path.startsWith('\x02') || path.startsWith('\x03'))
    return bare(at, 'self')
  return { at, ...virtualPath(path), names: [] }
}

function bare(at: number, kind: SupportingBook['kind']): SupportingBook {
  return { at, kind, path: '', service: '', topic: '', names: [] }
}

/** EXTERNNAME (2.4.105): bit 4 of its flags is `fOleLink`. */
export function externalName(
  { body, at }: BinaryRecord,
  version: 5 | 8,
): ExternalName {
  const flags = u16At(body, 0)
  return {
    at,
    name: readString(new Cursor(body, 6), version, 'short'),
    isObject: (flags & 0x10) !== 0,
  }
}

/** EXTERNSHEET (2.4.106): books and sheets that formulas name by number. */
export function sheetReferences(
  body: Buffer,
): { readonly book: number; readonly sheet: number }[] {
  const count = Math.min(u16At(body, 0), Math.floor((body.length - 2) / 6))
  return Array.from({ length: Math.max(0, count) }, (_, i) => ({
    book: u16At(body, 2 + i * 6),
    sheet: u16At(body, 4 + i * 6),
  }))
}

/** A formula cell: where, and its tokens (2.4.127, 2.4.264, 2.4.4). */
export function formulaCell({ type, body }: BinaryRecord): {
  row: number
  column: number
  tokens: Buffer
} {
  const isShared = type === 0x04bc
  const isArray = type === 0x0221
  const at = isShared ? 8 : isArray ? 12 : 20
  return {
    row: u16At(body, 0),
    column: isShared || isArray ? (body[4] ?? 0) : u16At(body, 2),
    tokens: body.subarray(at + 2, at + 2 + u16At(body, at)),
  }
}

/** RK number (2.5.217). */
export function rkNumber(body: Buffer, at: number): number {
  const raw = u32At(body, at)
  const wide = Buffer.alloc(8)
  wide.writeUInt32LE((raw & 0xffff_fffc) >>> 0, 4)
  const number = raw & 2 ? (raw | 0) >> 2 : wide.readDoubleLE(0)
  return raw & 1 ? number / 100 : number
}
