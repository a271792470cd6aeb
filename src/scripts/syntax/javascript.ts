// JScript, JavaScript of Node and of macOS.
import { braceStatement, parametersOf } from './braces.ts'
import { javascriptEscapes } from './escapes.ts'
import type { Lexer } from './lexer.ts'
import { itemsUpTo } from './lists.ts'
import type { Node } from './node.ts'
import { cAssigns, cOperators, cSigns, operator, signs } from './operators.ts'
import type { Grammar, Parser } from './grammar.ts'
import type { Token } from './token.ts'

const ops = [
  ...signs(
    '=> === !== == != <= >= &&= ||= ??= && || ?? ?. ... ++ -- += -= *= /= %= ^= |= &= >>>= >>= <<= >>> << >> **',
  ),
  ...cSigns,
]

const mayEndValue = /^[\w$)\]}'"`]$/

/** A slash where a value may begin opens a regular expression: as text, with its flags behind. */
export function regularExpression(
  lexer: Lexer,
  before: Token | undefined,
  mayPrecede = /^(?:return|typeof|case|in|of)$/,
): Token | undefined {
  const { text, at } = lexer
  if (text[at] !== '/') return undefined
  const last =
    before && before.kind !== 'line' ? before.value.at(-1) : undefined
  const keyword = before?.kind === 'name' && mayPrecede.test(before.value)
  const isValue = last !== undefined && mayEndValue.test(last)
  if (!keyword && (before?.kind === 'text' || isValue)) return undefined
  let inClass = false
  for (let i = at + 1; i < lexer.end && text[i] !== '\n'; i++) {
    const c = text[i]
    if (c === '\\') i++
    else if (c === '[') inClass = true
    else if (c === ']') inClass = false
    else if (c === '/' && !inClass) {
      let end = i + 1
      while (/[a-z]/.test(text[end] ?? '')) end++
      lexer.at = end
      const token = lexer.token('text', at, text.slice(at, end))
      return { ...token, isPattern: true }
    }
  }
  return undefined
}

function primary(parser: Parser, token: Token): Node | undefined {
  const { start, value } = token
  if (token.kind === 'op')
    return value === '(' ? arrow(parser, start) : undefined
  if (token.kind !== 'name') return undefined
  if (value === 'new') return construct(parser, start)
  if (value === 'async' && (parser.is('function', 1) || parser.is('(', 1))) {
    parser.next()
    return primary(parser, parser.peek())
  }
  if (value === 'function') {
    parser.next()
    parser.accept('*')
    if (parser.peek().kind === 'name') parser.next()
    const { params, first } = parametersOf(parser)
    const body = [...first, ...parser.body()]
    return { kind: 'lambda', params, body, start, end: parser.before }
  }
  if (parser.is('=>', 1)) {
    parser.next()
    return arrowBody(parser, { params: [value], first: [] }, start)
  }
  return undefined
}

function construct(parser: Parser, start: number): Node {
  parser.next()
  let callee = parser.primary()
  while (parser.is('.') || parser.is('[')) callee = ofNamespace(parser, callee)
  const args = parser.accept('(') ? itemsUpTo(parser, ')') : []
  return { kind: 'call', callee, args, isNew: true, start, end: parser.before }
}

/** `a.b`, `a['b']`: what is made. */
function ofNamespace(parser: Parser, object: Node): Node {
  const { start } = object
  if (parser.next().value === '[') {
    const args = itemsUpTo(parser, ']')
    return { kind: 'index', object, args, start, end: parser.before }
  }
  const { value, start: from, end } = parser.next()
  const name: Node = { kind: 'text', value, via: 0, start: from, end }
  return { kind: 'member', object, name, start, end }
}

/** `(a, b) => …`; what is no arrow function is read as brackets. */
function arrow(parser: Parser, start: number): Node | undefined {
  let depth = 0
  let i = 0
  for (; i < 64; i++) {
    const { value, kind } = parser.peek(i)
    if (kind === 'end') return undefined
    if (kind === 'text') continue
    if (value === '(') depth++
    if (value === ')' && --depth === 0) break
  }
  if (!parser.is('=>', i + 1)) return undefined
  return arrowBody(parser, parametersOf(parser), start)
}

function arrowBody(
  parser: Parser,
  { params, first }: { params: readonly string[]; first: readonly Node[] },
  start: number,
): Node {
  parser.accept('=>')
  if (parser.is('{')) {
    const body = [...first, ...parser.body()]
    return { kind: 'lambda', params, body, start, end: parser.before }
  }
  const value = parser.expression(1)
  const result: Node = {
    kind: 'return',
    value,
    start: value.start,
    end: value.end,
  }
  const all = [...first, result]
  return { kind: 'lambda', params, body: all, start, end: value.end }
}

export const javascript: Grammar = {
  lex: {
    lineComments: ['//', '#!'],
    blockComments: [
      ['/*', '*/'],
      ['<!--', '-->'],
    ],
    strings: [
      { open: '"', close: '"', escape: javascriptEscapes },
      { open: "'", close: "'", escape: javascriptEscapes },
      {
        open: '`',
        close: '`',
        escape: javascriptEscapes,
        lines: true,
        holds: /\$\{/,
        nests: '${',
      },
    ],
    name: /[#@]?[\p{L}_$][\p{L}\p{N}_$]{0,255}/uy,
    operators: ops,
    octal: true,
    special: regularExpression,
  },
  binary: {
    ...cOperators,
    '===': operator(8, '==='),
    '!==': operator(8, '!=='),
    '>>>': operator(10, '>>>'),
  },
  unary: {
    '!': 'not',
    '-': '-',
    '+': '+',
    '~': '~',
    '++': '',
    '--': '',
    '...': 'spread',
    typeof: 'typeof',
    void: 'void',
    delete: 'void',
    await: '',
    yield: '',
  },
  members: ['.', '?.'],
  assigns: {
    ...cAssigns,
    '/=': '/',
    '&=': 'bits',
    '<<=': '<<',
    '>>=': '>>',
    '>>>=': '>>>',
  },
  taggedTexts: true,
  sequences: true,
  leftOut: 'undefined',
  statement: braceStatement,
  primary,
  ends: new Set(),
}
