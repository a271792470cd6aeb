import { describe, expect, it } from 'vitest'

import { loadSigma, sigmaCodes } from './index.ts'

const load = (text: string) => loadSigma([{ path: 'rule.yml', text }])

describe('codes', () => {
  for (const [code, { example, severity, title }] of Object.entries(
    sigmaCodes,
  )) {
    it(`${code}: ${title}`, () => {
      const { refused, diagnostics } = loadSigma(
        [{ path: 'rule.yml', text: example }],
        { lint: true },
      )
      const all = [...diagnostics, ...refused.flatMap((r) => r.diagnostics)]
      const found = all.filter((d) => d.code === code)
      expect(found[0], JSON.stringify(all)).toBeDefined()
      expect(found[0]!.severity).toBe(severity)
      expect(found[0]!.position).toBeDefined()
      if (severity !== 'error') expect(refused).toEqual([])
    })
  }
})

const body =
  'logsource: { product: windows }\ndetection: { sel: { A: 1 }, condition: sel }\n'

describe('loadSigma', () => {
  it('says nothing of selections where no condition can be read', () => {
    const { refused } = load(
      'title: T\nlogsource: { product: x }\ndetection:\n  sel: { A|re: "(" }\n  condition: sel and\n',
    )
    const codes = refused.flatMap((r) => r.diagnostics).map((d) => d.code)
    // What is wrong within a selection is said all the same.
    expect(codes).toContain('S016')
    expect(codes).not.toContain('S064')
  })

  it('keeps what a rule says about itself', () => {
    const { rules, diagnostics } = load(`title: T
id: 5f113a8f-8b61-41ca-b90f-d374fa7e4a39
name: short
status: test
level: high
description: what it is
author: someone
date: 2026/01/31
modified: 2026-02-01
references: [https://example.org]
tags: [attack.execution, attack.t1559.001, attack.T1021.003, cve.2026-1]
falsepositives: [none]
fields: [Image]
mitigations: [M1042]
license: MIT
ours: { deep: [1, x] }
${body}`)
    expect(diagnostics).toEqual([])
    expect(rules[0]!.meta).toEqual({
      id: '5f113a8f-8b61-41ca-b90f-d374fa7e4a39',
      name: 'short',
      title: 'T',
      level: 'high',
      status: 'test',
      description: 'what it is',
      techniques: ['T1559.001', 'T1021.003'],
      tags: [
        'attack.execution',
        'attack.t1559.001',
        'attack.T1021.003',
        'cve.2026-1',
      ],
      falsePositives: ['none'],
      references: ['https://example.org'],
      mitigations: ['M1042'],
      fields: ['Image'],
      author: 'someone',
      date: '2026-01-31',
      modified: '2026-02-01',
      custom: { license: 'MIT', ours: { deep: [1, 'x'] } },
      file: 'rule.yml',
      line: 1,
    })
  })

  it('gives a rule without level the middle one', () => {
    expect(load(`title: t\n${body}`).rules[0]!.meta.level).toBe('medium')
  })

  it('derives the same id from the same place', () => {
    const text = `title: a\n${body}---\ntitle: b\n${body}`
    const [first, second] = load(text).rules
    expect(first!.meta.id).toBe(load(text).rules[0]!.meta.id)
    expect(first!.meta.id).not.toBe(second!.meta.id)
    expect(second!.meta.line).toBe(5)
  })

  it('loads every sound document beside a broken one', () => {
    const text = `title: a\n${body}---\ntitle: b\ndetection: 5\n---\ntitle: c\n${body}`
    const { rules, refused } = load(text)
    expect(rules.map((r) => r.meta.title)).toEqual(['a', 'c'])
    expect(refused).toMatchObject([{ title: 'b', file: 'rule.yml' }])
    expect(refused[0]!.diagnostics.map((d) => d.position!.line)).toEqual([5, 6])
  })

  it('keeps the first of two rules with one id and says where it is', () => {
    const id = 'id: 5f113a8f-8b61-41ca-b90f-d374fa7e4a39\n'
    const { rules, refused } = loadSigma([
      { path: 'one.yml', text: `title: a\n${id}${body}` },
      { path: 'two.yml', text: `title: b\n${id}${body}` },
    ])
    expect(rules.map((r) => r.meta.title)).toEqual(['a'])
    expect(refused[0]!.diagnostics[0]!.message).toContain('"a" in one.yml')
  })

  it('points at the value, the key and the word that are meant', () => {
    const text = `title: t
logsource: { product: windows }
detection:
    sel:
        - Image|endswith:
            - 'a.exe'
            - 5
        - Path|contain: x
    condition: sel and (other)
`
    const [refused] = load(text).refused
    expect(
      refused!.diagnostics.map(
        (d) => `${d.code} ${d.position!.line}:${d.position!.column}`,
      ),
    ).toEqual(['S012 8:16', 'S022 9:25'])
    const mended = load(text.replace('contain:', 'contains:'))
    expect(
      mended.refused[0]!.diagnostics.map(
        (d) => `${d.code} ${d.position!.line}:${d.position!.column}`,
      ),
    ).toEqual(['S059 7:15', 'S022 9:25'])
  })

  it('reads nothing from an empty file, a comment, or a lone separator', () => {
    for (const text of [
      '',
      '\n',
      '# nothing\n',
      '---\n',
      `title: t\n${body}---\n`,
    ]) {
      expect(load(text).refused).toEqual([])
    }
  })

  it('bounds what a rule may grow to', () => {
    const many = Array.from({ length: 40 }, (_, i) => `s${i}: { A: ${i} }`)
    const text = `title: t\nlogsource: { product: windows }\ndetection: { ${many.join(', ')}, condition: 20 of s* }\n`
    expect(load(text).refused[0]!.diagnostics[0]!.code).toBe('S026')
  })
})

