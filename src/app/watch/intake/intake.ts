// What others send is written down before it is accepted, and then followed like any log: so an event that was accepted is judged, whatever
// happens. Lines lie in files of a bounded size, which go when all of them was judged; when too many wait, the sender is told to.
import { closeSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { fdatasync } from 'node:fs'
import { join } from 'node:path'

import { makeFolder } from '../../../content/make-folder.ts'

import { GrowingFile } from '../sources/growing.ts'
import type { SourceListener, SourceState } from '../sources/source.ts'
import { openStateFile } from '../state-file.ts'
import { formatOfLines } from './told-format.ts'

/** In bytes: a larger file is closed, and another begun. */
const segmentBytes = 32 * 1024 * 1024
/** Files of one sender each. */
const maxApart = 128
/** In bytes, of one sender's file: it ends there, since what would follow lacks the beginning. */
const maxApartBytes = 1024 * 1024 * 1024

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

/** For now: what is there must be judged first. */
export class NoRoom extends Error {}

/** Who sends lines. */
export interface Sender {
  /** Whole lines, each with its break. Durable when it resolves. */
  accept(lines: Buffer): Promise<void>
  /** Nothing more comes. */
  end(): void
}

interface Segment {
  readonly number: number
  readonly path: string
  readonly source: GrowingFile
  written: number
  /** While lines may come. */
  fd: number | undefined
  /** Read and kept: nothing of it is needed any more. */
  judged: number
}

export class Intake {
  readonly name: string
  readonly #options: IntakeOptions
  readonly #listener: SourceListener
  readonly #segments: Segment[] = []
  /** By the format of the lines: where those of all senders go. */
  readonly #shared = new Map<string, Segment>()
  #last = 0
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

  /** All that one sender has to say, at once. */
  async accept(lines: Buffer): Promise<void> {
    const sender = this.sender()
    try {
      await sender.accept(lines)
    } finally {
      sender.end()
    }
  }

  /** Its first lines tell where all of its lines go: one sender decides nothing for another. */
  sender(): Sender {
    let format: string | undefined
    let own: Segment | undefined
    return {
      accept: async (lines) => {
        if (!lines.length) return
        format ??= own ? undefined : formatOfLines(lines)
        if (format !== undefined)
          await this.#write(this.#writable(format), lines)
        else await this.#write((own ??= this.#apart()), lines)
      },
      end: () => {
        if (own) this.#seal(own)
      },
    }
  }

  async #write(segment: Segment, lines: Buffer): Promise<void> {
    const { fd } = segment
    if (fd === undefined || segment.written > maxApartBytes) {
      throw new Error(`over ${maxApartBytes} bytes of one sender`)
    }
    const whole =
      lines.at(-1) === LF ? lines : Buffer.concat([lines, Buffer.from('\n')])
    for (let done = 0; done < whole.length; ) {
      done += writeSync(fd, whole, done)
    }
    segment.written += whole.length
    // It is read in the next turn, however long it gave nothing.
    segment.source.behind += whole.length
    this.#wake()
    await this.#sync(segment)
  }

  /** What was kept of its sources: files that are read whole can go. */
  kept(states: readonly SourceState[]): void {
    for (const segment of [...this.#segments]) {
      const state = states.find((s) => s.key === segment.source.key)
      if (state)
        segment.judged = Math.max(segment.judged, state.resume?.offset ?? 0)
      const isOpen = segment.fd !== undefined
      if (!isOpen && segment.judged >= segment.written) this.#remove(segment)
    }
  }

  async close(): Promise<void> {
    for (const segment of this.#segments) {
      if (segment.fd !== undefined) closeSync(segment.fd)
      segment.fd = undefined
    }
    for (const { source } of this.#segments) await source.close()
  }

  readonly #durable = new WeakMap<Segment, Promise<void>>()

  /** One sync for all that was written until it begins. */
  #sync(segment: Segment): Promise<void> {
    const { fd } = segment
    const known = this.#durable.get(segment)
    if (known || fd === undefined) return known ?? Promise.resolve()
    const sync = new Promise<void>((resolve, reject) => {
      setImmediate(() => {
        this.#durable.delete(segment)
        fdatasync(fd, (error) => (error ? reject(error) : resolve()))
      })
    })
    this.#durable.set(segment, sync)
    return sync
  }

  #writable(format: string): Segment {
    const last = this.#shared.get(format)
    if (last?.fd !== undefined && last.written < segmentBytes) return last
    if (last) this.#seal(last)
    const segment = this.#begin()
    this.#shared.set(format, segment)
    return segment
  }

  #apart(): Segment {
    const apart = this.#segments.length - this.#shared.size
    if (apart >= maxApart) {
      throw new NoRoom(
        `over ${maxApart} senders at once whose format only their beginning tells`,
      )
    }
    return this.#begin()
  }

  #begin(): Segment {
    const segment = this.#open(this.#last + 1)
    segment.fd = openStateFile(segment.path, 'append')
    return segment
  }

  /** Nothing more comes into it. A sync of it may be on its way. */
  #seal(segment: Segment): void {
    const { fd } = segment
    segment.fd = undefined
    if (fd !== undefined) setTimeout(() => closeSync(fd), 5_000).unref()
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
    const segment = { number, path, source, written, fd: undefined, judged: 0 }
    this.#last = Math.max(this.#last, number)
    this.#segments.push(segment)
    return segment
  }

  #remove(segment: Segment): void {
    void segment.source.close()
    this.#segments.splice(this.#segments.indexOf(segment), 1)
    rmSync(segment.path, { force: true })
  }
}
