// Findings on their way out, kept until every output has them: lines in files of their own, each once by its id. Outputs read at their own
// pace, each with a cursor; what is over the bound is lost to those that are too slow, and counted.
import {
  closeSync,
  fdatasyncSync,
  ftruncateSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

import { makeFolder } from '../../content/make-folder.ts'

import { openStateFile, readStateBytes, readStateFile } from './state-file.ts'
import { Told } from './told.ts'

/** A place between two lines. Plain data: it is kept. */
export interface Cursor {
  readonly segment: number
  /** In bytes. */
  readonly offset: number
}

/** In bytes; a segment that is larger is closed, and another begun. */
const segmentBytes = 8 * 1024 * 1024
/** What was appended last may be large; what is larger than this was not written here. */
const maxSegmentBytes = 256 * 1024 * 1024
/** Segments that are kept when all have them: their ids tell what was told. */
const keptSegments = 2
/** Read at once, in bytes. */
const readBytes = 1024 * 1024

const LF = 10

export class Outbox {
  readonly #folder: string
  readonly #maxBytes: number
  readonly #told = new Told()
  /** By segment: its bytes. */
  readonly #segments = new Map<number, number>()
  #current: number
  #fd: number

  /** `maxBytes`: of all segments; the oldest go when there are more. */
  constructor(folder: string, maxBytes: number) {
    this.#folder = folder
    this.#maxBytes = maxBytes
    makeFolder(folder, 0o700)
    for (const n of segmentsIn(folder)) this.#recover(n)
    this.#current = 1
    for (const n of this.#segments.keys()) {
      this.#current = Math.max(this.#current, n)
    }
    this.#fd = this.#open(this.#current)
  }

  get end(): Cursor {
    const offset = this.#segments.get(this.#current) ?? 0
    return { segment: this.#current, offset }
  }

  get bytes(): number {
    let sum = 0
    for (const bytes of this.#segments.values()) sum += bytes
    return sum
  }

  /** Durable when it returns. Gives how many were new. */
  append(lines: readonly string[]): number {
    let text = ''
    let added = 0
    for (const line of lines) {
      if (!this.#told.add(line)) continue
      text += `${line}\n`
      added++
    }
    if (!added) return 0
    const bytes = Buffer.from(text)
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#fd, bytes, done)
    }
    fdatasyncSync(this.#fd)
    const size = (this.#segments.get(this.#current) ?? 0) + bytes.length
    this.#segments.set(this.#current, size)
    if (size >= segmentBytes) this.#roll()
    return added
  }

  /** Whole lines behind a cursor and before another, some at a time; none: it is at the end. `lost`: lines that were there and are gone. */
  read(
    from: Cursor,
    to = this.end,
  ): { lines: string[]; next: Cursor; lost: number } {
    let { segment, offset } = from
    let lost = 0
    let first = Number.POSITIVE_INFINITY
    for (const n of this.#segments.keys()) first = Math.min(first, n)
    if (segment < first) {
      lost = this.#lostBefore(first, from)
      segment = first
      offset = 0
    }
    if (segment > to.segment) return { lines: [], next: to, lost }
    while (offset >= this.#sizeBefore(segment, to)) {
      if (segment >= to.segment) {
        return { lines: [], next: { segment, offset }, lost }
      }
      segment++
      offset = 0
    }
    const size = this.#sizeBefore(segment, to) - offset
    const { lines, bytes } = this.#linesAt(segment, offset, size)
    return { lines, next: { segment, offset: offset + bytes }, lost }
  }

  /** What all outputs have is let go, but for the newest. */
  trim(cursors: readonly Cursor[]): void {
    const had = cursors.reduce(
      (least, c) => Math.min(least, c.segment),
      this.#current,
    )
    for (const n of [...this.#segments.keys()].sort((a, b) => a - b)) {
      const isOld = n < had && n <= this.#current - keptSegments
      if (isOld || this.bytes > this.#maxBytes) this.#drop(n)
    }
  }

  close(): void {
    closeSync(this.#fd)
  }

  readonly #lines = new Map<number, number>()

  #lostBefore(first: number, { segment }: Cursor): number {
    let lost = 0
    for (const [n, lines] of this.#lines)
      if (n >= segment && n < first) lost += lines
    return lost
  }

  #drop(n: number): void {
    if (n === this.#current) return
    const text = readStateFile(this.#path(n), maxSegmentBytes)
    let lines = 0
    for (const line of text.split('\n')) {
      if (!line) continue
      lines++
      this.#told.delete(line)
    }
    this.#lines.set(n, lines)
    this.#segments.delete(n)
    rmSync(this.#path(n), { force: true })
  }

  #sizeBefore(segment: number, to: Cursor): number {
    const size = this.#segments.get(segment) ?? 0
    return segment === to.segment ? Math.min(size, to.offset) : size
  }

  #linesAt(
    segment: number,
    offset: number,
    size: number,
  ): { lines: string[]; bytes: number } {
    const fd = openStateFile(this.#path(segment), 'read')
    try {
      for (let want = readBytes; ; want *= 2) {
        const block = Buffer.alloc(Math.min(want, size))
        readSync(fd, block, 0, block.length, offset)
        const end = block.lastIndexOf(LF) + 1
        if (end === 0 && want < size) continue
        const text = block.toString('utf8', 0, end)
        return { lines: text.split('\n').slice(0, -1), bytes: end }
      }
    } finally {
      closeSync(fd)
    }
  }

  #roll(): void {
    closeSync(this.#fd)
    this.#current++
    this.#fd = this.#open(this.#current)
  }

  #open(n: number): number {
    const fd = openStateFile(this.#path(n), 'append')
    this.#segments.set(n, statSync(this.#path(n)).size)
    return fd
  }

  /** A line that a fall cut off goes; whoever makes the finding again writes it anew. */
  #recover(n: number): void {
    const bytes = readStateBytes(this.#path(n), maxSegmentBytes)
    const whole = bytes.lastIndexOf(LF) + 1
    if (whole < bytes.length) {
      const fd = openStateFile(this.#path(n), 'change')
      ftruncateSync(fd, whole)
      closeSync(fd)
    }
    this.#segments.set(n, whole)
    for (const line of bytes.toString('utf8', 0, whole).split('\n')) {
      if (line) this.#told.add(line)
    }
  }

  #path(n: number): string {
    return join(this.#folder, `${String(n).padStart(9, '0')}.ndjson`)
  }
}

function segmentsIn(folder: string): number[] {
  return readdirSync(folder)
    .filter((name) => /^\d{9}\.ndjson$/.test(name))
    .map((name) => Number(name.slice(0, 9)))
    .sort((a, b) => a - b)
}
