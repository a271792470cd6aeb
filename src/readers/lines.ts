// Where does a line begin and end, when bytes arrive in blocks of any size? A line that lies within
// one block is seen in place; one that crosses blocks is put together in a buffer of its own.
import type { Damage } from '../base/record.ts'

import { KeptBytes } from './kept-bytes.ts'
import type { Settled } from './reader.ts'

/** In bytes. The longest line of real logs is some hundred kilobytes; what is over is skipped and said. */
export const maxLineBytes = 16 * 1024 * 1024

export interface LineSink {
  /**
   * The bytes from `start` to `end` of `buffer`, without the line break (LF or CRLF). Valid only during the call.
   * `line` counts from 1 in the file; `offset` is that of the line's first byte in the file.
   */
  line(
    buffer: Buffer,
    start: number,
    end: number,
    line: number,
    offset: number,
  ): void
  damaged(damage: Damage): void
}

const LF = 10
const CR = 13

export class LineSplitter {
  readonly #sink: LineSink
  readonly #maxBytes: number
  readonly #kept: KeptBytes
  /** Bytes of the open line that were dropped because it is too long; 0 while it is not. */
  #droppedBytes = 0
  #line: number
  /** File offset of the first byte of the open line. */
  #lineOffset: number

  constructor(
    sink: LineSink,
    options: {
      readonly start?: number
      readonly linesBefore?: number
      readonly maxBytes?: number
    } = {},
  ) {
    this.#sink = sink
    this.#line = (options.linesBefore ?? 0) + 1
    this.#lineOffset = options.start ?? 0
    this.#maxBytes = options.maxBytes ?? maxLineBytes
    this.#kept = new KeptBytes(this.#maxBytes)
  }

  push(block: Buffer): void {
    let from = 0
    for (;;) {
      const at = block.indexOf(LF, from)
      if (at < 0) break
      this.#close(block, from, at, 1)
      from = at + 1
    }
    if (from < block.length) this.#keep(block, from)
  }

  /** Where the line begins whose end has not come yet: all before it was given. */
  get openLine(): Settled {
    return { offset: this.#lineOffset, linesBefore: this.#line - 1 }
  }

  /** A last line without a line break counts as a line. */
  end(): void {
    if (this.#kept.length > 0 || this.#droppedBytes > 0) {
      this.#close(this.#kept.bytes, 0, 0, 0)
    }
    this.#kept.release()
  }

  #close(block: Buffer, from: number, at: number, breakBytes: number) {
    let bytes = at - from
    if (this.#kept.length > 0 || this.#droppedBytes > 0) {
      this.#keep(block, from, at)
      bytes = this.#kept.length + this.#droppedBytes
      this.#finishKept(bytes)
    } else if (bytes > this.#maxBytes) {
      this.#reportTooLong(bytes)
    } else {
      const end = at > from && block[at - 1] === CR ? at - 1 : at
      this.#sink.line(block, from, end, this.#line, this.#lineOffset)
    }
    this.#line++
    this.#lineOffset += bytes + breakBytes
  }

  #finishKept(bytes: number) {
    if (this.#droppedBytes > 0) this.#reportTooLong(bytes)
    else {
      const kept = this.#kept.bytes
      const end = kept[bytes - 1] === CR ? bytes - 1 : bytes
      this.#sink.line(kept, 0, end, this.#line, this.#lineOffset)
    }
    this.#kept.clear()
    this.#droppedBytes = 0
  }

  #reportTooLong(bytes: number) {
    this.#sink.damaged({
      what: 'line',
      offset: this.#lineOffset,
      message: `line ${this.#line} has ${bytes} bytes, at most ${this.#maxBytes} are read; it was skipped`,
      isBound: true,
      lost: 1,
    })
  }

  #keep(block: Buffer, from: number, to = block.length) {
    if (this.#droppedBytes > 0 || !this.#kept.add(block, from, to))
      this.#droppedBytes += to - from
  }
}
