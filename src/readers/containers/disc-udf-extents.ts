// Where the content of a file of UDF lies, as its entry says. ECMA-167, 4/14.9, 4/14.14, 4/14.17.
import type { RandomAccess } from './context.ts'
import type { Extent } from './disc-files.ts'
import { type BlockAddress, tagOf, tags } from './disc-udf-volume.ts'

export interface FileBlocks {
  readonly bytes: RandomAccess
  readonly blockBytes: number
  /** Where so many bytes from a block on lie. */
  place(address: BlockAddress, length: number): readonly Extent[]
}

export interface FileEntry {
  readonly entry: Buffer
  /** Of the entry, in bytes of the disc. */
  readonly at: number
  /** That the entry is in. */
  readonly partition: number
}

/** Extents of one file. */
const maxExtents = 65_536
/** Lists of extents that go on elsewhere. */
const maxLists = 1_024

/** What a descriptor says of its extent, in the two highest bits of the length. */
const kinds = { kept: 0, goesOn: 3 } as const
const lengthMask = 0x3fffffff

/** In an entry: how the content is told, in the lowest bits of its flags (4/14.6.8). */
const ways = { short: 0, long: 1, extended: 2, embedded: 3 } as const
const descriptorBytes: readonly number[] = [8, 16, 20]

interface Described {
  readonly kind: number
  readonly length: number
  readonly address: BlockAddress
}

export async function extentsOf(
  { entry, at, partition }: FileEntry,
  blocks: FileBlocks,
): Promise<readonly Extent[]> {
  const tag = tagOf(entry)
  if (tag !== tags.file && tag !== tags.extendedFile)
    throw new Error('the entry of a file could not be read')
  const lengthsAt = tag === tags.file ? 168 : 208
  if (entry.length < lengthsAt + 8)
    throw new Error('the entry of a file is cut off')
  const from = lengthsAt + 8 + entry.readUInt32LE(lengthsAt)
  const stated = entry.readUInt32LE(lengthsAt + 4)
  const size = Number(entry.readBigUInt64LE(56))
  const way = entry.readUInt16LE(34) & 7
  if (way === ways.embedded) {
    const bytes = Math.max(0, Math.min(stated, size, entry.length - from))
    return withMissing([{ at: at + from, bytes }], size, blocks)
  }
  const list = entry.subarray(from, from + stated)
  return withMissing(
    await listed({ list, way, partition, size }, blocks),
    size,
    blocks,
  )
}

async function listed(
  of: { list: Buffer; way: number; partition: number; size: number },
  blocks: FileBlocks,
): Promise<Extent[]> {
  const extents: Extent[] = []
  let left = of.size
  let list: Buffer | undefined = of.list
  for (let lists = 0; list; lists++) {
    if (lists >= maxLists) throw new Error('the list of its extents is endless')
    let next: Described | undefined
    for (const one of describedIn(list, of.way, of.partition)) {
      if (one.kind === kinds.goesOn) next = one
      const bytes = Math.min(one.length, left)
      if (next || bytes === 0) break
      left -= bytes
      if (one.kind === kinds.kept)
        for (const part of blocks.place(one.address, bytes)) extents.push(part)
      else extents.push({ at: undefined, bytes })
      if (extents.length > maxExtents)
        throw new Error(`over ${maxExtents} extents`)
    }
    list = next && (await listAt(next, blocks))
  }
  return extents
}

function* describedIn(
  list: Buffer,
  way: number,
  partition: number,
): Generator<Described> {
  const step = descriptorBytes[way]
  if (step === undefined) throw new Error(`extents of kind ${way}`)
  for (let at = 0; at + step <= list.length; at += step) {
    const length = list.readUInt32LE(at)
    const blockAt = at + (way === ways.extended ? 12 : 4)
    yield {
      kind: length >>> 30,
      length: length & lengthMask,
      address: {
        block: list.readUInt32LE(blockAt),
        partition:
          way === ways.short ? partition : list.readUInt16LE(blockAt + 4),
      },
    }
  }
}

/** 4/14.5. */
async function listAt(
  { address }: Described,
  blocks: FileBlocks,
): Promise<Buffer> {
  const { bytes, blockBytes } = blocks
  const [{ at = 0 } = {}] = blocks.place(address, blockBytes)
  const block = await bytes.read(at, blockBytes)
  if (tagOf(block) !== tags.allocation || block.length < 24)
    throw new Error('the rest of its extents could not be read')
  return block.subarray(24, 24 + block.readUInt32LE(20))
}

/** Of what a file should have and no extent tells, the disc has nothing. */
function withMissing(
  extents: readonly Extent[],
  size: number,
  { bytes }: FileBlocks,
): readonly Extent[] {
  const missing = size - extents.reduce((sum, e) => sum + e.bytes, 0)
  return missing > 0
    ? [...extents, { at: bytes.size, bytes: missing }]
    : extents
}

/** Of a file whose extents are these: so many bytes from there on. */
export function partOf(
  extents: readonly Extent[],
  from: number,
  bytes: number,
): Extent[] {
  const parts: Extent[] = []
  let skip = from
  let left = bytes
  for (const { at, bytes: all } of extents) {
    if (left <= 0) break
    const own = Math.min(all - skip, left)
    if (own > 0)
      parts.push({ at: at === undefined ? at : at + skip, bytes: own })
    if (own > 0) left -= own
    skip = Math.max(0, skip - all)
  }
  return parts
}
