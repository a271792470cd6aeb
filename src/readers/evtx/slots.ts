// The values of one record: type, place and length of each slot, over all its templates. Nothing is decoded here until
// a source is evaluated. The arrays are reused for every record.
import type { Scalar, Value } from '../../base/record.ts'

import { chunkBytes, limits, u16, u32, unreadable } from './layout.ts'
import { type Source, sourceKind } from './source.ts'
import { numberOf } from '../system-part.ts'
import {
  arrayFlag,
  arrayTexts,
  countArrayTexts,
  decodeValue,
  text,
  valueType,
} from './value.ts'

const descriptorBytes = 4
const stringArray = valueType.string | arrayFlag

export class Slots {
  readonly types = new Uint8Array(limits.slots)
  readonly offsets = new Int32Array(limits.slots)
  readonly lengths = new Int32Array(limits.slots)
  bytes: Buffer = Buffer.alloc(0)
  count = 0
  /** Slots that hold binary XML, in order. */
  readonly fragments = new Int32Array(limits.instances)
  fragmentCount = 0
  /** How many texts were asked for since the last reset. */
  textsAsked = 0
  /** Whether to make one string of all texts, and cut them from it: pays from about four on. */
  allTexts = false
  readonly #narrow = Buffer.alloc(chunkBytes)
  readonly #starts = new Int32Array(limits.slots)
  readonly #ends = new Int32Array(limits.slots)
  #texts: string | undefined
  #arraySlot = -1
  #items: readonly string[] = []

  reset(bytes: Buffer): void {
    this.bytes = bytes
    this.count = 0
    this.fragmentCount = 0
    this.textsAsked = 0
    this.allTexts = false
    this.#texts = undefined
    this.#arraySlot = -1
  }

  /**
   * Reads the table at `at`: count, then size (2), type (1) and a spare byte each, then the values. Adds as many slots
   * as the template uses, however many there are. Returns the offset after the values.
   */
  read(at: number, end: number, used: number, unfolds: Uint8Array): number {
    const { bytes, types, offsets, lengths } = this
    if (at + 4 > end) unreadable('a record ends before its values')
    const there = u32(bytes, at)
    if (there > (end - at - 4) / descriptorBytes) {
      unreadable(`${there} values in ${end - at} bytes`)
    }
    const base = this.count
    if (base + used > limits.slots) unreadable(`${base + used} slots`)
    let descriptor = at + 4
    let value = descriptor + there * descriptorBytes
    const kept = Math.min(there, used)
    for (let i = 0; i < there; i++) {
      const length = u16(bytes, descriptor)
      if (i < kept) {
        const type = bytes[descriptor + 2]!
        types[base + i] = type
        offsets[base + i] = value
        lengths[base + i] = length
        if (type === valueType.binXml && length && unfolds[i]) {
          this.#fragment(base + i)
        }
      }
      value += length
      descriptor += descriptorBytes
    }
    if (value > end) {
      unreadable(`values run ${value - end} bytes past the record`)
    }
    for (let i = kept; i < used; i++) {
      types[base + i] = valueType.null
      lengths[base + i] = 0
    }
    this.count = base + used
    return value
  }

  /** A value that stands in the XML itself. Returns its slot. */
  add(type: number, at: number, length: number): number {
    if (this.count >= limits.slots) unreadable(`more than ${this.count} values`)
    this.types[this.count] = type
    this.offsets[this.count] = at
    this.lengths[this.count] = length
    return this.count++
  }

