// Where does a linked object lead? The stream `[1]Ole` (MS-OLEDS 2.3.3) has the monikers of its source.
import { Cursor } from '../binary/cursor.ts'
import { guidBytes } from '../binary/guid.ts'

import { type Moniker, monikerTarget } from './moniker.ts'

const linked = 1
const version = 0x0200_0001

export function isOleStream(stream: Buffer): boolean {
  return new Cursor(stream).u32() === version
}

/** undefined: the object is embedded, or its source leads nowhere. */
export function linkSource(stream: Buffer): Moniker | undefined {
  const cursor = new Cursor(stream, 4)
  if (!(cursor.u32() & linked)) return undefined
  cursor.skip(8)
  cursor.skip(cursor.u32())
  // The relative one, then the absolute one: the absolute says more.
  const relative = monikerIn(cursor)
  return monikerIn(cursor) ?? relative
}

function monikerIn(cursor: Cursor): Moniker | undefined {
  const size = cursor.u32()
  if (size <= 4 || cursor.short) return undefined
  const moniker = monikerTarget(cursor.take(size - 4))
  return moniker
}

const addressMoniker = guidBytes('79EAC9E0-BAF9-11CE-8C82-00AA004BA90B')

/** An address anywhere in the bytes: what is malformed on purpose still has it. */
export function anyAddress(bytes: Buffer): Moniker | undefined {
  const at = bytes.indexOf(addressMoniker)
  return at < 0 ? undefined : monikerTarget(bytes.subarray(at))
}
