// The members of a tar, each as a source of its own. Links and devices are named and left; nothing is ever written.
import type { Extract, Header } from 'tar-stream'

import { LimitReached } from './budget.ts'
import type { Context } from './context.ts'
import {
  type Flow,
  messageOf,
  printableName,
  type SourceMember,
} from './member.ts'

/** The magic of POSIX and GNU tar stands in the first header. */
export function isTar(head: Buffer): boolean {
  return head.toString('latin1', 257, 262) === 'ustar'
}

export class TarFlow implements Flow {
  readonly #context: Context
  readonly #member: SourceMember
  #extract: Extract | undefined
  #failed: unknown
  #wake: (() => void) | undefined
  #finished: Promise<void> | undefined
  done = false

  constructor(context: Context, member: SourceMember) {
    this.#context = context
    this.#member = member
  }

  async write(block: Buffer): Promise<void> {
    if (this.done) return
    const extract = this.#extract ?? (await this.#start())
    // The block is the caller's again afterwards, but entries keep pieces of it for a while.
    const copy = Buffer.from(block)
    if (!extract.destroyed && !extract.write(copy)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        // Destroyed between the write and here: its events are over.
        if (extract.destroyed) resolve()
      })
    }
    this.#report()
  }

  async end(): Promise<void> {
    if (this.#extract && !this.done) {
      // streamx wants an argument where Node's streams do not.
      this.#extract.end(undefined)
      await this.#finished
      this.#report()
    }
  }

  async #start(): Promise<Extract> {
    const { extract: makeExtract } = await import('tar-stream')
    const extract = makeExtract({})
    this.#extract = extract
    extract.on('drain', () => this.#wake?.())
    extract.on('close', () => this.#wake?.())
    this.#finished = this.#readEntries(extract)
    return extract
  }

  async #readEntries(extract: Extract) {
    try {
      for await (const entry of extract) {
        const bytes = entry as unknown as AsyncIterable<Buffer>
        await this.#readEntry(entry.header, bytes)
      }
    } catch (error) {
      this.#failed = error
    }
  }

  async #readEntry(header: Header, bytes: AsyncIterable<Buffer>) {
    const flow = this.#flowFor(header)
    for await (const chunk of bytes) {
      this.#context.budget.expanded(chunk.length)
      if (flow && !flow.done) await flow.write(chunk)
    }
    await flow?.end()
  }

  #flowFor(header: Header): Flow | undefined {
    const { visitor, budget } = this.#context
    budget.member()
    const name = printableName(header.name)
    const base = name.split('/').at(-1) ?? name
    const file = `${this.#member.file}!${name}`
    if (header.type === 'directory' || isResourceFork(name)) return undefined
    if (header.type !== 'file' && header.type !== 'contiguous-file') {
      visitor.problem({
        file,
        kind: 'not-inspected',
        message: `a ${header.type ?? 'member of unknown type'} in a tar`,
      })
      return undefined
    }
    return this.#context.inside({ file, name: base, start: 0, linesBefore: 0 })
  }

  #report() {
    if (this.#failed === undefined || this.done) return
    this.done = true
    const isLimit = this.#failed instanceof LimitReached
    this.#context.visitor.problem({
      file: this.#member.file,
      kind: isLimit ? 'limit' : 'damaged',
      message: `tar: ${messageOf(this.#failed)}`,
    })
  }
}

/** What macOS puts beside each file of an archive. */
export function isResourceFork(name: string): boolean {
  return /(?:^|\/)__MACOSX\/|(?:^|\/)\._[^/]*$/.test(name)
}
