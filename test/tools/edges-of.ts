// Events made by hand through the facts station and the joiner, in whatever order, from however many threads: what edges come of them.
import { provenance, type Value } from '../../src/base/record.ts'
import { type Event, EventShape, valueAt } from '../../src/event/event.ts'
import { logSource } from '../../src/event/log-source.ts'
import { type PlainEvent, plainEvent } from '../../src/event/made-event.ts'
import { WaitingEvents } from '../../src/event/waiting-events.ts'
import { type EdgeKind, edgeKinds } from '../../src/enrich/edges/edge.ts'
import { factNames } from '../../src/enrich/facts/fact.ts'
import { JoinerCollector } from '../../src/app/collectors/joiner.ts'
import type { RarityOptions } from '../../src/app/collectors/rarity.ts'
import type { Schedule } from '../../src/enrich/schedule/schedule.ts'
import { FactLines, Facts } from '../../src/app/stations/facts.ts'

/** `windows`, `linux` or `macos` names the category; `id` an event of the Security log; the rest are fields. */
export type CaseEvent = Readonly<Record<string, Value>>

const start = Date.UTC(2026, 0, 31, 12)
const products = ['windows', 'linux', 'macos'] as const
const services = {
  windows: 'sysmon',
  linux: 'auditd',
  macos: 'endpointsecurity',
}

export function caseEvent(given: CaseEvent, record: number): Event {
  const { at, host = 'ws1', id = '', waits: _, ...rest } = given
  const product = products.find((p) => p in rest)!
  const { [product]: category, ...fields } = rest
  const names = Object.keys(fields)
  const service = id === '' ? services[product] : 'security'
  const shape = new EventShape(
    names,
    logSource(product, category ? [String(category)] : [], [service]),
    provenance('case', service, '', String(id)),
  )
  return {
    shape,
    origin: { file: 'case.jsonl', record, offset: record * 100 },
    value: (i) => valueAt(shape, i, (n) => fields[names[n]!]),
    time: () => start + Number(at),
    host: () => String(host),
  }
}

const noFacts = {
  kind: 'facts',
  lines: new Uint8Array(),
  keys: new Float64Array(),
} as const

export interface Run {
  /** Positions of the events, in the order in which they come, by thread. */
  readonly threads: readonly (readonly number[])[]
  /** Milliseconds since the first; Infinity comes of itself. */
  readonly watermarks?: readonly number[]
  readonly maxBytes?: number
  readonly kinds?: readonly EdgeKind[]
  readonly rarity?: RarityOptions
  readonly schedule?: Schedule
}

export function madeOf(events: readonly CaseEvent[], run: Run): PlainEvent[] {
  const made: PlainEvent[] = []
  const outlet = {
    event: (event: Event) => made.push(plainEvent(event)),
    note: (message: string) => {
      throw new Error(message)
    },
  }
  const joiner = new JoinerCollector(run.kinds ?? edgeKinds, outlet, {
    maxBytes: run.maxBytes,
    ...(run.rarity && { rarity: run.rarity }),
    ...(run.schedule && { schedule: run.schedule }),
  })
  for (const order of run.threads) {
    const station = new Facts(factNames, () => {})
    const waiting = new FactLines(() => {})
    const texts = new WaitingEvents()
    for (const n of order) {
      const given = events[n]!
      const event = caseEvent(given, n + 1)
      station.meet(event)
      if (given.waits) waiting.add(texts.write(event), event.time()!, n + 1)
    }
    joiner.take({ ...noFacts, shapes: texts.takeShapes() })
    for (const part of [...(station.drain() ?? []), waiting.drain()])
      if (part) joiner.take(part as Parameters<typeof joiner.take>[0])
  }
  for (const w of run.watermarks ?? []) joiner.advance(start + w)
  joiner.advance(Number.POSITIVE_INFINITY)
  return made
}

/** The fields that an event has. */
export function fieldsOf({ names, values }: PlainEvent): Record<string, Value> {
  return Object.fromEntries(
    names.flatMap((name, i) =>
      values[i] === undefined ? [] : [[name, values[i]]],
    ),
  )
}
