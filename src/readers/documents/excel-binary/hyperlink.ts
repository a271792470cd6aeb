// Where does a hyperlink object lead (MS-OSHARED 2.3.7.1)? Workbooks and presentations keep the same object.
import { Cursor } from '../binary/cursor.ts'
import { monikerTarget } from '../ole/moniker.ts'

/** Bits of the object. */
const has = { moniker: 1, location: 8, title: 0x10, frame: 0x80, asText: 0x100 }

/** `body` begins with the class id of the object. Empty where it leads to a place in the document. */
export function hyperlinkTarget(body: Buffer): string {
  const cursor = new Cursor(body, 16)
  cursor.skip(4)
  const flags = cursor.u32()
  const text = () => {
    const units = cursor.u32()
    return cursor
      .take(units * 2)
      .toString('utf16le')
      .replace(/\0+$/, '')
  }
  if (flags & has.title) text()
  if (flags & has.frame) text()
  if (!(flags & has.moniker)) return ''
  if (flags & has.asText) return text()
  return monikerTarget(body.subarray(cursor.at))?.target ?? ''
}
