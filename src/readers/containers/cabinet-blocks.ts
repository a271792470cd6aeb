// The data of a folder of a cabinet, block by block: stored, or deflated by MSZIP, whose blocks go on with the text of those before.
// [MS-CAB] 2.4 (CFDATA), 3.1 (checksums); [MS-MCI] 2.1 (MSZIP).
import { inflateRawSync } from 'node:zlib'

import type { RandomAccess } from './context.ts'
import { messageOf } from './member.ts'
import type { CabinetFolder } from './cabinet-directory.ts'

export const STORED = 0
export const MSZIP = 1

/** By the number of the compression; those that are not read are known by name. */
export const compressions: Readonly<Record<number, string>> = {
  [STORED]: 'none',
  [MSZIP]: 'MSZIP',
  2: 'Quantum',
  3: 'LZX',
}

const headerBytes = 8
/** Of a block, unpacked, in bytes; 32 KiB by the format. */
const maxBlockBytes = 64 * 1024
/** What a block may refer to, in bytes. */
const windowBytes = 32 * 1024

export interface Block {
  readonly data: Buffer
  /** Its data were read all the same. */
  readonly fault?: string
}

/** Throws where the data break off; what came before is whole. */
export async function* blocksOf(
  bytes: RandomAccess,
  { at, blocks, compression }: CabinetFolder,
  reserve: number,
): AsyncGenerator<Block> {
  let window = Buffer.alloc(0)
  let from = at
  for (let i = 0; i < blocks; i++) {
    const header = await bytes.read(from, headerBytes)
    if (header.length < headerBytes)
      throw new Error(`cut off before block ${i + 1} of ${blocks}`)
    const packedBytes = header.readUInt16LE(4)
    const stated = header.readUInt16LE(6)
    from += headerBytes + reserve
    const packed = await bytes.read(from, packedBytes)
    from += packedBytes
    if (packed.length < packedBytes)
      throw new Error(`cut off within block ${i + 1} of ${blocks}`)
    const data =
      compression === STORED ? packed : inflated(packed, window, i + 1)
    if (compression !== STORED)
      window = Buffer.concat([window, data]).subarray(-windowBytes)
    const fault =
      wrongChecksum(header, packed) ??
      (data.length === stated
        ? undefined
        : `${data.length} bytes where it states ${stated}`)
    yield { data, ...(fault && { fault: `block ${i + 1}: ${fault}` }) }
  }
}

function inflated(packed: Buffer, dictionary: Buffer, block: number): Buffer {
  if (packed.toString('latin1', 0, 2) !== 'CK')
    throw new Error(`block ${block} is not compressed by MSZIP`)
  try {
    return inflateRawSync(packed.subarray(2), {
      maxOutputLength: maxBlockBytes,
      ...(dictionary.length > 0 && { dictionary }),
    })
  } catch (error) {
    throw new Error(`block ${block}: ${messageOf(error)}`)
  }
}

/** 0 stands for none. */
function wrongChecksum(header: Buffer, packed: Buffer): string | undefined {
  const stated = header.readUInt32LE(0)
  if (stated === 0) return undefined
  const computed = (checksumOf(packed) ^ header.readUInt32LE(4)) >>> 0
  return computed === stated
    ? undefined
    : `checksum 0x${stated.toString(16)}, computed 0x${computed.toString(16)}`
}

/** Of units of four bytes; what is over counts from its last byte on. */
export function checksumOf(bytes: Buffer): number {
  let sum = 0
  const whole = bytes.length & ~3
  for (let i = 0; i < whole; i += 4) sum ^= bytes.readUInt32LE(i)
  let rest = 0
  for (let i = whole; i < bytes.length; i++) rest = (rest << 8) | bytes[i]!
  return (sum ^ rest) >>> 0
}
