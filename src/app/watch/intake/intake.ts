// What others send is written down before it is accepted, and then followed like any log: so an event that was accepted is judged, whatever
// happens. Lines lie in files of a bounded size, which go when all of them was judged; when too many wait, the sender is told to.
import {
  closeSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { fdatasync } from 'node:fs'
import { join } from 'node:path'

import { makeFolder } from '../../../content/make-folder.ts'

import { GrowingFile } from '../sources/growing.ts'
import type { SourceListener, SourceState } from '../sources/source.ts'

/** In bytes: a larger file is closed, and another begun. */
const segmentBytes = 32 * 1024 * 1024

const LF = 10

export interface IntakeOptions {
  /** As evidence names it: `http://127.0.0.1:8088`. */
  readonly name: string
  readonly folder: string
  /** Bytes that may wait to be judged; beyond, nothing is taken. */
  readonly maxWaiting: number
  readonly known: readonly SourceState[]
  /** Keys of sources, all of the run. */
  readonly nextKey: () => number
}

interface Segment {
  readonly number: number
  readonly path: string
  readonly source: GrowingFile
  written: number
  /** Read and kept: nothing of it is needed any more. */
  judged: number
}

export class Intake {
  readonly name: string
  readonly #options: IntakeOptions
  readonly #listener: SourceListener
  readonly #segments: Segment[] = []
  #fd: number | undefined
  #durable: Promise<void> | undefined
  #wake: () => void = () => {}
  /** Lines that were turned away since there was no room. */
  turnedAway = 0

  constructor(options: IntakeOptions, listener: SourceListener) {
    this.name = options.name
    this.#options = options
    this.#listener = listener
    makeFolder(options.folder, 0o700)
    for (const name of readdirSync(options.folder).sort()) {
      if (/^\d{9}\.log$/.test(name)) this.#open(Number(name.slice(0, 9)))
    }
  }

  get folder(): string {
    return this.#options.folder
  }

  get sources(): readonly GrowingFile[] {
    return this.#segments.map((s) => s.source)
  }

  get waiting(): number {
    return this.#segments.reduce((sum, s) => sum + s.written - s.judged, 0)
  }

  get isFull(): boolean {
    return this.waiting >= this.#options.maxWaiting
  }

  /** Called when something came. */
  set onLines(wake: () => void) {
    this.#wake = wake
  }

  /** Whole lines, each with its break. Durable when it resolves. */
  async accept(lines: Buffer): Promise<void> {
    if (!lines.length) return
    const whole =
      lines.at(-1) === LF ? lines : Buffer.concat([lines, Buffer.from('\n')])
    const segment = this.#writable()
    for (let done = 0; done < whole.length; ) {
      done += writeSync(this.#fd!, whole, done)
    }
    segment.written += whole.length
    // It is read in the next turn, however long it gave nothing.
    segment.source.behind += whole.length
    this.#wake()
    await this.#sync()
  }

  /** What was kept of its sources: files that are read whole can go. */
  kept(states: readonly SourceState[]): void {
    for (const segment of [...this.#segments]) {
      const state = states.find((s) => s.key === segment.source.key)
      if (state)
        segment.judged = Math.max(segment.judged, state.resume?.offset ?? 0)
      const isOpen = segment === this.#segments.at(-1) && this.#fd !== undefined
      if (!isOpen && segment.judged >= segment.written) this.#remove(segment)
    }
  }

  async close(): Promise<void> {
    if (this.#fd !== undefined) closeSync(this.#fd)
    this.#fd = undefined
    for (const { source } of this.#segments) await source.close()
  }

  /** One sync for all that was written until it begins. */
  #sync(): Promise<void> {
    const fd = this.#fd!
    this.#durable ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        this.#durable = undefined
        fdatasync(fd, (error) => (error ? reject(error) : resolve()))
      })
    })
    return this.#durable
  }

  #writable(): Segment {
    const last = this.#segments.at(-1)
    if (this.#fd !== undefined && last && last.written < segmentBytes)
      return last
    const next = (last?.number ?? 0) + 1
    const before = this.#fd
    const segment = this.#open(next)
    this.#fd = openSync(segment.path, 'a', 0o600)
    // A sync of the other file may be on its way.
    if (before !== undefined) setTimeout(() => closeSync(before), 5_000).unref()
    return segment
  }

  #open(number: number): Segment {
    const { name, folder, known, nextKey } = this.#options
    const path = join(folder, `${String(number).padStart(9, '0')}.log`)
    const shown = `${name}#${number}`
    const from = known.find((s) => s.path === shown)
    const source = new GrowingFile(
      {
        key: from?.key ?? nextKey(),
        path: shown,
        identity: shown,
        opens: path,
        isShared: true,
        ...(from && { from }),
      },
      this.#listener,
    )
    const written = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    const segment = { number, path, source, written, judged: 0 }
    this.#segments.push(segment)
    return segment
  }

  #remove(segment: Segment): void {
    void segment.source.close()
    this.#segments.splice(this.#segments.indexOf(segment), 1)
    rmSync(segment.path, { force: true })
  }
}
