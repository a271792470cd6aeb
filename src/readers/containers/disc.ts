// The files of a disc image, each as a source of its own: ISO 9660 with the long names of Joliet or Rock Ridge. Mail carries such images, because
// what is opened from them bears no mark of the web. ECMA-119 (8.4, 9.1), Joliet Specification (1995).
import { LimitReached } from './budget.ts'
import type { Context, RandomAccess } from './context.ts'
import type { HeldArchive } from './held-flow.ts'
import { messageOf, printableName, type SourceMember } from './member.ts'

const sectorBytes = 2048
/** Where the descriptors begin, behind 16 sectors of the system. */
const descriptorsAt = 16 * sectorBytes
/** Descriptors looked at. */
const maxDescriptors = 16
/** Of one directory, in bytes. */
const maxDirectoryBytes = 16 * 1024 * 1024
/** Directories of one image. */
const maxDirectories = 20_000
/** Names of one file share its bytes, as its links do. */
const maxSharing = 4
/** Read at once, in bytes. */
const readBytes = 1024 * 1024

/** `head`: the first 32,774 bytes or more. */
export function isDisc(head: Buffer): boolean {
  const at = descriptorsAt + 1
  return head.toString('latin1', at, at + 5) === 'CD001'
}

/** Bytes that `isDisc` looks at. */
export const discHeadBytes = descriptorsAt + 6

interface Extent {
  readonly at: number
  readonly bytes: number
}

interface Entry {
  readonly name: string
  readonly extents: Extent[]
  readonly isFolder: boolean
}

/** Reads what is on a disc and says what cannot be read. Never rejects. */
export async function readDisc(
  bytes: RandomAccess,
  context: Context,
  member: SourceMember,
): Promise<void> {
  try {
    await new DiscReading(bytes, context, member).run()
  } catch (error) {
    context.visitor.problem({
      file: member.file,
      kind: error instanceof LimitReached ? 'limit' : 'damaged',
      message: `disc image: ${messageOf(error)}`,
    })
  }
}

export const discArchive: HeldArchive = {
  what: 'a disc image',
  begins: isDisc,
  read: readDisc,
}

class DiscReading {
  readonly #bytes: RandomAccess
  readonly #context: Context
  readonly #member: SourceMember
  #given = 0

  constructor(bytes: RandomAccess, context: Context, member: SourceMember) {
    this.#bytes = bytes
    this.#context = context
    this.#member = member
  }

  async run(): Promise<void> {
    const { root, isWide } = await this.#descriptor()
    const folders = [{ path: '', extent: root }]
    const seen = new Set<number>()
    for (let folder = folders.pop(); folder; folder = folders.pop()) {
      const { path, extent } = folder
      if (seen.has(extent.at)) continue
      seen.add(extent.at)
      if (seen.size > maxDirectories)
        throw new LimitReached(
          `over ${maxDirectories} folders; the rest was not read`,
        )
      for (const entry of await this.#entries(extent, isWide)) {
        if (this.#context.signal?.aborted) return
        const own = path ? `${path}/${entry.name}` : entry.name
        if (!entry.isFolder) await this.#file(own, entry)
        else folders.push({ path: own, extent: entry.extents[0]! })
      }
    }
  }

  /** That with long names, where there is one. */
  async #descriptor(): Promise<{ root: Extent; isWide: boolean }> {
    let found: { root: Extent; isWide: boolean } | undefined
    for (let i = 0; i < maxDescriptors; i++) {
      const at = descriptorsAt + i * sectorBytes
      const sector = await this.#bytes.read(at, sectorBytes)
      if (sector.length < sectorBytes || sector[0] === 255) break
      if (sector.toString('latin1', 1, 6) !== 'CD001') break
      const isWide =
        sector[0] === 2 && /^%\/[@CE]/.test(sector.toString('latin1', 88, 91))
      if (sector[0] === 1 || isWide)
        found = { root: extentOf(sector, 156), isWide }
      if (isWide) break
    }
    if (!found) throw new Error('no volume descriptor could be read')
    return found
  }

