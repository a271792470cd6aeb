// The row of a search is a finding with events, host and time of its own, whatever the operators made of the rows.
import { describe, expect, it } from 'vitest'

import { provenance, type Value } from '../../base/record.ts'

import { loadSpl } from '../../languages/spl/index.ts'

import { findingLine, rulePart } from '../../findings/assemble.ts'

import type { PickedEvent } from '../stations/picked.ts'
import { SearchesCollector } from './searches.ts'

type Fields = Readonly<Record<string, Value>>

function picked(fields: Fields, i: number): PickedEvent {
  const { host, time } = fields
  return {
    rule: 'r',
    event: {
      names: Object.keys(fields),
      values: Object.values(fields),
      product: 'windows',
      category: undefined,
      service: undefined,
      provenance: provenance('unknown', '', '', ''),
      origin: { file: 'a.jsonl', record: i + 1, offset: i },
      time: typeof time === 'number' ? time : undefined,
      host: typeof host === 'string' ? host : undefined,
    },
    evidence: {
      id: { a: i, b: i },
      record: i,
      places: [`"file":"a.jsonl","record":${i + 1},"offset":${i}`],
      content: '"fields":{}',
    },
  }
}

interface Found {
  readonly host: string | null
  readonly time: string | null
  readonly evidence: readonly { readonly record: number }[]
  readonly explanation: {
    readonly held: readonly string[]
    readonly matches: number
  }
}

function findingsOf(search: string, events: readonly Fields[]): Found[] {
  const head = '---\ntitle: T\nid: r\nlevel: low\n---\n'
  const { searches } = loadSpl([{ path: 'r.spl', text: head + search }])
  const lines: string[] = []
  const collector = new SearchesCollector(
    searches,
    { now: 0, lookups: new Map() },
    {
      finding: (_, part) =>
        void lines.push(findingLine(part, rulePart(searches[0]!.meta))),
      event: () => {},
      note: (message) => expect.unreachable(message),
    },
  )
  collector.take({ kind: 'picked', events: events.map(picked) })
  collector.advance(Number.POSITIVE_INFINITY)
  return lines.map((line) => JSON.parse(line) as Found)
}

const records = (f: Found) => f.evidence.map((e) => e.record)

const events: readonly Fields[] = [
  { host: 'a', time: 1_000, u: 'x', n: 1 },
  { host: 'b', time: 2_000, u: 'y', n: 2 },
  { host: 'a', time: 3_000, u: 'x', n: 3 },
  { host: 'b', time: 4_000, u: 'x', n: 4 },
]

