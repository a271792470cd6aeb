// Do two sources hold some of the same events? Each keeps a sample of its events, chosen by what is equal wherever an event lies, so that
// what both hold is in both samples. It costs some nanoseconds an event; where samples meet, sources are read again (shared-events.ts).
import { digest, mixed } from '../../base/digest.ts'
import type { Provenance, SourceRecord } from '../../base/record.ts'

import type { Event } from '../../event/event.ts'

import { shortHost } from '../../findings/identity.ts'

/** Of a source so many are kept; where it has more, each second, fourth ... event is in the sample. */
const maxMarks = 1_024
/** Hosts whose numbers are remembered. */
const maxHosts = 4_096

/** A mark is a number below 2^53: what is chosen by stands above the rest. */
const laneStep = 0x200000

export class EventMarks {
  #marks = new Set<number>()
  /** Marks below are in the sample. */
  #limit = 2 ** 53

  add(lane: number, rest: number): void {
    const mark = (lane >>> 0) * laneStep + (rest >>> 11)
    if (mark >= this.#limit) return
    this.#marks.add(mark)
    while (this.#marks.size > maxMarks) {
      this.#limit /= 2
      this.#marks = new Set([...this.#marks].filter((m) => m < this.#limit))
    }
  }

  list(): readonly number[] {
    return [...this.#marks]
  }
}

const parts = new Float64Array(1)
const lanes = new Int32Array(parts.buffer)

/** Makes marks of events: of when the container says that they were written, of their numbers, or else of their times. */
export class Marker {
  readonly #kinds = new WeakMap<Provenance, number>()
  readonly #hosts = new Map<string, number>()
  #host: string | undefined
  #hostLane = 0

  /** `writtenAt` as in SourceRecord. */
  written(to: EventMarks, host: string | undefined, writtenAt: number): void {
    this.#add(to, this.#hostOf(host), writtenAt)
  }

  /** An event that was decoded. */
  event(to: EventMarks, event: Event, record: SourceRecord): void {
    const host = this.#hostOf(event.host())
    const { writtenAt, provenance } = record
    if (writtenAt !== undefined) this.#add(to, host, writtenAt)
    const kind = mixed(host, this.#kindOf(provenance))
    const number = numberOf(event, record)
    if (number !== undefined) this.#add(to, kind, number)
    else if (writtenAt === undefined) this.#add(to, kind, event.time() ?? 0)
  }

  #add(to: EventMarks, of: number, number: number): void {
    parts[0] = number
    const lane = mixed(mixed(of, lanes[0]!), lanes[1]!)
    to.add(lane, mixed(lane, of))
  }

  #kindOf(of: Provenance): number {
    let kind = this.#kinds.get(of)
    if (kind === undefined) {
      kind = digest(`${of.provider}\0${of.id}`.toLowerCase()).a
      this.#kinds.set(of, kind)
    }
    return kind
  }

  #hostOf(host: string | undefined): number {
    if (host === this.#host) return this.#hostLane
    let lane = this.#hosts.get(host ?? '')
    if (lane === undefined) {
      lane = digest(shortHost(host)).a
      if (this.#hosts.size >= maxHosts) this.#hosts.clear()
      this.#hosts.set(host ?? '', lane)
    }
    this.#host = host
    this.#hostLane = lane
    return lane
  }
}

/** Where an event is told by it; those that tell neither it nor a time nor a host have one mark together. */
export const numberField = 'EventRecordID'

/** Of its channel. In EVTX it is the record's own. */
function numberOf(event: Event, record: SourceRecord): number | undefined {
  const { provenance, writtenAt } = record
  if (writtenAt !== undefined)
    return provenance.family === 'windows' ? record.number : undefined
  const at = event.shape.indexOf(numberField)
  const number = at < 0 ? Number.NaN : Number(event.value(at) ?? Number.NaN)
  return Number.isFinite(number) ? number : undefined
}
