// Which members does a zip have? Its directory says so, at its end; where that is missing or lies, the members' own
// headers do. Format: PKWARE, "APPNOTE.TXT", 4.3.
import type { RandomAccess } from './context.ts'

export interface ZipEntry {
  readonly name: string
  /** 0 stored, 8 deflated. */
  readonly method: number
  readonly isEncrypted: boolean
  readonly checksum: number
  /** Bytes in the archive; undefined: only its data tell where they end. */
  readonly packed: number | undefined
  readonly size: number
  /** Of its local header. */
  readonly offset: number
}

/** Of a directory that claims to be larger, in bytes, no more is read. */
const maxDirectoryBytes = 64 * 1024 * 1024
/** Read at once, in bytes. */
const windowBytes = 1024 * 1024
/** Of a name, an extra field or a comment, and so of what stands behind the last record, in bytes. */
const max16 = 0xffff

/** A member begins with it. */
export const localMagic = Buffer.from('PK\x03\x04', 'latin1')
const CENTRAL = Buffer.from('PK\x01\x02', 'latin1')
const END = Buffer.from('PK\x05\x06', 'latin1')
const END64 = 0x06064b50
const LOCATOR64 = 0x07064b50

const localBytes = 30
const centralBytes = 46
const endBytes = 22

export interface Directory {
  readonly offset: number
  readonly size: number
  /** To be added to the offsets that it states: bytes that stand before the archive. */
  readonly shift: number
  /** Where the record of its end stands, and how many bytes of no comment are behind that. */
  readonly end: number
  readonly behind: number
}

/** undefined: there is none, or it is not where it should be. */
export async function findDirectory(
  bytes: RandomAccess,
): Promise<Directory | undefined> {
  const from = Math.max(0, bytes.size - endBytes - max16)
  const tail = await bytes.read(from, bytes.size - from)
  const at = tail.lastIndexOf(END)
  if (at < 0 || at + endBytes > tail.length) return undefined
  let size = tail.readUInt32LE(at + 12)
  let stated = tail.readUInt32LE(at + 16)
  let end = from + at
  const comment = tail.readUInt16LE(at + 20)
  const ending = {
    end,
    behind: Math.max(0, tail.length - at - endBytes - comment),
  }
  const far = await end64(bytes, tail, at)
  if (far) {
    size = far.size
    stated = far.offset
    end = far.at
  }
  // Of no size it is only where nothing stands before it.
  if (size === 0)
    return end === 0 ? { offset: end, size, shift: 0, ...ending } : undefined
  for (const offset of [stated, end - size]) {
    if (offset < 0 || offset + size > bytes.size) continue
    const magic = await bytes.read(offset, CENTRAL.length)
    if (magic.equals(CENTRAL)) {
      return { offset, size, shift: offset - stated, ...ending }
    }
  }
  return undefined
}

/** Where the archive is too large for the old fields. */
async function end64(bytes: RandomAccess, tail: Buffer, end: number) {
  if (end < 20 || tail.readUInt32LE(end - 20) !== LOCATOR64) return undefined
  const at = safe(tail.readBigUInt64LE(end - 12))
  const record = await bytes.read(at, 56)
  if (record.length < 56 || record.readUInt32LE(0) !== END64) return undefined
  return {
    at,
    size: safe(record.readBigUInt64LE(40)),
    offset: safe(record.readBigUInt64LE(48)),
  }
}

/** `lie`: so many bytes of the directory are no entries; the next one was looked for. */
export async function* directoryEntries(
  bytes: RandomAccess,
  { offset, size, shift }: Directory,
): AsyncGenerator<ZipEntry | { readonly lie: number }> {
  const end = offset + Math.min(size, maxDirectoryBytes)
  let at = offset
  while (at < end) {
    const window = await bytes.read(at, Math.min(windowBytes, end - at))
    let read = 0
    while (read < window.length) {
      const entry = entryAt(window, read, shift)
      if (entry === 'cut') break
      if (entry) {
        yield entry.entry
        read += entry.bytes
        continue
      }
      const next = window.indexOf(CENTRAL, read + 1)
      const passed = (next < 0 ? window.length : next) - read
      yield { lie: passed }
      read += passed
    }
    if (read === 0) return
    at += read
  }
  if (size > maxDirectoryBytes) yield { lie: size - maxDirectoryBytes }
}

function entryAt(b: Buffer, at: number, shift: number) {
  if (at + centralBytes > b.length) return 'cut'
  if (b.compare(CENTRAL, 0, 4, at, at + 4) !== 0) return undefined
  const nameBytes = b.readUInt16LE(at + 28)
  const extraBytes = b.readUInt16LE(at + 30)
  const bytes = centralBytes + nameBytes + extraBytes + b.readUInt16LE(at + 32)
  if (at + bytes > b.length) return 'cut'
  const nameEnd = at + centralBytes + nameBytes
  const far = farFields(b.subarray(nameEnd, nameEnd + extraBytes), [
    b.readUInt32LE(at + 24),
    b.readUInt32LE(at + 20),
    b.readUInt32LE(at + 42),
  ])
  const flags = b.readUInt16LE(at + 8)
  const entry: ZipEntry = {
    name: nameOf(b.subarray(at + centralBytes, nameEnd)),
    method: b.readUInt16LE(at + 10),
    isEncrypted: (flags & 1) !== 0,
    checksum: b.readUInt32LE(at + 16),
    packed: far[1]!,
    size: far[0]!,
    offset: far[2]! + shift,
  }
  return { entry, bytes }
}

