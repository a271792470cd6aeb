// Compound files (OLE2) made by hand: for tests.
import { guidBytes } from '../../src/readers/documents/binary/guid.ts'

export interface CompoundParts {
  /** By path: `ObjectPool/_1/[1]Ole`; storages are made for what is before a slash. */
  readonly streams: Readonly<Record<string, Buffer>>
  /** Class ids of storages; that of the root under ''. */
  readonly classes?: Readonly<Record<string, string>>
}

const sector = 512
const mini = 64
const cutoff = 4096
const end = 0xffff_fffe
const free = 0xffff_ffff
const fatSector = 0xffff_fffd

interface Entry {
  readonly path: string
  readonly type: number
  readonly content: Buffer
  start: number
}

export function compoundOf({ streams, classes = {} }: CompoundParts): Buffer {
  const entries = entriesOf(streams)
  const sectors: Buffer[] = []
  const fat: number[] = []
  const put = (bytes: Buffer): number => {
    const count = Math.ceil(bytes.length / sector)
    if (count === 0) return end
    const first = sectors.length
    for (let i = 0; i < count; i++) {
      sectors.push(padded(bytes.subarray(i * sector, (i + 1) * sector), sector))
      fat.push(i === count - 1 ? end : first + i + 1)
    }
    return first
  }
  const shorts: Buffer[] = []
  const miniFat: number[] = []
  for (const entry of entries) {
    if (entry.type !== 2) continue
    if (entry.content.length >= cutoff) entry.start = put(entry.content)
    else {
      const count = Math.ceil(entry.content.length / mini)
      entry.start = count ? miniFat.length : end
      for (let i = 0; i < count; i++)
        miniFat.push(i === count - 1 ? end : miniFat.length + 1)
      shorts.push(padded(entry.content, count * mini))
    }
  }
  const root = Buffer.concat(shorts)
  const rootAt = put(root)
  const miniFatAt = put(
    padded(numbers(miniFat), Math.ceil(miniFat.length / 128) * sector, 0xff),
  )
  const directoryAt = put(directory(entries, classes, rootAt, root.length))
  const fatCount = Math.ceil((sectors.length + 2) / 127)
  const fatAt = sectors.length
  for (let i = 0; i < fatCount; i++) fat.push(fatSector)
  const table = padded(numbers(fat), fatCount * sector, 0xff)
  const head = header(
    { fatAt, fatCount, directoryAt, miniFatAt },
    Math.ceil(miniFat.length / 128),
  )
  return Buffer.concat([head, ...sectors, table])
}

function entriesOf(streams: CompoundParts['streams']): Entry[] {
  const entries = new Map<string, Entry>()
  const add = (path: string, type: number, content: Buffer) =>
    entries.set(path, { path, type, content, start: 0 })
  add('', 5, Buffer.alloc(0))
  for (const [path, content] of Object.entries(streams)) {
    const parts = path.split('/')
    for (let i = 1; i < parts.length; i++) {
      const storage = parts.slice(0, i).join('/')
      if (!entries.has(storage)) add(storage, 1, Buffer.alloc(0))
    }
    add(path, 2, content)
  }
  return [...entries.values()]
}

function directory(
  entries: readonly Entry[],
  classes: Readonly<Record<string, string>>,
  rootAt: number,
  rootBytes: number,
): Buffer {
  const parentOf = (path: string) => path.split('/').slice(0, -1).join('/')
  const rows = entries.map((entry, i) => {
    const row = Buffer.alloc(128)
    const name = (entry.path.split('/').at(-1) || 'Root Entry').replace(
      /\[(\d+)\]/g,
      (_, n: string) => String.fromCharCode(Number(n)),
    )
    row.write(name, 'utf16le')
    row.writeUInt16LE((name.length + 1) * 2, 64)
    row[66] = entry.type
    row[67] = 1
    const isChild = (e: Entry) =>
      e.path !== '' && parentOf(e.path) === entry.path
    const nextSibling = entries.findIndex(
      (e, at) =>
        at > i &&
        entry.path !== '' &&
        parentOf(e.path) === parentOf(entry.path),
    )
    const child = entry.type === 2 ? -1 : entries.findIndex(isChild)
    row.writeUInt32LE(free, 68)
    row.writeUInt32LE(nextSibling < 0 ? free : nextSibling, 72)
    row.writeUInt32LE(child < 0 ? free : child, 76)
    const classId = classes[entry.path]
    if (classId) guidBytes(classId).copy(row, 80)
    const isRoot = entry.type === 5
    row.writeUInt32LE(isRoot ? rootAt : entry.start, 116)
    row.writeUInt32LE(isRoot ? rootBytes : entry.content.length, 120)
    return row
  })
  const all = Buffer.concat(rows)
  return padded(all, Math.ceil(all.length / sector) * sector)
}

function header(
  at: {
    fatAt: number
    fatCount: number
    directoryAt: number
    miniFatAt: number
  },
  miniFatCount: number,
): Buffer {
  const head = Buffer.alloc(sector)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(head)
  head.writeUInt16LE(0x3e, 24)
  head.writeUInt16LE(3, 26)
  head.writeUInt16LE(0xfffe, 28)
  head.writeUInt16LE(9, 30)
  head.writeUInt16LE(6, 32)
  head.writeUInt32LE(at.fatCount, 44)
  head.writeUInt32LE(at.directoryAt, 48)
  head.writeUInt32LE(cutoff, 56)
  head.writeUInt32LE(at.miniFatAt, 60)
  head.writeUInt32LE(miniFatCount, 64)
  head.writeUInt32LE(end, 68)
  for (let i = 0; i < 109; i++)
    head.writeUInt32LE(i < at.fatCount ? at.fatAt + i : free, 76 + i * 4)
  return head
}

function numbers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, i) => {
    bytes.writeUInt32LE(value, i * 4)
  })
  return bytes
}

function padded(bytes: Buffer, length: number, fill = 0): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(length - bytes.length, fill)])
}
