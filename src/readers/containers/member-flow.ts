// What is in these bytes? Their beginning decides: an archive is opened, UTF-16 becomes UTF-8, anything else goes to the
// visitor, who knows the formats.
import { isLfsPointer, nameContent } from '../detect/index.ts'
import type { Reader } from '../reader.ts'
import { maxContainerDepth } from './budget.ts'
import type { Context } from './context.ts'
import { GunzipFlow } from './gunzip.ts'
import { heldArchiveOf } from './held-archives.ts'
import { HeldFlow } from './held-flow.ts'
import { insideOf } from './inside.ts'
import { type Flow, nowhere, type SourceMember } from './member.ts'
import { isTar, TarFlow } from './tar.ts'
import { encodingOf, TranscodingFlow } from './text.ts'
import { mayHaveZipBehind, ZipBehindFlow } from './zip-behind.ts'

/** So much is looked at, in bytes. */
export const headBytes = 64 * 1024

/** Readers take its bytes as they are: it is no archive, and no text of another encoding. */
export function isReadAsIs(head: Buffer): boolean {
  const text = encodingOf(head)
  return !containerOf(head) && (!text || text.encoding === 'utf-8')
}

export class MemberFlow implements Flow {
  readonly #context: Context
  readonly #member: SourceMember
  #next: Flow | undefined
  #pending: Buffer[] = []
  #pendingBytes = 0
  #blankBytes = 0
  #blankLines = 0

  constructor(context: Context, member: SourceMember) {
    this.#context = context
    this.#member = member
  }

  get done(): boolean {
    return this.#next?.done ?? false
  }

