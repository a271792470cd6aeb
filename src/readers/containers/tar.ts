// The members of a tar, each as a source of its own, as their bytes come. Links and devices are named and left; nothing
// is ever written, and nothing is waited for. Where a header should stand and does not, the next one is looked for.
import { LimitReached } from './budget.ts'
import type { Context } from './context.ts'
import {
  type Flow,
  nowhere,
  printableName,
  type SourceMember,
} from './member.ts'
import {
  paxRecords,
  readTarHeader,
  tarBlockBytes,
  type TarHeader,
} from './tar-header.ts'

/** Of a long name or of a member's records, in bytes. */
const maxRecordBytes = 1024 * 1024

/** The magic of POSIX and GNU tar stands in the first header; older ones are told by its checksum. */
export function isTar(head: Buffer): boolean {
  if (head.length < tarBlockBytes) return false
  if (head.toString('latin1', 257, 262) === 'ustar') return true
  const header = readTarHeader(head.subarray(0, tarBlockBytes))
  return typeof header === 'object' && header.name !== ''
}

export class TarFlow implements Flow {
  readonly #context: Context
  readonly #member: SourceMember
  readonly #header = Buffer.alloc(tarBlockBytes)
  #headerBytes = 0
  #at = 0
  /** Of the open member: where its data go, and how many bytes of data and of filling are to come. */
  #flow: Flow = nowhere
  #open: TarHeader | undefined
  #left = 0
  #filling = 0
  /** What is called a directory and states data, which it need not have. */
  #doubtful: TarHeader | undefined
  /** The first block of such data. */
  #first: Buffer | undefined
  /** What the records before the next member say of it. */
  #records: Buffer[] = []
  #name: string | undefined
  #size: number | undefined
  #isAtEnd = false
  #isLost = false
  done = false

  constructor(context: Context, member: SourceMember) {
    this.#context = context
    this.#member = member
  }

  async write(block: Buffer): Promise<void> {
    try {
      for (let at = 0; at < block.length && !this.done; ) {
        const taken =
          this.#left > 0 ? await this.#body(block, at) : this.#pass(block, at)
        at += taken
        this.#at += taken
        if (this.#first) await this.#giveFirst(this.#first)
        if (this.#left === 0 && this.#open) await this.#closeMember()
      }
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      this.#say('limit', error.message)
      this.done = true
    }
  }

  async end(): Promise<void> {
    const open = this.#open
    if (open && !this.done) {
      this.#say(
        'damaged',
        `cut off, ${this.#left} of ${open.size} bytes of its last member are missing`,
      )
    } else if (this.#headerBytes > 0 && !this.#isAtEnd && !this.done) {
      this.#say('damaged', 'cut off within a header')
    }
    await this.#flow.end()
  }

  async #body(block: Buffer, at: number): Promise<number> {
    const piece = block.subarray(at, at + this.#left)
    this.#left -= piece.length
    if (!this.#flow.done) await this.#flow.write(piece)
    return piece.length
  }

  async #giveFirst(block: Buffer) {
    this.#first = undefined
    await this.#body(block, 0)
  }

  /** Filling behind a member, or bytes of a header. */
  #pass(block: Buffer, at: number): number {
    if (this.#filling > 0) {
      const passed = Math.min(this.#filling, block.length - at)
      this.#filling -= passed
      return passed
    }
    const copied = block.copy(this.#header, this.#headerBytes, at)
    this.#headerBytes += copied
    if (this.#headerBytes === tarBlockBytes) {
      this.#headerBytes = 0
      this.#begin()
    }
    return copied
  }

  #begin() {
    const header = readTarHeader(this.#header)
    const doubtful = this.#doubtful
    this.#doubtful = undefined
    if (header === 'end') this.#isAtEnd = true
    else if (header) this.#beginMember(header)
    else if (doubtful) this.#openDoubtful(doubtful)
    else if (!this.#isLost) {
      this.#isLost = true
      const where = this.#isAtEnd
        ? 'behind its end'
        : 'where a header should be'
      this.#say('damaged', `other data ${where}; the next header is looked for`)
    }
  }

  #beginMember(header: TarHeader) {
    this.#isLost = false
    this.#isAtEnd = false
    const isRecord = header.kind === 'name' || header.kind === 'extended'
    const size = isRecord ? header.size : (this.#size ?? header.size)
    if (header.kind === 'directory') {
      const name = this.#name ?? header.name
      if (size > 0) this.#doubtful = { ...header, name, size }
      this.#name = undefined
      this.#size = undefined
      return
    }
    const hasData =
      isRecord ||
      header.kind === 'file' ||
      header.kind === 'ignored' ||
      header.kind.startsWith('member')
    this.#open = { ...header, size }
    this.#left = hasData ? size : 0
    this.#filling = padded(this.#left) - this.#left
    this.#flow = isRecord
      ? this.#collect(size)
      : header.kind === 'ignored'
        ? nowhere
        : this.#flowFor(this.#name ?? header.name, header.kind)
    if (!isRecord) {
      this.#name = undefined
      this.#size = undefined
    }
  }

  /** It has them: then it is a file, whatever it is called. */
  #openDoubtful(header: TarHeader) {
    this.#open = header
    this.#left = header.size
    this.#filling = padded(header.size) - Math.max(header.size, tarBlockBytes)
    this.#flow = this.#flowFor(header.name.replace(/\/{1,99}$/, ''), 'file')
    this.#first = Buffer.from(this.#header)
  }

  #collect(size: number): Flow {
    this.#records = []
    if (size > maxRecordBytes) return nowhere
    return {
      done: false,
      write: async (piece) => {
        this.#records.push(Buffer.from(piece))
      },
      end: async () => {},
    }
  }

  async #closeMember() {
    const { kind } = this.#open!
    this.#open = undefined
    await this.#flow.end()
    this.#flow = nowhere
    const bytes = Buffer.concat(this.#records)
    this.#records = []
    if (kind === 'name')
      this.#name = bytes.toString('utf8').replace(/\0.*$/s, '')
    if (kind !== 'extended') return
    const records = paxRecords(bytes)
    this.#name = records.get('path') ?? this.#name
    const size = records.get('size')
    if (size && /^\d{1,15}$/.test(size)) this.#size = Number(size)
  }

  #flowFor(rawName: string, kind: string): Flow {
    const { visitor, budget } = this.#context
    budget.member()
    const name = printableName(rawName)
    const base = name.split('/').at(-1) ?? name
    const file = `${this.#member.file}!${name}`
    if (kind !== 'file') {
      visitor.problem({
        file,
        kind: 'not-inspected',
        message: `a ${kind} in a tar`,
      })
      return nowhere
    }
    return this.#context.inside({ file, name: base, start: 0, linesBefore: 0 })
  }

  #say(kind: 'damaged' | 'limit', message: string) {
    this.#context.visitor.problem({
      file: this.#member.file,
      kind,
      message: `tar: ${message}`,
    })
  }
}

function padded(bytes: number): number {
  return Math.ceil(bytes / tarBlockBytes) * tarBlockBytes
}
