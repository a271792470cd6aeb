// Rich text as mail programs keep it, packed with a dictionary that begins with common words (MS-OXRTFCP).
import { Cursor } from '../binary/cursor.ts'

const begin =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial' +
  'Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx'
const dictionaryBytes = 4096
const packedMark = 0x75465a4c
const plainMark = 0x414c454d
/** Of one body unpacked, in bytes. */
const maxUnpacked = 32 * 1024 * 1024

/** undefined: it is neither packed nor plain. */
export function unpackRtf(bytes: Buffer): Buffer | undefined {
  const cursor = new Cursor(bytes)
  cursor.skip(4)
  const size = Math.min(cursor.u32(), maxUnpacked)
  const mark = cursor.u32()
  cursor.skip(4)
  if (mark === plainMark) return cursor.take(size)
  return mark === packedMark ? unpack(cursor, size) : undefined
}

function unpack(cursor: Cursor, size: number): Buffer {
  const dictionary = Buffer.alloc(dictionaryBytes)
  let write = dictionary.write(begin, 'latin1')
  // Each two bytes give at most 17: no size that is declared makes more.
  const out = Buffer.alloc(Math.min(size, cursor.left * 9))
  let length = 0
  const put = (byte: number) => {
    if (length < out.length) out[length++] = byte
    dictionary[write] = byte
    write = (write + 1) % dictionaryBytes
  }
  while (cursor.left > 0 && length < out.length) {
    const flags = cursor.u8()
    for (let bit = 0; bit < 8 && cursor.left > 0; bit++) {
      if (!((flags >> bit) & 1)) {
        put(cursor.u8())
        continue
      }
      const reference = (cursor.u8() << 8) | cursor.u8()
      const offset = reference >> 4
      if (offset === write) return out.subarray(0, length)
      for (let i = 0; i < (reference & 0xf) + 2; i++)
        put(dictionary[(offset + i) % dictionaryBytes]!)
    }
  }
  return out.subarray(0, length)
}
