// Cabinets, with any lie in them: for tests. [MS-CAB].
import { deflateRawSync } from 'node:zlib'

import { checksumOf } from '../../src/readers/containers/cabinet-blocks.ts'

export interface CabinetEntry {
  readonly name: string
  readonly content: string | Buffer
  /** Instead of its own. */
  readonly from?: number
  readonly bytes?: number
  readonly folder?: number
}

export interface CabinetParts {
  readonly files: readonly CabinetEntry[]
  /** 0: stored, 1: MSZIP; of others the data are as for 0. */
  readonly compression?: number
  /** In the header, in each folder and in each block, in bytes. */
  readonly reserve?: number
  /** Of a block, unpacked. */
  readonly blockBytes?: number
  /** A wrong one in each block. */
  readonly isWrong?: boolean
  readonly isNextNamed?: boolean
  /** Before all others, at most 65,534. */
  readonly emptyBlocks?: number
}

/** All files lie in one folder. */
export function cabinetOf(parts: CabinetParts): Buffer {
  const { files, compression = 1, reserve = 0 } = parts
  const empty = cabinetBlock(Buffer.from('CK\x03\0', 'latin1'), 0, parts)
  const blocks = [
    ...Array<Buffer>(parts.emptyBlocks ?? 0).fill(empty),
    ...blocksFor(parts),
  ]
  const names = files.map((f) => Buffer.from(`${f.name}\0`))
  const isExtended = reserve > 0
  const next = parts.isNextNamed ? Buffer.from('b.cab\0disk2\0') : Buffer.of()
  const foldersAt = 36 + (isExtended ? 4 + reserve : 0) + next.length
  const filesAt = foldersAt + 8 + reserve
  const dataAt = filesAt + names.reduce((n, name) => n + 16 + name.length, 0)
  const data = Buffer.concat(blocks)
  const head = Buffer.alloc(36)
  head.write('MSCF')
  head.writeUInt32LE(dataAt + data.length, 8)
  head.writeUInt32LE(filesAt, 16)
  head.set([3, 1], 24)
  head.writeUInt16LE(1, 26)
  head.writeUInt16LE(files.length, 28)
  head.writeUInt16LE((isExtended ? 4 : 0) | (next.length ? 2 : 0), 30)
  const extended = Buffer.alloc(isExtended ? 4 + reserve : 0)
  if (isExtended) extended.set([reserve, 0, reserve, reserve])
  const folder = Buffer.alloc(8 + reserve)
  folder.writeUInt32LE(dataAt, 0)
  folder.writeUInt16LE(blocks.length, 4)
  folder.writeUInt16LE(compression, 6)
  let from = 0
  const listed = files.map((f, i) => {
    const entry = Buffer.alloc(16)
    const bytes = Buffer.byteLength(f.content)
    entry.writeUInt32LE(f.bytes ?? bytes, 0)
    entry.writeUInt32LE(f.from ?? from, 4)
    entry.writeUInt16LE(f.folder ?? 0, 8)
    entry.writeUInt16LE(0x80, 14)
    from += bytes
    return Buffer.concat([entry, names[i]!])
  })
  return Buffer.concat([head, extended, next, folder, ...listed, data])
}

function blocksFor(parts: CabinetParts): Buffer[] {
  const { files, compression = 1, blockBytes = 32_768 } = parts
  const all = Buffer.concat(files.map((f) => Buffer.from(f.content)))
  const blocks: Buffer[] = []
  for (let at = 0; at < all.length; at += blockBytes) {
    const plain = all.subarray(at, at + blockBytes)
    const before = all.subarray(Math.max(0, at - 32_768), at)
    const packed =
      compression === 1
        ? Buffer.concat([
            Buffer.from('CK'),
            deflateRawSync(plain, {
              ...(before.length > 0 && { dictionary: before }),
            }),
          ])
        : plain
    blocks.push(cabinetBlock(packed, plain.length, parts))
  }
  return blocks
}

function cabinetBlock(
  packed: Buffer,
  plainBytes: number,
  { reserve = 0, isWrong = false }: CabinetParts,
): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt16LE(packed.length, 4)
  header.writeUInt16LE(plainBytes, 6)
  const sum = (checksumOf(packed) ^ header.readUInt32LE(4)) >>> 0
  header.writeUInt32LE(isWrong ? (sum ^ 1) >>> 0 : sum, 0)
  return Buffer.concat([header, Buffer.alloc(reserve), packed])
}
