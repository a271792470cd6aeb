// One head for both languages: what a rule says about itself is read, checked and placed the same in a Sigma document and
// in the front matter of a search.
import { describe, expect, it } from 'vitest'

import type { Diagnostic } from '../src/base/diagnostic.ts'
import type { RuleMeta } from '../src/ir/rule.ts'
import { loadSigma } from '../src/languages/sigma/index.ts'
import { loadSpl } from '../src/languages/spl/index.ts'

const id = '5f3c1a52-9f5a-4d0e-8a3e-0c1b2a394857'
const logic =
  '\nlogsource: { product: windows }\ndetection: { sel: { Image: a }, condition: sel }\n'

interface Loaded {
  readonly meta: RuleMeta | undefined
  readonly said: readonly Diagnostic[]
}

function asSigma(head: string): Loaded {
  const files = [{ path: 'rules/a', text: `---\n${head}${logic}` }]
  const { rules, refused, diagnostics } = loadSigma(files)
  const said = [...refused.flatMap((r) => r.diagnostics), ...diagnostics]
  return { meta: rules[0]?.meta, said }
}

function asSearch(head: string): Loaded {
  const files = [
    { path: 'rules/a', text: `---\n${head}\n---\nCommandLine="*a*"` },
  ]
  const { searches, refused, diagnostics } = loadSpl(files)
  const said = [...refused.flatMap((r) => r.diagnostics), ...diagnostics]
  return { meta: searches[0]?.meta, said }
}

/** A place within the text of a head, made findable by a mark before it. */
function marked(text: string): [string, { line: number; column: number }] {
  const at = text.indexOf('^')
  const before = text.slice(0, at).split('\n')
  const position = {
    line: before.length + 1,
    column: before.at(-1)!.length + 1,
  }
  return [text.replace('^', ''), position]
}

describe('a head', () => {
  it('says the same of a rule in either language', () => {
    const head = `title: T
id: ${id}
name: a_name
level: high
status: test
description: what it finds
author: [A, B]
date: 2025/03/04
modified: 2025-04-05
tags: [attack.t1559.001, attack.execution]
references: [https://example.com/]
falsepositives: one
mitigations: [M1040]
license: MIT
related: [{ id: ${id}, type: similar }]
attack_v17: { data_component: Module Load }`
    const { meta, said } = asSigma(head)
    expect(said).toEqual([])
    expect(meta).toEqual({
      id,
      name: 'a_name',
      title: 'T',
      level: 'high',
      status: 'test',
      description: 'what it finds',
      techniques: ['T1559.001'],
      tags: ['attack.t1559.001', 'attack.execution'],
      falsePositives: ['one'],
      references: ['https://example.com/'],
      mitigations: ['M1040'],
      fields: [],
      author: 'A, B',
      date: '2025-03-04',
      modified: '2025-04-05',
      custom: {
        license: 'MIT',
        related: [{ id, type: 'similar' }],
        attack_v17: { data_component: 'Module Load' },
      },
      file: 'rules/a',
      line: 2,
    })
    expect(asSearch(head)).toEqual({ meta, said: [] })
  })

  it('without an id gets the same one wherever the path is the same', () => {
    const { meta } = asSearch('title: T')
    expect(meta?.id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
    expect(asSigma('title: T').meta?.id).toBe(meta?.id)
  })

  it.each([
    ['title: T\nlevel: ^hihg', 'unknown level "hihg"'],
    ['title: T\nlevel: ^[a]', 'unknown level a list'],
    ['title: T\nid: ^5', '"id" is the number 5; a text was expected'],
    ['title: T\nid: ^x', 'id "x" is no UUID'],
    ['title: T\nstatus:  ^stabel', 'unknown status "stabel"'],
    ['title: T\ndate: ^yesterday', 'date "yesterday" is no date'],
    ['title: T\nmodified: ^soon', 'modified "soon" is no date'],
    [
      'title: T\ntags:\n  - attack.t1559\n  - ^t1559',
      'tag "t1559" has no namespace',
    ],
    [
      'title: T\ntags: [^atack.t1559]',
      'unknown namespace in tag "atack.t1559"',
    ],
    ['title: T\n^falsepositive: x', 'unknown key "falsepositive"'],
    [
      'title: T\ndescription:\n  ^a: b',
      '"description" is a mapping; a text was expected',
    ],
    [
      'title: T\nreferences: [x, ^[y]]',
      '"references" is a list; a text was expected',
    ],
    ['^level: low', 'there is no title'],
    ['title: T\n^title: U', 'key "title" stands twice in one mapping'],
  ])('is told what is wrong where it is wrong: %j', (text, message) => {
    const [head, position] = marked(text)
    const sigma = asSigma(head).said
    expect(sigma).toMatchObject([{ message, position, file: 'rules/a' }])
    const search = asSearch(head).said
    expect(search).toMatchObject([
      { message: expect.stringContaining(message), position, file: 'rules/a' },
    ])
    expect(search[0]!.severity).toBe(
      // A search has no other place for a title or for keys of one's own.
      /no title|unknown key/.test(message) ? 'error' : sigma[0]!.severity,
    )
    expect(search[0]!.hint).toBe(sigma[0]!.hint)
  })
})

describe('front matter', () => {
  it.each([
    ['title: T\n^colour: red', 'unknown key "colour"'],
    ['title: T\ntechniques: [T1559, ^T15]', '"T15" is no ATT&CK technique'],
    ['title: T\nfields:\n  a: ^b(c', '"fields.a" is no place'],
    [
      'title: T\nfields: ^x',
      '"fields" is the text "x"; a mapping of names to places was expected',
    ],
    ['^- title: T', 'the front matter is a list; a mapping was expected'],
    ['title: "T^', 'the front matter is not YAML: missing closing "quote'],
  ])('is told what is wrong where it is wrong: %j', (text, message) => {
    const [head, position] = marked(text)
    expect(asSearch(head).said).toMatchObject([{ message, position }])
  })

  it('that is missing or has no end is told', () => {
    for (const text of ['a=1', '---\ntitle: T\na=1']) {
      const { refused } = loadSpl([{ path: 'x.spl', text }])
      expect(refused[0]?.diagnostics[0]).toMatchObject({
        code: 'P020',
        message: 'there is no front matter',
      })
    }
  })

  it('has an id that no rule of either language has', () => {
    const { rules } = loadSigma([
      { path: 'a.yml', text: `title: A\nid: ${id}${logic}` },
    ])
    const text = `---\ntitle: B\nid: ${id.toUpperCase()}\n---\nCommandLine="*a*"`
    const files = [{ path: 'b.spl', text }]
    const { refused } = loadSpl(
      files,
      {},
      rules.map((r) => r.meta),
    )
    expect(refused[0]?.diagnostics).toMatchObject([
      {
        message: `id "${id}" is already that of "A" in a.yml`,
        position: { line: 3, column: 5 },
      },
    ])
  })
})
