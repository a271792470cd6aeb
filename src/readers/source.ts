// Where do bytes come from? Files, pipes and standard input, opened here and nowhere else, and given out in blocks.
// Archives are opened on the way; nothing is ever written.
import { constants } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'

import { Budget } from './containers/budget.ts'
import type { Context, RandomAccess } from './containers/context.ts'
import type {
  Flow,
  SourceMember,
  SourceProblem,
  SourceVisitor,
} from './containers/member.ts'
import { contextOf, headBytes as seenAtOnce } from './containers/member-flow.ts'
import { discHeadBytes } from './containers/disc.ts'
import { heldArchiveOf } from './containers/held-archives.ts'
import type { HeldArchive } from './containers/held-flow.ts'
import { memberBefore, zipBehind } from './containers/zip-behind.ts'
import { readZip } from './containers/zip.ts'
import { onDisk } from './disk-name.ts'
import { plainError } from './plain-error.ts'

export type { SourceMember, SourceProblem, SourceVisitor }

/** Read at once, in bytes; two such buffers serve a whole run. */
const blockBytes = 1024 * 1024

export interface SourceInput {
  readonly path: string
  readonly display: string
  /** A range of a plain file, as `splitFile` gives them. */
  readonly start?: number
  readonly end?: number
  readonly linesBefore?: number
  /** Tried on what is encrypted, beside those that are tried anyway. */
  readonly passwords?: readonly string[]
}

/** Reads one file with all that is inside it. Never rejects: what is wrong goes to the visitor. */
export async function readSource(
  input: SourceInput,
  visitor: SourceVisitor,
  signal?: AbortSignal,
): Promise<void> {
  let given = 0
  const budget = new Budget(() => given)
  const root = contextOf({
    visitor,
    budget,
    signal,
    passwords: input.passwords ?? [],
  })
  const member: SourceMember = {
    file: input.display,
    name: basename(input.path),
    start: input.start ?? 0,
    linesBefore: input.linesBefore ?? 0,
  }
  const count = (bytes: number) => {
    given += bytes
    visitor.progress?.(bytes)
  }
  try {
    if (input.path === '-') {
      await pour(process.stdin, root.inside(member), count, signal)
      return
    }
    const file = await openOrStop(input.path, signal)
    if (!file) return
    try {
      await readFile(file, input, {
        root,
        member,
        count,
        holds: (bytes) => {
          given = bytes
        },
      })
    } finally {
      await file.close()
    }
  } catch (error) {
    visitor.problem({
      file: input.display,
      kind: 'unreadable',
      message: plainError(error),
    })
  }
}

interface Reading {
  readonly root: Context
  readonly member: SourceMember
  readonly count: (bytes: number) => void
  /** All of it is there from the start. */
  readonly holds: (bytes: number) => void
}

async function readFile(
  file: FileHandle,
  input: SourceInput,
  { root, member, count, holds }: Reading,
): Promise<void> {
  const { visitor, signal } = root
  const stats = await file.stat()
  if (!stats.isFile()) {
    const stream = file.createReadStream({ autoClose: false })
    await pour(stream, root.inside(member), count, signal)
    return
  }
  const read = input.start === undefined ? await archiveOf(file) : undefined
  if (read) {
    holds(stats.size)
    await read(accessTo(file, stats.size, visitor), root.deeper(), member)
    return
  }
  // What comes at once tells by itself.
  const isSought = input.start === undefined && stats.size > seenAtOnce
  if (isSought) {
    const at = await zipBehind(
      quietAccess(file, stats.size),
      await headOf(file, headBytes),
    )
    if (at !== undefined) {
      holds(stats.size)
      const before = root.deeper().inside(memberBefore(member))
      await readRange(file, 0, at, before, () => {}, signal)
      const access = accessTo(file, stats.size, visitor)
      await readZip(access, root.deeper(), member)
      return
    }
  }
  const end = Math.min(input.end ?? stats.size, stats.size)
  const flow = root.inside(isSought ? { ...member, isZipSought: true } : member)
  await readRange(file, member.start, end, flow, count, signal)
}

/** Who reads it where it lies; undefined: it is read as its bytes come. */
async function archiveOf(
  file: FileHandle,
): Promise<HeldArchive['read'] | undefined> {
  const begin = await headOf(file, 4)
  const found = heldArchiveOf(begin)
  if (found) return found.read
  // A disc begins with 32 KiB of nothing, or of what boots.
  if (begin.length < 4 || begin.readUInt32LE(0) !== 0) return undefined
  return heldArchiveOf(await headOf(file, discHeadBytes))?.read
}

