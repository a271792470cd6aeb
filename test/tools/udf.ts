// Images of discs with a volume of UDF, of one folder in another, with any lie in them: for tests. ECMA-167; UDF 2.60.
import type { DiscFile } from './disc.ts'

export interface UdfParts {
  readonly files: readonly DiscFile[]
  /** 2,048 by default. */
  readonly blockBytes?: number
  /** How a file says where it lies; `chained`: short ones, each in a list of its own. `endless`: a list that goes on in itself. */
  readonly way?:
    | 'short'
    | 'long'
    | 'extended'
    | 'embedded'
    | 'chained'
    | 'endless'
  /** Entries of the younger kind, with room for streams. */
  readonly isExtended?: boolean
  /** Names of 16 bits a character. */
  readonly isWide?: boolean
  /** Entries lie in a partition that is a file itself. */
  readonly hasMetadata?: boolean
  /** Entries lie where a table says, that of UDF 1.50 or of 2.00; its own entry is in the last block but so many. */
  readonly virtual?: { readonly isOld?: boolean; readonly behind?: number }
  /** Of the first file: a stream beside its content. */
  readonly stream?: DiscFile
  /** Only the last anchor is there. */
  readonly isAnchoredLast?: boolean
  /** The folder `in` lies where the root does. */
  readonly isLoop?: boolean
  /** All files lie where the first one does. */
  readonly isShared?: boolean
  /** The first file is marked as deleted. */
  readonly isDeleted?: boolean
}

const ways = { short: 0, long: 1, extended: 2, embedded: 3 }
/** Of the partition, in blocks. */
const start = 300
/** Of the partition, where the blocks of the metadata file begin. */
const metadataStart = 4

/** All files lie in the folder `in`. */
export function udfOf(parts: UdfParts): Buffer {
  return new Image(parts).bytes()
}

class Image {
  readonly #parts: UdfParts
  readonly #size: number
  /** Of the partition. */
  readonly #blocks = new Map<number, Buffer>()
  #next = 40

  constructor(parts: UdfParts) {
    this.#parts = parts
    this.#size = parts.blockBytes ?? 2048
  }

  bytes(): Buffer {
    const { files, isLoop, isShared, isDeleted } = this.#parts
    const entries = files.map((f) => this.#file(Buffer.from(f.content)))
    this.#addStream(entries[0])
    const names = files.map((f, i) =>
      identifier(
        this.#name(f.name),
        this.#long(entries[isShared ? 0 : i]!),
        isDeleted && i === 0 ? 4 : 0,
      ),
    )
    const folder = this.#folder([parent, ...names])
    const root = this.#folder([])
    const inside = this.#long(isLoop ? root : folder)
    this.#fill(root, [parent, identifier(this.#name('in'), inside, 2)])
    const set = Buffer.alloc(512)
    this.#long(root).copy(set, 400)
    this.#put(0, tagged(256, set))
    return this.#image()
  }

  /** In the entry of a file: where the folder of its streams lies. */
  #addStream(entry: number | undefined) {
    const { stream } = this.#parts
    if (!stream || entry === undefined) return
    const file = this.#file(Buffer.from(stream.content))
    const name = identifier(this.#name(stream.name), this.#long(file), 16)
    const folder = this.#folder([parent, name])
    const bytes = this.#blocks.get(this.#shift + entry)!
    this.#long(folder).copy(bytes, 152)
    this.#blocks.set(this.#shift + entry, tagged(266, bytes))
  }

  /** Entries and folders are of the partition of metadata, where there is one. */
  get #shift() {
    return this.#parts.hasMetadata ? metadataStart : 0
  }

