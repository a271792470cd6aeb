// What edges and lineage need of events: facts, taken where the events are. They are joined outside, in order of time.
import { ByteText } from '../../base/byte-text.ts'

import { type Event, type EventShape, fieldOf } from '../../event/event.ts'

import type { FactName } from '../../enrich/facts/fact.ts'
import { FactWriter } from '../../enrich/facts/fact-writer.ts'

import type { Part, Station } from './station.ts'

export interface FactsPart extends Part {
  readonly kind: 'facts'
  /** In UTF-8, one behind the other: a fact is a JSON list, an event that waits an object (see `WaitingEvents`). */
  readonly lines: Uint8Array
  /** Of the events that wait: those that no earlier part had. */
  readonly shapes?: readonly string[]
  /** Of each: time in milliseconds since 1970, record, end in `lines`. */
  readonly keys: Float64Array
}

/** Facts are handed on when so many bytes of them are there. */
const flushAt = 256 * 1024

/** Text with the keys that order it. */
export class FactLines {
  readonly #full: () => void
  readonly #lines = new ByteText()
  #keys: number[] = []

  constructor(full: () => void) {
    this.#full = full
  }

  add(line: string, time: number, record: number): void {
    this.#lines.add(line)
    this.#keys.push(time, record, this.#lines.length)
    if (this.#lines.length >= flushAt) this.#full()
  }

  drain(): FactsPart | undefined {
    if (!this.#keys.length) return undefined
    const keys = Float64Array.from(this.#keys)
    this.#keys = []
    return { kind: 'facts', lines: this.#lines.take(), keys }
  }
}

export class Facts implements Station {
  readonly #writer: FactWriter
  readonly #lines: FactLines
  #event: Event | undefined

  constructor(asked: readonly FactName[], full: () => void, product?: string) {
    this.#writer = new FactWriter(asked, product)
    this.#lines = new FactLines(full)
  }

  meet(event: Event): void {
    this.#event = event
    this.#writer.facts(event, this.#write)
  }

  ignores(shape: EventShape): boolean {
    return this.#writer.ignores(shape)
  }

  drain(): readonly Part[] | undefined {
    const part = this.#lines.drain()
    return part && [part]
  }

  readonly #write = (text: string, time: number): void => {
    this.#lines.add(text, time, recordOf(this.#event!))
  }
}

/**
 * Orders records of one millisecond, and is equal for copies of a record: those share also their time and what they say. By its number
 * (of audit the serial), whatever order its lines lie in; else by its place.
 */
export function recordOf(event: Event): number {
  const number = Number(fieldOf(event, 'EventRecordID') ?? Number.NaN)
  const { record, offset } = event.origin
  if (Number.isFinite(number)) return number
  return event.shape.provenance.family === 'linux-audit'
    ? record
    : record + offset
}