/** The extra field 1 holds, one after another, what does not fit into 32 bits. */
function farFields(extra: Buffer, fields: readonly number[]): number[] {
  let at = 0
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) {
    at += 4 + extra.readUInt16LE(at + 2)
  }
  at += 4
  return fields.map((field) => {
    if (field !== 0xffffffff || at + 8 > extra.length) return field
    at += 8
    return safe(extra.readBigUInt64LE(at - 8))
  })
}

/** An offset beyond every file is as good as the right one of a lie. */
function safe(n: bigint): number {
  return n > BigInt(Number.MAX_SAFE_INTEGER)
    ? Number.MAX_SAFE_INTEGER
    : Number(n)
}

/** Where the data of a member begin; undefined: no header of a member is there. */
export async function dataOffset(
  bytes: RandomAccess,
  entry: ZipEntry,
): Promise<number | undefined> {
  const head = await bytes.read(entry.offset, localBytes)
  if (head.length < localBytes || !head.subarray(0, 4).equals(localMagic)) {
    return undefined
  }
  return (
    entry.offset + localBytes + head.readUInt16LE(26) + head.readUInt16LE(28)
  )
}

/** A stretch of an archive. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** Members by their own headers that begin in a stretch. Whoever reads them says with `next(end)` where one ended. */
export async function* carvedEntries(
  bytes: RandomAccess,
  { from, to }: Stretch = { from: 0, to: bytes.size },
): AsyncGenerator<ZipEntry, void, number | undefined> {
  let at = from
  let window: Buffer = Buffer.alloc(0)
  let windowAt = at
  while (at < to) {
    if (at + localMagic.length > windowAt + window.length) {
      windowAt = at
      window = await bytes.read(at, Math.min(windowBytes, to - at))
      if (window.length < localMagic.length) return
    }
    const found = window.indexOf(localMagic, at - windowAt)
    if (found < 0) {
      at = windowAt + window.length - localMagic.length + 1
      continue
    }
    at = windowAt + found
    // Asked before anything is read: there may be millions.
    const version = window[found + localMagic.length] ?? 0
    const entry =
      version <= maxVersion ? await localEntry(bytes, at) : undefined
    at += localMagic.length
    if (!entry) continue
    const end = yield entry
    if (end !== undefined && end > at) at = end
  }
}

/** "APPNOTE.TXT", 4.4.3: in the low byte, ten times the version that it takes to read the member; 6.3 is the newest. */
const maxVersion = 63

async function localEntry(
  bytes: RandomAccess,
  offset: number,
): Promise<ZipEntry | undefined> {
  const head = await bytes.read(offset, localBytes)
  if (head.length < localBytes || head[localMagic.length]! > maxVersion)
    return undefined
  const flags = head.readUInt16LE(6)
  const nameBytes = head.readUInt16LE(26)
  const name = await bytes.read(offset + localBytes, nameBytes)
  const extraBytes = head.readUInt16LE(28)
  const extra = await bytes.read(offset + localBytes + nameBytes, extraBytes)
  if (name.length < nameBytes || extra.length < extraBytes) return undefined
  const [size, packed] = farFields(extra, [
    head.readUInt32LE(22),
    head.readUInt32LE(18),
  ])
  const isTold = (flags & 8) === 0 || packed! > 0
  return {
    name: nameOf(name),
    method: head.readUInt16LE(8),
    isEncrypted: (flags & 1) !== 0,
    checksum: head.readUInt32LE(14),
    packed: isTold ? packed! : undefined,
    size: size!,
    offset,
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function nameOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}

/** What stands between members (other fields of their headers, what describes them) is smaller, in bytes. */
const minGapBytes = 64

/** Where no member is that the directory names, nor the directory: something may stand there all the same. */
export function gapsBetween(
  entries: readonly ZipEntry[],
  directory: Directory,
): Stretch[] {
  const taken = entries.map((e) => ({
    from: e.offset,
    to: e.offset + localBytes + e.name.length + (e.packed ?? 0),
  }))
  const { offset, size, end } = directory
  taken.push({ from: offset, to: offset + size }, { from: end, to: end })
  taken.sort((a, b) => a.from - b.from)
  const gaps: Stretch[] = []
  let at = 0
  for (const { from, to } of taken) {
    if (from - at >= minGapBytes) gaps.push({ from: at, to: from })
    at = Math.max(at, to)
  }
  return gaps
}

/** Members whose bytes are also another's: the first of them keeps them. */
export function overlapping(entries: readonly ZipEntry[]): Set<ZipEntry> {
  const byOffset = entries.toSorted((a, b) => a.offset - b.offset)
  const refused = new Set<ZipEntry>()
  let end = 0
  for (const entry of byOffset) {
    if (entry.offset < end) refused.add(entry)
    else end = entry.offset + localBytes + (entry.packed ?? 0)
  }
  return refused
}