  async write(block: Buffer): Promise<void> {
    if (this.#next) {
      await this.#next.write(block)
      return
    }
    if (this.#pendingBytes + block.length < headBytes) {
      this.#pending.push(Buffer.from(block))
      this.#pendingBytes += block.length
      return
    }
    const first = Buffer.concat([...this.#pending, block])
    this.#pending = []
    this.#pendingBytes = 0
    const rest = first.subarray(this.#passOver(first))
    if (rest.length === first.length) await this.#begin(first)
    else if (rest.length > 0) await this.write(rest)
  }

  /** How many bytes of it are blanks that stand before anything else; 0 where they are few. */
  #passOver(first: Buffer): number {
    if (this.#member.start > 0) return 0
    const blanks = blanksOf(first)
    if (blanks < headBytes || !this.#context.budget.mayPassOver(blanks))
      return 0
    this.#blankBytes += blanks
    this.#blankLines += linesIn(first.subarray(0, blanks))
    return blanks
  }

  async end(): Promise<void> {
    if (!this.#next) {
      const all = Buffer.concat(this.#pending)
      if (this.#blankBytes > 0 && blanksOf(all) === all.length) {
        const bytes = this.#blankBytes + all.length
        this.#problem('empty', `${bytes} bytes, all NULs and blanks`)
        return
      }
      if (all.length === 0) {
        this.#problem('empty', 'empty, 0 bytes')
        return
      }
      await this.#begin(all)
    }
    await this.#next?.end()
  }

  async #begin(first: Buffer) {
    const head = first.subarray(0, headBytes)
    const { flow, skip } = this.#choose(head)
    this.#next = flow
    await flow.write(skip > 0 ? first.subarray(skip) : first)
  }

  #choose(head: Buffer): { flow: Flow; skip: number } {
    const member = this.#member
    if (member.start === 0) {
      const open = containerOf(head)
      if (open) return { flow: this.#container(open), skip: 0 }
      if (this.#mayHaveZip(head)) return { flow: this.#seeking(), skip: 0 }
      const text = encodingOf(head)
      if (text && text.encoding !== 'utf-8') {
        const inner = this.#context.inside({ ...member, start: 0 })
        return {
          flow: new TranscodingFlow(text.encoding, inner),
          skip: text.mark,
        }
      }
      if (text) return { flow: this.#read(head, text.mark), skip: text.mark }
    }
    return { flow: this.#read(head, 0), skip: 0 }
  }

  #mayHaveZip(head: Buffer): boolean {
    const isDeep = this.#context.depth >= maxContainerDepth
    return !this.#member.isZipSought && !isDeep && mayHaveZipBehind(head)
  }

  #seeking(): Flow {
    const member = { ...this.#member, isZipSought: true } as const
    const plain = () => this.#context.inside(member)
    return new ZipBehindFlow(this.#context, member, plain)
  }

  #container(open: (c: Context, m: SourceMember) => Flow): Flow {
    if (this.#context.depth >= maxContainerDepth) {
      this.#problem(
        'limit',
        `an archive in ${maxContainerDepth} others was not opened`,
      )
      return nowhere
    }
    // Of what comes out of it nobody has seen the end.
    const { isZipSought: _, ...member } = this.#member
    return open(this.#context.deeper(), member)
  }

  #read(head: Buffer, mark: number): Flow {
    const content = head.subarray(mark)
    if (isResourceFork(this.#member.file, content)) return nowhere
    if (isLfsPointer(content)) {
      this.#problem('not-inspected', nameContent(content))
      return nowhere
    }
    const member = {
      ...this.#member,
      start: this.#member.start + this.#blankBytes + mark,
      linesBefore: this.#member.linesBefore + this.#blankLines,
    }
    const reader = this.#context.visitor.open(
      member,
      content,
      insideOf(this.#context, this.#member.file),
    )
    return reader ? new ReaderFlow(reader) : nowhere
  }

  #problem(kind: 'empty' | 'limit' | 'not-inspected', message: string) {
    if (this.#member.isSpare && kind !== 'limit') return
    this.#context.visitor.problem({ file: this.#member.file, kind, message })
  }
}

/** Of one input as a whole. */
export function contextOf(
  shared: Pick<Context, 'visitor' | 'budget' | 'signal' | 'passwords'>,
  depth = 0,
): Context {
  const context: Context = {
    ...shared,
    depth,
    inside: (member) => new MemberFlow(context, member),
    deeper: () => contextOf(shared, depth + 1),
  }
  return context
}

export function containerOf(head: Buffer) {
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return (c: Context, m: SourceMember) => new GunzipFlow(c, m)
  }
  const held = heldArchiveOf(head)
  if (held) return (c: Context, m: SourceMember) => new HeldFlow(held, c, m)
  if (isTar(head)) return (c: Context, m: SourceMember) => new TarFlow(c, m)
  return undefined
}

class ReaderFlow implements Flow {
  readonly #reader: Reader
  readonly done = false

  constructor(reader: Reader) {
    this.#reader = reader
  }

  async write(block: Buffer): Promise<void> {
    this.#reader.push(block)
  }

  async end(): Promise<void> {
    await this.#reader.end()
  }
}

const blank = 0x20
const LF = 0x0a

/** How many of them are NULs or blanks of ASCII, before anything else. */
function blanksOf(bytes: Buffer): number {
  let at = 0
  for (; at < bytes.length; at++) {
    const b = bytes[at]!
    if (b !== 0 && b !== blank && (b < 9 || b > 13)) break
  }
  return at
}

function linesIn(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    lines++
  }
  return lines
}

/** What macOS puts beside each file of an archive: told by its name and its content, so that nothing hides behind the one. */
function isResourceFork(file: string, head: Buffer): boolean {
  const isNamed = /(?:^|[!/])(?:__MACOSX\/|\._[^/]*$)/.test(file)
  return isNamed && endOfFork(head) >= head.length
}

/** AppleDouble, version 2: a magic, the version, 16 bytes of filling, and entries of an id, an offset and a length. */
const appleDouble = '0005160700020000'
const forkHeaderBytes = 26
const forkEntryBytes = 12
const maxForkEntries = 32

/** Where the last of its entries ends; 0: it is none. */
function endOfFork(head: Buffer): number {
  if (head.length < forkHeaderBytes) return 0
  if (head.toString('hex', 0, 8) !== appleDouble) return 0
  const entries = Math.min(head.readUInt16BE(24), maxForkEntries)
  let end = 0
  for (let i = 0; i < entries; i++) {
    const at = forkHeaderBytes + i * forkEntryBytes
    if (at + forkEntryBytes > head.length) return 0
    end = Math.max(end, head.readUInt32BE(at + 4) + head.readUInt32BE(at + 8))
  }
  return end
}
