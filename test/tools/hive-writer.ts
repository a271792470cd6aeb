// Writes registry hives for tests, in the format that Windows writes (Suhanov, "Windows registry file format specification"), and logs of them.
import { checksumOf, viewOf } from '../../src/posture/hive/base-block.ts'
import { marvin32 } from '../../src/posture/hive/marvin32.ts'

export interface KeyToWrite {
  readonly name: string
  readonly values?: readonly ValueToWrite[]
  readonly keys?: readonly KeyToWrite[]
}

export interface ValueToWrite {
  readonly name: string
  readonly type: number
  readonly data: Buffer
}

export const text = (name: string, value: string): ValueToWrite => ({
  name,
  type: 1,
  data: Buffer.from(`${value}\0`, 'utf16le'),
})

export const dword = (name: string, value: number): ValueToWrite => {
  const data = Buffer.alloc(4)
  data.writeUInt32LE(value)
  return { name, type: 4, data }
}

export const binary = (name: string, data: Uint8Array): ValueToWrite => ({
  name,
  type: 3,
  data: Buffer.from(data),
})

class Bin {
  readonly parts: Buffer[] = []
  length = 32

  cell(content: Buffer): number {
    const { at, room } = this.room(content.length)
    content.copy(room)
    return at
  }

  /** A cell to be filled later. */
  room(length: number): { at: number; room: Buffer } {
    const size = Math.ceil((length + 4) / 8) * 8
    const cell = Buffer.alloc(size)
    cell.writeInt32LE(-size)
    this.parts.push(cell)
    const at = this.length
    this.length += size
    return { at, room: cell.subarray(4) }
  }
}

const bigSegment = 16_344

function writeValue(bin: Bin, value: ValueToWrite): number {
  const vk = Buffer.alloc(20 + value.name.length)
  vk.write('vk', 'latin1')
  vk.writeUInt16LE(value.name.length, 2)
  vk.writeUInt32LE(value.type, 12)
  vk.writeUInt16LE(1, 16)
  vk.write(value.name, 20, 'latin1')
  const { data } = value
  if (data.length <= 4) {
    vk.writeUInt32LE((0x80000000 | data.length) >>> 0, 4)
    data.copy(vk, 8)
    return bin.cell(vk)
  }
  vk.writeUInt32LE(data.length, 4)
  vk.writeUInt32LE(writeData(bin, data), 8)
  return bin.cell(vk)
}

function writeData(bin: Bin, data: Buffer): number {
  if (data.length <= bigSegment) return bin.cell(data)
  const segments: number[] = []
  for (let at = 0; at < data.length; at += bigSegment) {
    // A cell of a segment is four bytes longer than what it holds.
    const part = Buffer.alloc(bigSegment + 4)
    data.copy(part, 0, at, Math.min(data.length, at + bigSegment))
    segments.push(bin.cell(part))
  }
  const db = Buffer.alloc(8)
  db.write('db', 'latin1')
  db.writeUInt16LE(segments.length, 2)
  db.writeUInt32LE(bin.cell(offsets(segments)), 4)
  return bin.cell(db)
}

function offsets(list: readonly number[]): Buffer {
  const bytes = Buffer.alloc(list.length * 4)
  for (const [i, at] of list.entries()) bytes.writeUInt32LE(at, i * 4)
  return bytes
}

function writeKey(bin: Bin, key: KeyToWrite, isRoot: boolean): number {
  // The root stands first, as Windows writes it; some readers look nowhere else.
  const { at, room: nk } = bin.room(76 + key.name.length)
  const values = (key.values ?? []).map((v) => writeValue(bin, v))
  const keys = (key.keys ?? []).map((k) => writeKey(bin, k, false))
  nk.write('nk', 'latin1')
  nk.writeUInt16LE(isRoot ? 0x2c : 0x20, 2)
  nk.writeUInt32LE(keys.length, 20)
  nk.writeUInt32LE(keys.length ? keyList(bin, key.keys!, keys) : 0xffffffff, 28)
  nk.writeUInt32LE(0xffffffff, 32)
  nk.writeUInt32LE(values.length, 36)
  nk.writeUInt32LE(values.length ? bin.cell(offsets(values)) : 0xffffffff, 40)
  nk.writeUInt32LE(0xffffffff, 44)
  nk.writeUInt32LE(0xffffffff, 48)
  nk.writeUInt16LE(key.name.length, 72)
  nk.write(key.name, 76, 'latin1')
  return at
}

