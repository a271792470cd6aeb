// Zip and tar archives with any lie in them: for tests.
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  readonly name: string | Buffer
  readonly content: string | Buffer
  /** External attributes: 0x10 is a folder of DOS. */
  readonly attributes?: number
  /** Where its directory entry says that it begins, instead of where it does. */
  readonly claims?: number
  /** Its size stands behind its data alone. */
  readonly streamed?: boolean
}

/** Deflated. */
const nothing = deflateRawSync('')

export function zipOf(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const part of parts) {
    const name = Buffer.from(part.name)
    const content = Buffer.from(part.content)
    const packed = content.length > 0 ? deflateRawSync(content) : nothing
    const flags = part.streamed ? 8 : 0
    const sizes = [crc32(content), packed.length, content.length] as const
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(flags, 6)
    head.writeUInt16LE(8, 8)
    if (!part.streamed) writeSizes(head, 14, sizes)
    head.writeUInt16LE(name.length, 26)
    const behind = Buffer.alloc(part.streamed ? 16 : 0)
    if (part.streamed) {
      behind.writeUInt32LE(0x08074b50, 0)
      writeSizes(behind, 4, sizes)
    }
    locals.push(head, name, packed, behind)
    entries.push(entryOf(name, sizes, part.claims ?? at, part, flags), name)
    at += head.length + name.length + packed.length + behind.length
  }
  return Buffer.concat([
    ...locals,
    ...entries,
    endOf(parts.length, entries, at),
  ])
}

function writeSizes(into: Buffer, at: number, sizes: readonly number[]) {
  for (const [i, n] of sizes.entries()) into.writeUInt32LE(n, at + i * 4)
}

function entryOf(
  name: Buffer,
  sizes: readonly number[],
  offset: number,
  part: ZipPart,
  flags: number,
): Buffer {
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(flags, 8)
  entry.writeUInt16LE(8, 10)
  writeSizes(entry, 16, sizes)
  entry.writeUInt16LE(name.length, 28)
  entry.writeUInt32LE(part.attributes ?? 0, 38)
  entry.writeUInt32LE(offset, 42)
  return entry
}

function endOf(count: number, entries: readonly Buffer[], at: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(count, 0xffff), 8)
  end.writeUInt16LE(Math.min(count, 0xffff), 10)
  end.writeUInt32LE(
    entries.reduce((sum, b) => sum + b.length, 0),
    12,
  )
  end.writeUInt32LE(at, 16)
  return end
}

export interface TarPart {
  readonly name: string
  readonly content: string | Buffer
  /** `0` a file, `5` a folder, `x` records of the next member. */
  readonly type?: string
}

export function tarOf(parts: readonly TarPart[]): Buffer {
  return Buffer.concat([...parts.map(tarMember), Buffer.alloc(1024)])
}

function tarMember({ name, content, type = '0' }: TarPart): Buffer {
  const bytes = Buffer.from(content as string)
  const head = Buffer.alloc(512)
  head.write(name, 0)
  head.write('0000644\0', 100)
  head.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
  head.write(type, 156)
  head.write('ustar\x0000', 257)
  head.write(' '.repeat(8), 148)
  const sum = head.reduce((a, b) => a + b, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([head, bytes, Buffer.alloc(-bytes.length & 511)])
}
