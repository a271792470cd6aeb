// Objects as OLE 1 stores them (MS-OLEDS 2.2): in rich text, and the package stream of OLE 2. A class, and what was
// embedded or where the link leads; a link's class, topic and item are those of a DDE conversation.
import { Cursor, u32At } from '../binary/cursor.ts'
import { windows1252 } from '../binary/windows-1252.ts'

export interface OleObject {
  readonly kind: 'linked' | 'embedded'
  readonly className: string
  readonly topic: string
  readonly item: string
  /** Empty of a link. */
  readonly data: Buffer
}

/** Characters of a class or a topic that can be real. */
const maxName = 4096

/** undefined: the bytes are no object. */
export function oleObject(bytes: Buffer): OleObject | undefined {
  const cursor = new Cursor(bytes)
  cursor.skip(4)
  const format = cursor.u32()
  if (format !== 1 && format !== 2) return undefined
  const className = counted(cursor)
  const topic = counted(cursor)
  const item = counted(cursor)
  if (className === undefined || topic === undefined || item === undefined)
    return undefined
  if (format === 1)
    return { kind: 'linked', className, topic, item, data: Buffer.alloc(0) }
  const data = cursor.take(cursor.u32())
  return { kind: 'embedded', className, topic, item, data }
}

function counted(cursor: Cursor): string | undefined {
  const length = cursor.u32()
  if (length > maxName || cursor.short) return undefined
  return windows1252(cursor.take(length)).replace(/\0.*$/s, '')
}

/** A file that the packager wrapped. */
export interface PackagedFile {
  readonly label: string
  readonly fileName: string
  readonly temporaryPath: string
  readonly data: Buffer
  /** It only names a file elsewhere. */
  readonly isLinked: boolean
}

/** The stream `[1]Ole10Native`: its size, then a package or anything else. */
export function nativeStream(bytes: Buffer): Buffer {
  const size = u32At(bytes, 0)
  return bytes.subarray(
    4,
    size > 0 ? Math.min(4 + size, bytes.length) : bytes.length,
  )
}

/** Whether it has as many bytes as it says. */
export function isNativeStream(bytes: Buffer): boolean {
  const size = u32At(bytes, 0)
  return size > 0 && size <= bytes.length - 4
}

/** undefined: it is no package. */
export function packagedFile(native: Buffer): PackagedFile | undefined {
  const cursor = new Cursor(native)
  if (cursor.u16() !== 2) return undefined
  const label = windows1252(cursor.untilZero())
  const fileName = windows1252(cursor.untilZero())
  cursor.skip(2)
  const isLinked = cursor.u16() === 1
  if (label.length > maxName || fileName.length > maxName || cursor.short)
    return undefined
  const length = cursor.u32()
  const temporaryPath = windows1252(
    cursor.take(Math.min(length, maxName)),
  ).replace(/\0.*$/s, '')
  const data = isLinked ? Buffer.alloc(0) : cursor.take(cursor.u32())
  return { label, fileName, temporaryPath, data, isLinked }
}

/** The stream `[1]CompObj` (2.3.8): what made the object, in words, and its registered name. */
export function madeBy(bytes: Buffer): { userType: string; progId: string } {
  const cursor = new Cursor(bytes, 28)
  const userType = counted(cursor) ?? ''
  // The format of the clipboard: a number, or a counted name.
  const format = cursor.u32()
  if (format === 0xffff_ffff || format === 0xffff_fffe) cursor.skip(4)
  else cursor.skip(format)
  return { userType, progId: counted(cursor) ?? '' }
}
