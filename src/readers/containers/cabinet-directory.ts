// What a cabinet says that it holds: its folders, which are streams of data, and its files, which are stretches of them.
// [MS-CAB] 2.1 to 2.4 (CFHEADER, CFFOLDER, CFFILE).
import type { RandomAccess } from './context.ts'

export interface CabinetFolder {
  /** Of its first block, in bytes of the cabinet. */
  readonly at: number
  readonly blocks: number
  /** The kind of compression: see `compressions`. */
  readonly compression: number
}

export interface CabinetFile {
  readonly name: string
  /** In its folder, unpacked. */
  readonly from: number
  readonly bytes: number
  /** A number of a folder; from `continued` on: its data lie in another cabinet as well. */
  readonly folder: number
}

export interface CabinetDirectory {
  readonly folders: readonly CabinetFolder[]
  readonly files: readonly CabinetFile[]
  /** Reserved in each block, in bytes. */
  readonly blockReserve: number
  /** Files that it states and does not name. */
  readonly lost: number
}

export const continued = 0xfffd

/** Of the header and what follows it, in bytes: names of other cabinets and disks among them. */
const maxHeaderBytes = 128 * 1024
const headerBytes = 36
const folderBytes = 8
const fileBytes = 16
/** Of a name, in bytes; with its NUL at most 257. */
const maxNameBytes = 1024

const flag = { previous: 1, next: 2, reserve: 4 }
const utf8Name = 0x80

/** Throws where its header is none. */
export async function cabinetDirectory(
  bytes: RandomAccess,
): Promise<CabinetDirectory> {
  const head = await bytes.read(0, Math.min(maxHeaderBytes, bytes.size))
  if (head.length < headerBytes) throw new Error('cut off within its header')
  const { at, folderReserve, blockReserve } = behindHeader(head)
  const stated = head.readUInt16LE(26)
  const folders: CabinetFolder[] = []
  const size = folderBytes + folderReserve
  const listed = await bytes.read(at, stated * size)
  for (let i = 0; (i + 1) * size <= listed.length; i++) {
    folders.push({
      at: listed.readUInt32LE(i * size),
      blocks: listed.readUInt16LE(i * size + 4),
      compression: listed.readUInt16LE(i * size + 6) & 0x0f,
    })
  }
  const count = head.readUInt16LE(28)
  const files = await filesAt(bytes, head.readUInt32LE(16), count)
  return { folders, files, blockReserve, lost: count - files.length }
}

/** Where the folders are listed. */
function behindHeader(head: Buffer) {
  const flags = head.readUInt16LE(30)
  let at = headerBytes
  let folderReserve = 0
  let blockReserve = 0
  if (flags & flag.reserve && at + 4 <= head.length) {
    folderReserve = head[at + 2]!
    blockReserve = head[at + 3]!
    at += 4 + head.readUInt16LE(at)
  }
  const texts = (flags & flag.previous ? 2 : 0) + (flags & flag.next ? 2 : 0)
  for (let i = 0; i < texts; i++) {
    const end = head.indexOf(0, at)
    if (end < 0) throw new Error('cut off within its header')
    at = end + 1
  }
  return { at, folderReserve, blockReserve }
}

/** As many as there are; those behind one that cannot be read are none. */
async function filesAt(
  bytes: RandomAccess,
  from: number,
  count: number,
): Promise<CabinetFile[]> {
  const listed = await bytes.read(
    from,
    Math.max(
      0,
      Math.min(bytes.size - from, count * (fileBytes + maxNameBytes)),
    ),
  )
  const files: CabinetFile[] = []
  for (let at = 0; files.length < count; ) {
    const end = listed.indexOf(0, at + fileBytes)
    if (end < 0 || end - at - fileBytes > maxNameBytes) break
    const isUtf8 = (listed.readUInt16LE(at + 14) & utf8Name) !== 0
    const name = listed
      .toString(isUtf8 ? 'utf8' : 'latin1', at + fileBytes, end)
      .replaceAll('\\', '/')
    files.push({
      name: name || '_',
      bytes: listed.readUInt32LE(at),
      from: listed.readUInt32LE(at + 4),
      folder: listed.readUInt16LE(at + 8),
    })
    at = end + 1
  }
  return files
}
