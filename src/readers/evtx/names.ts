// Element and attribute names stand once in a chunk and are referred to by offset: next (4), hash (2), count (2),
// UTF-16 units, NUL. The chain in `next` is never followed, so it cannot loop.
import { chunkHeaderBytes, limits, u16, unreadable } from './layout.ts'

const headBytes = 8

export interface Name {
  readonly text: string
  /** As `nameId` gives it. */
  readonly id: number
}

export class ChunkNames {
  readonly #bytes: Buffer
  readonly #known = new Map<number, Name>()
  #units = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  at(offset: number): Name {
    const known = this.#known.get(offset)
    if (known !== undefined) return known
    const end = this.endOf(offset)
    const text = this.#bytes.ucs2Slice(offset + headBytes, end - 2)
    this.#units += text.length
    if (this.#units > limits.nameUnitsPerChunk) {
      unreadable('names of the chunk overlap')
    }
    const name = { text, id: nameId(text) }
    this.#known.set(offset, name)
    return name
  }

  /** The offset after the name's NUL. */
  endOf(offset: number): number {
    const bytes = this.#bytes
    if (offset < chunkHeaderBytes || offset + headBytes > bytes.length) {
      unreadable(`name offset ${offset} is outside the chunk`)
    }
    const units = u16(bytes, offset + 6)
    if (units > limits.nameUnits) unreadable(`a name of ${units} characters`)
    const end = offset + headBytes + 2 * units + 2
    if (end > bytes.length) unreadable('a name runs out of the chunk')
    return end
  }
}

const nameIds = new Map<string, number>()
let nameUnits = 0

let lastNameId = 0

/**
 * A number for a name that is on the path to a plan. Where too many names are kept they are forgotten; a name may then
 * get another number, but never a number that was another's.
 */
export function nameId(name: string): number {
  const known = nameIds.get(name)
  if (known !== undefined) return known
  nameUnits += name.length + 1
  if (nameUnits > limits.pathUnits) {
    nameIds.clear()
    nameUnits = name.length + 1
  }
  nameIds.set(name, ++lastNameId)
  return lastNameId
}
