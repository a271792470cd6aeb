// Finds the template that a record of a chunk names by offset. Definitions of one template differ from chunk to chunk
// in where their names stand, and so in their sizes; all else is compared, and only what is new is read.
import { BinXmlParser } from './binxml.ts'
import {
  chunkHeaderBytes,
  limits,
  templateHeaderBytes,
  Unreadable,
  u32,
  unreadable,
} from './layout.ts'
import type { ChunkNames } from './names.ts'
import { Template } from './template.ts'

/** What is the same in every spelling: runs of bytes, and between them a name each, or a size that is skipped. */
interface Skeleton {
  readonly bytes: Buffer
  /** Length of the run before each name or size, and of the last run. */
  readonly runs: Int32Array
  /** After each run but the last; undefined: a size. */
  readonly names: readonly (string | undefined)[]
  readonly template: Template
}

/** By GUID. */
const skeletons = new Map<string, Skeleton[]>()
let cachedBytes = 0

export class ChunkTemplates {
  readonly #bytes: Buffer
  readonly #names: ChunkNames
  readonly #parser: BinXmlParser
  readonly #known = new Map<number, Template | string>()
  #bytesRead = 0

  constructor(bytes: Buffer, names: ChunkNames) {
    this.#bytes = bytes
    this.#names = names
    // Its own: a definition may have to be read in the midst of a fragment.
    this.#parser = new BinXmlParser(bytes, names)
  }

  at(offset: number): Template {
    const known = this.#known.get(offset)
    if (typeof known === 'object') return known
    if (known !== undefined) unreadable(known)
    try {
      const template = this.#find(offset)
      this.#known.set(offset, template)
      return template
    } catch (error) {
      this.#known.set(offset, (error as Error).message)
      throw error
    }
  }

  /** The offset after the definition, for records in which it stands. */
  endOf(offset: number): number {
    if (
      offset < chunkHeaderBytes ||
      offset + templateHeaderBytes > this.#bytes.length
    ) {
      unreadable(`template offset ${offset} is outside the chunk`)
    }
    const end = offset + templateHeaderBytes + u32(this.#bytes, offset + 20)
    if (end > this.#bytes.length) unreadable('a template runs out of the chunk')
    return end
  }

  #find(offset: number): Template {
    const end = this.endOf(offset)
    this.#bytesRead += end - offset
    if (this.#bytesRead > limits.definitionBytesPerChunk) {
      unreadable('templates of the chunk overlap')
    }
    const guid = this.#bytes.latin1Slice(offset + 4, offset + 20)
    for (const known of skeletons.get(guid) ?? []) {
      if (this.#matches(known, offset + templateHeaderBytes, end)) {
        return known.template
      }
    }
    return this.#read(guid, offset + templateHeaderBytes, end)
  }

  #read(guid: string, start: number, end: number): Template {
    const template = new Template(this.#parser.definition(start, end))
    const skeleton = this.#skeletonOf(template, start, end)
    // What the parser passed over could make it differ from itself.
    if (!this.#isSame(skeleton, start, end)) return template
    cachedBytes += end - start + limits.cacheBytesEach
    if (cachedBytes > limits.cacheBytes) {
      skeletons.clear()
      cachedBytes = end - start + limits.cacheBytesEach
    }
    const known = skeletons.get(guid) ?? []
    if (known.length >= limits.templatesPerGuid) known.shift()
    known.push(skeleton)
    skeletons.set(guid, known)
    return template
  }

  #skeletonOf(template: Template, start: number, end: number): Skeleton {
    const runs: number[] = []
    const names: (string | undefined)[] = []
    const pieces: Buffer[] = []
    let at = start
    for (const mark of this.#parser.marks) {
      pieces.push(this.#bytes.subarray(at, mark.at))
      runs.push(mark.at - at)
      at = mark.at + 4
      if (!mark.isName) {
        names.push(undefined)
        continue
      }
      const name = u32(this.#bytes, mark.at)
      names.push(this.#names.at(name).text)
      if (name === at) at = this.#names.endOf(name)
    }
    pieces.push(this.#bytes.subarray(at, end))
    runs.push(end - at)
    return {
      bytes: Buffer.concat(pieces),
      runs: Int32Array.from(runs),
      names,
      template,
    }
  }

  /** A name that cannot be read makes it another template, or none: its own reading will tell. */
  #matches(known: Skeleton, start: number, end: number): boolean {
    try {
      return this.#isSame(known, start, end)
    } catch (error) {
      if (error instanceof Unreadable) return false
      throw error
    }
  }

  #isSame(known: Skeleton, start: number, end: number): boolean {
    const { bytes: theirs, runs, names } = known
    const ours = this.#bytes
    let their = 0
    let at = start
    for (let i = 0; i < runs.length; i++) {
      const stop = at + runs[i]!
      if (stop > end) return false
      while (at < stop) if (theirs[their++] !== ours[at++]) return false
      if (i === names.length) break
      if (at + 4 > end) return false
      const name = u32(ours, at)
      const expected = names[i]
      at += 4
      if (expected === undefined) continue
      if (this.#names.at(name).text !== expected) return false
      if (name === at) at = this.#names.endOf(name)
    }
    return at === end
  }
}
