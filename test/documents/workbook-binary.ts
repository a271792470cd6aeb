// Binary workbooks made by hand, record by record: for tests.
import { compoundOf, type CompoundParts } from './compound.ts'

export function record(type: number, ...body: readonly Buffer[]): Buffer {
  const all = Buffer.concat(body)
  const head = Buffer.alloc(4)
  head.writeUInt16LE(type, 0)
  head.writeUInt16LE(all.length, 2)
  return Buffer.concat([head, all])
}

export const u8 = (n: number) => Buffer.from([n])
export function u16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((n, i) => {
    bytes.writeUInt16LE(n, i * 2)
  })
  return bytes
}
export function u32(n: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(n)
  return bytes
}

const text8 = (text: string) => Buffer.from(text, 'latin1')
/** Length of two bytes, flags, characters. */
export const long = (text: string) =>
  Buffer.concat([u16(text.length), u8(0), text8(text)])
export const short = (text: string) =>
  Buffer.concat([u8(text.length), u8(0), text8(text)])

const bof = (kind: number) =>
  record(0x0809, u16(0x0600, kind, 0, 0), u32(0), u32(0))
const eof = record(0x000a)

/** Another book or a conversation, with its names. */
export function book(
  path: string,
  names: readonly string[],
  sheets = 0,
): Buffer {
  return Buffer.concat([
    record(0x01ae, u16(sheets), long(path)),
    ...names.map((name) =>
      record(0x0023, u16(sheets ? 0 : 2), u32(0), short(name)),
    ),
  ])
}

export interface SheetParts {
  readonly name: string
  readonly isMacro?: boolean
  /** 0 visible, 1 hidden, 2 very hidden. */
  readonly hidden?: 0 | 1 | 2
  /** Tokens of a formula by row of the first column. */
  readonly formulas?: readonly Buffer[]
  readonly records?: readonly Buffer[]
}

export interface WorkbookParts {
  readonly globals?: readonly Buffer[]
  readonly sheets: readonly SheetParts[]
  readonly streams?: CompoundParts['streams']
}

export function workbookStream({
  globals = [],
  sheets,
}: WorkbookParts): Buffer {
  const sheetRecord = (s: SheetParts, at: number) =>
    record(
      0x0085,
      u32(at),
      u8(s.hidden ?? 0),
      u8(s.isMacro ? 1 : 0),
      short(s.name),
    )
  const before = Buffer.concat([bof(5), ...globals])
  const heads = Buffer.concat(sheets.map((s) => sheetRecord(s, 0)))
  let at = before.length + heads.length + eof.length
  const placed: Buffer[] = []
  const bodies = sheets.map((s) => {
    placed.push(sheetRecord(s, at))
    const formulas = (s.formulas ?? []).map((tokens, row) =>
      record(
        0x0006,
        u16(row, 0, 0),
        Buffer.alloc(8),
        u16(0),
        u32(0),
        u16(tokens.length),
        tokens,
      ),
    )
    const body = Buffer.concat([
      bof(s.isMacro ? 0x40 : 0x10),
      ...formulas,
      ...(s.records ?? []),
      eof,
    ])
    at += body.length
    return body
  })
  return Buffer.concat([before, ...placed, eof, ...bodies])
}

export function xlsOf(parts: WorkbookParts): Buffer {
  return compoundOf({
    streams: { Workbook: workbookStream(parts), ...parts.streams },
    classes: { '': '00020820-0000-0000-C000-000000000046' },
  })
}

/** Tokens. */
export const ptg = {
  text: (text: string) => Buffer.concat([u8(0x17), short(text)]),
  number: (n: number) => Buffer.concat([u8(0x1e), u16(n)]),
  join: u8(0x08),
  cell: (row: number, column: number) =>
    Buffer.concat([u8(0x44), u16(row, column)]),
  /** Of a fixed number of arguments. */
  fixed: (id: number) => Buffer.concat([u8(0x41), u16(id)]),
  call: (id: number, count: number) =>
    Buffer.concat([u8(0x42), u8(count), u16(id)]),
  external: (sheet: number, name: number) =>
    Buffer.concat([u8(0x59), u16(sheet), u16(name, 0)]),
}
