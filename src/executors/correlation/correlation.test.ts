import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Value } from '../../base/record.ts'

import type { CorrelationRule } from '../../ir/rule.ts'

import { ruleOf } from '../../../test/tools/event-of.ts'

import { Correlator } from './correlation.ts'
import { baseFields } from './group-by.ts'
import type { CorrelationInput } from './item.ts'

const second = 1000

function correlation(
  parts: Partial<CorrelationRule> & Pick<CorrelationRule, 'correlation'>,
  id = 'c',
): CorrelationRule {
  return {
    kind: 'correlation',
    meta: ruleOf({ kind: 'constant', value: true }, {}, id).meta,
    rules: ['a'],
    groupBy: [],
    aliases: {},
    windowMs: 60 * second,
    condition: atLeast(3),
    emits: true,
    ...parts,
  }
}

function atLeast(gte: number, fields: string[] = []) {
  return { kind: 'compare', bounds: { gte }, fields } as const
}

const all = { kind: 'compare', bounds: {}, fields: [] } as const

let serial = 0
function match(
  rule: string,
  seconds: number | undefined,
  fields: Record<string, Value> = {},
): CorrelationInput {
  const time = seconds === undefined ? undefined : seconds * second
  return {
    rule,
    time,
    fields,
    order: `log\0${String(serial++).padStart(6, '0')}`,
  }
}

function fired(rules: CorrelationRule[], matches: CorrelationInput[]) {
  const correlator = new Correlator(rules)
  for (const m of matches) correlator.add(m)
  return correlator.advance(Infinity)
}

const at = (...seconds: number[]) => seconds.map((s) => match('a', s))
const ends = (rules: CorrelationRule[], matches: CorrelationInput[]) =>
  fired(rules, matches).map((m) => [m.from / second, m.to / second, m.value])

describe('event_count', () => {
  const rule = correlation({ correlation: 'event_count' })

  it('slides: a burst across a round minute counts', () => {
    expect(ends([rule], at(50, 59, 65))).toEqual([[50, 65, 3]])
  })

  it('counts a match exactly one window after the first, and none later', () => {
    expect(ends([rule], at(0, 10, 60))).toEqual([[0, 60, 3]])
    expect(ends([rule], at(0, 10, 60.001))).toEqual([])
  })

  it('fires once for a burst, and again after it has ended', () => {
    expect(ends([rule], at(0, 1, 2, 3, 4, 5))).toEqual([[0, 2, 3]])
    expect(ends([rule], at(0, 1, 2, 200, 201, 202))).toEqual([
      [0, 2, 3],
      [200, 202, 3],
    ])
  })

  it('keeps groups apart, but not by case', () => {
    const byUser = { ...rule, groupBy: ['User'] }
    const of = (user: string, s: number) => match('a', s, { User: user })
    expect(fired([byUser], [of('ana', 0), of('bo', 1), of('ana', 2)])).toEqual(
      [],
    )
    const [found] = fired([byUser], [of('ana', 0), of('ANA', 1), of('Ana', 2)])
    expect(found?.group).toEqual({ User: 'Ana' })
  })

  it('says "fewer than" of whole windows only', () => {
    const few = {
      ...rule,
      condition: { kind: 'compare', bounds: { lt: 3 }, fields: [] } as const,
    }
    expect(ends([few], at(0, 1, 2, 3))).toEqual([])
    expect(ends([few], at(0, 1, 200, 201, 202))).toEqual([[0, 1, 2]])
    const range = {
      ...rule,
      condition: {
        kind: 'compare',
        bounds: { gt: 1, lte: 3 },
        fields: [],
      } as const,
    }
    expect(ends([range], at(0, 1, 2, 3, 500, 501))).toEqual([[500, 501, 2]])
  })

  it('leaves out matches without a time or a group, and says how many', () => {
    const byUser = { ...rule, groupBy: ['User'] }
    const correlator = new Correlator([byUser])
    correlator.add(match('a', undefined, { User: 'ana' }))
    correlator.add(match('a', 1))
    correlator.add(match('a', 1, { User: null }))
    correlator.advance(Infinity)
    expect(correlator.account()).toEqual([
      { rule: 'c', met: 2, withoutTime: 1, withoutGroup: 2, fired: 0 },
    ])
  })

  it('counts the same match once', () => {
    const twice = match('a', 1)
    expect(fired([rule], [twice, twice, ...at(2)])).toEqual([])
  })

  it('keeps the newest matches when there are too many, and counts the others', () => {
    const correlator = new Correlator([rule], { maxMatches: 3 })
    for (const m of at(9, 1, 8, 2, 7, 3, 0)) correlator.add(m)
    expect(correlator.advance(Infinity).map((m) => m.from / second)).toEqual([
      7,
    ])
    expect(correlator.evicted).toBe(4)
  })

  it('finds what a look at every window finds, in any order of arrival', () => {
    const times = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 30 })
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 5 }), (seconds, n) => {
        const one = correlation({
          correlation: 'event_count',
          condition: atLeast(n),
        })
        const matches = at(...seconds)
        const straight = fired([one], matches)
        expect(fired([one], matches.toReversed())).toEqual(straight)
        const some = seconds.some(
          (s) => seconds.filter((t) => t >= s && t - s <= 60).length >= n,
        )
        expect(straight.length > 0).toBe(some)
        for (const m of straight)
          expect(m.to - m.from).toBeLessThanOrEqual(60_000)
      }),
      { seed: 3, numRuns: 400 },
    )
  })
})