  #fragment(slot: number) {
    if (this.fragmentCount >= limits.instances) {
      unreadable(`more than ${limits.instances} fragments`)
    }
    this.fragments[this.fragmentCount++] = slot
  }

  /** -1 where the slot holds no array of texts. */
  arrayCount(slot: number): number {
    if (this.types[slot] !== stringArray) return -1
    return countArrayTexts(this.bytes, this.offsets[slot]!, this.lengths[slot]!)
  }

  evaluate(source: Source): Value | undefined {
    switch (source.kind) {
      case sourceKind.literal:
        return source.value
      case sourceKind.slot:
        return this.#slot(source)
      case sourceKind.number: {
        const value = this.#slot(source)
        return numberOf(value)
      }
      case sourceKind.bits:
        return asBits(this.#slot(source))
      case sourceKind.parts:
        return this.#parts(source.of)
      case sourceKind.list:
        return this.#list(source.of)
      case sourceKind.lines:
        return this.#lines(source.of)
      case sourceKind.item:
        return this.#array(source.slot)[source.item] ?? ''
    }
    return undefined
  }

  #slot(source: Source): Value | undefined {
    const slot = source.slot
    const type = this.types[slot]!
    const length = this.lengths[slot]!
    if (length === 0) {
      return type === valueType.null ? source.whenNull : ''
    }
    if (type === valueType.string) return this.#text(slot, length)
    return decodeValue(this.bytes, type, this.offsets[slot]!, length)
  }

  #text(slot: number, length: number): string {
    this.textsAsked++
    if (this.allTexts) {
      this.#texts ??= this.#narrowTexts()
      const start = this.#starts[slot]!
      if (start >= 0) return this.#texts.substring(start, this.#ends[slot]!)
    }
    return text(this.bytes, this.offsets[slot]!, length)
  }

  /**
   * Nearly all text of events is Latin-1: its UTF-16 halves are copied side by side and made one string at once. A text
   * that has other characters gets the start -1.
   */
  #narrowTexts(): string {
    const { bytes, types } = this
    const narrow = this.#narrow
    let to = 0
    for (let slot = 0; slot < this.count; slot++) {
      if (types[slot] !== valueType.string) continue
      const start = to
      let at = this.offsets[slot]!
      let end = at + (this.lengths[slot]! & ~1)
      while (end > at && bytes[end - 1] === 0 && bytes[end - 2] === 0) end -= 2
      // Slots of fragments lie within slots, so texts can be more than the record has bytes.
      if (to + (end - at) / 2 > narrow.length) {
        this.#starts[slot] = -1
        continue
      }
      let wide = 0
      for (; at < end; at += 2) {
        narrow[to++] = bytes[at]!
        wide |= bytes[at + 1]!
      }
      if (wide) to = start
      this.#starts[slot] = wide ? -1 : start
      this.#ends[slot] = to
    }
    return narrow.latin1Slice(0, to)
  }

  // Each of its items may be a field of its own.
  #array(slot: number): readonly string[] {
    if (slot !== this.#arraySlot) {
      this.#arraySlot = slot
      this.#items = arrayTexts(
        this.bytes,
        this.offsets[slot]!,
        this.lengths[slot]!,
      )
    }
    return this.#items
  }

  /** Shortens the values that are used again and again, so that together they have at most so many bytes. true: some were. */
  shorten(uses: ReadonlyMap<number, number>, mostBytes: number): boolean {
    if (this.bytesOf(uses) <= mostBytes) return false
    const { types, lengths } = this
    let all = 0
    for (const times of uses.values()) all += times
    for (const slot of uses.keys()) {
      // Even, so that no UTF-16 unit is cut.
      const each = Math.floor(mostBytes / all / this.#costOfByte(slot)) & ~1
      if (lengths[slot]! <= each) continue
      lengths[slot] = each
      if (each === 0) types[slot] = valueType.string
    }
    return true
  }

  /** What values cost that are used so often, in bytes of text. */
  bytesOf(uses: ReadonlyMap<number, number>): number {
    let bytes = 0
    for (const [slot, times] of uses) {
      bytes += times * this.lengths[slot]! * this.#costOfByte(slot)
    }
    return bytes
  }

  /** A list's value may take two bytes, and costs what a text of sixteen does. */
  #costOfByte(slot: number): number {
    return this.types[slot]! & arrayFlag ? 8 : 1
  }

  #parts(of: readonly Source[]): string {
    let text = ''
    for (const source of of) text += asText(this.evaluate(source))
    return text
  }

  #list(of: readonly Source[]): Value {
    const out: Scalar[] = []
    for (const source of of) {
      const value = this.evaluate(source)
      if (isList(value)) for (const item of value) out.push(item)
      else if (value !== undefined) out.push(value)
    }
    return out
  }

  #lines(of: readonly Source[]): string {
    return of
      .map((source) => {
        const value = this.evaluate(source)
        return isList(value) ? value.join('\n') : asText(value)
      })
      .join('\n')
  }
}

function isList(value: Value | undefined): value is readonly Scalar[] {
  return Array.isArray(value)
}

function asText(value: Value | undefined): string {
  if (value === undefined || value === null) return ''
  return isList(value) ? value.join(', ') : String(value)
}

function asBits(value: Value | undefined): Value | undefined {
  return typeof value === 'number' && value >= 0
    ? `0x${value.toString(16)}`
    : value
}
