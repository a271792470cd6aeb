// Where a volume of UDF begins: its anchor, the partitions that its blocks lie in, and how big they are. ECMA-167, 3/10 and 4/14; UDF 2.60, 2.2.
import type { RandomAccess } from './context.ts'
import type { Extent } from './disc-files.ts'

/** Kinds of descriptors. 3/7.2.1, 4/7.2.1. */
export const tags = {
  anchor: 2,
  pointer: 3,
  partition: 5,
  logicalVolume: 6,
  end: 8,
  fileSet: 256,
  fileIdentifier: 257,
  allocation: 258,
  file: 261,
  extendedFile: 266,
} as const

const sectorSizes = [2048, 512, 4096, 1024]
const anchorSector = 256
/** Descriptors of a volume looked at, with those that are elsewhere. */
const maxDescriptors = 512
/** Of one volume. */
const maxPartitions = 64

export interface BlockAddress {
  readonly block: number
  /** By its place in the list of the volume. */
  readonly partition: number
}

export interface LongExtent extends BlockAddress {
  /** Also its kind, in the two highest bits. */
  readonly length: number
}

/** How blocks of a partition lie on the disc. */
type Partition =
  | { readonly kind: 'plain'; readonly start: number }
  /** Its blocks are those of a file in another one. UDF 2.60, 2.2.10. */
  | { readonly kind: 'metadata'; readonly start: number; readonly file: number }
  /** A table says where each of its blocks lies in another one. UDF 2.60, 2.2.8. */
  | { readonly kind: 'virtual'; readonly start: number }
  | { readonly kind: 'other'; readonly name: string }

export interface UdfVolume {
  readonly blockBytes: number
  readonly partitions: readonly Partition[]
  readonly fileSet: LongExtent
}

export function longExtentAt(bytes: Buffer, at: number): LongExtent {
  return {
    length: bytes.readUInt32LE(at),
    block: bytes.readUInt32LE(at + 4),
    partition: bytes.readUInt16LE(at + 8),
  }
}

/** Of the descriptor that begins there; undefined: none does. The sum is that of all other bytes of the tag (3/7.2.3). */
export function tagOf(bytes: Buffer): number | undefined {
  if (bytes.length < 16) return undefined
  let sum = 0
  for (let i = 0; i < 16; i++) if (i !== 4) sum += bytes[i]!
  return (sum & 0xff) === bytes[4] ? bytes.readUInt16LE(0) : undefined
}

export async function volumeOf(bytes: RandomAccess): Promise<UdfVolume> {
  for (const sectorBytes of sectorSizes) {
    for (const sector of anchorsOf(bytes.size, sectorBytes)) {
      const anchor = await bytes.read(sector * sectorBytes, sectorBytes)
      if (tagOf(anchor) !== tags.anchor || anchor.readUInt32LE(12) !== sector)
        continue
      for (const at of [16, 24]) {
        const main = extentAt(anchor, at, sectorBytes)
        const volume = await readVolume(bytes, main, sectorBytes)
        if (volume) return volume
      }
    }
  }
  throw new Error('no anchor of a volume of UDF could be read')
}

function anchorsOf(size: number, sectorBytes: number): readonly number[] {
  const last = Math.floor(size / sectorBytes) - 1
  return [anchorSector, last, last - anchorSector].filter((n) => n > 0)
}

function extentAt(bytes: Buffer, at: number, sectorBytes: number): Extent {
  return {
    at: bytes.readUInt32LE(at + 4) * sectorBytes,
    bytes: bytes.readUInt32LE(at),
  }
}

async function readVolume(
  bytes: RandomAccess,
  sequence: Extent,
  sectorBytes: number,
): Promise<UdfVolume | undefined> {
  const starts = new Map<number, number>()
  let logical: Buffer | undefined
  let { at = 0, bytes: left } = sequence
  for (let i = 0; i < maxDescriptors && left >= sectorBytes; i++) {
    const sector = await bytes.read(at, sectorBytes)
    at += sectorBytes
    left -= sectorBytes
    const tag = tagOf(sector)
    if (sector.length < sectorBytes || tag === undefined || tag === tags.end)
      break
    if (tag === tags.partition)
      starts.set(
        sector.readUInt16LE(22),
        sector.readUInt32LE(188) * sectorBytes,
      )
    // What comes later prevails (3/8.4.3).
    else if (tag === tags.logicalVolume) logical = Buffer.from(sector)
    else if (tag === tags.pointer) {
      const next = extentAt(sector, 20, sectorBytes)
      at = next.at ?? 0
      left = next.bytes
    }
  }
  if (!logical) return undefined
  return {
    blockBytes: logical.readUInt32LE(212),
    partitions: partitionsOf(logical, starts),
    fileSet: longExtentAt(logical, 248),
  }
}

/** 3/10.7; UDF 2.60, 2.2.8 to 2.2.10. */
function partitionsOf(
  logical: Buffer,
  starts: ReadonlyMap<number, number>,
): readonly Partition[] {
  const count = Math.min(logical.readUInt32LE(268), maxPartitions)
  const partitions: Partition[] = []
  for (let i = 0, at = 440; i < count && at + 6 <= logical.length; i++) {
    const length = logical[at + 1]!
    const map = logical.subarray(at, at + length)
    at += length
    if (map.length < 6) break
    partitions.push(partitionOf(map, starts))
  }
  return partitions
}

function partitionOf(
  map: Buffer,
  starts: ReadonlyMap<number, number>,
): Partition {
  if (map[0] === 1)
    return { kind: 'plain', start: starts.get(map.readUInt16LE(4)) ?? 0 }
  if (map.length < 64) return { kind: 'other', name: `type ${map[0]}` }
  const name = map.toString('latin1', 5, 28).replace(/\0+$/, '')
  const start = starts.get(map.readUInt16LE(38)) ?? 0
  if (name.includes('Metadata'))
    return { kind: 'metadata', start, file: map.readUInt32LE(40) }
  if (name.includes('Virtual')) return { kind: 'virtual', start }
  // Only blocks that became bad lie elsewhere, and an image has none.
  if (name.includes('Sparable')) return { kind: 'plain', start }
  return { kind: 'other', name }
}
