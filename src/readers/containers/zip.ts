// The members of a zip, each as a source of its own, in the order of its directory. Encrypted members are tried with the
// password under which malware samples are exchanged.
import type { FileEntry, Reader as ZipBytes } from '@zip.js/zip.js'

import { LimitReached } from './budget.ts'
import type { Context, RandomAccess } from './context.ts'
import { GunzipFlow } from './gunzip.ts'
import {
  type Flow,
  messageOf,
  printableName,
  type SourceMember,
} from './member.ts'
import { isResourceFork } from './tar.ts'

const samplePassword = 'infected'
/** A directory that claims to be larger is not read, in bytes. */
const maxReadBytes = 64 * 1024 * 1024
/** A zip within an archive is held in memory up to this size, in bytes. */
export const maxNestedZipBytes = 128 * 1024 * 1024

export function isZip(head: Buffer): boolean {
  const magic = head.toString('latin1', 0, 4)
  return magic === 'PK\x03\x04' || magic === 'PK\x05\x06'
}

/** Documents and programs that are zips inside: not archives of logs. */
const packages: readonly { readonly member: string; readonly kind: string }[] =
  [
    { member: '[Content_Types].xml', kind: 'office document (Open XML)' },
    { member: 'META-INF/manifest.xml', kind: 'office document (OpenDocument)' },
    { member: 'META-INF/MANIFEST.MF', kind: 'Java archive' },
    { member: 'AndroidManifest.xml', kind: 'Android package' },
  ]

export async function readZip(
  bytes: RandomAccess,
  context: Context,
  member: SourceMember,
): Promise<void> {
  const { visitor } = context
  const { Reader, ZipReader } = await import('@zip.js/zip.js')
  const say = (kind: 'damaged' | 'limit', error: unknown) =>
    visitor.problem({
      file: member.file,
      kind,
      message: `zip: ${messageOf(error)}`,
    })
  const zip = new ZipReader(zipBytes(Reader, bytes), {
    useWebWorkers: false,
    // Names are labels here, and other tools' archives are what they are.
    strictness: 'tolerant',
  })
  try {
    const entries = await zip.getEntries()
    const names = new Set(entries.map((e) => e.filename))
    const packaged = packages.find((p) => names.has(p.member))
    if (packaged) {
      const { file } = member
      visitor.problem({ file, kind: 'not-inspected', message: packaged.kind })
      return
    }
    if (entries.length === 0) {
      visitor.problem({
        file: member.file,
        kind: 'empty',
        message: 'zip without members',
      })
    }
    for (const entry of entries) {
      if (context.signal?.aborted) break
      context.budget.member()
      if (entry.directory || isResourceFork(entry.filename)) continue
      if (!(await readEntry(entry, context, member))) break
    }
  } catch (error) {
    say(error instanceof LimitReached ? 'limit' : 'damaged', error)
  } finally {
    await zip.close().catch(() => undefined)
  }
}

/** false: a bound of the whole input was reached. */
async function readEntry(
  entry: FileEntry,
  context: Context,
  outer: SourceMember,
): Promise<boolean> {
  const { visitor, budget } = context
  const name = printableName(entry.filename)
  const file = `${outer.file}!${name}`
  const base = name.split(/[\\/]/).at(-1) ?? name
  const member = { file, name: base, start: 0, linesBefore: 0 }
  // Node's inflate is several times faster than a browser's streams: a deflated member goes through it, dressed as gzip.
  const isDeflated = entry.compressionMethod === deflated && !entry.encrypted
  const flow = isDeflated
    ? new GunzipFlow(context, member, 'zip')
    : context.inside(member)
  const stop = new AbortController()
  let limit: LimitReached | undefined
  const writable = new WritableStream<Uint8Array>({
    async write(chunk) {
      try {
        if (!isDeflated) budget.expanded(chunk.length)
      } catch (error) {
        if (error instanceof LimitReached) limit = error
        throw error
      }
      await flow.write(
        Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength),
      )
      if (flow.done) stop.abort()
    },
  })
  try {
    if (isDeflated) await flow.write(gzipHeader)
    await entry.getData(writable, {
      useWebWorkers: false,
      ...(isDeflated ? { passThrough: true } : { checkSignature: true }),
      signal: stop.signal,
      ...(entry.encrypted && { password: samplePassword }),
    })
    if (isDeflated) await flow.write(gzipTrailer(entry))
  } catch (error) {
    if (limit) throw limit
    if (!stop.signal.aborted) {
      visitor.problem(
        entry.encrypted
          ? {
              file,
              kind: 'encrypted',
              message: `encrypted, not inspected (${messageOf(error)})`,
            }
          : { file, kind: 'damaged', message: `zip: ${messageOf(error)}` },
      )
      // Nothing came out: then there is nothing to say of what is inside.
      if (entry.encrypted) return true
    }
  }
  await flow.end()
  return !(flow instanceof GunzipFlow && flow.overLimit)
}

const deflated = 8
const gzipHeader = Buffer.from([0x1f, 0x8b, deflated, 0, 0, 0, 0, 0, 0, 0])

function gzipTrailer(entry: FileEntry): Buffer {
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE((entry.signature ?? 0) >>> 0, 0)
  return trailer
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

/** A zip inside something else: its directory stands at the end, so all of it must be there first. */
export class NestedZipFlow implements Flow {
  readonly #context: Context
  readonly #member: SourceMember
  readonly #blocks: Buffer[] = []
  #bytes = 0
  done = false

  constructor(context: Context, member: SourceMember) {
    this.#context = context
    this.#member = member
  }

  async write(block: Buffer): Promise<void> {
    if (this.done) return
    this.#bytes += block.length
    if (this.#bytes > maxNestedZipBytes) {
      this.done = true
      this.#blocks.length = 0
      this.#context.visitor.problem({
        file: this.#member.file,
        kind: 'limit',
        message: `a zip within an archive of over ${maxNestedZipBytes} bytes was not read`,
      })
      return
    }
    this.#blocks.push(Buffer.from(block))
  }

  async end(): Promise<void> {
    if (this.done) return
    const all = Buffer.concat(this.#blocks)
    this.#blocks.length = 0
    await readZip(
      {
        size: all.length,
        read: async (offset, length) => all.subarray(offset, offset + length),
      },
      this.#context,
      this.#member,
    )
  }
}
