// One sensor in this process, its lines on standard output. Ends when it is told to, when nobody reads any more, and, where it was started
// by an engine, when that is gone.
import { readFileSync, writeSync } from 'node:fs'
import { setPriority } from 'node:os'

import { Emitter } from './emitter.ts'
import type {
  RunningSensor,
  Sensor,
  SensorCounts,
  SensorOptions,
} from './sensor.ts'

export interface RunRequest {
  readonly sensor: Sensor
  readonly options: Omit<SensorOptions, 'emitter' | 'failed'>
  /** Ends with standard input: whoever holds its other end is whom it works for. */
  readonly endsWithInput: boolean
  /** Its descriptor. */
  readonly output: number
  /** From now on it sees. */
  readonly begun: () => void
}

const priority = -10
/** Characters that are written at once. */
const blockUnits = 64 * 1024
/** Milliseconds to wait where the pipe is full and does not block. */
const fullMs = 2

export interface SensorRun extends SensorCounts {
  /** Lines that were written; what came again and was told as that. */
  readonly told: number
  readonly repeats: number
  /** Why it could not go on. */
  readonly failure: string | undefined
}

/** Resolves when it has ended and left nothing behind. */
export async function runSensor(request: RunRequest): Promise<SensorRun> {
  comeFirst()
  const out = new Lines(request.output)
  const emitter = new Emitter({
    sensor: request.sensor.name,
    bootId: bootId(),
    write: (line) => out.add(line),
  })
  const ending = new Ending(request.endsWithInput)
  out.onClosed = () => ending.end()
  let running: RunningSensor
  try {
    const failed = (why: string) => ending.end(why)
    const { sensor, options } = request
    running = await sensor.start({ ...options, emitter, failed })
  } catch (error) {
    const failure = (error as Error).message
    return { seen: 0, dropped: 0, told: 0, repeats: 0, failure }
  }
  request.begun()
  const failure = await ending.reached
  await running.stop()
  out.flush()
  const counts = running.counts()
  return { ...counts, told: emitter.written, repeats: emitter.repeats, failure }
}

/** What it does takes little, and must be done before a ring of the kernel is full, however busy the host is. */
function comeFirst(): void {
  try {
    setPriority(priority)
  } catch {
    // It may not: it does what it can.
  }
}

class Ending {
  readonly reached: Promise<string | undefined>
  #resolve!: (why: string | undefined) => void

  constructor(withInput: boolean) {
    this.reached = new Promise((resolve) => {
      this.#resolve = resolve
    })
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.on(signal, () => this.end())
    if (!withInput) return
    process.stdin.on('end', () => this.end())
    process.stdin.on('error', () => this.end())
    process.stdin.resume()
  }

  end(why?: string): void {
    this.#resolve(why)
  }
}

/** Lines are written together, and writing waits while nobody reads: then the sensor reads nothing, and the kernel counts what it drops. */
class Lines {
  readonly #fd: number
  #open = ''
  #isAsked = false
  #isClosed = false
  onClosed: () => void = () => {}

  constructor(fd: number) {
    this.#fd = fd
  }

  add(line: string): void {
    this.#open += `${line}\n`
    if (this.#open.length >= blockUnits) this.flush()
    else if (!this.#isAsked) {
      this.#isAsked = true
      setImmediate(() => this.flush())
    }
  }

  flush(): void {
    this.#isAsked = false
    const bytes = Buffer.from(this.#open)
    this.#open = ''
    for (let done = 0; done < bytes.length && !this.#isClosed; ) {
      done += this.#writeSome(bytes, done)
    }
  }

  #writeSome(bytes: Buffer, from: number): number {
    try {
      return writeSync(this.#fd, bytes, from)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EAGAIN') {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, fullMs)
        return 0
      }
      this.#isClosed = true
      this.onClosed()
      return 0
    }
  }
}

/** Of systems that do not say, nothing is said. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}
