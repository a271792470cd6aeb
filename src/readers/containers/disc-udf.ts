// Files of a volume of UDF, which a disc may have in place of ISO 9660 or beside it. ECMA-167, 4/14; UDF 2.60.
import type { RandomAccess } from './context.ts'
import type { DiscEntry, DiscSystem, Extent } from './disc-files.ts'
import { extentsOf, type FileBlocks, partOf } from './disc-udf-extents.ts'
import {
  type BlockAddress,
  longExtentAt,
  tagOf,
  tags,
  type UdfVolume,
  volumeOf,
} from './disc-udf-volume.ts'
import { type VirtualBlocks, virtualBlocks } from './disc-udf-virtual.ts'

/** Of one extent of a virtual partition. */
const maxVirtualBlocks = 65_536

const DIRECTORY = 2
const DELETED = 4
const PARENT = 8

export async function openUdf(bytes: RandomAccess): Promise<DiscSystem> {
  const blocks = await Blocks.open(bytes, await volumeOf(bytes))
  const files = new Files(blocks)
  return {
    root: await files.root(),
    entries: (folder, told) => files.entries(folder, told),
  }
}

/** The blocks of a volume, by partition. */
class Blocks implements FileBlocks {
  readonly bytes: RandomAccess
  readonly blockBytes: number
  readonly #volume: UdfVolume
  /** By partition whose blocks are those of a file: where the file lies. */
  readonly #metadata = new Map<number, readonly Extent[]>()
  /** By partition whose blocks lie where a table says. */
  readonly #virtual = new Map<number, VirtualBlocks>()

  private constructor(bytes: RandomAccess, volume: UdfVolume) {
    this.bytes = bytes
    this.blockBytes = volume.blockBytes
    this.#volume = volume
  }

  static async open(bytes: RandomAccess, volume: UdfVolume): Promise<Blocks> {
    const { blockBytes } = volume
    if (blockBytes < 512 || blockBytes > 65_536 || blockBytes % 512)
      throw new Error(`blocks of ${blockBytes} bytes`)
    const blocks = new Blocks(bytes, volume)
    for (const [i, partition] of volume.partitions.entries()) {
      if (partition.kind === 'virtual') {
        const { start } = partition
        const table = await virtualBlocks({ bytes, blockBytes, start })
        blocks.#virtual.set(i, table)
      }
      if (partition.kind !== 'metadata') continue
      const at = partition.start + partition.file * blockBytes
      const entry = await bytes.read(at, blockBytes)
      const place = ({ block }: BlockAddress, length: number): Extent[] => [
        { at: partition.start + block * blockBytes, bytes: length },
      ]
      const plain = { blockBytes, place, bytes }
      blocks.#metadata.set(
        i,
        await extentsOf({ entry, at, partition: i }, plain),
      )
    }
    return blocks
  }

  get fileSet() {
    return this.#volume.fileSet
  }

  /** Where so many bytes from a block on lie. */
  place({ block, partition }: BlockAddress, length: number): Extent[] {
    const { blockBytes, partitions } = this.#volume
    const known = partitions[partition]
    if (!known) throw new Error(`no partition ${partition}`)
    if (known.kind === 'other')
      throw new Error(`a partition "${known.name}" was not read`)
    if (known.kind === 'virtual')
      return this.#placeVirtual(block, length, partition, known.start)
    const from = block * blockBytes
    return known.kind === 'plain'
      ? [{ at: known.start + from, bytes: length }]
      : partOf(this.#metadata.get(partition) ?? [], from, length)
  }

  /** Each block by itself: what follows one need not lie behind it. */
  #placeVirtual(
    block: number,
    length: number,
    partition: number,
    start: number,
  ): Extent[] {
    const { blockBytes } = this
    const lies = this.#virtual.get(partition)!
    const count = Math.ceil(length / blockBytes)
    if (count > maxVirtualBlocks)
      throw new Error(`over ${maxVirtualBlocks} virtual blocks of one extent`)
    return Array.from({ length: count }, (_, i) => ({
      at: start + lies(block + i) * blockBytes,
      bytes: Math.min(blockBytes, length - i * blockBytes),
    }))
  }

  async read(address: BlockAddress) {
    const [{ at = 0 } = {}] = this.place(address, this.blockBytes)
    const entry = await this.bytes.read(at, this.blockBytes)
    return { entry, at, partition: address.partition }
  }
}

class Files {
  readonly #blocks: Blocks

  constructor(blocks: Blocks) {
    this.#blocks = blocks
  }

  async root(): Promise<readonly Extent[]> {
    const { entry } = await this.#blocks.read(this.#blocks.fileSet)
    if (tagOf(entry) !== tags.fileSet)
      throw new Error('no set of files could be read')
    return this.#extents(longExtentAt(entry, 400))
  }

  /** 4/14.4. */
  entries(folder: Buffer, told: (what: string) => void): readonly DiscEntry[] {
    const entries: DiscEntry[] = []
    for (let at = 0; at + 38 <= folder.length; ) {
      const record = folder.subarray(at)
      if (tagOf(record) !== tags.fileIdentifier) {
        if (record.subarray(0, 16).some((byte) => byte !== 0))
          told('a folder holds what is no name of a file')
        break
      }
      const nameBytes = record[19]!
      const nameAt = 38 + record.readUInt16LE(36)
      const bits = record[18]!
      at += (nameAt + nameBytes + 3) & ~3
      if (bits & (DELETED | PARENT)) continue
      entries.push({
        name: nameOf(record.subarray(nameAt, nameAt + nameBytes)),
        isFolder: (bits & DIRECTORY) !== 0,
        ...this.#places(longExtentAt(record, 20)),
      })
    }
    return entries
  }

  #places(address: BlockAddress): Pick<DiscEntry, 'extents' | 'streams'> {
    let streams: BlockAddress | undefined
    return {
      extents: async () => {
        const read = await this.#blocks.read(address)
        streams = streamsOf(read.entry)
        return extentsOf(read, this.#blocks)
      },
      streams: async () => streams && this.#extents(streams),
    }
  }

  async #extents(address: BlockAddress): Promise<readonly Extent[]> {
    return extentsOf(await this.#blocks.read(address), this.#blocks)
  }
}

/** The folder of further contents of a file. 4/14.17.15; undefined: it has none. */
function streamsOf(entry: Buffer): BlockAddress | undefined {
  if (tagOf(entry) !== tags.extendedFile || entry.length < 168) return undefined
  const streams = longExtentAt(entry, 152)
  return streams.length === 0 ? undefined : streams
}

/** Compressed Unicode of OSTA: UDF 2.60, 2.1.1. */
function nameOf(raw: Buffer): string {
  const rest = raw.subarray(1)
  const text =
    raw[0] === 16
      ? new TextDecoder('utf-16be').decode(rest)
      : rest.toString('latin1')
  return text.replaceAll('\\', '/') || '_'
}
