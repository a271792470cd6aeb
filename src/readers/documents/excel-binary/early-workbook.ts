// Workbooks of Excel 2, 3 and 4 (BIFF2 to BIFF4), which Excel opens to this day, DDE and macro sheets included: written anew as Excel 5 writes
// them, so that one reader reads both. Source: OpenOffice.org's Documentation of the Microsoft Excel File Format, chapters 3 and 5.
import { Cursor, u16At } from '../binary/cursor.ts'

import { earlyTokens, type EarlyVersion } from './early-tokens.ts'
import { recordsOf } from './records.ts'

const bofs: ReadonlyMap<number, EarlyVersion> = new Map([
  [0x0009, 2],
  [0x0209, 3],
  [0x0409, 4],
])

/** undefined: it does not begin as one. */
export function earlyVersion(head: Buffer): EarlyVersion | undefined {
  const length = head.length < 8 ? 0 : u16At(head, 2)
  const kind = head.length < 8 ? 0 : u16At(head, 6)
  const isKind = [0x0010, 0x0020, 0x0040, 0x0100].includes(kind)
  const version = bofs.get(u16At(head, 0))
  return isKind && length >= 4 && length <= 8 ? version : undefined
}

export interface EarlyWorkbook {
  readonly version: EarlyVersion
  /** As Excel 5 writes it; undefined: it lies under a password. */
  readonly stream: Buffer | undefined
  /** Of a record there: where it stood. */
  originOf(at: number): number
}

export function asExcel5(stream: Buffer, version: EarlyVersion): EarlyWorkbook {
  const parts: Buffer[] = []
  const origins: [number, number][] = []
  let length = 0
  for (const { type, at, body } of recordsOf(stream, new Set(), () => {})) {
    if (type === 0x002f) return { version, stream: undefined, originOf: same }
    const written = rewritten(type, body, version)
    if (!written) continue
    origins.push([length, at])
    const head = Buffer.alloc(4)
    head.writeUInt16LE(written.type, 0)
    head.writeUInt16LE(Math.min(written.body.length, 0xffff), 2)
    parts.push(head, written.body.subarray(0, 0xffff))
    length += 4 + Math.min(written.body.length, 0xffff)
  }
  const byPlace = new Map(origins)
  return {
    version,
    stream: Buffer.concat(parts),
    originOf: (at) => byPlace.get(at) ?? 0,
  }
}

const same = (at: number) => at

interface Written {
  readonly type: number
  readonly body: Buffer
}

/** undefined: it says nothing that is asked. */
function rewritten(
  type: number,
  body: Buffer,
  version: EarlyVersion,
): Written | undefined {
  switch (type) {
    case 0x0009:
    case 0x0209:
    case 0x0409:
      return { type: 0x0809, body: words(0x0500, u16At(body, 2), 0, 0) }
    // Its end, and the books that it names.
    case 0x000a:
    case 0x0017:
      return { type, body }
    case 0x0023:
    case 0x0223:
      return { type: 0x0023, body: externalName(body, version) }
    case 0x0018:
    case 0x0218:
      return { type: 0x0018, body: definedName(body, version) }
    case 0x0006:
    case 0x0206:
    case 0x0406:
      return { type: 0x0006, body: formula(body, version) }
    case 0x0002:
    case 0x0003:
      return { type: 0x0203, body: number(type, body) }
    case 0x0203:
    case 0x027e:
      return { type, body }
    case 0x0004:
    case 0x0204:
      return { type: 0x0204, body: label(body, version) }
    case 0x0007:
    case 0x0207:
      return { type: 0x0207, body: text(body, version) }
    default:
      return undefined
  }
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, i) => {
    bytes.writeUInt16LE(value & 0xffff, i * 2)
  })
  return bytes
}

/** Flags, 4 bytes that Excel 5 has besides, the name. */
function externalName(body: Buffer, version: EarlyVersion): Buffer {
  const flags = version === 2 ? 0 : u16At(body, 0)
  return Buffer.concat([
    words(flags, 0, 0),
    body.subarray(version === 2 ? 0 : 2),
  ])
}

function definedName(body: Buffer, version: EarlyVersion): Buffer {
  const cursor = new Cursor(body)
  // Excel 2: a bit of the second byte says that it is a macro.
  const first = version === 2 ? cursor.u8() : cursor.u16()
  const second = version === 2 ? cursor.u8() : 0
  const flags = version === 2 ? (first & 1) | (second & 6) : first
  const key = cursor.u8()
  const length = cursor.u8()
  const size = version === 2 ? cursor.u8() : cursor.u16()
  const name = cursor.take(length)
  const tokens = earlyTokens(cursor.take(size), version)
  const isBuiltIn = version === 2 && name.length === 1 && name[0]! < 0x20
  return Buffer.concat([
    words(isBuiltIn ? flags | 0x20 : flags),
    Buffer.from([key, length]),
    words(tokens.length, 0, 0, 0, 0),
    name,
    tokens,
  ])
}

/** Row, column, format, result, flags, 4 bytes that Excel 5 has besides, tokens. */
function formula(body: Buffer, version: EarlyVersion): Buffer {
  const cursor = new Cursor(body)
  const place = cursor.take(4)
  cursor.skip(version === 2 ? 3 : 2)
  const result = cursor.take(8)
  cursor.skip(version === 2 ? 1 : 2)
  const size = version === 2 ? cursor.u8() : cursor.u16()
  const tokens = earlyTokens(cursor.take(size), version)
  const head = Buffer.concat([place, words(0), result, words(0, 0, 0)])
  return Buffer.concat([head, words(tokens.length), tokens])
}

/** Of Excel 2: row, column, three bytes of format, a whole number or any. */
function number(type: number, body: Buffer): Buffer {
  const value = Buffer.alloc(8)
  if (type === 0x0003) body.subarray(7, 15).copy(value)
  else value.writeDoubleLE(u16At(body, 7))
  return Buffer.concat([body.subarray(0, 4), words(0), value])
}

/** Row, column, format, text. */
function label(body: Buffer, version: EarlyVersion): Buffer {
  if (version !== 2) return body
  const place = body.subarray(0, 4)
  return Buffer.concat([place, words(0), text(body.subarray(7), version)])
}

/** Its length has two bytes after Excel 2. */
function text(body: Buffer, version: EarlyVersion): Buffer {
  if (version !== 2) return body
  const count = body[0] ?? 0
  return Buffer.concat([words(count), body.subarray(1, 1 + count)])
}
