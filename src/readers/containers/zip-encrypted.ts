// Members that Node cannot decode by itself: encrypted ones, tried with the password under which malware samples are
// exchanged, and Deflate64, which Windows writes for large files.
import type { FileEntry, ZipReader, Reader as ZipBytes } from '@zip.js/zip.js'

import type { RandomAccess } from './context.ts'
import type { Decoded } from './inflate.ts'
import type { ZipEntry } from './zip-directory.ts'

/** Tried of every archive. */
const samplePassword = 'infected'
/** Read at once, in bytes. */
const maxReadBytes = 64 * 1024 * 1024
/** Members of an archive that are looked through; the directory is read as a whole. */
const maxEntries = 10_000

/** Reads members of one archive by the library; it is opened when the first is asked for. */
export class RareMembers {
  readonly #bytes: RandomAccess
  readonly #passwords: readonly string[]
  #zip: ZipReader<RandomAccess> | undefined
  #entries: Map<number, FileEntry> | undefined

  constructor(bytes: RandomAccess, passwords: readonly string[]) {
    this.#bytes = bytes
    this.#passwords = [samplePassword, ...passwords]
  }

  /** Throws what the library says, and LimitReached. */
  async read(
    entry: ZipEntry,
    to: Decoded,
    isWanted: () => boolean,
  ): Promise<void> {
    const found = (await this.#open()).get(entry.offset)
    if (!found) throw new Error(`is not among the first ${maxEntries} members`)
    if (!entry.isEncrypted) {
      await this.#decode(found, to, isWanted)
      return
    }
    const password = await this.#passwordOf(found)
    await this.#decode(found, to, isWanted, password)
  }

  /** The first that opens it. Where none does, the first, whose error says so. */
  async #passwordOf(found: FileEntry): Promise<string> {
    for (const password of this.#passwords) {
      try {
        await found.getData(new WritableStream(), {
          useWebWorkers: false,
          checkPasswordOnly: true,
          password,
        })
        return password
      } catch {}
    }
    return this.#passwords[0]!
  }

  async #decode(
    found: FileEntry,
    to: Decoded,
    isWanted: () => boolean,
    password?: string,
  ): Promise<void> {
    const stop = new AbortController()
    let failed: unknown
    const writable = new WritableStream<Uint8Array>({
      async write(chunk) {
        try {
          const { buffer, byteOffset, byteLength } = chunk
          await to.give(Buffer.from(buffer, byteOffset, byteLength))
        } catch (error) {
          failed = error
          throw error
        }
        if (!isWanted()) stop.abort()
      },
    })
    try {
      await found.getData(writable, {
        useWebWorkers: false,
        checkSignature: true,
        signal: stop.signal,
        ...(password !== undefined && { password }),
      })
    } catch (error) {
      if (!stop.signal.aborted) throw failed ?? error
    }
  }

  async #open(): Promise<Map<number, FileEntry>> {
    if (this.#entries) return this.#entries
    const { Reader, ZipReader } = await import('@zip.js/zip.js')
    this.#zip = new ZipReader(zipBytes(Reader, this.#bytes), {
      useWebWorkers: false,
      // Names are labels here, and other tools' archives are what they are.
      strictness: 'tolerant',
    })
    this.#entries = new Map()
    for await (const entry of this.#zip.getEntriesGenerator()) {
      if (this.#entries.size >= maxEntries) break
      if (!entry.directory) this.#entries.set(entry.offset, entry)
    }
    return this.#entries
  }

  async close(): Promise<void> {
    await this.#zip?.close().catch(() => undefined)
  }
}

function zipBytes(
  BytesReader: typeof ZipBytes<RandomAccess>,
  bytes: RandomAccess,
): ZipBytes<RandomAccess> {
  const reader = new BytesReader(bytes)
  reader.size = bytes.size
  reader.readUint8Array = (index, length) => {
    const most = Math.max(0, Math.min(length, bytes.size - index))
    if (most > maxReadBytes) {
      throw new Error(`a part of ${most} bytes, at most ${maxReadBytes}`)
    }
    return bytes.read(index, most)
  }
  return reader
}
