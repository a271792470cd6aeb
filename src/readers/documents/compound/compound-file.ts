// The streams of an OLE2 compound file (MS-CFB), read leniently: a chain that loops or leaves the file ends there, and
// a directory that lies about order or size costs only what it lies about.
import type { Damage } from '../../../base/record.ts'

import { u32At } from '../binary/cursor.ts'

import { type CompoundEntry, readDirectory } from './directory.ts'
import { type CompoundHeader, readHeader } from './header.ts'

export type { CompoundEntry }

/** Streams share no sectors, so all of them together are no longer than the file; more is a lie. In files. */
const maxReadOut = 3

export class CompoundFile {
  readonly entries: readonly CompoundEntry[]
  readonly #bytes: Buffer
  readonly #header: CompoundHeader
  readonly #told: (damage: Damage) => void
  readonly #mini: Buffer
  readonly #miniFat: Buffer
  readonly #byPath = new Map<string, CompoundEntry>()
  readonly #seenSectors: Seen
  readonly #seenShort: Seen
  #readOut = 0

  /** undefined: it is none, or nothing of it can be found; that is said. */
  static open(
    bytes: Buffer,
    told: (damage: Damage) => void,
  ): CompoundFile | undefined {
    const header = readHeader(bytes, told)
    return header && new CompoundFile(bytes, header, told)
  }

  private constructor(
    bytes: Buffer,
    header: CompoundHeader,
    told: (damage: Damage) => void,
  ) {
    this.#bytes = bytes
    this.#header = header
    this.#told = told
    this.#seenSectors = new Seen(Math.ceil(bytes.length / header.sectorBytes))
    const directory = this.#chain(
      header.firstDirectory,
      bytes.length,
      'directory',
    )
    const { entries, root } = readDirectory(directory, told)
    this.entries = entries
    this.#mini = root
      ? this.#chain(root.start, root.size, 'short streams')
      : empty
    this.#miniFat = root
      ? this.#chain(header.firstMiniFat, bytes.length, 'short sectors')
      : empty
    const short = Math.ceil(this.#mini.length / header.miniSectorBytes)
    this.#seenShort = new Seen(short)
    for (const entry of entries) {
      const key = entry.path.toLowerCase()
      if (!this.#byPath.has(key)) this.#byPath.set(key, entry)
    }
  }

  /** Whatever the case; characters below a blank are written `[1]`. */
  find(path: string): CompoundEntry | undefined {
    return this.#byPath.get(path.toLowerCase())
  }

  /** Empty where there is no such stream. */
  read(stream: CompoundEntry | string): Buffer {
    const entry = typeof stream === 'string' ? this.find(stream) : stream
    if (entry?.kind !== 'stream') return empty
    if (this.#readOut > maxReadOut * this.#bytes.length) {
      this.#say(`streams are longer than the file; ${entry.path} was not read`)
      return empty
    }
    const isShort = entry.size < this.#header.miniCutoff
    const bytes = isShort
      ? this.#shortChain(entry)
      : this.#chain(entry.start, entry.size, entry.path)
    this.#readOut += bytes.length
    if (bytes.length < entry.size) {
      this.#say(`${entry.path} has ${bytes.length} bytes of ${entry.size}`)
    }
    return bytes
  }

  /** Where in the file a byte of a stream that was read is; undefined where the stream lies there in pieces. */
  offsetOf(stream: Buffer, at: number): number | undefined {
    if (stream.buffer !== this.#bytes.buffer) return undefined
    const offset = stream.byteOffset - this.#bytes.byteOffset + at
    return offset >= 0 && offset < this.#bytes.length ? offset : undefined
  }

  #say(message: string): void {
    this.#told({ what: 'compound file', offset: 0, message })
  }

  #next(sector: number): number {
    const perSector = this.#header.sectorBytes / 4
    const of = this.#header.fatSectors[Math.floor(sector / perSector)]
    if (of === undefined) return endOfChain
    const at = (of + 1) * this.#header.sectorBytes + (sector % perSector) * 4
    return at + 4 <= this.#bytes.length ? u32At(this.#bytes, at) : endOfChain
  }

  #chain(start: number, size: number, what: string): Buffer {
    const { sectorBytes } = this.#header
    const last = Math.floor(this.#bytes.length / sectorBytes)
    const runs = new Runs(this.#bytes, Math.min(size, this.#bytes.length))
    const seen = this.#seenSectors.anew()
    for (let sector = start; sector < last && runs.wants; ) {
      if (!seen.first(sector)) {
        this.#say(`the chain of ${what} comes back to itself`)
        break
      }
      runs.add((sector + 1) * sectorBytes, sectorBytes)
      sector = this.#next(sector)
    }
    return runs.joined()
  }

  #shortChain(entry: CompoundEntry): Buffer {
    const { miniSectorBytes } = this.#header
    const last = Math.ceil(this.#mini.length / miniSectorBytes)
    const runs = new Runs(this.#mini, entry.size)
    const seen = this.#seenShort.anew()
    for (let sector = entry.start; sector < last && runs.wants; ) {
      if (!seen.first(sector)) {
        this.#say(`the chain of ${entry.path} comes back to itself`)
        break
      }
      runs.add(sector * miniSectorBytes, miniSectorBytes)
      sector =
        sector * 4 + 4 <= this.#miniFat.length
          ? u32At(this.#miniFat, sector * 4)
          : endOfChain
    }
    return runs.joined()
  }
}

const endOfChain = 0xffff_fffe
const empty = Buffer.alloc(0)

/** Which sectors one chain has passed. */
class Seen {
  readonly #chainOf: Uint32Array
  #chain = 0

  constructor(sectors: number) {
    this.#chainOf = new Uint32Array(sectors)
  }

  anew(): this {
    this.#chain++
    return this
  }

  first(sector: number): boolean {
    if (this.#chainOf[sector] === this.#chain) return false
    this.#chainOf[sector] = this.#chain
    return true
  }
}

/** Pieces of the bytes one after the other; those that lie so already are not copied. */
class Runs {
  readonly #from: Buffer
  readonly #parts: Buffer[] = []
  #left: number
  #start = -1
  #end = -1

  constructor(from: Buffer, size: number) {
    this.#from = from
    this.#left = size
  }

  get wants(): boolean {
    return this.#left > 0
  }

  add(at: number, length: number): void {
    const end = Math.min(at + Math.min(length, this.#left), this.#from.length)
    if (end <= at) {
      this.#left = 0
      return
    }
    this.#left -= end - at
    if (this.#end !== at) {
      this.#close()
      this.#start = at
    }
    this.#end = end
  }

  joined(): Buffer {
    this.#close()
    return this.#parts.length === 1
      ? this.#parts[0]!
      : Buffer.concat(this.#parts)
  }

  #close(): void {
    if (this.#start >= 0)
      this.#parts.push(this.#from.subarray(this.#start, this.#end))
  }
}
