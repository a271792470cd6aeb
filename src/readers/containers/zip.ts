// The members of a zip, each as a source of its own, in the order of its directory; of a package (an office document) one
// source that is made of them.
import type { Package, PackageMember } from '../reader.ts'
import { LimitReached } from './budget.ts'
import type { Context, RandomAccess } from './context.ts'
import type { HeldArchive } from './held-flow.ts'
import { insideOf } from './inside.ts'
import {
  messageOf,
  printableName,
  type SourceMember,
  type SourceProblem,
} from './member.ts'
import {
  carvedEntries,
  directoryEntries,
  findDirectory,
  gapsBetween,
  overlapping,
  type Stretch,
  type ZipEntry,
} from './zip-directory.ts'
import { ZipData } from './zip-data.ts'
import { layersOf, maxLayers, membersOf } from './zip-layers.ts'

/** Of a member of a document without a directory, in bytes. */
const maxCarvedBytes = 64 * 1024 * 1024

export function isZip(head: Buffer): boolean {
  const magic = head.toString('latin1', 0, 4)
  return magic === 'PK\x03\x04' || magic === 'PK\x05\x06'
}

/** Documents and programs that are zips inside: not archives of logs. */
const packages: readonly { readonly member: string; readonly kind: string }[] =
  [
    { member: '[Content_Types].xml', kind: 'office document (Open XML)' },
    { member: 'META-INF/manifest.xml', kind: 'office document (OpenDocument)' },
    { member: 'META-INF/MANIFEST.MF', kind: 'Java archive' },
    { member: 'AndroidManifest.xml', kind: 'Android package' },
  ]

/** Reads what is in a zip and says what cannot be read. Never rejects. */
export async function readZip(
  bytes: RandomAccess,
  context: Context,
  member: SourceMember,
): Promise<void> {
  const reading = new ZipReading(bytes, context, member)
  try {
    await reading.run()
  } catch (error) {
    reading.say(error instanceof LimitReached ? 'limit' : 'damaged', error)
  } finally {
    await reading.close()
  }
}

class ZipReading {
  readonly #bytes: RandomAccess
  readonly #context: Context
  readonly #member: SourceMember
  readonly #data: ZipData
  /** It has more members than are read. */
  #isCut = false
  /** What is read now is nothing of which anybody would want to hear. */
  #isQuiet = false

  constructor(bytes: RandomAccess, context: Context, member: SourceMember) {
    this.#bytes = bytes
    this.#context = context
    this.#member = member
    this.#data = new ZipData(bytes, context, (p) => this.#problem(p))
  }

  close(): Promise<void> {
    return this.#data.close()
  }

