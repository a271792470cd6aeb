import { describe, expect, it } from 'vitest'

import type { TwinCandidate } from '../stations/twins.ts'
import { joinTwins, TwinsCollector } from './twins.ts'

function candidate(
  time: number,
  leads: boolean,
  record: number,
  key = 'rule\0host\0c:\\a.exe',
  file = 'a',
  pid: number | undefined = 100,
): TwinCandidate {
  const evidence = {
    id: { a: record, b: 0 },
    record,
    places: [`"file":"${file}","record":${record}`],
    content: `"time":${time}`,
  }
  const rule = { a: 0, b: 0 }
  return {
    rule: 'rule',
    key,
    pid,
    commandLine: undefined,
    time,
    leads,
    finding: {
      rule,
      time,
      host: undefined,
      evidence: [evidence],
      explanation: '{}',
    },
  }
}

function records(joined: readonly TwinCandidate[]): number[][] {
  return joined.map(({ finding }) => finding.evidence.map((e) => e.record))
}

describe('joinTwins', () => {
  it('makes one finding of a start that both providers wrote, the leading record first', () => {
    const lines = joinTwins([
      candidate(1000, false, 2),
      candidate(1400, true, 1),
    ])
    expect(records(lines)).toEqual([[1, 2]])
  })

  it('keeps starts apart that are farther apart than two seconds', () => {
    const lines = joinTwins([
      candidate(1001, true, 1),
      candidate(3002, false, 2),
    ])
    expect(records(lines)).toEqual([[1], [2]])
  })

  it('joins a process id that is used again with its nearest twin', () => {
    const lines = joinTwins([
      candidate(1000, true, 1),
      candidate(2000, true, 2),
      candidate(1100, false, 3),
      candidate(2100, false, 4),
    ])
    expect(records(lines)).toEqual([
      [1, 3],
      [2, 4],
    ])
  })

  it('never joins two records of one provider', () => {
    const lines = joinTwins([
      candidate(1000, true, 1),
      candidate(1000, true, 2),
    ])
    expect(records(lines)).toEqual([[1], [2]])
  })

  it('makes one candidate of a record that was read in two places, and names both', () => {
    const [start, ...others] = joinTwins([
      candidate(1000, true, 1, undefined, 'b'),
      candidate(1000, true, 1, undefined, 'a'),
      candidate(1400, false, 2),
    ])
    expect(others).toEqual([])
    const [first, second] = start!.finding.evidence
    expect(first!.places.map((p) => p.slice(7, 10))).toEqual(['"a"', '"b"'])
    expect(second!.record).toBe(2)
  })

  it('gives the same findings whatever the order of the candidates', () => {
    const all = [
      candidate(1000, true, 1),
      candidate(1500, false, 2),
      candidate(1600, false, 3),
      candidate(1700, true, 4),
      candidate(900, true, 5, 'other'),
    ]
    expect(joinTwins([...all].reverse())).toEqual(joinTwins(all))
  })
})

describe('TwinsCollector', () => {
  it('joins twins however many candidates lie between them', () => {
    const starts = Array.from({ length: 50 }, (_, i) =>
      candidate(i * 10_000, true, i, `key ${i % 7}`),
    )
    const others = starts.map((c, i) =>
      candidate(c.time + 500, false, 100 + i, c.key, 'b'),
    )
    const found = (maxUnits?: number) => {
      const all: number[][] = []
      const collector = new TwinsCollector(
        {
          finding: (_, { evidence }) => all.push(evidence.map((e) => e.record)),
          event: () => {},
          note: (message) => expect.unreachable(message),
        },
        maxUnits,
      )
      collector.take({ kind: 'twins', candidates: starts })
      collector.take({ kind: 'twins', candidates: others.toReversed() })
      collector.advance(Number.POSITIVE_INFINITY)
      return all.sort((a, b) => a[0]! - b[0]!)
    }
    expect(found()).toEqual(starts.map((_, i) => [i, 100 + i]))
    expect(found(12_000)).toEqual(found())
  })
})
