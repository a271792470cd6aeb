// What must be there whole before it can be read: archives, packed logs, documents, text in UTF-16. It is read when it has not changed
// for a while, and again when it does; findings that were made of it before are not made twice, since their ids are the same.
import { stat } from 'node:fs/promises'

import { toldTimes } from '../../../base/local-time.ts'

import { SourceAccount } from '../../reading/source-account.ts'
import { SourceReading } from '../../reading/source-reading.ts'
import type { GrowingOptions } from './growing.ts'
import type { Source, SourceListener, SourceState } from './source.ts'

/** Milliseconds. */
const stillMs = 1_000

export class StillFile implements Source {
  readonly key: number
  path: string
  readonly identity: string
  account: SourceAccount
  behind = 0
  readonly #reading: SourceReading
  #readStamp: string
  #seenStamp = ''
  /** By this machine's clock, in milliseconds: since when it is as it is. */
  #since = 0
  #isEnding = false

  constructor(
    { key, path, identity, from }: GrowingOptions,
    listener: SourceListener,
  ) {
    this.key = key
    this.path = path
    this.identity = identity
    this.account = new SourceAccount(path)
    this.#readStamp = from?.stamp ?? ''
    const { gate } = listener
    this.#reading = new SourceReading({
      event: (event) => {
        this.account.events++
        listener.event(event, this)
      },
      ...(gate && { gate }),
    })
  }

  async read(): Promise<number> {
    const { size, mtimeMs } = await stat(this.path)
    const stamp = `${size} ${mtimeMs}`
    if (stamp === this.#readStamp) return 0
    this.behind = size
    if (stamp !== this.#seenStamp) {
      this.#seenStamp = stamp
      this.#since = Date.now()
    }
    if (!this.#isEnding && Date.now() - this.#since < stillMs) return 0
    await this.#readAll(size)
    this.#readStamp = stamp
    this.behind = 0
    return size
  }

  settle(): void {}

  async state(): Promise<SourceState> {
    const { key, path, identity } = this
    return { key, kind: 'still', path, identity, stamp: this.#readStamp }
  }

  async end(): Promise<void> {
    this.#isEnding = true
    await this.read()
  }

  async close(): Promise<void> {}

  async #readAll(size: number): Promise<void> {
    const { path } = this
    const { sources } = await this.#reading.run({
      path,
      display: path,
      bytes: size,
      localTimes: toldTimes(),
    })
    this.account.bytes += size
    for (const s of sources) {
      this.account.format ??= s.format
      this.account.content ??= s.content
      this.account.opened ||= s.opened
      this.account.skipped += s.skipped
      this.account.strange += s.strange
      for (const damage of s.damaged) this.account.damage(damage)
      for (const problem of s.problems) this.account.problem(problem)
    }
  }
}
