// What leaves a sensor: lines. What one process does again and again to the same object within a second is told once, and then how often it
// came; a debugger that reads a hundred words of memory is one event.
import { hostname } from 'node:os'

import { isoTime } from '../base/time.ts'

import type { HealthKind, RawEvent, RawKind } from './raw-event.ts'

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
  /** What all lines begin with. */
  readonly #head: string
  #seq = 0
  /** Events that were told as repetitions of others. */
  repeats = 0

  constructor(options: EmitterOptions) {
    this.#options = options
    const { sensor, bootId } = options
    const head = { sensor, host: this.#host, boot_id: bootId }
    this.#head = `${JSON.stringify(head).slice(0, -1)},`
  }

  /** Lines that were written. */
  get written(): number {
    return this.#seq
  }

  /**
   * `object`: what it was done to. Of events of one kind, process and object within a second the first is to be told; the others are counted
   * here, before anybody puts them into words.
   */
  isRepeated(
    type: RawKind,
    pid: number,
    time: number,
    object: string,
  ): boolean {
    if (single.has(type)) return false
    const key = `${type}\0${pid}\0${object}`
    const told = this.#told.get(key)
    if (told && time < told.until) {
      told.repeats++
      this.repeats++
      return true
    }
    if (told) this.#forget(key, told, time)
    if (this.#told.size < maxRemembered) {
      const until = time + repeatMs
      this.#told.set(key, { type, pid, object, until, repeats: 0 })
    }
    return false
  }

  emit(event: RawEvent): void {
    this.#write(event)
  }

  health(kind: HealthKind, count: number, detail: string, time: number): void {
    const fields = { kind, count, detail }
    this.#write({ type: 'health', time, fields })
  }

  /** A record of another format: readers open what carries it, and what the sensor tells itself may stand beside it. */
  message(text: string): void {
    this.line(JSON.stringify({ host: this.#host, message: text }))
  }

  /** A line of JSON of a format that readers know. */
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

  #write({ type, time, pid, actor, fields }: RawEvent): void {
    const at = isoTime(time)
    const who = pid === undefined ? '' : `,"pid":${pid}`
    const rest = JSON.stringify(fields)
    this.#options.write(
      `${this.#head}"type":"${type}","time":"${at}","seq":${++this.#seq}${who}${actor ? `,${actor}` : ''}${rest === '{}' ? '' : `,${rest.slice(1, -1)}`}}`,
    )
  }
}
