// An EVTX file that Windows writes to: records are added within chunks, and when the file is full the oldest chunk is overwritten. Each
// chunk says which records it holds; those that changed are read again, and what was given is left out.
// Layout: libyal, "Windows XML Event Log (EVTX)", 2 and 3.
import { type FileHandle, open } from 'node:fs/promises'

import {
  chunkBytes,
  chunkMagic,
  fileHeaderBytes,
} from '../../../readers/evtx/layout.ts'

import { SourceAccount } from '../../reading/source-account.ts'
import { SourceReading } from '../../reading/source-reading.ts'
import type { GrowingOptions } from './growing.ts'
import type { Source, SourceListener, SourceState } from './source.ts'

/** Of a chunk's header: magic, then four numbers, the last of them the last record's id. */
const chunkHeadBytes = 40

export class EvtxLog implements Source {
  readonly key: number
  path: string
  readonly identity: string
  readonly account: SourceAccount
  behind = 0
  readonly #reading: SourceReading
  /** By chunk: the last record of it that was given. */
  readonly #given = new Map<number, number>()
  #changed: Record<number, number> = {}
  #stamp = ''
  /** Records up to it, of the chunk that is read, were given. */
  #after = 0

  constructor(
    { key, path, identity, from }: GrowingOptions,
    listener: SourceListener,
  ) {
    this.key = key
    this.path = path
    this.identity = identity
    this.account = new SourceAccount(path)
    this.account.format = 'evtx'
    this.account.opened = true
    for (const [chunk, last] of Object.entries(from?.chunks ?? {})) {
      this.#given.set(Number(chunk), last)
    }
    const { gate } = listener
    this.#reading = new SourceReading({
      event: (event) => {
        if (event.origin.record <= this.#after) return
        this.account.events++
        listener.event(event, this)
      },
      ...(gate && { gate }),
    })
  }

  async read(maxBytes: number): Promise<number> {
    const file = await open(this.path)
    try {
      return await this.#readChanged(file, maxBytes)
    } finally {
      await file.close()
    }
  }

  settle(): void {}

  async state(): Promise<SourceState> {
    const { key, path, identity } = this
    const chunks = this.#changed
    this.#changed = {}
    return { key, kind: 'evtx', path, identity, chunks }
  }

  async end(): Promise<void> {}

  async close(): Promise<void> {}

  async #readChanged(file: FileHandle, maxBytes: number): Promise<number> {
    const { size, mtimeMs } = await file.stat()
    const stamp = `${size} ${mtimeMs}`
    if (stamp === this.#stamp) return 0
    let read = 0
    for (let at = fileHeaderBytes; at < size; at += chunkBytes) {
      if (read >= maxBytes) {
        this.behind = size - at
        return read
      }
      const chunk = (at - fileHeaderBytes) / chunkBytes
      const last = await lastRecordAt(file, at)
      const given = this.#given.get(chunk)
      if (last === undefined || last === given) continue
      // A chunk whose records are all older than what it held is another log's: this one was cleared.
      this.#after = given !== undefined && last > given ? given : 0
      await this.#readChunk(at, size)
      this.#given.set(chunk, last)
      this.#changed[chunk] = last
      read += chunkBytes
    }
    this.behind = 0
    this.#stamp = stamp
    return read
  }

  async #readChunk(at: number, size: number): Promise<void> {
    const end = Math.min(size, at + chunkBytes)
    const { path } = this
    const piece = { path, display: path, start: at, end, format: 'evtx' }
    const { sources } = await this.#reading.run({ ...piece, bytes: end - at })
    this.account.bytes += end - at
    for (const s of sources) {
      this.account.skipped += s.skipped
      for (const problem of s.problems) this.account.problem(problem)
    }
  }
}

/** undefined: there is no chunk here, or none yet. */
async function lastRecordAt(
  file: FileHandle,
  at: number,
): Promise<number | undefined> {
  const head = Buffer.alloc(chunkHeadBytes)
  const { bytesRead } = await file.read(head, 0, chunkHeadBytes, at)
  const isChunk =
    bytesRead === chunkHeadBytes &&
    head.subarray(0, chunkMagic.length).equals(chunkMagic)
  return isChunk ? Number(head.readBigUInt64LE(32)) : undefined
}
