import { describe, expect, it } from 'vitest'

import { SearchRefusal } from './limit.ts'
import { compilePcre } from './pcre.ts'

describe('regular expressions', () => {
  it.each([
    ['(?i)CMD', 'x cmd', true],
    ['^a.b$', 'a\nb', false],
    ['(?s)^a.b$', 'a\nb', true],
    ['(?P<x>a)(?P=x)', 'aa', true],
    ['\\Aab\\z', 'ab', true],
    ['[[:digit:]]+', 'a1', true],
    ['a++b', 'aab', true],
    ['(?>a|ab)c', 'ac', true],
    ['\\h', '\t', true],
    ['a(?=b)', 'ab', true],
    ['a(?!b)', 'ab', false],
    ['(?<=x)y', 'xy', true],
    ['(?i:A)b', 'ab', true],
    ['\\p{L}+', 'é', true],
  ])('%s on %j gives %s', (source, text, holds) => {
    expect(compilePcre(source).test(text)).toBe(holds)
  })

  it('nested repetition runs in bounded time', () => {
    const text = `${'a'.repeat(50_000)}!`
    expect(compilePcre('^(a+)+$').test(text)).toBe(false)
    expect(compilePcre('^(a|a)*$').test(text)).toBe(false)
    expect(compilePcre('^(a|aa)+$').test(text)).toBe(false)
    expect(compilePcre('(.*)(.*)(.*)(.*)x').test(text)).toBe(false)
  })

  it('what no engine can bound is refused', () => {
    expect(() => compilePcre('^(a+)+(?!b)\\1$')).toThrow(SearchRefusal)
  })

  it('look-ahead on a long text is refused rather than slow', () => {
    const regex = compilePcre('a.*b.*(?=c)')
    expect(regex.test('a-b-c')).toBe(true)
    expect(() => regex.test('a'.repeat(100_000))).toThrow(SearchRefusal)
  })

  it('both engines give the same groups', () => {
    const regex = compilePcre('(?<k>\\w+)=(?<v>\\w*)')
    const short = regex.matches('a=1 b=', 9)
    const long = regex.matches(`a=1 b= ${'-'.repeat(20_000)}`, 9)
    expect(long).toEqual(short)
    expect(regex.names).toEqual([
      ['k', 1],
      ['v', 2],
    ])
  })
})
