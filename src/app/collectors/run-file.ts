// Findings that do not fit into memory wait in a file: sorted runs, one behind the other, each read again from its beginning. The file
// has no name as soon as it is open, so that nothing is left of it however the process ends; where a system does not allow
// that, it goes when it is closed.
import {
  closeSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { invariant } from '../../base/invariant.ts'

import type { FoundLine } from './found-line.ts'
import type { HeldLines } from './held-lines.ts'

/** Bytes written at once. */
const writeBytes = 1024 * 1024
/** Bytes read at once, of all runs together; each has its share. */
const readBytes = 16 * 1024 * 1024
const leastReadBytes = 16 * 1024
/** Time, record, rule, length. */
const headBytes = 8 + 8 + 4 + 4

interface Run {
  readonly start: number
  readonly end: number
}

export class RunFile {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ipcwatch-findings-'))
  readonly #fd: number
  readonly #runs: Run[] = []
  readonly #remove = () =>
    rmSync(this.#folder, { recursive: true, force: true })
  #end = 0

  constructor() {
    this.#fd = openSync(join(this.#folder, 'findings'), 'wx+', 0o600)
    process.once('exit', this.#remove)
    if (process.platform !== 'win32') this.#remove()
  }

  /** What cannot be written throws and leaves the runs before as they are. */
  add(held: HeldLines): void {
    const start = this.#end
    let at = start
    let buffer = Buffer.allocUnsafe(writeBytes)
    let used = 0
    const flush = () => {
      writeAll(this.#fd, buffer.subarray(0, used), at)
      at += used
      used = 0
    }
    held.eachInOrder((time, record, rule, text, from, to) => {
      const room = headBytes + to - from
      if (used + room > buffer.length) flush()
      if (room > buffer.length) buffer = Buffer.allocUnsafe(room)
      buffer.writeDoubleLE(time, used)
      buffer.writeDoubleLE(record, used + 8)
      buffer.writeUInt32LE(rule, used + 16)
      buffer.writeUInt32LE(to - from, used + 20)
      text.copy(buffer, used + headBytes, from, to)
      used += room
    })
    flush()
    this.#end = at
    this.#runs.push({ start, end: at })
  }

  /** The runs, each from its beginning. */
  read(): Iterator<FoundLine>[] {
    const share = Math.floor(readBytes / Math.max(1, this.#runs.length))
    const block = Math.max(leastReadBytes, share)
    return this.#runs.map((run) => readRun(this.#fd, run, block))
  }

  close(): void {
    closeSync(this.#fd)
    this.#remove()
    process.off('exit', this.#remove)
  }
}

function* readRun(fd: number, run: Run, block: number): Generator<FoundLine> {
  let buffer = Buffer.allocUnsafe(block)
  let position = run.start
  let from = 0
  let to = 0
  const need = (bytes: number) => {
    if (to - from >= bytes) return
    const rest = buffer.subarray(from, to)
    if (bytes > buffer.length) buffer = Buffer.allocUnsafe(bytes)
    rest.copy(buffer)
    to -= from
    from = 0
    while (to < bytes) {
      const most = Math.min(buffer.length - to, run.end - position)
      const got = readSync(fd, buffer, to, most, position)
      invariant(got > 0, 'a run ends where it was written to end')
      position += got
      to += got
    }
  }
  while (position < run.end || from < to) {
    need(headBytes)
    const length = buffer.readUInt32LE(from + 20)
    need(headBytes + length)
    const text = from + headBytes
    yield {
      time: buffer.readDoubleLE(from),
      record: buffer.readDoubleLE(from + 8),
      rule: buffer.readUInt32LE(from + 16),
      line: buffer.toString('utf8', text, text + length),
    }
    from += headBytes + length
  }
}

function writeAll(fd: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(fd, bytes, done, bytes.length - done, position + done)
  }
}
