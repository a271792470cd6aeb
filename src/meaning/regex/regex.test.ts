import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { fold } from '../fold.ts'
import { type Engine, re2Engine, v8Engine } from './engines.ts'
import { readRegex } from './syntax.ts'
import { compileRegex, keepsGroups } from './regex.ts'

const none = { i: false, m: false, s: false }

function found(source: string, text: string, flags = none): boolean {
  const regex = compileRegex({ source, flags, dialect: 'python' })
  if (regex.kind === 'refused') throw new Error(regex.reason)
  return regex.test(text)
}

function compiled(source: string, flags = none) {
  const regex = compileRegex({ source, flags, dialect: 'python' })
  if (regex.kind === 'refused') throw new Error(regex.reason)
  return regex
}

function reason(source: string): string {
  const regex = compileRegex({ source, flags: none, dialect: 'python' })
  return regex.kind === 'refused' ? regex.reason : ''
}

describe('a regular expression', () => {
  it('is searched for anywhere and minds case', () => {
    expect(found('b+c', 'aabbcc')).toBe(true)
    expect(found('B+c', 'aabbcc')).toBe(false)
    expect(found('B+c', 'aabbcc', { ...none, i: true })).toBe(true)
  })

  it('stops its dot at line feeds only, unless s is set', () => {
    expect(found('a.b', 'a\nb')).toBe(false)
    expect(found('a.b', 'a\rb')).toBe(true)
    expect(found('a.b', 'a\u2028b')).toBe(true)
    expect(found('a.b', 'a\nb', { ...none, s: true })).toBe(true)
  })

  it('ends also before a last line feed, as in Python', () => {
    expect(found('a$', 'a\n')).toBe(true)
    expect(found('a$', 'a\n\n')).toBe(false)
    expect(found('a$', 'a\r')).toBe(false)
    expect(found('a\\Z', 'a\n')).toBe(false)
    expect(found('^b$', 'a\nb\nc')).toBe(false)
    expect(found('^b$', 'a\nb\nc', { ...none, m: true })).toBe(true)
    expect(found('\\Ab', 'a\nb', { ...none, m: true })).toBe(false)
  })

  it('reads flags within', () => {
    expect(found('(?i)ABC', 'xabc')).toBe(true)
    expect(found('(?i:A)bc', 'abc')).toBe(true)
    expect(found('(?i:A)bc', 'aBc')).toBe(false)
    expect(found('x(?i)[A-C]+', 'xab')).toBe(true)
    expect(found('(?s-i:a.b)', 'a\nb', { ...none, i: true })).toBe(true)
    expect(found('(?s-i:a.b)', 'A\nb', { ...none, i: true })).toBe(false)
    expect(found('(?x) a b + # no blank \n c', 'abbc')).toBe(true)
    expect(found('(?a)^\\w+$', 'ä')).toBe(false)
  })

  it('knows letters, digits and blanks beyond ASCII', () => {
    expect(found('^\\w+$', 'äβж9_')).toBe(true)
    expect(found('^\\d$', '٣')).toBe(true)
    expect(found('a\\sb', 'a\u00a0b')).toBe(true)
    expect(found('a[\\S]b', 'a\u00a0b')).toBe(false)
    expect(found('^[\\W\\d]+$', '-٣-')).toBe(true)
    expect(found('\\bжук\\b', 'a жук b')).toBe(true)
    expect(found('ЖУК', 'жук', { ...none, i: true })).toBe(true)
  })

  it('takes what PCRE has besides', () => {
    expect(found('a\\hb', 'a\tb')).toBe(true)
    expect(found('a++b', 'caab')).toBe(true)
    expect(found('a++ab', 'caab')).toBe(false)
    expect(found('(?>a|ab)c', 'abc')).toBe(false)
    expect(found('[[:alpha:]]+1', 'ab1')).toBe(true)
    expect(found('\\x{1F600}', '😀')).toBe(true)
    expect(found('\\p{Lu}', 'aB')).toBe(true)
    expect(found('(?#note)a', 'a')).toBe(true)
    expect(found('(?P<q>[\'"])x(?P=q)', `'x'`)).toBe(true)
    expect(found('(?P<q>[\'"])x(?P=q)', `'x"`)).toBe(false)
  })

  it('takes braces and brackets that count nothing for letters', () => {
    expect(found('{a}', '{a}')).toBe(true)
    expect(found('a{,2}b', 'aab')).toBe(true)
    expect(found('[]x]', ']')).toBe(true)
    expect(found('x]', 'x]')).toBe(true)
    expect(found('[a-]', '-')).toBe(true)
    expect(found('[\\w-]+x', '--x')).toBe(true)
  })

  it('is refused with the place and the reason where it cannot be read', () => {
    expect(reason('a(b')).toMatch('a "(" without its ")"')
    expect(reason('a)b')).toMatch('a ")" without its "("')
    expect(reason('*a')).toMatch('nothing to repeat')
    expect(reason('a**')).toMatch('a quantifier after a quantifier')
    expect(reason('\\q')).toMatch('the escape "\\q" is not known')
    expect(reason('[b-a]')).toMatch('runs backwards')
    expect(reason('(a)\\2')).toMatch('no group 2')
    for (const unsure of ['(a)?\\1', '(?:(a)|b)\\1', '(a\\1)', '(?!(a))\\1'])
      expect(reason(unsure)).toMatch('group 1 may have taken no part')
    expect(found('^(?:(a|b)\\1)+$', 'aabb')).toBe(true)
    expect(reason('a{3,1}')).toMatch('minimum is greater')
    expect(reason(`${'('.repeat(200)}${')'.repeat(200)}`)).toMatch('nested')
    expect(reason('((a{1000}){1000}){1000}')).toMatch('too large')
  })
})