describe('value_count', () => {
  it('counts different values, as rules compare them', () => {
    const rule = correlation({
      correlation: 'value_count',
      condition: atLeast(3, ['Pipe']),
    })
    const of = (pipe: Value, s: number) => match('a', s, { Pipe: pipe })
    expect(
      fired([rule], [of('x', 0), of('X', 1), of('y', 2), of('x', 3)]),
    ).toEqual([])
    expect(
      ends([rule], [of('x', 0), of('x', 1), of('y', 2), of(7, 3)]),
    ).toEqual([[0, 3, 3]])
    // A value that has left the window no longer counts.
    expect(fired([rule], [of('x', 0), of('y', 50), of('z', 61)])).toEqual([])
  })

  it('counts tuples of several fields, and none of which one is missing', () => {
    const rule = correlation({
      correlation: 'value_count',
      condition: atLeast(2, ['A', 'B']),
    })
    const of = (a: string, b: string | null) => match('a', 0, { A: a, B: b })
    expect(fired([rule], [of('1', '2'), of('1', null)])).toEqual([])
    expect(fired([rule], [of('1', '2'), of('12', '')])).toHaveLength(1)
  })
})

describe('value_sum, value_avg, value_median and value_percentile', () => {
  const of = (n: Value, s: number) => match('a', s, { N: n })
  const one = (
    kind: CorrelationRule['correlation'],
    bounds: object,
    percentile?: number,
  ) =>
    correlation({
      correlation: kind,
      condition: {
        kind: 'compare',
        bounds,
        fields: ['N'],
        ...(percentile === undefined ? {} : { percentile }),
      },
    })

  it('measure numbers and decimal text, and pass over what is neither', () => {
    const matches = [
      of(10, 0),
      of('20', 1),
      of('0x10', 2),
      of(null, 3),
      of(60, 4),
    ]
    expect(ends([one('value_sum', { gte: 90 })], matches)).toEqual([[0, 4, 90]])
    expect(ends([one('value_avg', { gt: 29.5 })], matches)).toEqual([
      [0, 4, 30],
    ])
    expect(ends([one('value_median', { gte: 20 })], matches)).toEqual([
      [0, 4, 20],
    ])
  })

  it('forget what has left the window', () => {
    expect(
      fired([one('value_sum', { gte: 100 })], [of(60, 0), of(60, 61)]),
    ).toEqual([])
  })

  it('interpolate percentiles between two values', () => {
    const matches = [1, 2, 3, 4].map((n) => of(n, n))
    expect(ends([one('value_percentile', { gte: 3.7 }, 90)], matches)).toEqual([
      [1, 4, 3.7],
    ])
  })
})

