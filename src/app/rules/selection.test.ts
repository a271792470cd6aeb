import { describe, expect, it } from 'vitest'

import type { DetectionRule, Level, Rule } from '../../ir/rule.ts'

import { type RuleSelection, select } from './selection.ts'

function rule(
  id: string,
  title: string,
  level: Level = 'medium',
  more: {
    name?: string
    status?: string
    tags?: string[]
    file?: string
  } = {},
): DetectionRule {
  const { tags = [] } = more
  const techniques = tags.flatMap(
    (t) => /^attack\.(t[\d.]+)$/.exec(t)?.[1]?.toUpperCase() ?? [],
  )
  const none = {
    falsePositives: [],
    references: [],
    mitigations: [],
    fields: [],
  }
  return {
    kind: 'detection',
    meta: { ...none, ...more, id, title, level, tags, techniques },
    logSource: {},
    condition: { kind: 'constant', value: true },
    emits: true,
  }
}

const pipe = rule('ab12cd-1', 'Pipe of an implant', 'high', {
  name: 'pipe',
  status: 'test',
  tags: ['attack.t1559.001', 'cve.2026-1'],
})
const plain = rule('ab12cd-2', 'A pipe is made', 'low', {
  status: 'stable',
  file: 'content/rules/windows/made-pipe/rule.yml',
})
const other = rule('ff00ff-3', 'Something else', 'high', {
  file: 'C:\\mine\\Elsewhere.yml',
  tags: ['attack.t1055'],
})
const both: Rule = {
  kind: 'correlation',
  meta: rule('c0c0c0-4', 'Both at once', 'critical').meta,
  correlation: 'temporal',
  rules: [plain.meta.id, other.meta.id],
  groupBy: [],
  aliases: {},
  windowMs: 1000,
  condition: { kind: 'compare', bounds: { gte: 1 }, fields: [] },
  emits: true,
}
const set = {
  rules: [pipe, plain, other, both],
  searches: [],
  refused: [{ file: 'x.yml', title: 'Broken rule', diagnostics: [] }],
  diagnostics: [],
}

const wish = (more: Partial<RuleSelection>): RuleSelection => ({
  rules: [],
  techniques: [],
  ...more,
})
const chosen = (more: Partial<RuleSelection>) =>
  select(set, wish(more)).chosen.map((r) => r.meta.id[0] + r.meta.id.slice(-1))

describe('rules are selected', () => {
  it.each<[Partial<RuleSelection>, string[]]>([
    [{}, ['a1', 'a2', 'f3', 'c4']],
    [{ rules: ['AB12CD-1'] }, ['a1']],
    [{ rules: ['ab12'] }, ['a1', 'a2']],
    // A name says more than the same word in a title.
    [{ rules: ['pipe'] }, ['a1']],
    [{ rules: ['a pipe', 'else'] }, ['a2', 'f3']],
    [{ rules: ['Made-Pipe', 'elsewhere'] }, ['a2', 'f3']],
    [{ excluded: ['ab12', 'both'] }, ['f3']],
    [{ minLevel: 'high' }, ['a1', 'f3', 'c4']],
    [{ levels: ['high', 'low'] }, ['a1', 'a2', 'f3']],
    [{ statuses: ['test', 'stable'] }, ['a1', 'a2']],
    [{ tags: ['attack.T1559'] }, ['a1']],
    [{ tags: ['cve'] }, ['a1']],
    [{ techniques: ['t1559'] }, ['a1']],
    [{ techniques: ['T1559', 'T1055'], excluded: ['pipe'] }, ['f3']],
  ])('by %j', (more, expected) => {
    expect(chosen(more)).toEqual(expected)
  })

  it('with the rules that a correlation reads, which then only feed it', () => {
    const { rules } = select(set, wish({ rules: ['c0c0'] }))
    expect(rules.map((r) => [r.meta.id, r.emits])).toEqual([
      ['ab12cd-2', false],
      ['ff00ff-3', false],
      ['c0c0c0-4', true],
    ])
  })

  it.each<[Partial<RuleSelection>, string]>([
    [{ rules: ['pippe'] }, 'no rule is called "pippe"; did you mean "pipe"?'],
    [
      { rules: ['made-pip'] },
      'no rule is called "made-pip"; did you mean "made-pipe"?',
    ],
    [{ excluded: ['zzzzzzzz'] }, 'no rule is called "zzzzzzzz"'],
    [
      { techniques: ['T1559.1'] },
      'no rule is of technique "T1559.1"; did you mean "T1559.001"?',
    ],
    [{ tags: ['attack.t15'] }, 'no rule has the tag "attack.t15"'],
    [
      { statuses: ['stabel'] },
      'no rule has the status "stabel"; did you mean "stable"?',
    ],
  ])('or the wish is refused: %j', (more, message) => {
    expect(() => select(set, wish(more))).toThrow(message)
  })

  it('by what a refused rule is called, which was told', () => {
    expect(chosen({ rules: ['broken'] })).toEqual([])
  })

  it('where nothing is left, that is refused', () => {
    const sound = { ...set, refused: [] }
    expect(() =>
      select(sound, wish({ levels: ['low'], techniques: ['T1055'] })),
    ).toThrow('no rule is left: none of 4 answers all that was asked for')
  })
})
