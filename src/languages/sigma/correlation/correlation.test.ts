import { describe, expect, it } from 'vitest'

import type { CorrelationRule } from '../../../ir/rule.ts'
import { loadSigma } from '../index.ts'

const rule = (name: string, extra = '') =>
  `title: ${name}\nname: ${name}\nid: 00000000-0000-4000-8000-00000000000${name.charCodeAt(0) - 97}\n${extra}logsource: { product: windows }\ndetection: { sel: { A: ${name} }, condition: sel }\n`

const idOf = (name: string) =>
  `00000000-0000-4000-8000-00000000000${name.charCodeAt(0) - 97}`

function load(correlation: string, ...more: string[]) {
  const documents = [
    rule('a'),
    rule('b'),
    rule('c'),
    `title: corr\nname: corr\ncorrelation:\n${correlation.trim().replace(/^ */gm, '  ')}\n`,
    ...more,
  ]
  return loadSigma([{ path: 'c.yml', text: documents.join('---\n') }])
}

function correlation(text: string, ...more: string[]): CorrelationRule {
  const { rules, refused } = load(text, ...more)
  expect(refused).toEqual([])
  return rules.find(
    (r) => r.kind === 'correlation' && r.meta.name === 'corr',
  ) as CorrelationRule
}

function codes(text: string, ...more: string[]): string[] {
  const { refused, diagnostics } = load(text, ...more)
  return [...refused.flatMap((r) => r.diagnostics), ...diagnostics].map(
    (d) => d.code,
  )
}