describe('a PCRE expression', () => {
  const pcre = (source: string, text: string, i = false) => {
    const flags = { ...none, i }
    const regex = compileRegex({ source, flags, dialect: 'pcre' })
    if (regex.kind === 'refused') throw new Error(regex.reason)
    return regex.matches(text, 9)
  }
  const texts = (source: string, text: string, i = false) =>
    pcre(source, text, i).map((m) => m.text)

  it('knows ASCII letters, digits and blanks only, and characters beyond', () => {
    expect(texts('\\w+', 'äb_1ж')).toEqual(['b_1'])
    expect(texts('\\d', '1٣')).toEqual(['1'])
    expect(texts('\\s', 'a\u00a0b c')).toEqual([' '])
    expect(texts('\\bb', 'äb')).toEqual(['b'])
    expect(texts('[[:alpha:]]+', 'aäb')).toEqual(['a', 'b'])
    expect(texts('^.$', '😀')).toEqual(['😀'])
    expect(texts('ЖУК', 'жук', true)).toEqual(['жук'])
    expect(texts('\\p{L}+', 'äж1')).toEqual(['äж'])
    expect(texts('[[:^alpha:]]+', 'a1-b')).toEqual(['1-'])
    expect(texts('[[:upper:]]+', 'aB', true)).toEqual(['aB'])
    expect(texts('\\p{Lu}', 'aB', true)).toEqual(['B'])
  })

  it('ends at \\Z also before a last line feed', () => {
    expect(texts('a$', 'a\n')).toEqual(['a'])
    expect(texts('a\\Z', 'a\n')).toEqual(['a'])
    expect(texts('a\\z', 'a\n')).toEqual([])
  })

  it('is read in its own spelling', () => {
    expect(texts('\\Qa.b\\E+', 'a.bbxaxb')).toEqual(['a.bb'])
    expect(texts('(a)\\g{1}|(b)\\g{-1}', 'aabb')).toEqual(['aa', 'bb'])
    expect(texts("(?'q'.)x\\k{q}", 'axa')).toEqual(['axa'])
    expect(texts('a\\vb', 'a\nb')).toEqual(['a\nb'])
    expect(texts('\\N+', 'a\nb')).toEqual(['a', 'b'])
    expect(texts('a{,2}', 'aaa{,2}')).toEqual(['a{,2}'])
    expect(texts('\\x{1F600}|\\o{101}', '😀A')).toEqual(['😀', 'A'])
  })

  it('gives its groups, of a short text and of a long one', () => {
    const source = '(?<k>[a-z]+)=(?<v>[0-9]*)$'
    const groups = (before: string) =>
      pcre(source, `${before} ab=12\n`).map((m) => [m.text, ...m.groups])
    expect(groups('')).toEqual([['ab=12', 'ab', '12']])
    expect(groups('-'.repeat(100_000))).toEqual([['ab=12', 'ab', '12']])
  })

  it('keeps what a group held when a later turn passes it by', () => {
    expect(pcre('(?:(a)|b)+', 'ab')[0]!.groups).toEqual(['a'])
  })
})

