import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { digest } from '../../base/digest.ts'

import { type EvidencePart, explain } from '../../findings/assemble.ts'

import type { CountCandidate } from '../stations/counts.ts'
import { CountsCollector } from './counts.ts'

const minute = 60_000

function candidate(
  who: string,
  time: number | null,
  record: number,
  file = 'a',
): CountCandidate {
  const evidence: EvidencePart = {
    id: digest(`${file} ${record}`),
    record,
    places: [`"file":"${file}","record":${record},"offset":0`],
    content: `"time":null,"logSource":{},"fields":{"SourceIp":"${who}"}`,
  }
  return {
    rule: 'r',
    key: who,
    time,
    record,
    finding: {
      rule: digest('r'),
      time: time ?? undefined,
      host: 'h',
      evidence: [evidence],
      explanation: explain({ held: [], silence: [] }),
    },
  }
}

/** When, how many, how many named, and until when. */
function told(
  candidates: readonly CountCandidate[],
  watermarks: readonly number[] = [],
  maxBytes?: number,
) {
  const found: unknown[] = []
  const counts = new CountsCollector(
    {
      finding: (_rule, { time, evidence, explanation }) => {
        const said = JSON.parse(`{"a":0${explanation}`) as {
          matches?: number
          last?: string
        }
        const places = evidence.flatMap((e) => e.places)
        found.push([time, said.matches, said.last, places])
      },
      event: () => {},
      note: (message) => expect.unreachable(message),
    },
    maxBytes,
  )
  const steps = [...watermarks, Number.POSITIVE_INFINITY]
  let rest = candidates
  for (const w of steps) {
    const now = rest.filter(
      ({ time }) => (time !== null && time < w) || w === steps.at(-1),
    )
    rest = rest.filter((c) => !now.includes(c))
    counts.take({ kind: 'counts', candidates: now })
    const reached = counts.advance(w)
    for (const [time] of found as [number | undefined][])
      expect(time ?? 0).toBeLessThan(
        reached === w ? Number.POSITIVE_INFINITY : w,
      )
  }
  return found
}

describe('a finding that counts', () => {
  it('is one for the same client, with the number and the last time', () => {
    const all = Array.from({ length: 246 }, (_, i) =>
      candidate('10.0.0.1', i * 1_000, i),
    )
    const [[time, matches, last, places], ...others] = told(all) as [
      [number, number, string, string[]],
    ]
    expect({ time, matches, last }).toEqual({
      time: 0,
      matches: 246,
      last: '1970-01-01T00:04:05.000Z',
    })
    expect(places).toHaveLength(100)
    expect(others).toEqual([])
  })

  it('is another for another client, and ten minutes later', () => {
    const all = [
      candidate('a', 0, 1),
      candidate('b', 1, 2),
      candidate('a', 10 * minute, 3),
      candidate('a', 10 * minute + 1, 4),
    ]
    expect(told(all).map((f) => (f as unknown[]).slice(0, 2))).toEqual([
      [0, 2],
      [1, undefined],
      [10 * minute + 1, undefined],
    ])
  })

  it('counts a record that lies in several files once', () => {
    const all = [
      candidate('a', 0, 1, 'x'),
      candidate('a', 0, 1, 'y'),
      candidate('a', 5, 2, 'x'),
      candidate('a', 5, 2, 'y'),
    ]
    expect(told(all)).toEqual([
      [0, 2, '1970-01-01T00:00:00.005Z', expect.any(Array)],
    ])
  })

  it('is one, told at the end, of records without a time', () => {
    const all = [
      candidate('a', null, 1),
      candidate('a', 5, 2),
      candidate('a', null, 3),
    ]
    expect(told(all)).toEqual([
      [5, undefined, undefined, [expect.any(String)]],
      [undefined, 2, null, [expect.any(String), expect.any(String)]],
    ])
  })

  it('is the same in any order, in any steps, and through a file', () => {
    const one = fc.record({
      who: fc.constantFrom('a', 'b'),
      time: fc.integer({ min: 0, max: 40 }).map((n) => n * minute),
      file: fc.constantFrom('x', 'y'),
    })
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 30 }),
        fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 4 }),
        fc.integer(),
        (given, steps, seed) => {
          const all = given.map((c, i) =>
            candidate(c.who, c.time, i % 9, c.file),
          )
          const whole = told(all)
          const shuffled = all
            .map((c, i) => ({ c, key: Math.sin(seed + i) }))
            .sort((a, b) => a.key - b.key)
            .map(({ c }) => c)
          expect(told(shuffled, [], 1)).toEqual(whole)
          const marks = steps.map((n) => n * minute).sort((a, b) => a - b)
          expect(told(shuffled, marks)).toEqual(whole)
        },
      ),
    )
  })
})
