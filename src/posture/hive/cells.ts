// The keys and values of a hive: cells that point at each other, by offsets from the end of the base block. None is believed: each must lie
// inside, bear its mark and be met for the first time. Suhanov, section "Cells".
import { baseBlockLength, textAt, viewOf } from './base-block.ts'

export interface HiveValue {
  readonly name: string
  readonly type: number
  readonly data: Uint8Array
  /** In the file. */
  readonly offset: number
}

export interface HiveKey {
  readonly name: string
  /** In the file. */
  readonly offset: number
  readonly cell: number
}

const nkHead = 76
const vkHead = 20
const compressedKeyName = 0x20
const compressedValueName = 0x1
const inlineData = 0x80000000
/** [MS-RRP] 3.1.1.10: a key's name has at most 255 characters, a value's 16,383. */
const maxValues = 100_000
const maxSubkeys = 1_000_000
/** Of one value. */
const maxData = 16 * 1024 * 1024
/** Bytes of a hive that an entry of a list takes at least: more entries than there is room for overlap. */
const bytesOfEntry = 4
const bigSegment = 16_344

export class Hive {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly damage: string[] = []
  readonly #met = new Set<number>()
  /** Entries of lists, and bytes of values, that may still be followed: a hive has each of its bytes once. */
  #entries: number
  #dataBytes: number

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = viewOf(bytes)
    this.#entries = Math.ceil(bytes.length / bytesOfEntry)
    this.#dataBytes = bytes.length
  }

  key(cell: number): HiveKey | undefined {
    const at = this.#cell(cell, 'nk', nkHead)
    if (at === undefined) return undefined
    const length = this.#view.getUint16(at + 72, true)
    const isNarrow = this.#view.getUint16(at + 2, true) & compressedKeyName
    const name = this.#name(at + nkHead, length, isNarrow !== 0)
    return { name, offset: at, cell }
  }

  /** Each key once: a circle ends where it began. */
  *subkeys(of: HiveKey): Generator<HiveKey> {
    const count = this.#view.getUint32(of.offset + 20, true)
    if (count === 0) return
    const list = this.#view.getUint32(of.offset + 28, true)
    for (const cell of this.#listed(list, Math.min(count, maxSubkeys), 0)) {
      if (this.#met.has(cell)) {
        this.#lost(`key at cell ${cell} stands in two places`)
        continue
      }
      this.#met.add(cell)
      const key = this.key(cell)
      if (key) yield key
    }
  }

  *values(of: HiveKey): Generator<HiveValue> {
    const count = this.#view.getUint32(of.offset + 36, true)
    if (count === 0) return
    const list = this.#room(this.#view.getUint32(of.offset + 40, true), 4)
    if (!list) return
    const most = Math.min(count, maxValues, Math.floor(list.length / 4))
    if (most < count) this.#lost(`${of.name}: ${most} of ${count} values`)
    for (let i = 0; i < most && this.#mayFollow(); i++) {
      const value = this.#value(this.#view.getUint32(list.at + i * 4, true))
      if (value) yield value
    }
  }

  #value(cell: number): HiveValue | undefined {
    const at = this.#cell(cell, 'vk', vkHead)
    if (at === undefined) return undefined
    const view = this.#view
    const isNarrow = view.getUint16(at + 16, true) & compressedValueName
    const length = view.getUint16(at + 2, true)
    const data = this.#data(at, view.getUint32(at + 4, true))
    if (!data) return undefined
    return {
      name: this.#name(at + vkHead, length, isNarrow !== 0),
      type: view.getUint32(at + 12, true),
      data,
      offset: at,
    }
  }

  #data(vk: number, size: number): Uint8Array | undefined {
    if (size >= inlineData) {
      const length = Math.min(4, size - inlineData)
      return this.#bytes.subarray(vk + 8, vk + 8 + length)
    }
    if (size === 0) return new Uint8Array()
    this.#dataBytes -= size
    if (this.#dataBytes < 0) {
      this.#lost('values overlap: they hold more bytes than the hive')
      return undefined
    }
    const room = this.#room(this.#view.getUint32(vk + 8, true), 1)
    if (!room || size > maxData) {
      this.#lost(`value at ${vk}: its data of ${size} bytes lie outside`)
      return undefined
    }
    const isBig = size > bigSegment && textAt(this.#bytes, room.at, 2) === 'db'
    if (isBig) return this.#bigData(room.at, size)
    if (size > room.length) {
      this.#lost(`value at ${vk}: ${room.length} of ${size} bytes`)
      return undefined
    }
    return this.#bytes.subarray(room.at, room.at + size)
  }

  #bigData(db: number, size: number): Uint8Array | undefined {
    const count = this.#view.getUint16(db + 2, true)
    const list = this.#room(this.#view.getUint32(db + 4, true), 4 * count)
    const data = new Uint8Array(size)
    let length = 0
    for (let i = 0; list && i < count && length < size; i++) {
      const room = this.#room(this.#view.getUint32(list.at + i * 4, true), 1)
      if (!room) break
      const part = Math.min(bigSegment, size - length, room.length)
      data.set(this.#bytes.subarray(room.at, room.at + part), length)
      length += part
    }
    if (length === size) return data
    this.#lost(`big value at ${db}: ${length} of ${size} bytes`)
    return undefined
  }

  *#listed(cell: number, most: number, depth: number): Generator<number> {
    const room = this.#room(cell, 4)
    if (!room) return
    const mark = textAt(this.#bytes, room.at, 2)
    const width = mark === 'lf' || mark === 'lh' ? 8 : 4
    if (!['lf', 'lh', 'li', 'ri'].includes(mark) || depth > 1) {
      this.#lost(`cell ${cell} is no list of keys`)
      return
    }
    const told = this.#view.getUint16(room.at + 2, true)
    const count = Math.min(told, most, Math.floor((room.length - 4) / width))
    for (let i = 0; i < count && this.#mayFollow(); i++) {
      const next = this.#view.getUint32(room.at + 4 + i * width, true)
      if (mark === 'ri') yield* this.#listed(next, most, depth + 1)
      else yield next
    }
  }

  #mayFollow(): boolean {
    if (this.#entries-- > 0) return true
    this.#lost('lists overlap: they have more entries than the hive has room')
    return false
  }

  /** Where a cell's content begins. */
  #cell(cell: number, mark: string, least: number): number | undefined {
    const room = this.#room(cell, least)
    if (room && textAt(this.#bytes, room.at, 2) === mark) return room.at
    this.#lost(`cell ${cell}: no ${mark}`)
    return undefined
  }

  #room(
    cell: number,
    least: number,
  ): { at: number; length: number } | undefined {
    const at = baseBlockLength + cell
    if (cell === 0xffffffff || at + 4 > this.#bytes.length) return undefined
    const length = Math.abs(this.#view.getInt32(at, true)) - 4
    if (length < least || at + 4 + length > this.#bytes.length) return undefined
    return { at: at + 4, length }
  }

  #name(at: number, length: number, isNarrow: boolean): string {
    const bytes = Buffer.from(this.#bytes.subarray(at, at + length))
    return bytes.toString(isNarrow ? 'latin1' : 'utf16le')
  }

  /** Each kind of damage is worth a line, a thousand are not. */
  #lost(what: string): void {
    if (this.damage.length < 20 && this.damage.at(-1) !== what)
      this.damage.push(what)
  }
}
