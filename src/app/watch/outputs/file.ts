// Findings in a file, one JSON object a line, each there when the next are asked for. What a fall left half written is cut off, and what
// was written and not yet noted is not written again.
import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
} from 'node:fs'

import { shownJson } from '../../../base/shown.ts'

import type { Output } from './output.ts'
import { unwaiting, writeWhole } from './write-whole.ts'

export interface FileOptions {
  readonly path: string
  /** In bytes: a larger file becomes `.1`, and `.1` becomes `.2`; absent: never. */
  readonly rotateAt?: number
  /** Files that are kept beside the one that is written. */
  readonly keep?: number
}

const defaultKeep = 5
const flags =
  constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | unwaiting
const LF = 10

export class FileOutput implements Output {
  readonly name: string
  readonly #options: FileOptions
  #fd: number
  #size: number

  /** Throws where it cannot be written. */
  constructor(options: FileOptions) {
    this.name = options.path
    this.#options = options
    this.#fd = openSync(options.path, flags, 0o600)
    this.#size = fstatSync(this.#fd).size
  }

  async send(lines: readonly string[], signal: AbortSignal): Promise<void> {
    const { rotateAt } = this.#options
    if (rotateAt !== undefined && this.#size >= rotateAt) this.#rotate()
    const bytes = Buffer.from(shownJson(`${lines.join('\n')}\n`))
    await writeWhole(this.#fd, bytes, signal)
    // Where there is nothing to be made durable (a pipe, a terminal), this is refused.
    if (fstatSync(this.#fd).isFile()) fdatasyncSync(this.#fd)
    this.#size += bytes.length
  }

  state(): number {
    return this.#size
  }

  resume(state: unknown, next: readonly string[]): number {
    const noted = typeof state === 'number' ? state : 0
    const stats = fstatSync(this.#fd)
    if (!stats.isFile() || stats.size <= noted) return 0
    const bytes = Buffer.alloc(stats.size - noted)
    readSync(this.#fd, bytes, 0, bytes.length, noted)
    const whole = bytes.lastIndexOf(LF) + 1
    ftruncateSync(this.#fd, noted + whole)
    this.#size = noted + whole
    const written = bytes.toString('utf8', 0, whole).split('\n').slice(0, -1)
    let same = 0
    while (
      same < written.length &&
      written[same] === shownJson(next[same] ?? '')
    ) {
      same++
    }
    return same
  }

  async close(): Promise<void> {
    closeSync(this.#fd)
  }

  #rotate(): void {
    const { path, keep = defaultKeep } = this.#options
    for (let n = keep - 1; n >= 0; n--) {
      try {
        renameSync(n ? `${path}.${n}` : path, `${path}.${n + 1}`)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    }
    closeSync(this.#fd)
    this.#fd = openSync(path, flags, 0o600)
    this.#size = fstatSync(this.#fd).size
  }
}
