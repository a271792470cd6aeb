// What is on a disc, whatever its file system: each file a source of its own, within bounds that hold for all of them.
import { LimitReached } from './budget.ts'
import type { Context, RandomAccess } from './context.ts'
import { printableName, type SourceMember } from './member.ts'

/** In bytes. */
export interface Extent {
  /** undefined: nothing is kept of it, and it is all zeros. */
  readonly at: number | undefined
  readonly bytes: number
}

export interface DiscEntry {
  readonly name: string
  readonly isFolder: boolean
  /** Where it lies; asked when it is read. */
  extents(): Promise<readonly Extent[]>
  /** Where the folder of its further contents lies, asked behind that; undefined: it has none. */
  streams?(): Promise<readonly Extent[] | undefined>
}

export interface DiscSystem {
  readonly root: readonly Extent[]
  /** What the bytes of a folder name. `cut` hears what is wrong with it, in words. */
  entries(folder: Buffer, cut: (what: string) => void): readonly DiscEntry[]
}

interface Placed {
  readonly own: string
  readonly isFolder: boolean
  readonly at: readonly Extent[]
}

/** Further contents of one file; UDF has none that comes near. */
const maxStreams = 1_000
/** Of one directory, in bytes. */
const maxDirectoryBytes = 16 * 1024 * 1024
/** Directories of one image. */
const maxDirectories = 20_000
/** Names of one file share its bytes, as its links do. */
const maxSharing = 4
/** Entries of a folder. */
const placedTogether = 256
/** Read at once, in bytes. */
const readBytes = 1024 * 1024

export class DiscFiles {
  readonly #bytes: RandomAccess
  readonly #context: Context
  readonly #member: SourceMember
  #given = 0
  /** Of files that were given: a disc may have two systems for the same ones. */
  readonly #begins = new Set<string>()
  readonly #streamFolders = new Set<string>()

  constructor(bytes: RandomAccess, context: Context, member: SourceMember) {
    this.#bytes = bytes
    this.#context = context
    this.#member = member
  }

  /** Files that a system read before has given are not given again. Throws LimitReached. */
  async read(system: DiscSystem): Promise<void> {
    const before = new Set(this.#begins)
    const folders = [{ path: '', extents: system.root }]
    const seen = new Set<string>()
    for (let folder = folders.pop(); folder; folder = folders.pop()) {
      const { path, extents } = folder
      const place = placeOf(extents)
      if (seen.has(place)) continue
      seen.add(place)
      if (seen.size > maxDirectories)
        throw new LimitReached(
          `over ${maxDirectories} folders; the rest was not read`,
        )
      const found = this.#placed(system, extents, path ? `${path}/` : '')
      for await (const { own, isFolder, at } of found) {
        if (this.#context.signal?.aborted) return
        if (isFolder) folders.push({ path: own, extents: at })
        else if (!before.has(placeOf(at))) await this.#file(own, at)
      }
    }
  }

  /** What says where files lie stands together, and is read before the files are. */
  async *#placed(
    system: DiscSystem,
    folder: readonly Extent[],
    before: string,
  ): AsyncGenerator<Placed> {
    const bytes = await this.#folder(folder)
    const cut = (what: string) => this.#damaged(this.#member.file, what)
    const entries = system.entries(bytes, cut)
    for (let from = 0; from < entries.length; from += placedTogether) {
      const placed: Placed[] = []
      for (const entry of entries.slice(from, from + placedTogether)) {
        const own = `${before}${entry.name}`
        const at = await this.#extents(own, () => entry.extents())
        if (at) placed.push({ own, isFolder: entry.isFolder, at })
        const streams = await this.#extents(own, () => entry.streams?.())
        if (streams)
          for (const one of await this.#streams(system, streams, own))
            placed.push(one)
      }
      yield* placed
    }
  }

  /** What a file has beside its content, by names of its own; none of them is a folder. */
  async #streams(
    system: DiscSystem,
    folder: readonly Extent[],
    of: string,
  ): Promise<Placed[]> {
    // Names of one file share them.
    const place = placeOf(folder)
    if (this.#streamFolders.has(place)) return []
    this.#streamFolders.add(place)
    const bytes = await this.#folder(folder)
    const cut = (what: string) => this.#damaged(this.#member.file, what)
    const entries = system.entries(bytes, cut)
    if (entries.length > maxStreams)
      throw new LimitReached(
        `over ${maxStreams} streams of a file; the rest was not read`,
      )
    const placed: Placed[] = []
    for (const entry of entries) {
      const own = `${of}:${entry.name}`
      const at = await this.#extents(own, () => entry.extents())
      if (at) placed.push({ own, isFolder: false, at })
    }
    return placed
  }

  /** undefined: it is not known, which is said. */
  async #extents(
    path: string,
    asked: () => Promise<readonly Extent[] | undefined> | undefined,
  ): Promise<readonly Extent[] | undefined> {
    try {
      return await asked()
    } catch (error) {
      if (error instanceof LimitReached || !(error instanceof Error))
        throw error
      const file = `${this.#member.file}!${printableName(path)}`
      this.#damaged(file, error.message)
      return undefined
    }
  }

  async #folder(extents: readonly Extent[]): Promise<Buffer> {
    const stated = extents.reduce((sum, e) => sum + e.bytes, 0)
    if (stated > maxDirectoryBytes)
      throw new LimitReached(
        `a folder of ${stated} bytes, over ${maxDirectoryBytes}, was not read`,
      )
    const parts: Buffer[] = []
    let read = 0
    for (const { at, bytes } of extents) {
      if (at === undefined) continue
      const part = await this.#bytes.read(at, bytes)
      parts.push(part)
      read += part.length
    }
    const missing = stated - read
    if (missing > 0)
      this.#damaged(this.#member.file, `cut off, ${missing} bytes of a folder`)
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
  }

  async #file(path: string, extents: readonly Extent[]): Promise<void> {
    this.#context.budget.member()
    this.#begins.add(placeOf(extents))
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
        const block = await this.#block(at, from, wanted)
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

  async #block(at: number | undefined, from: number, bytes: number) {
    return at === undefined
      ? Buffer.alloc(bytes)
      : await this.#bytes.read(at + from, bytes)
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

function placeOf(extents: readonly Extent[]): string {
  const bytes = extents.reduce((sum, e) => sum + e.bytes, 0)
  return `${extents[0]?.at} ${bytes}`
}