/** So much tells what keeps zips as they are, in bytes. */
const headBytes = 512

/** What is looked at is not yet read. */
function quietAccess(file: FileHandle, size: number): RandomAccess {
  return {
    size,
    async read(offset, length) {
      const bytes = Buffer.allocUnsafeSlow(Math.min(length, size - offset))
      const { bytesRead } = await file.read(bytes, 0, bytes.length, offset)
      return bytes.subarray(0, bytesRead)
    },
  }
}

async function headOf(file: FileHandle, bytes: number): Promise<Buffer> {
  const head = Buffer.alloc(bytes)
  const { bytesRead } = await file.read(head, 0, bytes, 0)
  return head.subarray(0, bytesRead)
}

const free: Buffer[] = []

// While one block is looked at, the next is read. Waiting for the read lets timers and signals have their turn.
async function readRange(
  file: FileHandle,
  start: number,
  end: number,
  flow: Flow,
  count: (bytes: number) => void,
  signal: AbortSignal | undefined,
) {
  let current = free.pop() ?? Buffer.allocUnsafeSlow(blockBytes)
  let other = free.pop() ?? Buffer.allocUnsafeSlow(blockBytes)
  const readAt = (into: Buffer, at: number) =>
    file.read(into, 0, Math.max(0, Math.min(blockBytes, end - at)), at)
  let at = start
  let next = readAt(current, at)
  try {
    while (at < end && !flow.done && !signal?.aborted) {
      const { bytesRead } = await next
      if (bytesRead === 0) break
      at += bytesRead
      if (at < end) next = readAt(other, at)
      count(bytesRead)
      await flow.write(current.subarray(0, bytesRead))
      ;[current, other] = [other, current]
    }
  } finally {
    await next.catch(() => undefined)
    free.push(current, other)
  }
  await flow.end()
}

async function pour(
  stream: Readable,
  flow: Flow,
  count: (bytes: number) => void,
  signal: AbortSignal | undefined,
) {
  // Nothing may ever come: an interruption does not wait for it.
  const stop = () => stream.destroy()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    for await (const block of stream as AsyncIterable<Buffer>) {
      count(block.length)
      await flow.write(block)
      if (flow.done || signal?.aborted) break
    }
  } catch (error) {
    if (!signal?.aborted) throw error
  } finally {
    signal?.removeEventListener('abort', stop)
  }
  await flow.end()
}

/** Opening a pipe waits for whoever writes into it, in a thread that nothing can call back: to stop, it is opened from the other side. */
async function openOrStop(
  path: string,
  signal: AbortSignal | undefined,
): Promise<FileHandle | undefined> {
  const stop = () => void release(path).catch(() => undefined)
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const file = await open(onDisk(path))
    if (!signal?.aborted) return file
    await file.close()
    return undefined
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

async function release(path: string): Promise<void> {
  if (!(await stat(onDisk(path))).isFIFO()) return
  const { O_WRONLY, O_NONBLOCK } = constants
  const other = await open(onDisk(path), O_WRONLY | O_NONBLOCK)
  await other.close()
}

function accessTo(
  file: FileHandle,
  size: number,
  visitor: SourceVisitor,
): RandomAccess {
  let ahead = Buffer.alloc(0)
  let aheadFrom = 0
  const readAt = async (offset: number, length: number) => {
    const bytes = Buffer.allocUnsafeSlow(length)
    const { bytesRead } = await file.read(bytes, 0, length, offset)
    visitor.progress?.(bytesRead)
    return bytes.subarray(0, bytesRead)
  }
  return {
    size,
    async read(offset, length) {
      if (length > maxAheadLength) return await readAt(offset, length)
      const isThere =
        offset >= aheadFrom && offset + length <= aheadFrom + ahead.length
      if (!isThere) {
        ahead = await readAt(offset, aheadBytes)
        aheadFrom = offset
      }
      const from = offset - aheadFrom
      return ahead.subarray(from, from + length)
    },
  }
}

/** Of an archive, so much is read ahead where little is asked for: the next that is asked for stands behind it. In bytes. */
const aheadBytes = 128 * 1024
const maxAheadLength = 32 * 1024
