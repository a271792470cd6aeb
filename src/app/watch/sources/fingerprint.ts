// Is this file, or the beginning of it, what was read before? A log is renamed, copied and packed while nobody looks; its bytes stay.
import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

/** Bytes at the beginning, and bytes before the position, that stand for all that was read. */
const sampleBytes = 4 * 1024

/** Of the first `bytes` of a file. Plain data: it is kept. */
export interface Fingerprint {
  readonly bytes: number
  readonly head: string
  /** Of the bytes before `bytes`. */
  readonly tail: string
}

export async function fingerprint(
  file: FileHandle,
  bytes: number,
): Promise<Fingerprint> {
  const sample = Math.min(bytes, sampleBytes)
  const head = await hashAt(file, 0, sample)
  const tail = await hashAt(file, bytes - sample, sample)
  return { bytes, head, tail }
}

/** Tells which fingerprints can be of a file with this beginning: the bytes before a position are for `continues` to look at. */
export class Beginning {
  readonly #head: Buffer
  readonly #hashes = new Map<number, string>()

  constructor(head: Buffer) {
    this.#head = head
  }

  /** Nothing that was read says nothing. */
  fits({ bytes, head }: Fingerprint): boolean {
    const length = Math.min(bytes, sampleBytes)
    if (bytes === 0 || length > this.#head.length) return false
    let hash = this.#hashes.get(length)
    if (hash === undefined) {
      hash = hashOf(this.#head.subarray(0, length))
      this.#hashes.set(length, hash)
    }
    return hash === head
  }
}

/** Is what was read still there, before what may have been added? */
export async function continues(
  file: FileHandle,
  { bytes, tail }: Fingerprint,
): Promise<boolean> {
  const { size } = await file.stat()
  if (size < bytes) return false
  const sample = Math.min(bytes, sampleBytes)
  return (await hashAt(file, bytes - sample, sample)) === tail
}

async function hashAt(
  file: FileHandle,
  offset: number,
  length: number,
): Promise<string> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, offset)
  return hashOf(bytes.subarray(0, bytesRead))
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64').slice(0, 22)
}