describe('the choice of engine', () => {
  it('gives V8 what cannot backtrack', () => {
    expect(compiled('\\\\[a-z]{8}\\.tmp$').engines).toContain('v8')
    expect(compiled('(?:cmd|powershell)\\.exe').sees(1e6)).toBe(true)
  })

  it('keeps V8 away from expressions without a bound', () => {
    for (const evil of ['^(a+)+$', '(a|a)*b', '(.*a){20}', '(?:x?y?)*z']) {
      const regex = compiled(evil)
      expect(regex.engines).toEqual(['re2'])
      expect(regex.test(`${'a'.repeat(50_000)}!`)).toBe(evil === '(.*a){20}')
    }
  })

  it('keeps V8 away from long text where backtracking is a power of its length', () => {
    const regex = compiled('\\w+\\w+x')
    expect(regex.engines).toEqual(['v8', 're2'])
    expect(regex.test('a'.repeat(200_000))).toBe(false)
    expect(regex.test(`${'a'.repeat(200_000)}x`)).toBe(true)
  })

  it('refuses what only a backtracking engine can run, and without bound', () => {
    expect(reason('(a+)+(?=b)')).toMatch('could backtrack without bound')
    expect(reason('(?:(a|b)+\\1)+c')).toMatch('could backtrack without bound')
    expect(compiled('foo(?!bar)').engines).toEqual(['v8'])
    // Counted repetitions multiply, and re2js lays out no more than a thousand copies.
    expect(reason('(a{1,100}){1,100}b')).toMatch(
      'could backtrack without bound',
    )
  })

  it('lets re2js walk so far as its letters allow', () => {
    const large = compiled('[ab]{900}(?:ab)*c')
    expect([large.sees(30_000), large.sees(60_000)]).toEqual([true, false])
  })

  it('looks at the first million characters only', () => {
    expect(found('x$', `${'a'.repeat(1 << 20)}x`)).toBe(false)
    expect(found('^a+', `${'a'.repeat(1 << 21)}`)).toBe(true)
  })
})

describe('any text taken for an expression', () => {
  it('is run or refused, and soon done with long values', () => {
    const bit = fc.constantFrom(
      ...[
        'a',
        'b',
        '(',
        '(?:',
        '(?=',
        '(?<!',
        '(?>',
        '(?i)',
        '(?P<n>',
        '(?P=n)',
      ],
      ...[
        ')',
        '[',
        '[^',
        ']',
        '|',
        '*',
        '+',
        '?',
        '{2}',
        '{1,3}',
        '{3,}',
        '{9999}',
      ],
      ...[
        '\\d',
        '\\W',
        '\\b',
        '\\1',
        '\\',
        '.',
        '^',
        '$',
        '-',
        '\\p{L}',
        '\\p{No}',
      ],
      ...[
        '[:alpha:]',
        '\\x41',
        '😀',
        '(?#',
        '\\h',
        '\\R',
        '\\Z',
        '(?s-i:',
        '{',
        '}',
      ],
    )
    const values = ['', 'ab1 -é😀\n'.repeat(400), `${'a'.repeat(60_000)}!`]
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 12 }), fc.boolean(), (bits, i) => {
        const regex = compileRegex({
          source: bits.join(''),
          flags: { i, m: i, s: !i },
          dialect: 'python',
        })
        if (regex.kind === 'regex') for (const v of values) regex.test(v)
        else expect(regex.reason).not.toBe('')
      }),
      { seed: 9, numRuns: 2000 },
    )
  })
})