  async #entries(extent: Extent, isWide: boolean): Promise<Entry[]> {
    if (extent.bytes > maxDirectoryBytes)
      throw new LimitReached(
        `a folder of ${extent.bytes} bytes, over ${maxDirectoryBytes}, was not read`,
      )
    const bytes = await this.#bytes.read(extent.at, extent.bytes)
    const missing = extent.bytes - bytes.length
    if (missing > 0)
      this.#damaged(this.#member.file, `cut off, ${missing} bytes of a folder`)
    const entries: Entry[] = []
    let goesOn = false
    for (let at = 0; at + 34 <= bytes.length; ) {
      const length = bytes[at]!
      if (length < 34) {
        // Records do not cross sectors.
        at = (Math.floor(at / sectorBytes) + 1) * sectorBytes
        continue
      }
      const record = bytes.subarray(at, at + length)
      at += length
      const name = nameOf(record, isWide)
      if (name === undefined) continue
      const flags = record[25]!
      const part = extentOf(record, 0)
      if (goesOn) entries.at(-1)!.extents.push(part)
      else entries.push({ name, extents: [part], isFolder: (flags & 2) !== 0 })
      goesOn = (flags & 0x80) !== 0
    }
    return entries
  }

  async #file(path: string, { extents }: Entry): Promise<void> {
    this.#context.budget.member()
    const shown = printableName(path)
    const file = `${this.#member.file}!${shown}`
    const flow = this.#context.inside({
      file,
      name: shown.split('/').at(-1)!,
      start: 0,
      linesBefore: 0,
    })
    let missing = 0
    for (const { at, bytes } of extents) {
      for (let from = 0; from < bytes && !flow.done; from += readBytes) {
        const wanted = Math.min(readBytes, bytes - from)
        const block = await this.#bytes.read(at + from, wanted)
        this.#context.budget.expanded(block.length)
        this.#shared(block.length)
        if (block.length > 0) await flow.write(block)
        if (block.length < wanted) {
          missing += bytes - from - block.length
          break
        }
      }
    }
    await flow.end()
    if (missing > 0)
      this.#damaged(file, `cut off, ${missing} bytes are missing`)
  }

  #shared(bytes: number) {
    this.#given += bytes
    if (this.#given > maxSharing * this.#bytes.size)
      throw new LimitReached(
        `its files claim over ${maxSharing} times the bytes that it has; the rest was not read`,
      )
  }

  #damaged(file: string, what: string) {
    const message = `disc image: ${what}`
    this.#context.visitor.problem({ file, kind: 'damaged', message })
  }
}

function extentOf(record: Buffer, at: number): Extent {
  return {
    at: record.readUInt32LE(at + 2) * sectorBytes,
    bytes: record.readUInt32LE(at + 10),
  }
}

/** undefined: the folder itself, or the one around it. */
function nameOf(record: Buffer, isWide: boolean): string | undefined {
  const length = record[32]!
  const raw = record.subarray(33, 33 + length)
  if (length === 1 && raw[0]! < 2) return undefined
  const plain = isWide
    ? new TextDecoder('utf-16be').decode(raw)
    : (rockRidge(record, 33 + length + (length % 2 ? 0 : 1)) ??
      raw.toString('latin1'))
  return plain.replace(/;\d+$/, '').replaceAll('\\', '/') || '_'
}

/** The entry NM of the system's use area: IEEE P1282, 4.1.4. */
function rockRidge(record: Buffer, from: number): string | undefined {
  let name: string | undefined
  for (let at = from; at + 5 <= record.length; ) {
    const length = record[at + 2]!
    if (length < 5) break
    if (record.toString('latin1', at, at + 2) === 'NM')
      name = (name ?? '') + record.toString('utf8', at + 5, at + length)
    at += length
  }
  return name
}