describe('temporal', () => {
  const ab = { rules: ['a', 'b'], condition: all }

  it('wants all rules within the window, in any order, in one group', () => {
    const rule = correlation({ correlation: 'temporal', ...ab, groupBy: ['H'] })
    const of = (r: string, s: number, h: string) => match(r, s, { H: h })
    expect(fired([rule], [of('b', 0, 'x'), of('a', 30, 'x')])).toHaveLength(1)
    expect(fired([rule], [of('b', 0, 'x'), of('a', 30, 'y')])).toEqual([])
    expect(fired([rule], [of('b', 0, 'x'), of('a', 61, 'x')])).toEqual([])
  })

  it('reads the group from the field that the alias names for each rule', () => {
    const rule = correlation({
      correlation: 'temporal',
      ...ab,
      groupBy: ['ip'],
      aliases: { ip: { a: 'Source', b: 'Client' } },
    })
    const found = fired(
      [rule],
      [
        match('a', 0, { Source: '::1' }),
        match('b', 1, { Client: '::1', Source: 'x' }),
      ],
    )
    expect(found.map((m) => m.group)).toEqual([{ ip: '::1' }])
    expect([...baseFields([rule])]).toEqual([
      ['a', ['Source']],
      ['b', ['Client']],
    ])
  })

  it('counts different rules where it has a count', () => {
    const rule = correlation({
      correlation: 'temporal',
      rules: ['a', 'b', 'c'],
      condition: atLeast(2),
    })
    expect(fired([rule], [match('a', 0), match('a', 1)])).toEqual([])
    expect(fired([rule], [match('a', 0), match('c', 1)])).toHaveLength(1)
  })

  it('judges an expression with a negation when the window is over', () => {
    const rule = correlation({
      correlation: 'temporal',
      rules: ['a', 'b'],
      condition: {
        kind: 'expression',
        of: {
          kind: 'and',
          of: [
            { kind: 'rule', id: 'a' },
            { kind: 'not', of: { kind: 'rule', id: 'b' } },
          ],
        },
      },
    })
    expect(fired([rule], [match('a', 0)])).toHaveLength(1)
    expect(fired([rule], [match('a', 0), match('b', 30)])).toEqual([])
    expect(fired([rule], [match('a', 0), match('b', 90)])).toHaveLength(1)
  })
})

describe('temporal_ordered', () => {
  const rule = correlation({
    correlation: 'temporal_ordered',
    rules: ['a', 'b', 'c'],
    condition: all,
  })

  it('wants each rule after the one before it, not only the first pair', () => {
    expect(ends([rule], [match('a', 0), match('b', 1), match('c', 2)])).toEqual(
      [[0, 2, 3]],
    )
    expect(
      fired([rule], [match('a', 0), match('c', 1), match('b', 2)]),
    ).toEqual([])
    expect(
      fired([rule], [match('b', 0), match('a', 1), match('c', 2)]),
    ).toEqual([])
  })

  it('takes the latest beginning, so that an early one does not spoil the window', () => {
    const matches = [
      match('a', 0),
      match('a', 50),
      match('b', 70),
      match('c', 100),
    ]
    expect(ends([rule], matches)).toEqual([[50, 100, 3]])
  })

  it('takes matches of one time in any order', () => {
    const matches = [match('c', 5), match('b', 5), match('a', 5)]
    for (const order of [matches, matches.toReversed()]) {
      const [found, ...more] = fired([rule], order)
      expect(more).toEqual([])
      expect(found!.matches.map((m) => m.rule).sort()).toEqual(['a', 'b', 'c'])
    }
  })

  it('needs a second chain to fire a second time', () => {
    const matches = ['a', 'b', 'c', 'c', 'b', 'c'].map((r, i) => match(r, i))
    expect(fired([rule], matches)).toHaveLength(1)
  })
})

describe('a chained correlation', () => {
  it('reads the findings of another, with what that is grouped by', () => {
    const inner = correlation(
      { correlation: 'event_count', groupBy: ['U'] },
      'inner',
    )
    const outer = correlation(
      {
        correlation: 'temporal',
        rules: ['inner', 'b'],
        groupBy: ['U'],
        condition: all,
      },
      'outer',
    )
    const of = (r: string, s: number) => match(r, s, { U: 'ana' })
    const found = fired(
      [outer, inner],
      [of('a', 0), of('a', 1), of('a', 2), of('b', 9)],
    )
    expect(found.map((m) => m.rule.meta.id)).toEqual(['inner', 'outer'])
    expect(found[1]!.matches.map((m) => m.rule)).toEqual(['a', 'a', 'a', 'b'])
    expect(found[1]!.matchCount).toBe(4)
  })
})