describe('both engines', () => {
  const atom = fc.constantFrom(
    'a',
    'b',
    'é',
    'Ж',
    '.',
    '\\d',
    '\\w',
    '\\W',
    '\\s',
    '[ab]',
    '[^a]',
    '[\\s\\S]',
    '[\\W1]',
    '\\.',
    '-',
  )
  const regex = fc.letrec<{ r: string }>((tie) => ({
    r: fc.oneof(
      { depthSize: 'small' },
      atom,
      fc.array(tie('r'), { minLength: 1, maxLength: 3 }).map((p) => p.join('')),
      fc
        .tuple(tie('r'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '+?'))
        .map(([r, q]) => `(?:${r})${q}`),
      fc.tuple(tie('r'), tie('r')).map(([a, b]) => `(${a}|${b})`),
    ),
  })).r
  const whole = fc
    .tuple(
      fc.constantFrom('', '^', '(?i)', '\\A'),
      regex,
      fc.constantFrom('', '$', '\\Z'),
    )
    .map((parts) => parts.join(''))
  const text = fc
    .array(
      fc.constantFrom(
        'a',
        'B',
        'b',
        'é',
        'É',
        'ж',
        '1',
        '-',
        '.',
        '\n',
        ' ',
        '😀',
        '_',
      ),
      { maxLength: 10 },
    )
    .map((parts) => parts.join(''))

  it('agree on generated expressions and texts', () => {
    const dialect = fc.constantFrom('python', 'pcre')
    fc.assert(
      fc.property(
        whole,
        text,
        fc.boolean(),
        dialect,
        (source, subject, i, d) => {
          const tree = readRegex(source, { i, m: false, s: false }, d)
          const v8 = v8Engine(tree)
          const re2 = re2Engine(tree)
          if (!v8 || !re2) return
          const answer = ({ test, matches }: Engine) => ({
            source,
            subject,
            holds: test(subject),
            first: keepsGroups(tree.root) ? matches(subject, 1) : undefined,
          })
          expect(answer(v8)).toEqual(answer(re2))
        },
      ),
      { seed: 7, numRuns: 1500 },
    )
  })

  it('find no match without one of the literals', () => {
    fc.assert(
      fc.property(whole, text, fc.boolean(), (source, subject, i) => {
        const regex = compileRegex({
          source,
          flags: { i, m: false, s: false },
          dialect: 'python',
        })
        if (regex.kind === 'refused' || !regex.literals) return
        if (!regex.test(subject)) return
        const folded = fold(subject)
        expect(regex.literals.some((l) => folded.includes(l))).toBe(true)
      }),
      { seed: 8, numRuns: 1500 },
    )
  })
})

describe('required literals', () => {
  it('are the rarest that every match holds', () => {
    expect(compiled('https?://[0-9]{1,3}').literals).toEqual(['http'])
    expect(compiled('(?:[Pp]rogram[Dd]ata|xyz123)\\\\q').literals).toEqual([
      'programdata',
      'xyz123',
    ])
    expect(compiled('arp\\s+unusual').literals).toEqual(['unusual'])
    expect(compiled('(?:abc)*').literals).toBeUndefined()
    expect(compiled('a|bcd').literals).toBeUndefined()
  })
})

describe('folding', () => {
  it('is no finer than the engine folds, so literals are not missed', () => {
    for (let unit = 0x80; unit < 0xd800; unit++) {
      const letter = String.fromCharCode(unit)
      const folded = fold(letter)
      for (const other of [letter.toLowerCase(), letter.toUpperCase()]) {
        if (other.length !== 1 || other === letter) continue
        const same = new RegExp(`^\\u{${unit.toString(16)}}$`, 'iv').test(other)
        if (same) expect([unit, fold(other)]).toEqual([unit, folded])
      }
    }
  })

  it('keeps lengths and does not look at neighbours', () => {
    expect(fold('ΟΔΟΣ')).toBe('οδοσ')
    expect(fold('ς')).toBe('σ')
    expect(fold('İI')).toBe('İi')
    expect(fold('ı')).toBe('ı')
    expect(fold('ﬀß')).toBe('ﬀß')
    for (let unit = 0; unit < 0x10000; unit++) {
      const once = fold(String.fromCharCode(unit))
      expect(once.length).toBe(1)
      if (fold(once) !== once) throw new Error(`U+${unit.toString(16)}`)
    }
  })
})
