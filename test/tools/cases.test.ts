import { describe, expect, it } from 'vitest'

import { casesOf } from './cases.ts'

const keys = {
  needed: ['rule'],
  allowed: ['events'],
  outcomes: ['matches', 'error'],
}

describe('a case', () => {
  it('is read from documents and from lists', () => {
    const one = 'why: a\nrule: r\nmatches: []\n'
    const list = '- { why: b, rule: r, matches: [] }\n'
    const cases = casesOf(`${one}---\n${list}`, keys)
    expect(cases.map((c) => c.why)).toEqual(['a', 'b'])
  })

  it.each([
    ['a key that nobody asks for', 'why: a\nrule: r\nmatchs: []', 'matchs'],
    ['no reason', 'rule: r\nmatches: []', '"why" is missing'],
    [
      'nothing that comes of its events',
      'why: a\nrule: r\nevents: []',
      'matches',
    ],
    ['an error without a place', 'why: a\nrule: r\nerror: { code: X }', '"at"'],
    ['an error that is only a code', 'why: a\nrule: r\nerror: X', 'keys'],
  ])('with %s is none', (_, text, said) => {
    expect(() => casesOf(text, keys)).toThrow(said)
  })
})
