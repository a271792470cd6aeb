// The names in a compound file (MS-CFB 2.6). Entries hang in a tree of left, right and child; one that hangs nowhere is
// named too, since what one program does not find another may.
import type { Damage } from '../../../base/record.ts'

import { u16At, u32At } from '../binary/cursor.ts'
import { guidAt } from '../binary/guid.ts'

export interface CompoundEntry {
  /** `ObjectPool/_1269427326/[1]Ole`. */
  readonly path: string
  readonly name: string
  /** Path of the storage it lies in; empty for the root. */
  readonly storage: string
  readonly kind: 'storage' | 'stream'
  /** Of the program that a storage belongs to; empty where it says none. */
  readonly classId: string
  readonly start: number
  readonly size: number
}

const entryBytes = 128
const maxEntries = 65_536
const none = 0xffff_ffff
/** 2.6.1, object type. */
const types = { storage: 1, stream: 2, root: 5 }

interface Directory {
  readonly entries: readonly CompoundEntry[]
  /** Where the short streams lie. */
  readonly root: CompoundEntry | undefined
}

export function readDirectory(
  bytes: Buffer,
  told: (damage: Damage) => void,
): Directory {
  const all = Math.floor(bytes.length / entryBytes)
  const count = Math.min(all, maxEntries)
  const say = (message: string) =>
    told({ what: 'compound file', offset: 0, message })
  if (all > count)
    say(`${all} directory entries, at most ${maxEntries} are read`)
  if (count === 0) say('it has no directory')
  const walk = new Walk(bytes, count)
  if (count > 0) walk.hang(0, '')
  const unlinked = walk.unlinked()
  if (unlinked > 0)
    say(`${unlinked} directory entries hang nowhere; they are read as well`)
  return { entries: walk.entries, root: walk.entries[0] }
}

class Walk {
  readonly entries: CompoundEntry[] = []
  readonly #bytes: Buffer
  readonly #count: number
  readonly #seen = new Set<number>()

  constructor(bytes: Buffer, count: number) {
    this.#bytes = bytes
    this.#count = count
  }

  hang(first: number, storage: string): void {
    const open: { id: number; storage: string }[] = [{ id: first, storage }]
    for (let next = open.pop(); next; next = open.pop()) {
      const { id, storage: within } = next
      if (id === none || id >= this.#count || this.#seen.has(id)) continue
      this.#seen.add(id)
      const at = id * entryBytes
      const entry = this.#entry(at, id === 0, within)
      if (entry) this.entries.push(entry)
      const below = nearer(entry?.path ?? within)
      open.push({ id: u32At(this.#bytes, at + 72), storage: within })
      if (entry?.kind !== 'stream')
        open.push({ id: u32At(this.#bytes, at + 76), storage: below })
      open.push({ id: u32At(this.#bytes, at + 68), storage: within })
    }
  }

  unlinked(): number {
    const before = this.entries.length
    for (let id = 1; id < this.#count; id++) {
      if (!this.#seen.has(id)) this.hang(id, '(unlinked)')
    }
    return this.entries.length - before
  }

  #entry(
    at: number,
    isRoot: boolean,
    storage: string,
  ): CompoundEntry | undefined {
    const type = this.#bytes[at + 66]!
    if (!isRoot && type !== types.storage && type !== types.stream)
      return undefined
    const units = Math.min(64, u16At(this.#bytes, at + 64)) & ~1
    const name = shownName(
      this.#bytes.toString('utf16le', at, at + Math.max(0, units - 2)),
    )
    return {
      name,
      path: isRoot ? '' : storage ? `${storage}/${name}` : name,
      storage,
      kind: type === types.stream ? 'stream' : 'storage',
      classId: guidAt(this.#bytes, at + 80),
      start: u32At(this.#bytes, at + 116),
      size: u32At(this.#bytes, at + 120),
    }
  }
}

/** UTF-16 units of a path; storages within storages are cut here, so that they do not add up. */
const maxPath = 512

function nearer(path: string): string {
  return path.length > maxPath ? '(deep)' : path
}

function shownName(name: string): string {
  return name.replace(/[\x00-\x1f]/g, (c) => `[${c.charCodeAt(0)}]`)
}
