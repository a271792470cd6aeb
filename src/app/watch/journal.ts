// What must survive: how far each source is, and what the stations made of its events until then, in one append. So a source is never
// ahead of what was made of it, nor behind. Collectors hold no state that is written down: they are fed again what stands here, and come
// to where they were. Each record is length, digest and bytes; what a fall cut off is cut off.
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'

import type { Part } from '../stations/station.ts'
import { openStateFile, readStateFile, writeStateFile } from './state-file.ts'
import { UnusableState } from './unusable.ts'
import type { SourceState } from './sources/source.ts'

/** Of what is written below; another one is refused, with a way out. */
export const stateVersion = 1

/** What one turn brought. Plain data. */
export interface Batch {
  readonly sources: readonly SourceState[]
  readonly parts: readonly Part[]
  /** Milliseconds since 1970; the collectors were moved to it behind the parts. */
  readonly watermark: number
  /** Of the events behind the parts, the latest. */
  readonly latest: number
  /** What comes of it was told before the journal was cut, and may not come out the same again. */
  readonly told?: true
}

export type Entry =
  /** Ids of the rules as the parts behind it number them. */
  | { readonly kind: 'rules'; readonly ids: readonly string[] }
  | ({ readonly kind: 'batch' } & Batch)

const headBytes = 12
/** Of the file that says which version wrote it. */
const maxVersionBytes = 256
/** In bytes; read at once to see whether a record is whole. */
const digestBlockBytes = 1024 * 1024
/** In bytes. A longer record is no record. */
const maxRecordBytes = 512 * 1024 * 1024

export class Journal {
  readonly #path: string
  #fd: number
  bytes: number

  private constructor(path: string) {
    this.#path = path
    this.#fd = openStateFile(path, 'append')
    this.bytes = statSync(path).size
  }

  /** Throws where the folder holds the state of another version. */
  static open(folder: string): Journal {
    checkVersion(folder)
    return new Journal(join(folder, 'journal'))
  }

  /** Durable when it returns. */
  append(entry: Entry): void {
    this.bytes += write(this.#fd, entry)
    fdatasyncSync(this.#fd)
  }

  /** From the beginning; what is torn at the end is cut off, and `torn` hears how many bytes that was. */
  *entries(torn?: (bytes: number) => void): Generator<Entry> {
    for (const { entry } of this.records(torn)) yield entry
  }

  /** The same, each with its size in bytes. */
  *records(
    torn: (bytes: number) => void = () => {},
  ): Generator<{ readonly entry: Entry; readonly bytes: number }> {
    const fd = openStateFile(this.#path, 'change')
    let at = 0
    try {
      const { size } = statSync(this.#path)
      while (at < size) {
        const record = readRecord(fd, at, size)
        if (!record) {
          torn(size - at)
          ftruncateSync(fd, at)
          this.bytes = at
          return
        }
        yield record
        at += record.bytes
      }
    } finally {
      closeSync(fd)
    }
  }

  /** All of it becomes these entries, or stays as it is. */
  replace(entries: Iterable<Entry>): void {
    const path = `${this.#path}.new`
    const fd = openStateFile(path, 'replace')
    let bytes = 0
    try {
      for (const entry of entries) bytes += write(fd, entry)
      fdatasyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(path, this.#path)
    closeSync(this.#fd)
    this.#fd = openStateFile(this.#path, 'append')
    this.bytes = bytes
  }

  close(): void {
    closeSync(this.#fd)
  }
}

function checkVersion(folder: string): void {
  const path = join(folder, 'version')
  if (!existsSync(path)) {
    writeStateFile(path, `${stateVersion}\n`)
    return
  }
  const found = readStateFile(path, maxVersionBytes).trim()
  if (found === String(stateVersion)) return
  throw new UnusableState(
    `"${folder}" holds state of version "${found}", this ipcwatch reads version ${stateVersion}: give another --state folder, or go on with the ipcwatch that wrote it`,
  )
}

function write(fd: number, entry: Entry): number {
  const body = serialize(entry)
  const head = Buffer.alloc(headBytes)
  head.writeUInt32LE(body.length, 0)
  digestOf(body).copy(head, 4)
  const all = Buffer.concat([head, body])
  let done = 0
  while (done < all.length) done += writeSync(fd, all, done)
  return all.length
}

function readRecord(
  fd: number,
  at: number,
  size: number,
): { entry: Entry; bytes: number } | undefined {
  const head = Buffer.alloc(headBytes)
  if (readSync(fd, head, 0, headBytes, at) < headBytes) return undefined
  const length = head.readUInt32LE(0)
  if (length > maxRecordBytes || at + headBytes + length > size)
    return undefined
  // What is no record may say that it is as large as can be: no memory is taken for it.
  if (!digestIn(fd, at + headBytes, length).equals(head.subarray(4)))
    return undefined
  const body = Buffer.alloc(length)
  readSync(fd, body, 0, length, at + headBytes)
  return { entry: deserialize(body) as Entry, bytes: headBytes + length }
}

const digestBytes = 8

function digestOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest().subarray(0, digestBytes)
}

/** The same of what stands in a file. */
function digestIn(fd: number, start: number, length: number): Buffer {
  const hash = createHash('sha256')
  const block = Buffer.alloc(Math.min(length, digestBlockBytes))
  for (let done = 0; done < length; ) {
    const most = Math.min(block.length, length - done)
    const got = readSync(fd, block, 0, most, start + done)
    if (got === 0) break
    hash.update(block.subarray(0, got))
    done += got
  }
  return hash.digest().subarray(0, digestBytes)
}
