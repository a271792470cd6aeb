import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ANY, ONE } from '../../../ir/predicate.ts'

import { base64Offsets, bytesOf, wideText } from './encode.ts'
import { parseNetwork } from './network.ts'
import { expand } from './placeholder.ts'
import { regexFault } from '../../../meaning/regex/syntax.ts'
import { anyDash, literalTexts, parseText } from './text.ts'

const dash = { oneOf: '-/\u2013\u2014\u2015' }

describe('parseText', () => {
  it('reads wildcards and takes them back behind a backslash', () => {
    expect(parseText('a*b?c')).toEqual(['a', ANY, 'b', ONE, 'c'])
    expect(parseText('\\*\\?\\\\')).toEqual(['*?\\'])
    expect(parseText('\\\\*')).toEqual(['\\', ANY])
    expect(parseText('\\\\\\*')).toEqual(['\\*'])
    expect(parseText('a\\\\\\b')).toEqual(['a\\\\b'])
    expect(parseText('a\\')).toEqual(['a\\'])
    expect(parseText('')).toEqual([''])
    expect(parseText('**')).toEqual([ANY])
  })

  it('keeps any text whose signs are escaped', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const escaped = text.replace(/[*?\\]/g, '\\$&')
        expect(parseText(escaped)).toEqual([text])
      }),
      { seed: 3, numRuns: 500 },
    )
  })
})

describe('anyDash', () => {
  it('changes a dash or slash that begins a token', () => {
    expect(anyDash(['-a /b c-d'])).toEqual([dash, 'a ', dash, 'b c-d'])
    expect(anyDash(['--x'])).toEqual(['-', dash, 'x'])
    expect(anyDash([ANY, '-é', ANY])).toEqual([ANY, dash, 'é', ANY])
    expect(anyDash(['- -', '/'])).toEqual(['- -/'])
    expect(anyDash(['é-x'])).toEqual(['é-x'])
  })

  it('stands for every combination, up to a bound', () => {
    expect(literalTexts(anyDash(['-a -b']), 100)).toHaveLength(25)
    expect(literalTexts(anyDash(['-a -b -c']), 100)).toBeUndefined()
    expect(literalTexts(['a', ANY], 100)).toBeUndefined()
  })
})

describe('base64Offsets', () => {
  it('finds bytes at each alignment, whatever stands around them', () => {
    const bytes = fc.uint8Array({ maxLength: 9 })
    fc.assert(
      fc.property(
        bytes,
        fc.uint8Array({ minLength: 2, maxLength: 12 }),
        bytes,
        (before, needle, after) => {
          const text = Buffer.from([...before, ...needle, ...after]).toString(
            'base64',
          )
          const offsets = base64Offsets(Buffer.from(needle))
          expect(offsets).toHaveLength(3)
          expect(offsets.some((o) => text.includes(o))).toBe(true)
        },
      ),
      { seed: 5, numRuns: 1000 },
    )
  })

  it('has nothing certain for one byte at the middle alignment', () => {
    expect(base64Offsets(Buffer.from('a'))).toHaveLength(2)
  })
})

describe('wide text', () => {
  it('puts a zero byte beside each ASCII character', () => {
    expect(wideText('ab', 'utf16le')).toBe('a\0b\0')
    expect(wideText('ab', 'utf16be')).toBe('\0a\0b')
    expect([...bytesOf('a', 'utf16')]).toEqual([0xff, 0xfe, 0x61, 0])
  })
})

describe('parseNetwork', () => {
  it('takes networks and single addresses of both families', () => {
    for (const text of [
      '10.0.0.0/8',
      '0.0.0.0/0',
      '192.0.2.7',
      '::/0',
      'fe80::/10',
      '2001:db8::1',
      '::ffff:10.0.0.0/104',
      '1:2:3:4:5:6:7:8/128',
    ]) {
      expect(parseNetwork(text).kind, text).toBe('network')
    }
    expect(parseNetwork('192.0.2.7')).toMatchObject({ text: '192.0.2.7/32' })
  })

  it('refuses what is none', () => {
    for (const text of [
      '',
      '10.0.0/8',
      '10.0.0.256',
      '010.0.0.0/8',
      '10.0.0.0/33',
      '10.0.0.0/8/9',
      '10.0.0.0/',
      '1::2::3/64',
      '1:2:3:4:5:6:7:8:9',
      '12345::/16',
      'fe80::/129',
      'fe80::%eth0/64',
      ':::/0',
    ]) {
      expect(parseNetwork(text).kind, text).toBe('fault')
    }
  })

  it('names the network that an address with host bits is in', () => {
    expect(parseNetwork('10.1.2.3/8')).toMatchObject({
      hint: 'the network that holds it is "10.0.0.0/8"',
    })
    expect(parseNetwork('fe80:1:2::5/32')).toMatchObject({
      hint: 'the network that holds it is "fe80:1::/32"',
    })
  })
})

describe('expand', () => {
  const values = { a: ['x', 'y'], n: [1, 2] }
  const plain = (text: string) => text

  it('gives every combination of several placeholders', () => {
    expect(expand('%a%-%n%', values, plain)).toMatchObject({
      texts: ['x-1', 'x-2', 'y-1', 'y-2'],
    })
  })

  it('names the first placeholder without values', () => {
    expect(expand('%a% %b%', values, plain)).toEqual({
      kind: 'unknown',
      name: 'b',
      at: 4,
    })
    expect(expand('%toString%', values, plain).kind).toBe('unknown')
  })

  it('stops before there are too many', () => {
    const many = { m: Array.from({ length: 101 }, (_, i) => i) }
    expect(expand('%m%%m%', many, plain).kind).toBe('too-many')
  })
})

describe('regexFault', () => {
  it('lets pass what PCRE and Python spell their own way', () => {
    for (const source of [
      '(?i)a',
      'a(?i)b',
      '(?i-s:a)',
      '(?>a+)b',
      'a++b*+c?+',
      'a{2}+',
      '\\Aa\\z|b\\Z',
      '\\h+',
      '(?P<name>a)(?P=name)',
      '(?#note)a',
      '[]a]',
      '[^]a]',
      '[a[]',
      'a\\++',
    ]) {
      expect(regexFault(source, 'python'), source).toBeUndefined()
    }
  })

  it('says what is wrong', () => {
    for (const source of ['(a', 'a)', '[a', '*a', 'a{3,2}', 'a\\', '(?<n']) {
      expect(regexFault(source, 'python'), source).toMatch(/\w/)
    }
    expect(regexFault('a'.repeat(20_000), 'python')).toContain('at most')
  })
})