  say(kind: 'damaged' | 'limit' | 'empty', what: unknown): void {
    this.#context.visitor.problem({
      file: this.#member.file,
      kind,
      message: `zip: ${messageOf(what)}`,
    })
  }

  async run(): Promise<void> {
    const directory = await findDirectory(this.#bytes)
    if (!directory) {
      await this.#runWithoutDirectory()
      return
    }
    const entries = await this.#listed(directoryEntries(this.#bytes, directory))
    if (entries.length === 0) this.say('empty', 'without members')
    if (await this.#asPackage(entries)) return
    const refused = overlapping(entries)
    if (refused.size > 0) {
      const [first] = refused
      this.say(
        'damaged',
        `${refused.size} members claim bytes of others and were not read, first "${printableName(first!.name)}"`,
      )
    }
    for (const entry of entries) {
      if (this.#context.signal?.aborted) return
      if (!refused.has(entry) && !(await this.#read(entry)).goOn) return
    }
    if (!this.#isCut) await this.#readUnnamed(gapsBetween(entries, directory))
    if (directory.behind > 0) {
      this.say('damaged', `${directory.behind} bytes behind its end`)
    }
  }

  /** Members that stand in the archive and not in its directory. */
  async #readUnnamed(gaps: readonly Stretch[]) {
    let unnamed = 0
    for (const gap of gaps) {
      const found = carvedEntries(this.#bytes, gap)
      let next = await found.next()
      while (!next.done && !this.#context.signal?.aborted) {
        if (!isFolder(next.value)) unnamed++
        const read = await this.#readCarved(next.value)
        if (!read.goOn) return
        next = await found.next(read.end)
      }
    }
    if (unnamed > 0) {
      this.say(
        'damaged',
        `${unnamed} members that its directory does not name; they were read as they came`,
      )
    }
  }

  async #readCarved(entry: ZipEntry): Promise<{ goOn: boolean; end?: number }> {
    if (isFolder(entry)) return { goOn: true }
    this.#context.budget.member()
    return await this.#read(entry)
  }

  /** Bounded before anything is read. */
  async #listed(
    found: AsyncIterable<ZipEntry | { readonly lie: number }>,
  ): Promise<ZipEntry[]> {
    const entries: ZipEntry[] = []
    let lies = 0
    try {
      for await (const entry of found) {
        if ('lie' in entry) lies += entry.lie
        else if (!isFolder(entry)) {
          this.#context.budget.member()
          entries.push(entry)
        }
      }
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      this.#isCut = true
      this.say('limit', error)
    }
    if (lies > 0) {
      this.say('damaged', `${lies} bytes of its directory are no entries`)
    }
    return entries
  }

  async #runWithoutDirectory() {
    this.say(
      'damaged',
      'no directory at its end; members are read as they come',
    )
    const found = carvedEntries(this.#bytes)
    let next = await found.next()
    while (!next.done && !this.#context.signal?.aborted) {
      const entry = next.value
      const kind = packages.find((p) => p.member === entry.name)?.kind
      if (kind) {
        await this.#carvedPackage(entry, found, kind)
        return
      }
      const read = await this.#readCarved(entry)
      if (!read.goOn) return
      next = await found.next(read.end)
    }
  }

  /** A document that was cut off: what is there of it, held until its format asks. */
  async #carvedPackage(
    first: ZipEntry,
    found: ReturnType<typeof carvedEntries>,
    kind: string,
  ) {
    const { budget, signal } = this.#context
    const parts = new Map<string, Buffer>()
    let held = 0
    let entry: ZipEntry | undefined = first
    try {
      while (entry && !signal?.aborted) {
        budget.member()
        const { bytes, end } = await this.#bytesOf(entry, maxCarvedBytes)
        if (bytes) {
          budget.hold(bytes.length)
          held += bytes.length
          parts.set(entry.name, bytes)
        }
        const next = await found.next(end)
        entry = next.done ? undefined : next.value
      }
      const members = [...parts].map(([name, b]) => ({ name, size: b.length }))
      const take = this.#opener(members)
      if (!take) this.#notInspected(kind)
      await take?.({
        members,
        read: async (name, maxBytes) => {
          const bytes = parts.get(name)
          return bytes && bytes.length <= maxBytes ? bytes : undefined
        },
      })
    } finally {
      budget.hold(-held)
    }
  }

  #opener(members: readonly PackageMember[]) {
    const inside = insideOf(this.#context, this.#member.file)
    return this.#context.visitor.openPackage?.(this.#member, members, inside)
  }

  /** true: it is one, and was read by its format or named. */
  async #asPackage(entries: readonly ZipEntry[]): Promise<boolean> {
    const names = new Map(entries.map((e) => [e.name, e]))
    const known = packages.find((p) => names.has(p.member))
    const layers = layersOf(entries)
    const take = this.#opener(membersOf(layers[0]!))
    if (!take) {
      if (known) this.#notInspected(known.kind)
      return known !== undefined
    }
    const asked = new Set<ZipEntry>()
    if (layers.length > 1) this.#tellSameNames(layers.length)
    for (const layer of layers.slice(0, maxLayers))
      await take(this.#packageOf(layer, asked))
    await this.#readSpare(entries.filter((e) => !asked.has(e)))
    return true
  }

  #packageOf(entries: readonly ZipEntry[], asked: Set<ZipEntry>): Package {
    const names = new Map(entries.map((e) => [e.name, e]))
    return {
      members: membersOf(entries),
      read: async (name, maxBytes) => {
        const entry = names.get(name)
        if (entry) asked.add(entry)
        return entry && (await this.#bytesOf(entry, maxBytes)).bytes
      },
    }
  }

  #tellSameNames(layers: number) {
    const read =
      layers > maxLayers ? `the last ${maxLayers} of each were` : 'each was'
    this.#context.visitor.problem({
      file: this.#member.file,
      kind: 'damaged',
      message: `zip: ${layers > maxLayers ? `over ${maxLayers}` : layers} parts of one name, of which programs take one or another; ${read} read`,
    })
  }

  /** What no part of a document refers to may be telemetry that is to be overlooked. */
  async #readSpare(entries: readonly ZipEntry[]) {
    this.#isQuiet = true
    const refused = overlapping(entries)
    for (const entry of entries) {
      if (this.#context.signal?.aborted) return
      if (!refused.has(entry) && !(await this.#read(entry)).goOn) return
    }
  }

  #problem(problem: SourceProblem) {
    if (!this.#isQuiet || problem.kind === 'limit') {
      this.#context.visitor.problem(problem)
    }
  }

  /** No bytes, and said: it is larger, or cannot be read. `end` as of `#read`. */
  async #bytesOf(
    entry: ZipEntry,
    maxBytes: number,
  ): Promise<{ bytes?: Buffer; end?: number }> {
    const { visitor } = this.#context
    const file = this.#fileOf(entry)
    const parts: Buffer[] = []
    let bytes = 0
    const flow = {
      done: false,
      write: async (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > maxBytes) flow.done = true
        else parts.push(Buffer.from(chunk))
      },
      end: async () => {},
    }
    const { isDecoded, end } = await this.#data.decode(entry, flow, file)
    const at = end === undefined ? {} : { end }
    if (flow.done) {
      const message = `over ${maxBytes} bytes, more than is read of such a part`
      visitor.problem({ file, kind: 'limit', message })
      return at
    }
    return isDecoded ? { bytes: Buffer.concat(parts), ...at } : at
  }

  #notInspected(kind: string) {
    const { file } = this.#member
    this.#context.visitor.problem({
      file,
      kind: 'not-inspected',
      message: kind,
    })
  }

  #fileOf(entry: ZipEntry): string {
    return `${this.#member.file}!${printableName(entry.name)}`
  }

  /** `goOn` false: a bound of the whole input was reached. `end`: where the member's data end, as they were read. */
  async #read(entry: ZipEntry): Promise<{ goOn: boolean; end?: number }> {
    const file = this.#fileOf(entry)
    const name = printableName(entry.name).split(/[\\/]/).at(-1)!
    const flow = this.#context.inside({
      ...{ file, name, start: 0, linesBefore: 0 },
      ...(this.#isQuiet && { isSpare: true }),
    })
    try {
      const { isDecoded, end } = await this.#data.decode(entry, flow, file)
      // Nothing came out: then there is nothing to say of what is inside.
      if (isDecoded) await flow.end()
      return { goOn: true, ...(end !== undefined && { end }) }
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      this.#context.visitor.problem({
        file,
        kind: 'limit',
        message: `zip: ${error.message}`,
      })
      await flow.end()
      return { goOn: false }
    }
  }
}

/** By its name: what an attribute calls a folder and has data is a file. */
function isFolder(entry: ZipEntry): boolean {
  return /[\\/]$/.test(entry.name) && !entry.packed
}

/** Its directory stands at the end, so all of it must be there first. */
export const zipArchive: HeldArchive = {
  what: 'a zip',
  begins: isZip,
  read: readZip,
}
