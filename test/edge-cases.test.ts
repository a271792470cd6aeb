// Edges and lineage by example: who reached whom, and what is said of it. Each case is run in its own order, backwards, shuffled, in
// several threads, step by step and through a temporary file: always the same must come out.
import { join } from 'node:path'

import { expect } from 'vitest'

import type { Value } from '../src/base/record.ts'
import type { RarityOptions } from '../src/app/collectors/rarity.ts'
import type { Baseline } from '../src/enrich/rarity/baseline.ts'
import { RarityJudge } from '../src/enrich/rarity/judge.ts'
import { rarityKinds } from '../src/enrich/rarity/kinds.ts'
import { readBaseline } from '../src/enrich/rarity/read-baseline.ts'
import type { Schedule } from '../src/enrich/schedule/schedule.ts'
import { openSchedule } from '../src/app/schedule/open.ts'
import { scheduleIn } from '../src/app/schedule/schedule-file.ts'
import { runCases } from './tools/cases.ts'
import { type CaseEvent, fieldsOf, madeOf, type Run } from './tools/edges-of.ts'
import { randomFrom } from './tools/evtx-mutate.ts'

type Fields = Readonly<Record<string, Value>>

interface EdgeCase {
  readonly why: string
  readonly events: readonly CaseEvent[]
  /** Lines of a baseline behind its first, by which it is said what is rare. */
  readonly baseline?: readonly object[]
  /** A schedule, by which it is said what is out of cycle. */
  readonly schedule?: string
  /** Of the edges, in order of time: the fields that they must have; null: must not have. */
  readonly edges?: readonly Fields[]
  /** The same of the events that wait. */
  readonly enriched?: readonly Fields[]
}

function runsOf(events: readonly CaseEvent[]): Readonly<Record<string, Run>> {
  const all = events.map((_, i) => i)
  const times = events.map((e) => Number(e.at))
  const random = randomFrom(events.length)
  const shuffled = () =>
    all
      .map((n) => ({ n, key: random(1_000_000) }))
      .sort((a, b) => a.key - b.key || a.n - b.n)
      .map(({ n }) => n)
  return {
    'in order': { threads: [all] },
    backwards: { threads: [all.toReversed()] },
    shuffled: { threads: [shuffled()] },
    'in two threads': {
      threads: [all.filter((n) => n % 2), all.filter((n) => n % 2 === 0)],
    },
    'step by step': {
      threads: [shuffled()],
      watermarks: times.toSorted((a, b) => a - b),
    },
    'read twice': { threads: [all, shuffled()] },
    'through a file': { threads: all.map((n) => [n]), maxBytes: 1 },
  }
}

const keys = {
  needed: ['events'],
  allowed: ['baseline', 'schedule'],
  outcomes: ['edges', 'enriched'],
}

runCases<EdgeCase>(
  join('test', 'cases', 'edges'),
  keys,
  ({ events, baseline, schedule, edges, enriched }) => {
    const rarity = baseline && rarityBy(baseline)
    const runs = Object.entries(runsOf(events)).map(
      ([how, run]) =>
        [
          how,
          madeOf(events, {
            ...run,
            ...(rarity && { rarity }),
            ...(schedule !== undefined && {
              schedule: scheduleBy(schedule, baseline),
            }),
          }).map(fieldsOf),
        ] as const,
    )
    const made = runs[0]![1]
    const isEdge = (f: Fields) => f.EdgeKind !== undefined
    expectAll(made.filter(isEdge), edges ?? [])
    const others = made.filter((f) => !isEdge(f))
    expectAll(others, enriched ?? [])
    for (const [how, other] of runs)
      expect({ how, made: sorted(other) }).toEqual({ how, made: sorted(made) })
  },
)

/** Each run learns for itself. */
function scheduleBy(text: string, lines?: readonly object[]): Schedule {
  const { schedule, diagnostics } = scheduleIn(text, 'case')
  expect(diagnostics).toEqual([])
  return openSchedule(schedule, lines && baselineOf(lines))
}

function baselineOf(lines: readonly object[]): Baseline {
  const head = { ipcwatch: 'baseline', version: 1 }
  const texts = [head, ...lines].map((line) => JSON.stringify(line))
  return readBaseline('the baseline', texts)
}

function rarityBy(lines: readonly object[]): RarityOptions {
  const judge = new RarityJudge(baselineOf(lines), false)
  const [ofEvents, ofEdges] = [rarityKinds, rarityKinds]
  return { kinds: rarityKinds, ofEvents, ofEdges, judge }
}

function sorted(made: readonly Fields[]): string[] {
  return made.map((f) => JSON.stringify(f)).sort()
}

function expectAll(made: readonly Fields[], expected: readonly Fields[]): void {
  const told = made.map((f, i) =>
    Object.fromEntries(
      Object.keys(
        expected[i] ?? { EdgeKind: '', ClientImage: '', EndpointName: '' },
      ).map((name) => [name, f[name] ?? null]),
    ),
  )
  expect(told).toEqual(expected)
}