describe('the row of a search', () => {
  it.each([
    [
      'stats by',
      'n=* | stats count by host',
      [
        [1, 3],
        [2, 4],
      ],
    ],
    [
      'stats, sorted and cut',
      'n=* | stats count by u | sort -count | head 1',
      [[1, 3, 4]],
    ],
    [
      'stats of stats',
      'n=* | stats count by host u | stats dc(u) as d by host | where d>1',
      [[2, 4]],
    ],
    ['top', 'n=* | top limit=1 u', [[1, 3, 4]]],
    ['top with the others', 'n=* | top limit=1 useother=t u', [[1, 3, 4], [2]]],
    ['dedup', 'n=* | dedup host', [[1], [2]]],
    [
      'eventstats',
      'n=* | eventstats max(n) as m by host | where n=m',
      [[3], [4]],
    ],
    [
      'streamstats',
      'n=* | streamstats count by host | where count=2',
      [[3], [4]],
    ],
    [
      'transaction',
      'n=* | transaction host',
      [
        [2, 4],
        [1, 3],
      ],
    ],
    [
      'chart',
      'n=* | chart count over host by u',
      [
        [1, 3],
        [2, 4],
      ],
    ],
    [
      'mvcombine',
      'n=* | table host n | mvcombine n',
      [
        [1, 3],
        [2, 4],
      ],
    ],
    [
      'rename, eval and table',
      'n=4 | rename u as v | eval w=1 | table v w',
      [[4]],
    ],
    ['mvexpand', 'n=1 | eval m=mvappend("p","q") | mvexpand m', [[1], [1]]],
    ['addcoltotals', 'n>2 | table n | addcoltotals', [[3], [4], [3, 4]]],
    ['appendpipe', 'n>2 | appendpipe [ stats count ]', [[3], [4], [3, 4]]],
  ])('names its own events behind %s', (_, search, wanted) => {
    expect(findingsOf(search, events).map(records)).toEqual(wanted)
  })

  it('has the host of its events, and none where they are of several', () => {
    const hosts = (search: string) =>
      findingsOf(search, events).map((f) => f.host)
    expect(hosts('n=* | stats count by host')).toEqual(['a', 'b'])
    expect(hosts('n=* | stats count by u')).toEqual([null, 'b'])
  })

  it('has its own time, else that of its last event', () => {
    const times = (search: string) =>
      findingsOf(search, events).map((f) => f.time?.slice(17, 19))
    expect(times('n=* | stats count by host')).toEqual(['03', '04'])
    expect(times('n=* | stats min(_time) as _time by host')).toEqual([
      '01',
      '02',
    ])
  })

  it('says the conditions that held, and counts all of its events', () => {
    const many = Array.from({ length: 50 }, (_, n) => ({ host: 'a', n }))
    const [found] = findingsOf(
      'n=* | stats count by host | where count>9',
      many,
    )
    expect(found!.explanation.held).toEqual(['search n="*"', 'where count > 9'])
    expect(found!.explanation.matches).toBe(50)
    expect(found!.evidence).toHaveLength(20)
  })
})

describe('a search that cannot be run to its end', () => {
  it('is told with its reason, and gives no findings', () => {
    const head = '---\ntitle: T\nid: r\nlevel: low\n---\n'
    const text = `${head}u=* | lookup nowhere u OUTPUT v`
    const { searches } = loadSpl([{ path: 'r.spl', text }])
    const failed: string[] = []
    const notes: string[] = []
    const collector = new SearchesCollector(
      searches,
      { now: 0, lookups: new Map() },
      {
        finding: () => expect.unreachable(),
        event: () => {},
        note: (message) => notes.push(message),
      },
      (rule, refusal) => failed.push(`${rule.meta.id}: ${refusal.message}`),
    )
    collector.take({ kind: 'picked', events: events.map(picked) })
    collector.advance(Number.POSITIVE_INFINITY)
    expect(failed).toEqual(['r: there is no table "nowhere"'])
    expect(notes).toEqual([
      'T: there is no table "nowhere"; give it as a CSV file, in the folder of --lookups or beside the rules',
    ])
  })

  it('gives what it held to the others', () => {
    const head = (id: string) =>
      `---\ntitle: ${id}\nid: ${id}\nlevel: low\n---\n`
    const { searches } = loadSpl([
      { path: 'many.spl', text: `${head('many')}n=* | stats count by n` },
      { path: 'few.spl', text: `${head('few')}n=* | stats count by host` },
    ])
    const found: string[] = []
    const notes: string[] = []
    const collector = new SearchesCollector(
      searches,
      { now: 0, lookups: new Map() },
      {
        finding: (rule) => found.push(rule),
        event: () => {},
        note: (message) => notes.push(message),
      },
    )
    const long = 'x'.repeat(10_000)
    for (let n = 0; n < 4_000; n++) {
      const event = picked({ host: 'a', n }, n)
      const evidence = { ...event.evidence, content: long }
      for (const rule of ['many', 'few'])
        collector.take({
          kind: 'picked',
          events: [{ ...event, rule, evidence }],
        })
    }
    collector.advance(Number.POSITIVE_INFINITY)
    expect(found).toEqual(['few'])
    expect(notes).toEqual([
      expect.stringContaining(
        'many: "stats": groups would hold more than 32 MB',
      ),
    ])
  })
})
