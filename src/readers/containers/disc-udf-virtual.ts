// The table of a disc that is written once: where each block of its virtual partition lies by now. It is a file whose entry stands in the last
// block that was written. UDF 2.60, 2.2.8 and 2.2.11; UDF 1.50, 2.2.10.
import type { RandomAccess } from './context.ts'
import type { Extent } from './disc-files.ts'
import { extentsOf } from './disc-udf-extents.ts'
import { type BlockAddress, tagOf, tags } from './disc-udf-volume.ts'

/** Blocks at the end of an image in which its entry is looked for: programs write some more behind it. */
const maxBehind = 512
/** Of the table, in bytes. */
const maxTableBytes = 16 * 1024 * 1024

/** Kinds of files. 4/14.6.6; UDF 2.60, 2.2.11. */
const fileTypes = { unspecified: 0, table: 248 } as const
/** Behind the table of UDF 1.50: its name, and where the one before it lies. */
const oldName = '*UDF Virtual Alloc Tbl'
const oldTailBytes = 36

/** Where a block of the virtual partition lies in the other, in blocks. */
export type VirtualBlocks = (block: number) => number

interface Written {
  readonly bytes: RandomAccess
  readonly blockBytes: number
  /** Of the partition, in bytes of the disc. */
  readonly start: number
}

export async function virtualBlocks(disc: Written): Promise<VirtualBlocks> {
  const table = await lastTable(disc)
  return (block) => {
    if (!table)
      throw new Error('no table of a disc that is written once could be read')
    const at = block * 4
    if (at + 4 > table.length) throw new Error(`no block ${block} in its table`)
    return table.readUInt32LE(at)
  }
}

async function lastTable(disc: Written): Promise<Buffer | undefined> {
  const { bytes, blockBytes } = disc
  const last = Math.floor(bytes.size / blockBytes) - 1
  for (let i = 0; i < maxBehind && last - i > 0; i++) {
    const at = (last - i) * blockBytes
    const entry = await bytes.read(at, blockBytes)
    const tag = tagOf(entry)
    if (tag !== tags.file && tag !== tags.extendedFile) continue
    const table = await tableOf(entry, at, disc)
    if (table) return table
  }
  return undefined
}

async function tableOf(
  entry: Buffer,
  at: number,
  disc: Written,
): Promise<Buffer | undefined> {
  const type = entry[27]
  if (type !== fileTypes.table && type !== fileTypes.unspecified)
    return undefined
  const content = await contentOf(entry, at, disc)
  if (type === fileTypes.table)
    return content.length < 2
      ? undefined
      : content.subarray(content.readUInt16LE(0))
  const tail = content.length - oldTailBytes
  const name = content.toString('latin1', tail + 1, tail + 1 + oldName.length)
  return tail >= 0 && name === oldName ? content.subarray(0, tail) : undefined
}

async function contentOf(
  entry: Buffer,
  at: number,
  { bytes, blockBytes, start }: Written,
): Promise<Buffer> {
  const place = ({ block }: BlockAddress, length: number): Extent[] => [
    { at: start + block * blockBytes, bytes: length },
  ]
  const blocks = { bytes, blockBytes, place }
  const parts: Buffer[] = []
  let left = maxTableBytes
  for (const extent of await extentsOf({ entry, at, partition: 0 }, blocks)) {
    if (extent.bytes > left)
      throw new Error(`a table of over ${maxTableBytes} bytes`)
    left -= extent.bytes
    parts.push(
      extent.at === undefined
        ? Buffer.alloc(extent.bytes)
        : await bytes.read(extent.at, extent.bytes),
    )
  }
  return Buffer.concat(parts)
}
