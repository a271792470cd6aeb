// PHP: as Perl, without its quotes and what is matched.
import { phpEscapes } from './escapes.ts'
import type { Grammar } from './grammar.ts'
import { cOperators, operator } from './operators.ts'
import { perl } from './perl.ts'
import { held, hereDocument } from './perl-quotes.ts'

const { matched: _, ...shared } = perl

export const php: Grammar = {
  ...shared,
  lex: {
    bytes: true,
    octal: true,
    lineComments: ['#', '//'],
    blockComments: [
      ['/*', '*/'],
      ['?>', '<?php'],
      ['<?php', ''],
      ['<?=', ''],
    ],
    strings: [
      {
        open: '"',
        close: '"',
        escape: phpEscapes,
        lines: true,
        holds: /\{(?=\$)|\$[A-Za-z_]\w{0,60}/,
        links: /\[|->[A-Za-z_]\w{0,60}/y,
      },
      { open: "'", close: "'", escape: 'quote', lines: true },
      {
        open: '`',
        close: '`',
        escape: phpEscapes,
        lines: true,
        holds: held,
        runs: true,
      },
    ],
    name: /[$\\]?[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]{0,255}(?:\\\w{1,255}){0,20}/y,
    operators: [
      '...',
      ...perl.lex.operators,
      '===',
      '!==',
      '::',
      '?->',
      '??',
      '<>',
      '??=',
      '@',
    ],
    special: (lexer) => hereDocument(lexer, phpEscapes),
  },
  binary: {
    ...cOperators,
    '??': { ...operator(2, 'defined'), fromRight: true },
    '|': operator(4, '|'),
    '^': operator(5, '^'),
    '&': operator(6, 'bits'),
    '==': operator(7, '=='),
    '!=': operator(7, '!='),
    '<>': operator(7, '!='),
    '===': operator(7, '==='),
    '!==': operator(7, '!=='),
    '<=>': operator(7, '<=>'),
    '<': operator(8, '<'),
    '>': operator(8, '>'),
    '<=': operator(8, '<='),
    '>=': operator(8, '>='),
    // Texts are joined when all else is worked out.
    '.': operator(9, '&'),
    or: operator(0, 'or'),
    and: operator(0, 'and'),
    xor: operator(0, 'is'),
  },
  unaryBinds: {},
  unary: {
    '!': 'not',
    '-': '-',
    '+': '+',
    '~': '~',
    '@': '',
    '&': '',
    '++': '',
    '--': '',
    '...': 'spread',
  },
  members: ['->', '?->', '::'],
}
