import { describe, expect, it } from 'vitest'

import { branchesOf, detectionsOf } from '../../ir/condition.ts'
import { splCodes } from './codes.ts'
import type { LoadedSpl } from './load.ts'
import { compileSearch, loadSpl, parseCondition } from './load.ts'
import { parseMacros } from './macros.ts'

const id = '0f0e0d0c-0b0a-4909-8807-060504030201'
const head = `---\ntitle: T\nid: ${id}\nlevel: high\ntechniques: [t1559.001]\n---\n`

const said = ({ refused, diagnostics }: LoadedSpl) => [
  ...refused.flatMap((r) => r.diagnostics),
  ...diagnostics,
]

/** Asked of EventID, and of a field called so where there is no EventID. */
function eventCode(value: number) {
  const is = (field: string) =>
    ({ kind: 'number', field, op: 'eq', value }) as const
  const elsewhere = [
    { kind: 'null', field: 'EventID', orEmpty: true },
    is('EventCode'),
  ]
  return {
    kind: 'or',
    of: [is('EventID'), { kind: 'and', of: elsewhere }],
  }
}

describe('codes', () => {
  it.each(Object.entries(splCodes))(
    '%s has an example that gives it',
    (code, { example }) => {
      const codes = example.startsWith('---')
        ? said(loadSpl([{ path: 'x.spl', text: example }]))
        : compileSearch(example).diagnostics
      expect(codes.map((d) => d.code)).toContain(code)
    },
  )

  it("positions lead to the author's text through macros and front matter", () => {
    const { refused } = loadSpl([
      { path: 'x.spl', text: `${head}\`sysmon\` a=1\n| stat count` },
    ])
    expect(refused[0]?.diagnostics).toEqual([
      {
        code: 'P004',
        severity: 'error',
        message: 'unknown command "stat"',
        file: 'x.spl',
        position: { line: 8, column: 3 },
        hint: 'did you mean "stats" or "sort" or "spath"?',
      },
    ])
  })

  it('several commands are told at once', () => {
    const { diagnostics } = compileSearch(
      'a=1 | stat x | eval y=lenght(z) | where (',
    )
    expect(diagnostics.map((d) => d.code)).toEqual(['P004', 'P005', 'P010'])
  })
})

describe('rules', () => {
  it("front matter becomes the rule's own words", () => {
    const { searches, refused } = loadSpl([
      { path: 'a/rule.spl', text: `${head}a=1` },
    ])
    expect(refused).toEqual([])
    expect(searches[0]?.meta).toMatchObject({
      id,
      title: 'T',
      level: 'high',
      techniques: ['T1559.001'],
      file: 'a/rule.spl',
    })
  })

  it('one broken file does not stop the others, and an id is given once', () => {
    const { searches, refused } = loadSpl([
      { path: '1.spl', text: `${head}a=(` },
      { path: '2.spl', text: `${head}a=1` },
      { path: '3.spl', text: `${head}a=2` },
      { path: '4.spl', text: 'a=1' },
      { path: '5.spl', text: '---\ntitle: T\nlevel: severe\n---\na=1' },
    ])
    expect(searches.map((s) => s.meta.file)).toEqual(['2.spl'])
    expect(refused.map((r) => r.file)).toEqual([
      '1.spl',
      '3.spl',
      '4.spl',
      '5.spl',
    ])
  })

  it("a field's places in front matter go before the vocabulary", () => {
    const text =
      '---\ntitle: T\nlevel: low\nfields:\n  who: [User, \'"-"\']\n---\nwho=-'
    const { searches } = loadSpl([{ path: 'x.spl', text }])
    expect(searches[0]?.search.fields.who).toEqual([
      { kind: 'field', name: 'User' },
      { kind: 'constant', value: '-' },
    ])
  })

  it('a file with front matter can be run as a search', () => {
    const { search, diagnostics } = compileSearch(`${head}a=1 | nonsense`)
    expect(search).toBeUndefined()
    expect(diagnostics[0]?.position).toEqual({ line: 7, column: 7 })
    expect(compileSearch(`${head}a=1`).search?.stages).toHaveLength(1)
  })

  it('each log source that a search names is a rule with its own condition', () => {
    const { searches } = loadSpl([
      {
        path: 'x.spl',
        text: `${head}(sourcetype=WinEventLog:Security EventCode=4688) OR (sourcetype=Sysmon EventCode=1)`,
      },
    ])
    const rules = searches.flatMap(detectionsOf)
    expect(rules.map((r) => [r.logSource, r.condition])).toEqual([
      [{ product: 'windows', service: 'security' }, eventCode(4688)],
      [{ product: 'windows', service: 'sysmon' }, eventCode(1)],
    ])
  })

  it('a rule that excludes a source is refused, a search is not', () => {
    const text = 'NOT sourcetype=Sysmon a=1'
    const { refused } = loadSpl([{ path: 'x.spl', text: head + text }])
    expect(refused[0]?.diagnostics.map((d) => d.code)).toEqual(['P022'])
    expect(compileSearch(text).search).toBeDefined()
  })

  it('a search that names no source is one rule for any', () => {
    const { search } = compileSearch('Image=x.exe | search a=1')
    const branches = branchesOf({
      kind: 'and',
      of: search!.stages.map((s) => s.condition),
    })
    expect(branches.map((b) => b.logSource)).toEqual([{}])
  })

  it('a compiled search is plain data', () => {
    const { search } = compileSearch(
      'sourcetype=Sysmon a="x*" [ search b=1 | fields c ] | join u [ search d=1 ] | where like(a,"%") | stats count by a',
    )
    expect(JSON.parse(JSON.stringify(search))).toEqual(search)
  })
})

describe('long chains of operators', () => {
  it.each([
    `* | eval x=1${'+1'.repeat(20_000)}`,
    `* | where a=1${' OR a=1'.repeat(8_000)}`,
  ])('end with a message, not with the stack', (text) => {
    const { diagnostics } = compileSearch(text, {})
    expect(diagnostics.map((d) => d.code)).toEqual(['P016'])
  })
})

describe('macros', () => {
  it('a broken macro is told by its line and the others are kept', () => {
    const { macros, problems } = parseMacros(
      '[a]\ndefinition = x=1\n[b(2)]\nargs = p\ndefinition = y\n[c]\niseval = 1\ndefinition = z\nnonsense\n',
    )
    expect([...macros.keys()]).toEqual(['a/0'])
    expect(problems.map((p) => p.line)).toEqual([3, 6, 9])
  })

  it('macros that call themselves end with a message', () => {
    const { macros } = parseMacros('[a]\ndefinition = `a` `a`\n')
    const { diagnostics } = compileSearch('`a`', { macros })
    expect(diagnostics[0]?.code).toMatch(/P015|P016/)
  })
})

describe('conditions of subsearches', () => {
  it('a text that is no condition is none', () => {
    expect(parseCondition('a=1 |')).toBeUndefined()
    expect(parseCondition('(')).toBeUndefined()
    expect(parseCondition('a=1')).toEqual({
      kind: 'number',
      field: 'a',
      op: 'eq',
      value: 1,
    })
  })
})

describe('what reading alone tells', () => {
  it('does not call an address and its network two things', () => {
    const { diagnostics } = compileSearch(
      'a=10.0.0.0/8 a=10.1.2.3 (b!=10.0.0.0/8 OR b!=10.1.0.0/16)',
    )
    expect(diagnostics).toEqual([])
  })
})
