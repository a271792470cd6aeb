// Finds the template that a record of a chunk names by offset. A definition differs from chunk to chunk in where its
// names stand, so it is compared with the spellings that are known, and read only where it is new.
import type { BinXmlParser } from './binxml.ts'
import {
  chunkHeaderBytes,
  limits,
  templateHeaderBytes,
  u32,
  unreadable,
} from './layout.ts'
import type { ChunkNames } from './names.ts'
import { Template } from './template.ts'

/** One spelling: the bytes of the definition, and where names are referred to, with the names that stand elsewhere. */
interface Variant {
  readonly bytes: Buffer
  readonly references: Int32Array
  /** undefined: the name stands right there. */
  readonly names: readonly (string | undefined)[]
  readonly template: Template
}

const variants = new Map<string, Variant[]>()
const byContent = new Map<string, Template>()
let cachedBytes = 0

export class ChunkTemplates {
  readonly #bytes: Buffer
  readonly #names: ChunkNames
  readonly #parser: BinXmlParser
  readonly #known = new Map<number, Template | string>()
  #bytesRead = 0

  constructor(bytes: Buffer, names: ChunkNames, parser: BinXmlParser) {
    this.#bytes = bytes
    this.#names = names
    this.#parser = parser
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
    const spellings = variants.get(guid)
    if (spellings) {
      for (const v of spellings) {
        if (this.#isSame(v, offset, end)) return v.template
      }
    }
    return this.#read(guid, offset, end)
  }

  #read(guid: string, offset: number, end: number): Template {
    const root = this.#parser.definition(offset + templateHeaderBytes, end)
    const key = guid + JSON.stringify(root)
    let template = byContent.get(key)
    const size = end - offset
    const fits = cachedBytes + size + 2 * key.length <= limits.cacheBytes
    if (!template) {
      template = new Template(root)
      if (!fits) return template
      byContent.set(key, template)
      cachedBytes += 2 * key.length
    }
    const list = variants.get(guid) ?? []
    if (!fits || list.length >= limits.variantsPerTemplate) return template
    const references = Int32Array.from(
      this.#parser.nameReferences,
      (at) => at - offset,
    )
    const names = Array.from(references, (at) => {
      const name = u32(this.#bytes, offset + at)
      return name === offset + at + 4 ? undefined : this.#names.at(name)
    })
    list.push({
      bytes: Buffer.from(this.#bytes.subarray(offset, end)),
      references,
      names,
      template,
    })
    variants.set(guid, list)
    cachedBytes += size
    return template
  }

  /** All bytes are compared but the link to the next template or name, and offsets of names, whose names are. */
  #isSame(v: Variant, offset: number, end: number): boolean {
    const theirs = v.bytes
    const ours = this.#bytes
    if (theirs.length !== end - offset) return false
    const { references, names } = v
    let at = 20
    for (let i = 0; i <= references.length; i++) {
      const stop = i < references.length ? references[i]! : theirs.length
      for (; at < stop; at++) {
        if (theirs[at] !== ours[offset + at]) return false
      }
      if (i === references.length) break
      const name = u32(ours, offset + at)
      const here = name === offset + at + 4
      const expected = names[i]
      if (here !== (expected === undefined)) return false
      if (expected !== undefined && this.#names.at(name) !== expected) {
        return false
      }
      at += here ? 8 : 4
    }
    return true
  }
}