describe('correlations', () => {
  it('resolve rules by id and by name, once each', () => {
    const made = correlation(`
      type: event_count
      rules: [a, ${idOf('b')}, a]
      group-by: [User, Host]
      timespan: 5m
      condition: { gte: 3, lte: 9 }`)
    expect(made).toMatchObject({
      correlation: 'event_count',
      rules: [idOf('a'), idOf('b')],
      groupBy: ['User', 'Host'],
      windowMs: 300_000,
      condition: { kind: 'compare', bounds: { gte: 3, lte: 9 }, fields: [] },
    })
  })

  it('tell minutes from months', () => {
    const span = (timespan: string) =>
      correlation(`type: temporal\nrules: [a, b]\ntimespan: ${timespan}`)
        .windowMs
    expect(span('1m')).toBe(60_000)
    expect(span('1M')).toBe(2_629_746_000)
    expect(span('2w')).toBe(1_209_600_000)
    expect(span('1y')).toBe(31_556_952_000)
    for (const wrong of ['5', 'm', '0s', '1 m', '-1m', '999y', '1.5h']) {
      expect(codes(`type: temporal\nrules: a\ntimespan: ${wrong}`)).toContain(
        'S032',
      )
    }
  })

  it('without a condition ask for every rule', () => {
    const made = correlation('type: temporal\nrules: [a, b]\ntimespan: 1h')
    expect(made.condition).toEqual({
      kind: 'expression',
      of: {
        kind: 'and',
        of: [
          { kind: 'rule', id: idOf('a') },
          { kind: 'rule', id: idOf('b') },
        ],
      },
    })
  })

  it('with a number count different rules', () => {
    const made = correlation(
      'type: temporal\nrules: [a, b, c]\ntimespan: 1h\ncondition: { gte: 2 }',
    )
    expect(made.condition).toEqual({
      kind: 'compare',
      bounds: { gte: 2 },
      fields: [],
    })
  })

  it('take an expression over their rules', () => {
    const made = correlation(
      'type: temporal_ordered\nrules: [a, b, c]\ntimespan: 1h\ncondition: a and not (b or c)',
    )
    expect(made.condition).toEqual({
      kind: 'expression',
      of: {
        kind: 'and',
        of: [
          { kind: 'rule', id: idOf('a') },
          {
            kind: 'not',
            of: {
              kind: 'or',
              of: [
                { kind: 'rule', id: idOf('b') },
                { kind: 'rule', id: idOf('c') },
              ],
            },
          },
        ],
      },
    })
  })

  it('may leave the list of rules to the expression', () => {
    const made = correlation('type: temporal\ntimespan: 1h\ncondition: a and c')
    expect(made.rules).toEqual([idOf('a'), idOf('c')])
  })

  it('hold expression and list against each other', () => {
    const text = (condition: string) =>
      codes(
        `type: temporal\nrules: [a, b]\ntimespan: 1h\ncondition: ${condition}`,
      )
    expect(text('a and c')).toContain('S038')
    expect(text('a')).toContain('S038')
    expect(text('2 of them')).toEqual([])
    expect(text('3 of them')).toContain('S023')
    expect(
      codes(
        'type: event_count\nrules: [a, b]\ntimespan: 1h\ncondition: a and b',
      ),
    ).toContain('S037')
  })

  it('count values, also tuples of them', () => {
    const made = correlation(
      'type: value_count\nrules: a\ntimespan: 1h\ncondition: { gt: 4, field: [User, Host] }',
    )
    expect(made.condition).toEqual({
      kind: 'compare',
      bounds: { gt: 4 },
      fields: ['User', 'Host'],
    })
  })

  it('compute with one field', () => {
    const text = (type: string, condition: string) =>
      codes(
        `type: ${type}\nrules: a\ntimespan: 1h\ncondition: { ${condition} }`,
      )
    for (const type of ['value_sum', 'value_avg', 'value_median']) {
      expect(text(type, 'gt: 1.5, field: Size')).toEqual([])
      expect(text(type, 'gt: 1')).toContain('S037')
      expect(text(type, 'gt: 1, field: [A, B]')).toContain('S037')
    }
    expect(text('event_count', 'gt: 1, field: A')).toContain('S037')
    expect(text('value_sum', 'gt: 1, field: A, percentile: 5')).toContain(
      'S037',
    )
  })

  it('take a percentile from the condition, and the middle without one', () => {
    const made = (more: string) =>
      correlation(
        `type: value_percentile\nrules: a\ntimespan: 1h\ncondition: { gt: 1, field: Size${more} }`,
      ).condition
    expect(made(', percentile: 95')).toMatchObject({ percentile: 95 })
    expect(made('')).toMatchObject({ percentile: 50 })
  })

  it('refuse bounds that no number meets', () => {
    const text = (condition: string) =>
      codes(
        `type: event_count\nrules: a\ntimespan: 1h\ncondition: ${condition}`,
      )
    expect(text('{ gt: 5, lt: 5 }')).toContain('S037')
    expect(text('{ gte: 6, lte: 5 }')).toContain('S037')
    expect(text('{ gte: 5, lte: 5 }')).toEqual([])
    expect(text('{ more: 5 }')).toContain('S037')
    expect(text('{ gte: many }')).toContain('S037')
    expect(text('{}')).toContain('S037')
    expect(text('5')).toContain('S037')
  })

  it('give an alias its field for each rule', () => {
    const made = correlation(`
      type: temporal
      rules: [a, b]
      group-by: [who]
      timespan: 1h
      aliases: { who: { a: SubjectUserName, ${idOf('b')}: TargetUserName } }`)
    expect(made.aliases).toEqual({
      who: { [idOf('a')]: 'SubjectUserName', [idOf('b')]: 'TargetUserName' },
    })
    expect(
      codes(
        'type: temporal\nrules: [a, b]\ntimespan: 1h\naliases: { who: { c: X } }',
      ),
    ).toContain('S033')
  })

  it('silence the rules they read unless one of them says generate', () => {
    const emits = (extra: string, ...more: string[]) =>
      load(
        `type: temporal\nrules: [a, b]\ntimespan: 1h\n${extra}`,
        ...more,
      ).rules.map((r) => `${r.meta.name}:${r.emits}`)
    expect(emits('')).toEqual(['a:false', 'b:false', 'c:true', 'corr:true'])
    expect(emits('generate: true')).toContain('a:true')
    const other =
      'title: other\ncorrelation: { type: temporal, rules: [a], timespan: 1h, generate: true }\n'
    expect(emits('', other).slice(0, 2)).toEqual(['a:true', 'b:false'])
  })

  it('stand above one another, whatever their order in the file', () => {
    const { rules, refused } = loadSigma([
      {
        path: 'x.yml',
        text: [
          'title: top\ncorrelation: { type: event_count, rules: low, timespan: 1d, condition: { gte: 2 } }\n',
          'title: low\nname: low\ncorrelation: { type: event_count, rules: a, timespan: 1h, condition: { gte: 2 } }\n',
          rule('a'),
        ].join('---\n'),
      },
    ])
    expect(refused).toEqual([])
    expect(rules.map((r) => r.emits)).toEqual([true, false, false])
  })

  it('never read themselves, by whatever way', () => {
    const circle = ['x', 'y', 'z'].map(
      (name, i, all) =>
        `title: ${name}\nname: ${name}\ncorrelation: { type: temporal, rules: [${all[(i + 1) % 3]}], timespan: 1h }\n`,
    )
    const { rules, refused } = loadSigma([
      { path: 'x.yml', text: circle.join('---\n') },
    ])
    expect(rules).toEqual([])
    const found = refused.flatMap((r) => r.diagnostics.map((d) => d.code))
    expect(found).toContain('S035')
    expect(refused.length).toBe(3)
  })

  it('fall with the rules they read', () => {
    const broken =
      'title: d\nname: d\nlogsource: { product: windows }\ndetection: { sel: { A: 1 }, condition: sell }\n'
    expect(
      codes('type: temporal\nrules: [a, d]\ntimespan: 1h', broken),
    ).toEqual(expect.arrayContaining(['S034', 'S022']))
  })

  it('do not read filters', () => {
    const filter =
      'title: f\nname: f\nlogsource: { product: windows }\nfilter: { sel: { A: 1 }, condition: not sel }\n'
    expect(codes('type: temporal\nrules: [f]\ntimespan: 1h', filter)).toContain(
      'S033',
    )
  })
})
