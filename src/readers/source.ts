// Where do bytes come from? Files, folders, pipes and standard input, opened here and nowhere else, and given out in
// blocks. Archives are opened on the way; nothing is ever written.
import type { Stats } from 'node:fs'
import { type FileHandle, open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'

import { Budget } from './containers/budget.ts'
import type { Context, RandomAccess } from './containers/context.ts'
import { deeper, headBytes, MemberFlow } from './containers/member-flow.ts'
import {
  type Flow,
  messageOf,
  type ProblemKind,
  type SourceMember,
  type SourceProblem,
  type SourceVisitor,
} from './containers/member.ts'
import { isZip, readZip } from './containers/zip.ts'
import type { StreamFormat } from './reader.ts'

export type { SourceMember, SourceProblem, SourceVisitor }

/** Read at once, in bytes; two such buffers serve a whole run. */
const blockBytes = 1024 * 1024
/** Folders in folders. */
const maxFolderDepth = 64

export interface SourceFile {
  /** What to open; `-` is standard input. */
  readonly path: string
  /** What to call it. */
  readonly display: string
  /** In bytes; undefined for what has no size before it is read (pipes). */
  readonly size: number | undefined
}

/**
 * The files behind a path, folders walked in the order of their names. What cannot be read is reported and the rest is
 * given.
 */
export async function* walk(
  path: string,
  report: (problem: SourceProblem) => void,
): AsyncGenerator<SourceFile> {
  if (path === '-') {
    yield { path, display: path, size: undefined }
    return
  }
  yield* walkFrom(path, new Set(), 0, report)
}

async function* walkFrom(
  path: string,
  around: ReadonlySet<string>,
  depth: number,
  report: (problem: SourceProblem) => void,
): AsyncGenerator<SourceFile> {
  const say = (kind: ProblemKind, message: string) =>
    report({ file: path, kind, message })
  let stats: Stats
  try {
    stats = await stat(path)
  } catch (error) {
    say('unreadable', plainError(error))
    return
  }
  if (stats.isFile()) {
    yield { path, display: path, size: stats.size }
  } else if (stats.isDirectory()) {
    const identity = `${stats.dev}:${stats.ino}`
    if (around.has(identity)) {
      say('limit', 'a link back to a folder around it was not followed')
    } else if (depth >= maxFolderDepth) {
      say('limit', `over ${maxFolderDepth} folders deep, not read`)
    } else {
      const inside = new Set(around).add(identity)
      for (const name of await namesIn(path, say)) {
        yield* walkFrom(join(path, name), inside, depth + 1, report)
      }
    }
  } else if (depth === 0 && (stats.isFIFO() || stats.isCharacterDevice())) {
    yield { path, display: path, size: undefined }
  } else say('not-inspected', 'neither a file nor a folder')
}

async function namesIn(
  path: string,
  say: (kind: ProblemKind, message: string) => void,
): Promise<string[]> {
  try {
    // By code units, so that the order does not depend on the machine's language.
    return (await readdir(path)).sort((a, b) => (a < b ? -1 : 1))
  } catch (error) {
    say('unreadable', plainError(error))
    return []
  }
}

export interface SourceInput {
  readonly path: string
  readonly display: string
  /** A range of a plain file, as `splitFile` gives them. */
  readonly start?: number
  readonly end?: number
  readonly linesBefore?: number
}

/** Reads one file with all that is inside it. Never rejects: what is wrong goes to the visitor. */
export async function readSource(
  input: SourceInput,
  visitor: SourceVisitor,
  signal?: AbortSignal,
): Promise<void> {
  let given = 0
  const root: Context = {
    visitor,
    budget: new Budget(() => given),
    depth: 0,
    signal,
    inside: (member) => new MemberFlow(root, member),
  }
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
    const file = await open(input.path)
    try {
      const stats = await file.stat()
      if (!stats.isFile()) {
        const stream = file.createReadStream({ autoClose: false })
        await pour(stream, root.inside(member), count, signal)
      } else if (input.start === undefined && (await beginsAsZip(file))) {
        given = stats.size
        const access = accessTo(file, stats.size, visitor)
        await readZip(access, deeper(root), member)
      } else {
        const end = Math.min(input.end ?? stats.size, stats.size)
        await readRange(
          file,
          member.start,
          end,
          root.inside(member),
          count,
          signal,
        )
      }
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

async function beginsAsZip(file: FileHandle): Promise<boolean> {
  const head = Buffer.alloc(4)
  const { bytesRead } = await file.read(head, 0, 4, 0)
  return isZip(head.subarray(0, bytesRead))
}

/** The first bytes of a plain file, for `recogniseFormat`. */
export async function readHead(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(headBytes)
    const { bytesRead } = await file.read(head, 0, headBytes, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
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
  stream: AsyncIterable<Buffer>,
  flow: Flow,
  count: (bytes: number) => void,
  signal: AbortSignal | undefined,
) {
  for await (const block of stream) {
    count(block.length)
    await flow.write(block)
    if (flow.done || signal?.aborted) break
  }
  await flow.end()
}

function accessTo(
  file: FileHandle,
  size: number,
  visitor: SourceVisitor,
): RandomAccess {
  return {
    size,
    async read(offset, length) {
      const bytes = Buffer.alloc(length)
      const { bytesRead } = await file.read(bytes, 0, length, offset)
      visitor.progress?.(bytesRead)
      return bytes.subarray(0, bytesRead)
    },
  }
}

export interface FilePiece {
  readonly start: number
  readonly end: number
  /** Line breaks before `start`; 0 for formats that do not count lines. */
  readonly linesBefore: number
}

/** Cuts a plain file of a format that allows it into pieces of about `pieceBytes`; one piece where it cannot be cut. */
export async function splitFile(
  path: string,
  format: StreamFormat,
  pieceBytes: number,
): Promise<FilePiece[]> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const whole = [{ start: 0, end: size, linesBefore: 0 }]
    const { split } = format
    if (!split || size <= pieceBytes) return whole
    if (split.by === 'blocks') {
      return blockPieces(size, split.header, split.size, pieceBytes)
    }
    if (split.allowed && !split.allowed(await readHead(path))) return whole
    return await linePieces(file, size, pieceBytes)
  } finally {
    await file.close()
  }
}

function blockPieces(
  size: number,
  header: number,
  unit: number,
  pieceBytes: number,
): FilePiece[] {
  const units = Math.max(1, Math.round(pieceBytes / unit))
  const pieces: FilePiece[] = []
  let start = 0
  while (start < size) {
    const from = start === 0 ? header : start
    const end = Math.min(size, from + units * unit)
    pieces.push({ start, end, linesBefore: 0 })
    start = end
  }
  return pieces
}

const LF = 10

async function linePieces(
  file: FileHandle,
  size: number,
  pieceBytes: number,
): Promise<FilePiece[]> {
  const block = Buffer.allocUnsafeSlow(4 * blockBytes)
  const pieces: FilePiece[] = []
  let start = 0
  let linesBefore = 0
  let lines = 0
  for (let offset = 0; offset < size; ) {
    const { bytesRead } = await file.read(block, 0, block.length, offset)
    if (bytesRead === 0) break
    const bytes = block.subarray(0, bytesRead)
    for (let i = bytes.indexOf(LF); i >= 0; i = bytes.indexOf(LF, i + 1)) {
      lines++
      const end = offset + i + 1
      if (end - start >= pieceBytes && end < size) {
        pieces.push({ start, end, linesBefore })
        start = end
        linesBefore = lines
      }
    }
    offset += bytesRead
  }
  pieces.push({ start, end: size, linesBefore })
  return pieces
}

const plainErrors: { readonly [code: string]: string } = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'a folder where a file was expected',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
}

function plainError(error: unknown): string {
  const code = (error as NodeJS.ErrnoException)?.code
  return (code && plainErrors[code]) || messageOf(error)
}
