import { describe, expect, it } from 'vitest'

import { parseTransforms } from './transforms.ts'

describe('definitions of lookups', () => {
  it('say how columns are compared, and how many rows count', () => {
    const { lookups, problems } = parseTransforms(
      [
        '# tables of ours',
        '[paths]',
        'filename = paths.csv',
        'match_type = WILDCARD(path), CIDR(from,to) EXACT(user)',
        'case_sensitive_match = false',
        'max_matches = 1',
        'min_matches = 1',
        'default_match = unknown',
        '[plain]',
        'filename=plain.csv',
      ].join('\n'),
    )
    expect(problems).toEqual([])
    expect(lookups).toEqual([
      {
        name: 'paths',
        filename: 'paths.csv',
        match: { path: 'wildcard', from: 'cidr', to: 'cidr' },
        ignoreCase: true,
        maxMatches: 1,
        minMatches: 1,
        defaultMatch: 'unknown',
      },
      { name: 'plain', filename: 'plain.csv', match: {}, ignoreCase: false },
    ])
  })

  it.each([
    ['[a]\nmatch_type = LIKE(x)\nfilename=a.csv', 'LIKE(x)'],
    ['[a]\nfilname = a.csv', 'no filename'],
    ['[a]\nexternal_type = kvstore\ncollection = c', 'only CSV files'],
    ['[a]\nfilename = a.csv\nmax_match = 1', 'did you mean "max_matches"'],
    ['[a]\nfilename = a.csv\nmax_matches = all', 'expected a whole number'],
    ['[a]\nfilename', 'neither a section nor a setting'],
  ])('%j is told', (text, message) => {
    const { problems } = parseTransforms(text)
    expect(problems.map((p) => p.message).join('\n')).toContain(message)
  })
})
