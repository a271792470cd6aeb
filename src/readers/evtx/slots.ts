// The values of one record: type, place and length of each slot, over all its templates. Nothing is decoded here until
// a source is evaluated. The arrays are reused for every record.
import type { Scalar, Value } from '../../base/record.ts'

import { limits, u16, u32, unreadable } from './layout.ts'
import { type Source, sourceKind } from './source.ts'
import { asNumber } from './system-part.ts'
import {
  arrayFlag,
  arrayTexts,
  countArrayTexts,
  decodeValue,
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

  reset(bytes: Buffer): void {
    this.bytes = bytes
    this.count = 0
    this.fragmentCount = 0
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
        return typeof value === 'string' ? asNumber(value) : value
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
    return decodeValue(this.bytes, type, this.offsets[slot]!, length)
  }

  #array(slot: number): readonly string[] {
    return arrayTexts(this.bytes, this.offsets[slot]!, this.lengths[slot]!)
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
      if (isList(value)) out.push(...value)
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
