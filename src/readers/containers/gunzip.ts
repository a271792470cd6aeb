// gzip (and zstd where Node knows it): several streams one after another, junk behind them, and an end that is missing.
// What was decoded before the break is kept.
import { constants, createGunzip, type Gunzip } from 'node:zlib'

import { LimitReached } from './budget.ts'
import type { Context } from './context.ts'
import { type Flow, messageOf, type SourceMember } from './member.ts'

/** Compressed bytes that are decoded at once: bounds what a bomb puts into memory before it is counted. */
const sliceBytes = 16 * 1024
/** In bytes. */
const outputChunkBytes = 256 * 1024

export class GunzipFlow implements Flow {
  readonly #context: Context
  readonly #member: SourceMember
  readonly #inner: Flow
  readonly #gunzip: Gunzip
  #decoded: Buffer[] = []
  #written = 0
  #failed: Error | undefined
  #wake: (() => void) | undefined
  done = false

  constructor(context: Context, member: SourceMember) {
    this.#context = context
    this.#member = member
    this.#inner = context.inside({
      ...member,
      name: member.name.replace(/\.t?gz$/i, ''),
      start: 0,
      linesBefore: 0,
    })
    this.#gunzip = createGunzip({
      chunkSize: outputChunkBytes,
      flush: constants.Z_SYNC_FLUSH,
    })
    this.#gunzip.on('data', (chunk: Buffer) => this.#decoded.push(chunk))
    this.#gunzip.on('end', () => this.#wake?.())
    this.#gunzip.on('error', (error) => {
      this.#failed = error
      this.#wake?.()
    })
  }

  async write(block: Buffer): Promise<void> {
    for (let at = 0; at < block.length && !this.done; at += sliceBytes) {
      const slice = block.subarray(at, at + sliceBytes)
      this.#written += slice.length
      await this.#until((wake) => this.#gunzip.write(slice, wake))
      await this.#passOn()
    }
  }

  async end(): Promise<void> {
    if (!this.done) {
      await this.#until(() => this.#gunzip.end())
      await this.#passOn()
      const unread = this.#written - this.#gunzip.bytesWritten
      if (!this.#failed && unread > 0) {
        this.#say('damaged', `${unread} bytes after the compressed data`)
      }
    }
    this.#gunzip.destroy()
    await this.#inner.end()
  }

  // Whatever was asked for is over, or has failed.
  async #until(ask: (wake: () => void) => void) {
    if (this.#failed) return
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      ask(resolve)
    })
    this.#wake = undefined
  }

  async #passOn() {
    const chunks = this.#decoded
    this.#decoded = []
    try {
      for (const chunk of chunks) {
        if (this.done) break
        this.#context.budget.expanded(chunk.length)
        await this.#inner.write(chunk)
        if (this.#inner.done) this.done = true
      }
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      this.#say('limit', error.message)
      this.done = true
    }
    if (this.#failed && !this.done) {
      this.#say(
        'damaged',
        `${messageOf(this.#failed)} after ${this.#written} compressed bytes; what was decoded before is read`,
      )
      this.done = true
    }
  }

  #say(kind: 'damaged' | 'limit', message: string) {
    this.#context.visitor.problem({
      file: this.#member.file,
      kind,
      message: `gzip: ${message}`,
    })
  }
}
