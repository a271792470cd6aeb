// What leaves a sensor: lines. What one process does again and again to the same object within a second is told once, and then how often it
// came; a debugger that reads a hundred words of memory is one event.
import { hostname } from 'node:os'

import type { HealthKind, RawEvent, RawKind, RawValue } from './raw-event.ts'

/** Milliseconds for which the same is told once. */
export const repeatMs = 1_000
/** Different doings that are remembered at once; beyond, everything is told. */
const maxRemembered = 50_000

/** Each of them is told, however often it comes. */
const single: ReadonlySet<RawKind> = new Set([
  'exec',
  'exit',
  'health',
  'repeated',
])

interface Told {
  readonly type: RawKind
  readonly pid: number
  readonly object: string
  /** When it is forgotten, by the events' own time. */
  readonly until: number
  repeats: number
}

export interface EmitterOptions {
  readonly sensor: string
  /** Of this boot of the kernel: pids and start times are told apart by it. */
  readonly bootId: string
  /** Returns when it is written: while nobody reads, a sensor waits, and the kernel counts what it drops. */
  readonly write: (line: string) => void
}

export class Emitter {
  readonly #options: EmitterOptions
  readonly #told = new Map<string, Told>()
  readonly #host = hostname()
  #seq = 0
  /** Events that were told as repetitions of others. */
  repeats = 0

  constructor(options: EmitterOptions) {
    this.#options = options
  }

  /** Lines that were written. */
  get written(): number {
    return this.#seq
  }

  /** `object`: what it was done to; of events of the same kind, process and object within a second the first is told. */
  emit(event: RawEvent, object = ''): void {
    const { type, time, pid } = event
    if (pid !== undefined && !single.has(type)) {
      const key = `${type}\0${pid}\0${object}`
      const told = this.#told.get(key)
      if (told && time < told.until) {
        told.repeats++
        this.repeats++
        return
      }
      if (told) this.#forget(key, told, time)
      if (this.#told.size < maxRemembered) {
        const until = time + repeatMs
        this.#told.set(key, { type, pid, object, until, repeats: 0 })
      }
    }
    this.#write(event)
  }

  health(kind: HealthKind, count: number, detail: string, time: number): void {
    const fields = { kind, count, detail }
    this.#write({ type: 'health', time, fields })
  }

  /** A line that is written as it is: of a format that readers know. */
  line(text: string): void {
    this.#seq++
    this.#options.write(text)
  }

  /** Tells how often what is over came again; called now and then, and at the end with Infinity. */
  settle(time: number): void {
    for (const [key, told] of this.#told) {
      if (told.until <= time) this.#forget(key, told, time)
    }
  }

  #forget(key: string, told: Told, time: number): void {
    this.#told.delete(key)
    const { type, pid, object, repeats, until } = told
    if (repeats === 0) return
    const fields = { of: type, object, repeats }
    const at = Number.isFinite(time) ? time : until
    this.#write({ type: 'repeated', time: at, pid, fields })
  }

  #write({ type, time, pid, fields }: RawEvent): void {
    const { sensor, bootId } = this.#options
    const record: Record<string, RawValue | undefined> = {
      sensor,
      type,
      time: new Date(time).toISOString(),
      host: this.#host,
      boot_id: bootId,
      seq: ++this.#seq,
      pid,
      ...fields,
    }
    this.#options.write(JSON.stringify(record))
  }
}
