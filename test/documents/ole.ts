// Objects as OLE stores them, made by hand: for tests.
import { guidBytes } from '../../src/readers/documents/binary/guid.ts'

import { u16, u32 } from './workbook-binary.ts'

const zeroEnded = (text: string) => Buffer.from(`${text}\0`, 'latin1')
const counted = (text: string) =>
  Buffer.concat([u32(text.length + 1), zeroEnded(text)])

/** A file that the packager wrapped, without its size in front. */
export function packageOf(
  fileName: string,
  data: Buffer,
  label = fileName,
): Buffer {
  return Buffer.concat([
    u16(2),
    zeroEnded(label),
    zeroEnded(`C:\\Users\\a\\${fileName}`),
    u16(0, 3),
    counted(`C:\\Users\\a\\AppData\\Local\\Temp\\${fileName}`),
    u32(data.length),
    data,
  ])
}

/** The stream `[1]Ole10Native`. */
export const nativeOf = (data: Buffer) =>
  Buffer.concat([u32(data.length), data])

/** OLE 1, as rich text has it. */
export function embeddedOle(className: string, data: Buffer): Buffer {
  return Buffer.concat([
    u32(0x501),
    u32(2),
    counted(className),
    u32(0),
    u32(0),
    u32(data.length),
    data,
  ])
}

export function linkedOle(
  className: string,
  topic: string,
  item: string,
): Buffer {
  return Buffer.concat([
    u32(0x501),
    u32(1),
    counted(className),
    counted(topic),
    counted(item),
    Buffer.alloc(12),
  ])
}

/** The stream `[1]Ole` of a link to an address. */
export function addressLink(target: string): Buffer {
  const address = Buffer.from(`${target}\0`, 'utf16le')
  const moniker = Buffer.concat([
    guidBytes('79EAC9E0-BAF9-11CE-8C82-00AA004BA90B'),
    u32(address.length),
    address,
  ])
  return Buffer.concat([
    u32(0x02000001),
    u32(1),
    u32(0),
    u32(0),
    u32(0),
    u32(0),
    u32(moniker.length + 4),
    moniker,
  ])
}
