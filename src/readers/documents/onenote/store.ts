// Is it what its beginning says? A revision store (MS-ONESTORE 2.3, 2.4): a header, and fragments of a list that lead from one to the next.
// Embedded files are found by their marks all the same; here is said what a store cannot look like.
import { Cursor } from '../binary/cursor.ts'
import { guidBytes } from '../binary/guid.ts'

/** guidFileFormat of the header. */
const formatAt = 48
const revisionStore = guidBytes('109ADD3F-911B-49F5-A5D0-1790EDC8AED8')
/** As a server sends it (MS-ONESTORE 2.8): other structures, in which no file has a mark. */
const packagedStore = guidBytes('638DE92F-A6D4-4BC1-9A36-B3FC2511A5B7')
/** fcrFileNodeListRoot, a place of 8 bytes and a length of 4, and what the whole should have. */
const rootAt = 172
const lengthAt = 196
const headerBytes = 1024
/** What a fragment begins and ends with; before the end stands where the next is. */
const fragmentMagic = Buffer.from('c4f4f7f5b17a56a4', 'hex')
const fragmentEnd = Buffer.from('4bba3382c315c28b', 'hex')
const referenceBytes = 12
const fragmentHeadBytes = 16

export interface StoreListener {
  damaged(message: string, at: number): void
  notInspected(what: string): void
}

export function checkStore(bytes: Buffer, told: StoreListener): void {
  const format = bytes.subarray(formatAt, formatAt + 16)
  if (format.equals(packagedStore)) {
    told.notInspected(
      'packed as a server sends it: files in it are not inspected',
    )
    return
  }
  if (!format.equals(revisionStore))
    told.damaged('its header names no format of a section', formatAt)
  if (bytes.length < headerBytes) {
    told.damaged(`its header has ${bytes.length} bytes of ${headerBytes}`, 0)
    return
  }
  const declared = Number(bytes.readBigUInt64LE(lengthAt))
  if (declared > bytes.length)
    told.damaged(`${bytes.length} bytes of ${declared} are there`, lengthAt)
  checkFragments(bytes, told)
}

/** Those of the list that names all others. */
function checkFragments(bytes: Buffer, told: StoreListener): void {
  const seen = new Set<number>()
  let next = referenceAt(bytes, rootAt)
  for (let from = rootAt; next; ) {
    const { at, length } = next
    if (seen.has(at)) {
      told.damaged('the list of what it holds comes back to itself', from)
      return
    }
    seen.add(at)
    const end = at + length
    const isThere =
      length >= fragmentHeadBytes + referenceBytes + fragmentEnd.length &&
      end <= bytes.length &&
      bytes.subarray(at, at + 8).equals(fragmentMagic) &&
      bytes.subarray(end - 8, end).equals(fragmentEnd)
    if (!isThere) {
      told.damaged('the list of what it holds is not where it should be', from)
      return
    }
    from = end - fragmentEnd.length - referenceBytes
    next = referenceAt(bytes, from)
  }
  if (seen.size === 0) told.damaged('it names no list of what it holds', rootAt)
}

/** undefined: it leads nowhere (2.2.4.1 and 2.2.4.2). */
function referenceAt(bytes: Buffer, where: number) {
  const cursor = new Cursor(bytes, where)
  const [low, high, length] = [cursor.u32(), cursor.u32(), cursor.u32()]
  const isNil = low === 0xffff_ffff && high === 0xffff_ffff
  if (length === 0 || isNil) return undefined
  return { at: high * 2 ** 32 + low, length }
}
