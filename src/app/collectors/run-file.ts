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

import type { Run, Waiting } from './waiting.ts'

/** Bytes written at once. */
const writeBytes = 1024 * 1024
/** Bytes read at once, of all runs together; each has its share. */
const readBytes = 8 * 1024 * 1024
const leastReadBytes = 16 * 1024
/** Time, record, length. */
const headBytes = 8 + 8 + 4

/** Where in the file a run lies. */
interface Stretch {
  readonly start: number
  readonly end: number
}

export class RunFile {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ipcwatch-findings-'))
  readonly #fd: number
  readonly #runs: Stretch[] = []
  readonly #remove = () =>
    rmSync(this.#folder, { recursive: true, force: true })
  #end = 0

  constructor() {
    this.#fd = openSync(join(this.#folder, 'findings'), 'wx+', 0o600)
    process.once('exit', this.#remove)
    if (process.platform !== 'win32') this.#remove()
  }

  /** What cannot be written throws and leaves the runs before as they are. */
  add(run: Run): void {
    const start = this.#end
    let at = start
    let buffer = Buffer.allocUnsafe(writeBytes)
    let used = 0
    const flush = () => {
      writeAll(this.#fd, buffer.subarray(0, used), at)
      at += used
      used = 0
    }
    for (let next = run.next(); next; next = run.next()) {
      const { time, record, bytes, from, to } = next
      const room = headBytes + to - from
      if (used + room > buffer.length) flush()
      if (room > buffer.length) buffer = Buffer.allocUnsafe(room)
      buffer.writeDoubleLE(time, used)
      buffer.writeDoubleLE(record, used + 8)
      buffer.writeUInt32LE(to - from, used + 16)
      buffer.set(
        new Uint8Array(bytes.buffer, bytes.byteOffset + from, to - from),
        used + headBytes,
      )
      used += room
    }
    flush()
    this.#end = at
    this.#runs.push({ start, end: at })
  }

  /** The runs, each from its beginning. `atOnce`: what one gives is done with before its next is asked for. */
  read(atOnce = false): Run[] {
    const share = Math.floor(readBytes / Math.max(1, this.#runs.length))
    const block = Math.max(leastReadBytes, share)
    return this.#runs.map((run) => new RunReader(this.#fd, run, block, atOnce))
  }

  close(): void {
    closeSync(this.#fd)
    this.#remove()
    process.off('exit', this.#remove)
  }
}

class RunReader implements Run {
  readonly #fd: number
  readonly #block: number
  readonly #end: number
  readonly #atOnce: boolean
  #position: number
  #buffer: Buffer = Buffer.alloc(0)
  #from = 0
  #to = 0

  constructor(
    fd: number,
    { start, end }: Stretch,
    block: number,
    atOnce: boolean,
  ) {
    this.#fd = fd
    this.#atOnce = atOnce
    this.#block = block
    this.#position = start
    this.#end = end
  }

  next(): Waiting | undefined {
    if (this.#position >= this.#end && this.#from >= this.#to) return undefined
    this.#need(headBytes)
    const length = this.#buffer.readUInt32LE(this.#from + 16)
    this.#need(headBytes + length)
    const bytes = this.#buffer
    const head = this.#from
    const from = head + headBytes
    const to = from + length
    this.#from = to
    const time = bytes.readDoubleLE(head)
    return { time, record: bytes.readDoubleLE(head + 8), bytes, from, to }
  }

  /** What was given may still point into the block before: then each block has a buffer of its own. */
  #need(bytes: number): void {
    const rest = this.#to - this.#from
    if (rest >= bytes) return
    const left = this.#end - this.#position
    const most = Math.max(bytes, Math.min(this.#block, rest + left))
    const reuses = this.#atOnce && this.#buffer.length >= most
    const buffer = reuses ? this.#buffer : Buffer.allocUnsafeSlow(most)
    this.#buffer.copy(buffer, 0, this.#from, this.#to)
    this.#from = 0
    this.#to = rest
    while (this.#to < bytes) {
      const room = Math.min(most - this.#to, this.#end - this.#position)
      const got = readSync(this.#fd, buffer, this.#to, room, this.#position)
      invariant(got > 0, 'a run ends where it was written to end')
      this.#position += got
      this.#to += got
    }
    this.#buffer = buffer
  }
}

function writeAll(fd: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(fd, bytes, done, bytes.length - done, position + done)
  }
}