describe('the watermark', () => {
  const bounds = fc.constantFrom(
    { gte: 2 },
    { gte: 3 },
    { lt: 3 },
    { gt: 1, lte: 3 },
    { neq: 2 },
    { gte: 0 },
  )
  const kinds = fc.constantFrom(
    'event_count',
    'value_count',
    'value_sum',
    'value_avg',
    'value_median',
    'temporal',
    'temporal_ordered',
  )
  const noB = {
    kind: 'expression',
    of: { kind: 'not', of: { kind: 'rule', id: 'b' } },
  } as const
  const one = fc
    .tuple(kinds, bounds, fc.boolean(), fc.boolean())
    .map(([kind, of, grouped, negated]) =>
      correlation(
        {
          correlation: kind,
          rules: ['a', 'b'],
          groupBy: grouped ? ['U'] : [],
          condition:
            kind === 'temporal' && negated
              ? noB
              : kind.startsWith('temporal')
                ? all
                : { kind: 'compare', bounds: of, fields: fieldsOf(kind) },
        },
        'inner',
      ),
    )
  const fieldsOf = (kind: string) => (kind === 'event_count' ? [] : ['N'])
  const outer = fc
    .constantFrom<CorrelationRule['correlation'][]>(
      ['event_count', 'temporal'],
      ['temporal_ordered', 'temporal'],
    )
    .map(([kind]) =>
      correlation(
        {
          correlation: kind!,
          rules: ['inner', 'a'],
          condition: kind === 'event_count' ? atLeast(3) : all,
        },
        'outer',
      ),
    )
  const inputs = fc
    .array(
      fc.tuple(
        fc.constantFrom('a', 'b'),
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom('ana', 'bo'),
        fc.integer({ min: 0, max: 4 }),
      ),
      { maxLength: 25 },
    )
    .map((list) => list.map(([rule, s, U, N]) => match(rule, s, { U, N })))
  const cuts = fc.array(fc.integer({ min: -10, max: 500 }), { maxLength: 8 })
  const text = (found: ReturnType<typeof fired>) =>
    found
      .map((m) =>
        JSON.stringify([
          m.rule.meta.id,
          m.from,
          m.to,
          m.value,
          m.group,
          m.matchCount,
          m.matches.map((of) => of.order),
        ]),
      )
      .sort()

  it('changes nothing, in however many steps it moves', () => {
    fc.assert(
      fc.property(one, outer, inputs, cuts, (inner, chained, matches, at) => {
        const rules = [chained, inner]
        const whole = text(fired(rules, matches))
        const correlator = new Correlator(rules)
        const found: ReturnType<typeof fired> = []
        let from = Number.NEGATIVE_INFINITY
        for (const cut of [...at.sort((a, b) => a - b), Infinity]) {
          const until = cut * second
          for (const m of matches) {
            if (m.time! >= from && m.time! < until) correlator.add(m)
          }
          const before = correlator.reached
          const now = correlator.advance(until)
          for (const m of now) expect(m.to).toBeGreaterThanOrEqual(before)
          found.push(...now)
          from = until
        }
        expect(text(found)).toEqual(whole)
        expect(correlator.late).toBe(0)
      }),
      { seed: 20261126, numRuns: 3000 },
    )
  })

  it('counts what comes behind it', () => {
    const correlator = new Correlator([
      correlation({ correlation: 'event_count' }),
    ])
    correlator.advance(60 * second)
    for (const m of at(59, 60)) correlator.add(m)
    correlator.advance(Infinity)
    expect(correlator.late).toBe(1)
    expect(correlator.account()[0]!.met).toBe(1)
  })

  it('holds no more matches than it may, the oldest going first', () => {
    const rule = correlation({
      correlation: 'event_count',
      windowMs: 1000 * second,
      condition: atLeast(500),
    })
    const correlator = new Correlator([rule], { maxMatches: 10 })
    for (let s = 0; s < 100; s++) {
      correlator.add(match('a', s))
      correlator.advance(s * second)
    }
    expect(correlator.evicted).toBeGreaterThanOrEqual(85)
  })
})
