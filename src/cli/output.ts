// Standard output or a file, written in full and in large pieces: it may be a slow pipe, and nothing may pile up in memory.
import {
  constants,
  openSync,
  readFileSync,
  readlinkSync,
  writeSync,
} from 'node:fs'
import { devNull } from 'node:os'

import { shownLines } from '../base/shown.ts'

import { reasonOf } from '../readers/regular-file.ts'

import { quit, UsageError } from './exit.ts'
import { say } from './say.ts'

const flushAt = 64 * 1024
/** Milliseconds to wait for a reader that is not ready. */
const patience = 2
/** The bits of a descriptor's flags that say what it is open for. */
const accessMode = 3

export class OutputBuffer {
  readonly #fd: number
  readonly #name: string
  #text = ''

  constructor(fd = 1, name = 'standard output') {
    this.#fd = fd
    this.#name = name
  }

  /** Columns; whole values where nobody looks at columns. */
  get width(): number {
    return this.isTerminal ? process.stdout.columns : Number.POSITIVE_INFINITY
  }

  get isTerminal(): boolean {
    return this.#fd === 1 && process.stdout.isTTY === true
  }

  /** `text` must be fit for a terminal already, as sinks write it. Bytes are written at once. */
  write(text: string | Uint8Array): void {
    if (typeof text === 'string') {
      this.#text += text
      if (this.#text.length >= flushAt) this.flush()
    } else {
      this.flush()
      this.#writeAll(text)
    }
  }

  flush(): void {
    const text = this.#text
    if (!text) return
    this.#text = ''
    // Text of one byte a character is copied, not encoded.
    const ascii = Buffer.byteLength(text) === text.length
    this.#writeAll(Buffer.from(text, ascii ? 'latin1' : 'utf8'))
  }

  #writeAll(bytes: Uint8Array): void {
    if (this.#fd === 1) sayIfNobodyReads()
    let rest = bytes
    while (rest.length) {
      try {
        rest = rest.subarray(writeSync(this.#fd, rest))
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException
        // The reader closed early (`| head`): what it did not see may be what matters.
        if (code === 'EPIPE') {
          quit(
            'output closed',
            `${this.#name} was closed before all was written`,
          )
        }
        if (code !== 'EAGAIN') {
          throw new UsageError(`${this.#name} cannot be written: ${message}`)
        }
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, patience)
      }
    }
  }
}

let isReaderKnown = false

/**
 * Where standard output is closed Node puts the null device in its place, open for reading too, before anything of ours runs: what is
 * written would be lost without a word. A shell's `>/dev/null` is open for writing alone, and wanted.
 * Source: Node's src/node.cc, PlatformInit; what a descriptor is open for is told by Linux, proc(5).
 */
function sayIfNobodyReads(): void {
  if (isReaderKnown) return
  isReaderKnown = true
  if (process.platform !== 'linux') return
  try {
    const flags = /^flags:\s*(\d+)$/m.exec(
      readFileSync('/proc/self/fdinfo/1', 'utf8'),
    )
    const access = Number.parseInt(flags?.[1] ?? '', 8) & accessMode
    if (
      access !== constants.O_RDWR ||
      readlinkSync('/proc/self/fd/1') !== devNull
    )
      return
  } catch {
    return
  }
  say(
    'standard output is closed, or the null device: nobody sees what is printed there (-o FILE writes it)',
  )
}

/** To open a pipe that nobody reads would wait, and could not be interrupted. */
const forOutput =
  constants.O_WRONLY |
  constants.O_CREAT |
  constants.O_TRUNC |
  (constants.O_NONBLOCK ?? 0)

/** A file that is there, and empty, from now on: that it cannot be written is known before the work begins. */
export function openOutput(file = '-'): OutputBuffer {
  if (file === '-') return new OutputBuffer()
  try {
    return new OutputBuffer(openSync(file, forOutput), `"${file}"`)
  } catch (error) {
    throw new UsageError(`"${file}" cannot be written: ${reasonOf(error)}`)
  }
}

/** Lines for people. */
export function print(text: string): void {
  const output = new OutputBuffer()
  output.write(`${shownLines(text)}\n`)
  output.flush()
}