  /** The second partition is one whose blocks lie elsewhere. */
  get #isMapped() {
    return this.#parts.hasMetadata || this.#parts.virtual !== undefined
  }

  #put(block: number, bytes: Buffer) {
    for (let i = 0; i * this.#size < bytes.length || i === 0; i++)
      this.#blocks.set(
        this.#shift + block + i,
        bytes.subarray(i * this.#size, (i + 1) * this.#size),
      )
  }

  #take(bytes: number): number {
    const at = this.#next
    this.#next += Math.max(1, Math.ceil(bytes / this.#size))
    return at
  }

  #long(block: number, length = this.#size): Buffer {
    const long = Buffer.alloc(16)
    long.writeUInt32LE(length, 0)
    long.writeUInt32LE(block, 4)
    long.writeUInt16LE(this.#isMapped ? 1 : 0, 8)
    return long
  }

  #name(text: string): Buffer {
    const raw = this.#parts.isWide
      ? Buffer.from(text, 'utf16le').swap16()
      : Buffer.from(text, 'latin1')
    return Buffer.concat([Buffer.of(this.#parts.isWide ? 16 : 8), raw])
  }

  #folder(names: readonly Buffer[]): number {
    const at = this.#take(1)
    this.#fill(at, names)
    return at
  }

  #fill(at: number, names: readonly Buffer[]) {
    const content = Buffer.concat(names)
    const block = this.#take(content.length)
    this.#put(block, content)
    this.#put(at, this.#entry(0, content.length, short(content.length, block)))
  }

  #file(content: Buffer): number {
    const { way = 'short' } = this.#parts
    const at = this.#take(1)
    if (way === 'embedded') {
      this.#put(at, this.#entry(3, content.length, content))
      return at
    }
    const block = this.#take(content.length)
    this.#put(block, content)
    const list = this.#list(content.length, block)
    const kind = way === 'chained' || way === 'endless' ? 'short' : way
    this.#put(at, this.#entry(ways[kind], content.length, list))
    return at
  }

  #list(length: number, block: number): Buffer {
    const { way = 'short' } = this.#parts
    if (way === 'long') return this.#long(block, length)
    if (way === 'extended') {
      const list = Buffer.alloc(20)
      list.writeUInt32LE(length, 0)
      list.writeUInt32LE(block, 12)
      list.writeUInt16LE(this.#isMapped ? 1 : 0, 16)
      return list
    }
    if (way === 'short') return short(length, block)
    const more = this.#take(1)
    const rest = Math.max(0, length - this.#size)
    const inRest =
      way === 'endless'
        ? short(0xc0000000 + this.#size, more)
        : short(rest, block + 1)
    const head = Buffer.alloc(8)
    head.writeUInt32LE(inRest.length, 4)
    this.#put(
      more,
      tagged(258, Buffer.concat([Buffer.alloc(16), head, inRest])),
    )
    return Buffer.concat([
      short(Math.min(length, this.#size), block),
      short(0xc0000000 + this.#size, more),
    ])
  }

  #entry(way: number, size: number, list: Buffer): Buffer {
    const { isExtended } = this.#parts
    const head = Buffer.alloc(isExtended ? 216 : 176)
    head.writeUInt16LE(way, 34)
    head.writeBigUInt64LE(BigInt(size), 56)
    head.writeUInt32LE(list.length, isExtended ? 212 : 172)
    return tagged(isExtended ? 266 : 261, Buffer.concat([head, list]))
  }

  /** Blocks of a virtual partition lie the other way round. */
  #lies(block: number): number {
    return this.#parts.virtual ? this.#next - 1 - block : block
  }

  /** Of virtual blocks. */
  #table(): Buffer {
    const { virtual } = this.#parts
    if (!virtual) return Buffer.alloc(0)
    const table = Buffer.alloc(this.#next * 4)
    for (let i = 0; i < this.#next; i++)
      table.writeUInt32LE(this.#lies(i), i * 4)
    if (virtual.isOld) {
      const tail = Buffer.alloc(36)
      tail.write('*UDF Virtual Alloc Tbl', 1, 'latin1')
      return Buffer.concat([table, tail])
    }
    const head = Buffer.alloc(152)
    head.writeUInt16LE(head.length, 0)
    return Buffer.concat([head, table])
  }

  #tableEntry(): Buffer {
    const { virtual } = this.#parts
    if (!virtual) return Buffer.alloc(0)
    const size = this.#table().length
    const entry = this.#entry(0, size, short(size, this.#next))
    entry[27] = virtual.isOld ? 0 : 248
    return tagged(entry.readUInt16LE(0), entry)
  }

  #image(): Buffer {
    const { isAnchoredLast, hasMetadata } = this.#parts
    const last = start + metadataStart + this.#next + 4
    const image = Buffer.alloc((last + 1) * this.#size)
    for (const [i, name] of ['BEA01', 'NSR02', 'TEA01'].entries())
      image.write(`\0${name}\x01`, 32_768 + i * 2048, 'latin1')
    for (const [block, bytes] of this.#blocks)
      bytes.copy(image, (start + this.#lies(block)) * this.#size)
    this.#table().copy(image, (start + this.#next) * this.#size)
    this.#tableEntry().copy(
      image,
      (last - (this.#parts.virtual?.behind ?? 0)) * this.#size,
    )
    if (hasMetadata) {
      const list = short((this.#next + 1) * this.#size, metadataStart)
      const file = this.#entry(0, (this.#next + 1) * this.#size, list)
      file.copy(image, start * this.#size)
    }
    const anchor = Buffer.alloc(512)
    anchor.writeUInt32LE(3 * this.#size, 16)
    anchor.writeUInt32LE(260, 20)
    const lastAnchor = this.#parts.virtual ? [] : [last]
    for (const sector of isAnchoredLast ? [last] : [256, ...lastAnchor])
      tagged(2, anchor, sector).copy(image, sector * this.#size)
    for (const [i, descriptor] of this.#volume().entries())
      descriptor.copy(image, (260 + i) * this.#size)
    return image
  }

  #volume(): readonly Buffer[] {
    const partition = Buffer.alloc(512)
    partition.writeUInt16LE(7, 22)
    partition.writeUInt32LE(start, 188)
    const logical = Buffer.alloc(512)
    logical.writeUInt32LE(this.#size, 212)
    this.#long(0).copy(logical, 248)
    logical.writeUInt32LE(this.#isMapped ? 2 : 1, 268)
    Buffer.of(1, 6, 1, 0, 7, 0).copy(logical, 440)
    if (this.#isMapped) {
      const kind = this.#parts.virtual ? 'Virtual' : 'Metadata'
      Buffer.of(2, 64).copy(logical, 446)
      logical.write(`*UDF ${kind} Partition`, 451, 'latin1')
      logical.writeUInt16LE(7, 446 + 38)
    }
    return [
      tagged(5, partition),
      tagged(6, logical),
      tagged(8, Buffer.alloc(512)),
    ]
  }
}

const parent = identifier(Buffer.alloc(0), Buffer.alloc(16), 10)

function identifier(name: Buffer, entry: Buffer, bits: number): Buffer {
  const bytes = Buffer.alloc((38 + name.length + 3) & ~3)
  bytes[18] = bits
  bytes[19] = name.length
  entry.copy(bytes, 20)
  name.copy(bytes, 38)
  return tagged(257, bytes)
}

function short(length: number, block: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32LE(length >>> 0, 0)
  bytes.writeUInt32LE(block, 4)
  return bytes
}

function tagged(tag: number, bytes: Buffer, at = 0): Buffer {
  const own = Buffer.from(bytes)
  own.writeUInt16LE(tag, 0)
  own.writeUInt32LE(at, 12)
  own[4] = 0
  own[4] = own.subarray(0, 16).reduce((sum, byte) => (sum + byte) & 0xff, 0)
  return own
}
