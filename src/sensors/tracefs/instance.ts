// An instance of tracefs: a ring buffer of our own, with its own events and settings; the host's tracing is not touched. Its name says whose
// it is, so that one that was left behind can be told from one in use.
// Source: Documentation/trace/ftrace.rst, "Instances".
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  constants,
  readdirSync,
  readFileSync,
  readSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

import { Keeper } from '../keeper.ts'
import { startOf } from '../linux/process-view.ts'

const prefix = 'ipcwatch-'
/** Kibibytes of each processor's ring. */
const ringKiB = 4_096
/** Bytes that are read at once. */
const blockBytes = 256 * 1024

/** Tried for five seconds: a reader of the ring may end later than its owner. */
const tidy =
  'echo 0 > "$1/tracing_on"; n=0; while [ -d "$1" ] && [ $n -lt 50 ]; do rmdir "$1"; n=$((n+1)); sleep 0.1; done'

export class TraceInstance {
  readonly path: string
  readonly #keeper: Keeper
  readonly #block = Buffer.alloc(blockBytes)
  #pipe: number | undefined

  constructor(tracefs: string) {
    removeLeftOver(tracefs)
    const own = `${prefix}${process.pid}-${startOf(process.pid)}`
    this.path = join(tracefs, 'instances', own)
    mkdirSync(this.path)
    this.#keeper = new Keeper(tidy, [this.path])
    this.write('tracing_on', '0')
    this.write('buffer_size_kb', String(ringKiB))
    this.write('trace_clock', 'mono')
    this.write('options/markers', '0')
    this.write('options/record-tgid', '1')
    // Kernels that print what user pointers lead to would print text that whoever is watched has chosen.
    if (this.#has('syscall_user_buf_size'))
      this.write('syscall_user_buf_size', '0')
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.path, name), text)
  }

  /** Nothing where this kernel has it not. A filter is in the language of the kernel. */
  enable(event: string, filter?: string): void {
    if (!this.#has(join('events', event))) return
    if (filter !== undefined) this.write(`events/${event}/filter`, filter)
    this.write(`events/${event}/enable`, '1')
  }

  #has(name: string): boolean {
    return existsSync(join(this.path, name))
  }

  begin(): void {
    const flags = constants.O_RDONLY | constants.O_NONBLOCK
    this.#pipe = openSync(join(this.path, 'trace_pipe'), flags)
    this.write('tracing_on', '1')
  }

  get isOn(): boolean {
    const text = readFileSync(join(this.path, 'tracing_on'), 'utf8')
    return text.trim() === '1'
  }

  /** What has come; undefined: nothing. A read that would wait would keep a thread of Node for ever. */
  read(): string | undefined {
    try {
      const n = readSync(this.#pipe!, this.#block, 0, blockBytes, null)
      return n > 0 ? this.#block.toString('latin1', 0, n) : undefined
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EAGAIN') return undefined
      throw error
    }
  }

  /** Events that were overwritten before they were read. */
  get overrun(): number {
    const folder = join(this.path, 'per_cpu')
    return readdirSync(folder).reduce((sum, cpu) => {
      const text = readFileSync(join(folder, cpu, 'stats'), 'utf8')
      const [, overrun] = /^overrun: (\d+)$/m.exec(text) ?? []
      const [, dropped] = /^dropped events: (\d+)$/m.exec(text) ?? []
      return sum + Number(overrun ?? 0) + Number(dropped ?? 0)
    }, 0)
  }

  async remove(): Promise<void> {
    if (this.#pipe !== undefined) closeSync(this.#pipe)
    this.#pipe = undefined
    await this.#keeper.end()
  }
}

/** Of owners that are gone. */
function removeLeftOver(tracefs: string): void {
  const folder = join(tracefs, 'instances')
  for (const name of readdirSync(folder)) {
    const [, pid, start] = /^ipcwatch-(\d+)-(\d+)$/.exec(name) ?? []
    if (pid === undefined || startOf(Number(pid)) === Number(start)) continue
    try {
      writeFileSync(join(folder, name, 'tracing_on'), '0')
      rmdirSync(join(folder, name))
    } catch {
      // Somebody reads it still: the next start tries again.
    }
  }
}
