// Perl: names with signs, text joined by a point.
import { braceStatement } from './braces.ts'
import { perlEscapes } from './escapes.ts'
import type { Grammar } from './grammar.ts'
import { regularExpression } from './javascript.ts'
import { cAssigns, cOperators, cSigns, operator, signs } from './operators.ts'
import { primary } from './perl-calls.ts'
import { changed } from './perl-changes.ts'
import {
  held,
  hereDocument,
  isValue,
  items,
  lineOf,
  mayPrecedePattern,
  quoteLike,
  times,
} from './perl-quotes.ts'

export const perl: Grammar = {
  lex: {
    bytes: true,
    octal: true,
    lineComments: ['#'],
    blockComments: [
      ['\n=pod', '\n=cut'],
      ['\n=head', '\n=cut'],
    ],
    strings: [
      {
        open: '"',
        close: '"',
        escape: perlEscapes,
        lines: true,
        holds: held,
        links: items,
      },
      { open: "'", close: "'", escape: 'quote', lines: true },
      {
        open: '`',
        close: '`',
        escape: perlEscapes,
        lines: true,
        holds: held,
        links: items,
        runs: true,
      },
    ],
    name: /[$@%&]\{\^?[A-Za-z_][\w]{0,255}(?:::\w{1,255}){0,20}\}|(?:[$@%&]\^?|\$#)?[A-Za-z_][\w]{0,255}(?:::\w{1,255}){0,20}|[$@][\d&_!@/\\,;.0]|[$@]\$/y,
    operators: [
      ...signs(
        '<<= >>= |= &= x= **= ||= &&= //= => -> == != <=> <= >= =~ !~ && || // .. ++ -- += -= *= /= .= %= ^= |= ** << >>',
      ),
      ...cSigns,
      ...signs('\\'),
    ],
    special: (lexer, before) =>
      times(lexer, before) ??
      quoteLike(lexer, before) ??
      (isValue(before) ? undefined : hereDocument(lexer)) ??
      lineOf(lexer, before) ??
      regularExpression(lexer, before, mayPrecedePattern),
  },
  binary: {
    ...cOperators,
    '.': operator(11, '&'),
    x: operator(12, 'times'),
    '..': operator(2, '..'),
    '=~': operator(13, '=~'),
    '!~': operator(13, 'is'),
    '//': operator(2, 'defined'),
    or: operator(0, 'or'),
    and: operator(0, 'and'),
    xor: operator(0, 'is'),
    eq: operator(8, 'eq'),
    ne: operator(8, 'ne'),
    lt: operator(9, 'lt'),
    gt: operator(9, 'gt'),
    le: operator(9, 'le'),
    ge: operator(9, 'ge'),
    cmp: operator(8, 'cmp'),
    '<=>': operator(8, '<=>'),
  },
  chains: true,
  unaryBinds: { not: 1 },
  unary: {
    '!': 'not',
    '-': '-',
    '+': '+',
    '~': '~',
    '\\': '',
    '++': '',
    '--': '',
    not: 'not',
    defined: 'void',
    my: '',
    our: '',
    local: '',
  },
  members: ['->'],
  matched: changed,
  assigns: { ...cAssigns, '.=': '&', '//=': '', 'x=': 'times' },
  openCalls: true,
  keyedNames: true,
  statement: braceStatement,
  primary,
  ends: new Set([
    'if',
    'unless',
    'for',
    'foreach',
    'while',
    'until',
    'or',
    'and',
    'x',
    'eq',
    'ne',
    'lt',
    'gt',
    'le',
    'ge',
    'cmp',
  ]),
}