function keyList(
  bin: Bin,
  keys: readonly KeyToWrite[],
  cells: number[],
): number {
  const lh = Buffer.alloc(4 + cells.length * 8)
  lh.write('lh', 'latin1')
  lh.writeUInt16LE(cells.length, 2)
  for (const [i, cell] of cells.entries()) {
    let hash = 0
    for (const c of keys[i]!.name.toUpperCase()) {
      hash = (Math.imul(hash, 37) + c.charCodeAt(0)) >>> 0
    }
    lh.writeUInt32LE(cell, 4 + i * 8)
    lh.writeUInt32LE(hash, 8 + i * 8)
  }
  return bin.cell(lh)
}

export interface HiveOptions {
  readonly name?: string
  readonly primary?: number
  readonly secondary?: number
}

export function writeHive(root: KeyToWrite, options: HiveOptions = {}): Buffer {
  const bin = new Bin()
  const at = writeKey(bin, root, true)
  const length = Math.ceil(bin.length / 4096) * 4096
  const hbin = Buffer.alloc(length)
  hbin.write('hbin', 'latin1')
  hbin.writeUInt32LE(length, 8)
  Buffer.concat(bin.parts).copy(hbin, 32)
  // What is left of the bin is one free cell.
  if (length - bin.length >= 8)
    hbin.writeInt32LE(length - bin.length, bin.length)
  return Buffer.concat([baseBlock(at, length, 0, options), hbin])
}

function baseBlock(
  root: number,
  length: number,
  type: number,
  o: HiveOptions,
): Buffer {
  const head = Buffer.alloc(4096)
  head.write('regf', 'latin1')
  head.writeUInt32LE(o.primary ?? 1, 4)
  head.writeUInt32LE(o.secondary ?? 1, 8)
  head.writeUInt32LE(1, 20)
  head.writeUInt32LE(5, 24)
  head.writeUInt32LE(type, 28)
  head.writeUInt32LE(1, 32)
  head.writeUInt32LE(root, 36)
  head.writeUInt32LE(length, 40)
  head.writeUInt32LE(1, 44)
  head.write(o.name ?? '', 48, 'utf16le')
  head.writeUInt32LE(checksumOf(viewOf(head)), 508)
  return head
}

/** A log whose one entry makes `hive` of what it was before: all of its pages. */
export function writeLog(hive: Buffer, sequence: number): Buffer {
  const bins = hive.subarray(4096)
  const count = bins.length / 4096
  const size = Math.ceil((40 + count * 8 + bins.length) / 512) * 512
  const entry = Buffer.alloc(size)
  entry.write('HvLE', 'latin1')
  entry.writeUInt32LE(size, 4)
  entry.writeUInt32LE(sequence, 12)
  entry.writeUInt32LE(bins.length, 16)
  entry.writeUInt32LE(count, 20)
  for (let i = 0; i < count; i++) {
    entry.writeUInt32LE(i * 4096, 40 + i * 8)
    entry.writeUInt32LE(4096, 44 + i * 8)
  }
  bins.copy(entry, 40 + count * 8)
  writeHash(entry, 24, entry.subarray(40))
  writeHash(entry, 32, entry.subarray(0, 32))
  const options = { primary: sequence, secondary: sequence }
  const head = baseBlock(hive.readUInt32LE(36), bins.length, 6, options)
  return Buffer.concat([head.subarray(0, 512), entry])
}

function writeHash(entry: Buffer, at: number, bytes: Buffer): void {
  const [low, high] = marvin32(bytes)
  entry.writeUInt32LE(low, at)
  entry.writeUInt32LE(high, at + 4)
}
