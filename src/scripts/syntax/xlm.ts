// Excel 4 macros as text: a formula a line, with its cell before it or without.
import type { Node } from './node.ts'
import type { Grammar, Parser } from './grammar.ts'
import { vb } from './vb.ts'

function statement(parser: Parser): Node | undefined {
  const cell = cellOf(parser)
  parser.accept('=')
  const { start } = parser.peek()
  const value = parser.expression(1)
  if (parser.peek().kind !== 'line') parser.skipStatement()
  if (!cell) return value
  return {
    kind: 'assign',
    target: { kind: 'name', name: cell, start, end: start },
    value,
    op: '',
    start,
    end: value.end,
  }
}

/** `A1:`, `Sheet1!A1`, `$A$1`; undefined: the line begins with its formula. */
function cellOf(parser: Parser): string | undefined {
  for (let i = 0; i < 8; i++) {
    const { kind, value } = parser.peek(i)
    if (kind === 'line' || kind === 'end' || value === '(') return undefined
    if (value !== '=') continue
    let name = ''
    for (let k = 0; k < i; k++) {
      const token = parser.next()
      if (token.kind === 'name') name = token.value.replace(/\$/g, '')
    }
    return name || undefined
  }
  return undefined
}

export const xlm: Grammar = {
  ...vb,
  lex: {
    caseless: true,
    lineComments: [],
    blockComments: [],
    strings: [{ open: '"', close: '"', escape: 'double' }],
    name: /\$?[\p{L}_][\p{L}\p{N}_.$]{0,255}/uy,
    operators: vb.lex.operators,
  },
  binary: {
    '&': vb.binary['&']!,
    '+': vb.binary['+']!,
    '-': vb.binary['-']!,
    '*': vb.binary['*']!,
    '/': vb.binary['/']!,
    '^': vb.binary['^']!,
    '<>': vb.binary['<>']!,
    '<': vb.binary['<']!,
    '>': vb.binary['>']!,
    '<=': vb.binary['<=']!,
    '>=': vb.binary['>=']!,
  },
  members: ['!'],
  statement,
  primary: () => undefined,
}
