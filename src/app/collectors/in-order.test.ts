import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'

import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'

import type { Finding } from '../../findings/finding.ts'
import type { SaidByNumber } from '../../findings/read-event.ts'

import { InOrder } from './in-order.ts'
import type { WaitingKey } from './waiting.ts'

interface Found {
  readonly key: WaitingKey
  readonly rule: number
  readonly line: string
}

/** These findings come as text. */
const noEvents: SaidByNumber = {
  head: () => expect.unreachable(),
  tail: () => expect.unreachable(),
}

function add(order: InOrder, { key, rule, line }: Found): void {
  order.add(key, rule, line)
}

function found(
  time: number,
  record: number,
  file = 'a',
  says = 'x',
  rule = 0,
): Found {
  const place = `"file":${JSON.stringify(file)},"record":${record},"offset":0`
  return {
    key: { time, record },
    rule,
    line: `{"id":"${record}","rule":${rule},"evidence":[{${place},"time":${Number.isFinite(time) ? time : null},"fields":{"A":${JSON.stringify(says)}}}]}`,
  }
}

function ordered(all: readonly Found[], maxBytes?: number) {
  const lines: Finding[] = []
  const problems: string[] = []
  const order = new InOrder(
    {
      finding: (f) => lines.push(JSON.parse(f.text()) as Finding),
      problem: (message) => problems.push(message),
    },
    noEvents,
    maxBytes,
  )
  for (const f of all) add(order, f)
  order.finish()
  expect(problems).toEqual([])
  return lines
}

function files(finding: Finding): string[] {
  const [evidence] = finding.evidence
  return (evidence!.places ?? [evidence!]).map((p) => p.file)
}

const anyFound = fc
  .tuple(
    fc.constantFrom(1, 2, 3, Number.POSITIVE_INFINITY),
    fc.nat({ max: 3 }),
    fc.constantFrom('a', 'b', '},{"', '€'.repeat(400)),
    fc.constantFrom('x', '"evidence":[{', ',"time":'),
    fc.nat({ max: 1 }),
  )
  .map((parts) => found(...parts))

describe('InOrder', () => {
  it('gives findings in order of time, those without one last', () => {
    const all = [
      found(Number.POSITIVE_INFINITY, 1),
      found(3, 2),
      found(1, 4),
      found(2, 3),
    ]
    expect(ordered(all).map((f) => f.evidence[0]!.time)).toEqual([
      ...[1, 2, 3],
      null,
    ])
  })

  it('joins what one record says in several places, and names them all', () => {
    const all = [found(1, 7, 'b'), found(1, 7, 'a'), found(1, 7, 'c', 'other')]
    expect(ordered(all).map(files)).toEqual([['a', 'b'], ['c']])
  })

  it('names no places where the same file was given twice', () => {
    const [only, ...others] = ordered([found(1, 7), found(1, 7)])
    expect(others).toEqual([])
    expect(only!.evidence[0]).not.toHaveProperty('places')
  })

  it('gives the same from files as from memory, in whatever order it comes', () =>
    fc.assert(
      fc.property(
        fc.array(anyFound, { maxLength: 60 }),
        fc.infiniteStream(fc.nat()),
        (all, random) => {
          const shuffled = all
            .map((f) => ({ f, at: random.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ f }) => f)
          const expected = ordered(all)
          expect(ordered(shuffled)).toEqual(expected)
          for (const maxBytes of [1, 1000, 5000]) {
            expect(ordered(shuffled, maxBytes)).toEqual(expected)
          }
        },
      ),
      { seed: 1, numRuns: 100 },
    ))

  it('leaves no file behind', () => {
    const before = readdirSync(tmpdir()).filter((n) =>
      /^ipcwatch-findings-/.test(n),
    )
    ordered([found(2, 1), found(1, 2), found(3, 3)], 1)
    const after = readdirSync(tmpdir()).filter((n) =>
      /^ipcwatch-findings-/.test(n),
    )
    expect(after.filter((n) => !before.includes(n))).toEqual([])
  })

  it('says so where no file can be had, and loses nothing', () => {
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) {
      vi.stubEnv(name, '/no/such/folder')
    }
    try {
      const lines: string[] = []
      const problems: string[] = []
      const order = new InOrder(
        {
          finding: (f) => lines.push(f.text()),
          problem: (message) => problems.push(message),
        },
        noEvents,
        1,
      )
      for (const n of [3, 1, 2]) add(order, found(n, n))
      order.finish()
      expect(lines).toHaveLength(3)
      expect(problems).toEqual([
        expect.stringMatching(/^temporary file: .*order/),
      ])
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('lets go of what is earlier than a watermark', () => {
    const times: unknown[] = []
    const order = new InOrder(
      {
        finding: (f) =>
          times.push((JSON.parse(f.text()) as Finding).evidence[0]!.time),
        problem() {},
      },
      noEvents,
    )
    for (const time of [4, 1, 3, 2]) add(order, found(time, time))
    order.advance(3)
    expect(times).toEqual([1, 2])
    order.finish()
    expect(times).toEqual([1, 2, 3, 4])
  })
})
