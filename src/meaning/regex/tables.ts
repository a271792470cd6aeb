// What single letters of a regular expression stand for, and in which dialect.
import type { RegexDialect } from '../../ir/predicate.ts'

import type { Anchor, LetterClass, Range, RegexNode } from './tree.ts'

const of = (...ranges: Range[]): LetterClass => ({ ranges, properties: [] })

const upper: Range = [0x41, 0x5a]
const lower: Range = [0x61, 0x7a]
const digit: Range = [0x30, 0x39]
const underscore: Range = [0x5f, 0x5f]

type ClassLetter = 'd' | 'w' | 's'

/** What Python means by them in text: Nd; L, N and the underscore; what `str.isspace` says. */
export const unicodeClasses: Readonly<Record<ClassLetter, LetterClass>> = {
  d: { ranges: [], properties: ['Nd'] },
  w: { ranges: [underscore], properties: ['L', 'N'] },
  s: of(
    [0x9, 0xd],
    [0x1c, 0x20],
    [0x85, 0x85],
    [0xa0, 0xa0],
    [0x1680, 0x1680],
    [0x2000, 0x200a],
    [0x2028, 0x2029],
    [0x202f, 0x202f],
    [0x205f, 0x205f],
    [0x3000, 0x3000],
  ),
}

/** What PCRE means by them, in UTF mode too unless it is told otherwise (pcrepattern, "Generic character types"). */
export const asciiClasses: Readonly<Record<ClassLetter, LetterClass>> = {
  d: of(digit),
  w: of(digit, upper, underscore, lower),
  s: of([0x9, 0xd], [0x20, 0x20]),
}

/** `\h`, and in PCRE `\v`. */
const blanks = of(
  [0x9, 0x9],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
)
const lineBreaks = of([0xa, 0xd], [0x85, 0x85], [0x2028, 0x2029])

/** What a dialect spells in its own way. */
export interface Spelling {
  /** `\d`, `\w`, `\s`, `\b` and `[:alpha:]` know ASCII only from the beginning. */
  readonly ascii: boolean
  readonly anchors: Readonly<Record<string, Anchor>>
  /** Classes by letter, beside `\d`, `\w` and `\s`; the capital is the complement. */
  readonly classes: Readonly<Record<string, LetterClass>>
  readonly controls: Readonly<Record<string, number>>
  /** `(?i)` and its like. */
  readonly flags: RegExp
  /** `{,3}` counts from none; otherwise it is text. */
  readonly countsFromNone: boolean
  /** `\Q...\E`, `\g{1}`, `(?'name'...)`, `\N`. */
  readonly perl: boolean
}

const controls = { n: 10, r: 13, t: 9, f: 12, a: 7, e: 27 }
const edges: Readonly<Record<string, Anchor>> = { A: 'start', z: 'end' }

export const spellings: Readonly<Record<RegexDialect, Spelling>> = {
  python: {
    ascii: false,
    anchors: { ...edges, Z: 'end' },
    classes: { h: blanks },
    controls: { ...controls, v: 11 },
    flags: /([aimsuLx]*)(?:-([imsx]+))?([:)])/y,
    countsFromNone: true,
    perl: false,
  },
  pcre: {
    ascii: true,
    anchors: { ...edges, Z: 'final' },
    classes: { h: blanks, v: lineBreaks },
    controls,
    flags: /([imsx]*)(?:-([imsx]+))?([:)])/y,
    countsFromNone: false,
    perl: true,
  },
}

/** `\R` */
export const anyLineBreak: RegexNode = {
  kind: 'alt',
  of: [
    {
      kind: 'seq',
      of: [
        { kind: 'char', code: 13, i: false },
        { kind: 'char', code: 10, i: false },
      ],
    },
    {
      kind: 'set',
      ranges: lineBreaks.ranges,
      named: [],
      negated: false,
      i: false,
    },
  ],
}

const posixLetters: Readonly<Record<string, LetterClass>> = {
  alpha: of(upper, lower),
  alnum: of(upper, lower, digit),
  digit: of(digit),
  xdigit: of(digit, [0x41, 0x46], [0x61, 0x66]),
  upper: of(upper),
  lower: of(lower),
  punct: of([0x21, 0x2f], [0x3a, 0x40], [0x5b, 0x60], [0x7b, 0x7e]),
  print: of([0x20, 0x7e]),
  graph: of([0x21, 0x7e]),
  cntrl: of([0, 0x1f], [0x7f, 0x7f]),
  blank: of([0x9, 0x9], [0x20, 0x20]),
  space: asciiClasses.s,
  word: asciiClasses.w,
}

/** `[:name:]`. Letters of one case are letters of both where case is ignored. */
export function posixClass(name: string, i: boolean): LetterClass | undefined {
  const folds = i && (name === 'upper' || name === 'lower')
  const key = folds ? 'alpha' : name
  return Object.hasOwn(posixLetters, key) ? posixLetters[key] : undefined
}
