import { describe, expect, it } from 'vitest'

import { ANY, ONE, type Predicate } from './predicate.ts'
import { printPredicate } from './print.ts'

const text = (pattern: Extract<Predicate, { kind: 'text' }>['pattern']) =>
  ({ kind: 'text', field: 'Image', pattern, cased: false }) as const

describe('a printed condition', () => {
  it('says in words what each leaf asks', () => {
    const printed = (p: Predicate) => printPredicate(p)
    expect(printed(text(['a']))).toBe('Image = "a"')
    expect(printed(text(['']))).toBe('Image is empty')
    expect(printed(text([ANY, 'a']))).toBe('Image ends with "a"')
    expect(printed(text(['a*', ANY, 'b', ONE]))).toBe('Image is like "a\\**b?"')
    expect(printed({ ...text([ANY, 'a', ANY]), cased: true })).toBe(
      'Image contains "a" (case-sensitive)',
    )
    expect(
      printed({ kind: 'keyword', pattern: [ANY, 'x', ANY], cased: false }),
    ).toBe('any value contains "x"')
    expect(printed({ kind: 'number', field: 'N', op: 'lte', value: 3 })).toBe(
      'N <= 3',
    )
    expect(printed({ kind: 'null', field: 'N' })).toBe('N is missing or null')
  })

  it('groups with parentheses where and and or meet', () => {
    const a = text(['a'])
    const p: Predicate = {
      kind: 'and',
      of: [a, { kind: 'not', of: { kind: 'or', of: [a, a] } }],
    }
    expect(printPredicate(p)).toBe(
      'Image = "a" and not (Image = "a" or Image = "a")',
    )
  })
})
