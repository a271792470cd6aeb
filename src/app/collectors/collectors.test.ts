import { describe, expect, it } from 'vitest'

import { provenance } from '../../base/record.ts'

import { madeEvent, type PlainEvent } from '../../event/made-event.ts'

import type { CorrelationRule, DetectionRule } from '../../ir/rule.ts'

import type { Finding } from '../../findings/finding.ts'

import { ruleOf } from '../../../test/tools/event-of.ts'

import { openBases } from '../stations/bases.ts'
import { Findings } from '../stations/findings.ts'
import { Matching } from '../stations/match.ts'
import type { Part } from '../stations/station.ts'
import { Track } from '../stations/track.ts'
import type { Collector, Outlet } from './collector.ts'
import { CorrelationCollector } from './correlation.ts'
import { FindingsCollector } from './findings.ts'
import { Collectors } from './index.ts'

/** What a station might say of one side of a connection. */
interface SidePart extends Part {
  readonly kind: 'side'
  readonly pipe: string
  readonly image: string
  readonly time: number
}

/** Makes an event of two sides of one pipe: what no single record says. */
class PairsOfSides implements Collector {
  readonly takes = 'side'
  readonly #outlet: Outlet
  #sides: SidePart[] = []

  constructor(outlet: Outlet) {
    this.#outlet = outlet
  }

  take(part: SidePart): void {
    this.#sides.push(part)
  }

  advance(watermark: number): number {
    const ready = this.#sides.filter((s) => s.time < watermark)
    this.#sides = this.#sides.filter((s) => s.time >= watermark)
    for (const server of ready) {
      for (const client of ready) {
        if (server.pipe === client.pipe && server.time < client.time) {
          this.#outlet.event(
            madeEvent(made(client.time, server.image, client.image)),
          )
        }
      }
    }
    return watermark
  }
}

function made(time: number, server: string, client: string): PlainEvent {
  return {
    names: ['ServerImage', 'ClientImage'],
    values: [server, client],
    product: 'windows',
    category: ['ipc_edge'],
    service: [],
    provenance: provenance('windows', 'edges', '', ''),
    origin: { file: 'a.evtx', record: time, offset: 0 },
    time,
    host: 'ws1',
  }
}

const edge: DetectionRule = ruleOf(
  { kind: 'text', field: 'ServerImage', pattern: ['lsass'], cased: false },
  { category: 'ipc_edge' },
  'edge',
)

const thrice: CorrelationRule = {
  kind: 'correlation',
  meta: { ...edge.meta, id: 'thrice' },
  correlation: 'event_count',
  rules: ['edge'],
  groupBy: ['ClientImage'],
  aliases: {},
  windowMs: 60_000,
  condition: { kind: 'compare', bounds: { gte: 3 }, fields: [] },
  emits: true,
}

function collect(watermarks: readonly number[]) {
  const found: Finding[] = []
  const rules = [edge, thrice]
  const config = { rules, index: true, routing: true, picking: [] }
  const track = new Track((full) => {
    const open = [openBases, () => new Findings(full)]
    return { stations: [new Matching(config, open, full)] }
  })
  const findings = new FindingsCollector([edge.meta, thrice.meta], {
    finding: (f) => found.push(JSON.parse(f.text()) as Finding),
    problem: (message) => expect.unreachable(message),
  })
  const collectors = new Collectors({
    open: (outlet) => [
      new PairsOfSides(outlet),
      new CorrelationCollector([thrice], outlet),
    ],
    findings,
    track,
    note: () => {},
  })
  const side = (pipe: string, image: string, time: number): SidePart => ({
    kind: 'side',
    pipe,
    image,
    time,
  })
  collectors.take(
    [1, 2, 3].flatMap((n) => [
      side(`p${n}`, 'lsass', n * 1000),
      side(`p${n}`, 'client', n * 1000 + 1),
    ]),
  )
  collectors.take([side('q', 'other', 5000), side('q', 'client', 5001)])
  for (const w of watermarks) collectors.advance(w)
  return { found, counts: findings.counts }
}

describe('events that a collector makes', () => {
  it('meet rules and correlations like any other', () => {
    const { found, counts } = collect([Infinity])
    expect(Object.fromEntries(counts)).toEqual({ edge: 3, thrice: 1 })
    expect(found[0]!.evidence[0]!.fields).toEqual({
      ServerImage: 'lsass',
      ClientImage: 'client',
    })
    expect(found.find((f) => f.rule.id === 'thrice')!.evidence).toHaveLength(3)
  })

  it('are the same, in however many steps the watermark moves', () => {
    const ids = (watermarks: readonly number[]) =>
      collect(watermarks)
        .found.map((f) => f.id)
        .sort()
    const whole = ids([Infinity])
    expect(ids([1500, 2500, 3500, Infinity])).toEqual(whole)
    expect(ids([4000, Infinity])).toEqual(whole)
  })
})

describe('a part', () => {
  it('of a kind that nobody takes is a fault of ours, not silence', () => {
    const findings = new FindingsCollector([], {
      finding: () => {},
      problem: () => {},
    })
    const collectors = new Collectors({
      open: () => [],
      findings,
      note: () => {},
    })
    expect(() => collectors.take([{ kind: 'strange' }])).toThrow(/collector/)
  })
})
