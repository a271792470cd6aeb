import { describe, expect, it } from 'vitest'

import { wrapped } from './wrapped.ts'

describe('a wrapped paragraph', () => {
  const text = 'one two three four'

  it('is as wide as it may be, its lines indented', () => {
    expect(wrapped(text, 12, 'read ', '     ')).toEqual([
      'read one two',
      '     three',
      '     four',
    ])
  })

  it('is one line where nobody looks at columns', () => {
    const width = Number.POSITIVE_INFINITY
    expect(wrapped(text, width, '  ', '    ')).toEqual([`  ${text}`])
  })

  it('cuts a word that has no room', () => {
    expect(wrapped('abcdefghijkl', 10, '  ', '  ')).toEqual(['  abcde...'])
  })
})
