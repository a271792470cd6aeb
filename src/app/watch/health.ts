// What could a watch not see? Sources that fell silent, events that were lost or turned away, outputs that take nothing: each is an event
// (category `sensor_health`) that rules meet like any other, so that blindness is a finding, and not a line in a log.
import { hostname } from 'node:os'

import { type Value, provenance } from '../../base/record.ts'

import type { PlainEvent } from '../../event/made-event.ts'

import type { SourceStatus, WatchStatus } from './status.ts'

export type HealthKind =
  | 'silent'
  | 'lost'
  | 'turned away'
  | 'output stalled'
  | 'output lost'
  | 'state evicted'
  | 'rules refused'

interface Trouble {
  readonly kind: HealthKind
  /** The source, listener or output. */
  readonly of: string
  readonly count: number
  readonly detail: string
}

/** Milliseconds between two looks. */
export const healthEveryMs = 10_000
/** A source that gave so many events is believed to go on giving. */
const minEventsOfRegular = 20
/** Milliseconds: silence of a regular source, at least; and as a multiple of the mean time between its events. */
const silenceMs = 10 * 60_000
const silenceGaps = 50
/** Milliseconds for which an output takes nothing, though something waits. */
const stallMs = 5 * 60_000

interface SourceMemory {
  events: number
  readonly since: number
  lastGave: number
  isSilent: boolean
  lost: number
}

export class Health {
  readonly #sources = new Map<string, SourceMemory>()
  /** By what and whose it is: the count when it was told. */
  readonly #told = new Map<string, number>()
  /** By output: since when it has not sent anything. */
  readonly #stalled = new Map<
    string,
    { sent: number; since: number; isTold: boolean }
  >()
  #made = 0

  /** What is new since the last time. `now`: milliseconds since 1970. */
  check(status: WatchStatus, now: number): PlainEvent[] {
    return [
      ...status.sources.flatMap((s) => this.#ofSource(s, now)),
      ...status.intakes.flatMap((i) =>
        this.#grown({
          kind: 'turned away',
          of: i.name,
          count: i.turnedAway,
          detail: 'requests that found no room',
        }),
      ),
      ...status.outputs.flatMap((o) => [
        ...this.#grown({
          kind: 'output lost',
          of: o.name,
          count: o.lost + o.refused,
          detail: o.lastError ?? 'findings that the output will never have',
        }),
        ...this.#ofOutput(o, now),
      ]),
      ...this.#grown({
        kind: 'state evicted',
        of: 'journal',
        count: status.evictedBatches,
        detail: 'what correlations had not done with went for want of room',
      }),
      ...this.#grown({
        kind: 'rules refused',
        of: 'rules',
        count: status.reloads.refused,
        detail: 'the rules that were in force stay',
      }),
    ].map((trouble) => this.#event(trouble, now))
  }

  #ofSource(s: SourceStatus, now: number): Trouble[] {
    let memory = this.#sources.get(s.name)
    if (!memory) {
      memory = {
        events: 0,
        since: now,
        lastGave: now,
        isSilent: false,
        lost: 0,
      }
      this.#sources.set(s.name, memory)
    }
    const seen = s.events + s.skipped
    if (seen > memory.events) {
      memory.events = seen
      memory.lastGave = now
      memory.isSilent = false
    }
    const troubles = this.#grown({
      kind: 'lost',
      of: s.name,
      count: s.lost,
      detail: 'records that were torn or too long',
    })
    if (memory.isSilent || !isSilent(memory, now)) return troubles
    memory.isSilent = true
    const minutes = Math.round((now - memory.lastGave) / 60_000)
    const detail = `gave ${memory.events} events, and none for ${minutes} minutes`
    return [...troubles, { kind: 'silent', of: s.name, count: minutes, detail }]
  }

  #ofOutput(o: WatchStatus['outputs'][number], now: number): Trouble[] {
    const known = this.#stalled.get(o.name)
    if (!known || known.sent !== o.sent || o.isDone) {
      this.#stalled.set(o.name, { sent: o.sent, since: now, isTold: false })
      return []
    }
    if (known.isTold || now - known.since < stallMs) return []
    known.isTold = true
    const detail = o.lastError ?? 'it takes nothing'
    return [{ kind: 'output stalled', of: o.name, count: o.failures, detail }]
  }

  #grown(trouble: Trouble): Trouble[] {
    const key = `${trouble.kind}\0${trouble.of}`
    const before = this.#told.get(key) ?? 0
    if (trouble.count <= before) return []
    this.#told.set(key, trouble.count)
    return [{ ...trouble, count: trouble.count - before }]
  }

  #event({ kind, of, count, detail }: Trouble, now: number): PlainEvent {
    const fields: Readonly<Record<string, Value>> = {
      HealthKind: kind,
      HealthSource: of,
      HealthCount: count,
      HealthDetail: detail,
    }
    return {
      names: Object.keys(fields),
      values: Object.values(fields),
      product: 'ipcwatch',
      category: ['sensor_health'],
      service: undefined,
      provenance: provenance('hints', '', '', ''),
      origin: { file: 'ipcwatch watch', record: ++this.#made, offset: 0 },
      time: now,
      host: hostname(),
    }
  }
}

function isSilent(
  { events, since, lastGave }: SourceMemory,
  now: number,
): boolean {
  if (events < minEventsOfRegular) return false
  const gap = Math.max(1, (lastGave - since) / events)
  return now - lastGave > Math.max(silenceMs, gap * silenceGaps)
}