// Each is of allowed length, and would come to many millions of parts.
describe('rules that multiply', () => {
  const rule = (detection: string) =>
    `title: t\nlogsource:\n  product: windows\ndetection:\n${detection}\n`
  const item = (key: string, values: readonly string[]) =>
    rule(`  s: { '${key}': [${values.join(', ')}] }\n  condition: s`)
  const times = (n: number, text: (i: number) => string) =>
    Array.from({ length: n }, (_, i) => text(i))
  const codesOf = (text: string, a: readonly string[] = []) => {
    const files = [{ path: 'rule.yml', text }]
    const { rules, refused } = loadSigma(files, { placeholders: { a } })
    expect(rules).toEqual([])
    return refused.flatMap((r) => r.diagnostics).map((d) => d.code)
  }

  it('by quantifiers over many selections are refused', () => {
    const selections = times(15_000, (i) => `  s${i}:\n    A: 1`)
    const condition = times(1_500, () => '1 of s*').join(' or ')
    expect(
      codesOf(rule(`${selections.join('\n')}\n  condition: ${condition}`)),
    ).toEqual(['S026'])
  })

  it('by names that lead nowhere, over many selections, end their advice', () => {
    const selections = times(4_000, (i) => `  s${i}:\n    A: 1`)
    const condition = times(1_500, (i) => `x${i}`).join(' or ')
    const codes = codesOf(
      rule(`${selections.join('\n')}\n  condition: ${condition}`),
    )
    expect(codes).toHaveLength(100)
    expect(new Set(codes)).toEqual(new Set(['S022']))
  })

  it('by placeholders are refused', () => {
    const values = times(20_000, () => "'%a%%a%'")
    const text = item('A|expand', values)
    expect(codesOf(text, times(100, String))).toEqual(['S026'])
  })

  it('by dashes before an encoding are refused', () => {
    const values = times(5_000, (i) => `'-a -b -c -d -e ${i}'`)
    expect(codesOf(item('A|windash|base64offset', values))).toEqual(['S026'])
  })

  it('by modifiers are refused', () => {
    const key = `A${'|no'.repeat(10_000)}`
    expect(codesOf(item(key, ['x']))).toEqual(['S026'])
  })

  it('by references of a filter end their advice', () => {
    const references = times(5_000, (i) => `rule_${i}x`)
    const rules = times(
      500,
      (i) =>
        `title: t\nname: rule_${i}\nlogsource: { product: x }\ndetection: { s: { A: 1 }, condition: s }\n`,
    )
    const filter = `title: f\nlogsource: { product: x }\nfilter:\n  rules: [${references.join(', ')}]\n  s: { B: 1 }\n  condition: not s\n`
    const loaded = load([...rules, filter].join('---\n'))
    expect(loaded.rules).toHaveLength(500)
    expect(loaded.diagnostics.map((d) => d.code)).toEqual(
      times(100, () => 'S067'),
    )
  })
})

// Damage of the kinds that hands and disks do, to rules that use the whole language.
describe('damaged rules', () => {
  const whole = Object.values(sigmaCodes).map((c) => c.example)
  const scraps = [
    '|',
    "'",
    '"',
    ':',
    '- ',
    '\n',
    '  ',
    '*',
    '&a',
    '[',
    '{',
    '}',
    ']',
    '(',
    ')',
    ' not ',
    ' of ',
    '%',
    '\\',
    '|re',
    '|all',
    '|base64',
    '\t',
    '\u0000',
    '---\n',
    '<<: ',
    '!',
    '99999999999999999999',
    '\ud800',
  ]

  // A small generator of its own, so that a seed says it all.
  function* numbers(seed: number) {
    let x = seed
    for (;;) {
      x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0
      yield x
    }
  }

  it('are loaded, or refused with a place in the text', () => {
    const random = numbers(1559)
    const below = (n: number) => random.next().value! % n
    for (let i = 0; i < Number(process.env.IPCWATCH_RUNS ?? 1500); i++) {
      let text = whole[below(whole.length)]!
      for (let edits = 1 + below(4); edits > 0; edits--) {
        const at = below(text.length + 1)
        const scrap = scraps[below(scraps.length)]!
        const cut = below(3) ? 0 : 1 + below(12)
        text =
          text.slice(0, at) + (below(4) ? scrap : '') + text.slice(at + cut)
      }
      const { refused, diagnostics } = load(text)
      for (const r of refused) expect(r.diagnostics.length).toBeGreaterThan(0)
      const lines = text.split('\n').length
      for (const d of [
        ...diagnostics,
        ...refused.flatMap((r) => r.diagnostics),
      ]) {
        expect(d.position!.line).toBeGreaterThan(0)
        expect(d.position!.line).toBeLessThanOrEqual(lines)
        expect(d.position!.column).toBeGreaterThan(0)
      }
    }
  })
})

describe('lint', () => {
  it('points at the item or the selection that it is about', () => {
    const text = `title: t
logsource: { product: windows, category: pipe_created }
detection:
    sel:
        - PipeName: '\\a'
          Image|endswith: '\\b.exe'
        - CommandLine|contains: x
    never:
        Image: 'C:\\a'
        Image|endswith: 'b'
    condition: sel or never
`
    const { diagnostics } = loadSigma([{ path: 'x.yml', text }], { lint: true })
    expect(
      diagnostics.map(
        (d) => `${d.code} ${d.position!.line}:${d.position!.column}`,
      ),
    ).toEqual(['S103 8:5', 'S107 7:11'])
  })

  it('is silent unless it is asked for', () => {
    expect(load(sigmaCodes.S101.example).diagnostics).toEqual([])
  })
})
