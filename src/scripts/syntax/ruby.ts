// Ruby: blocks end with a word, calls need no brackets.
import { rubyEscapes } from './escapes.ts'
import { closingBracket, type Lexer } from './lexer.ts'
import { itemsUpTo, openArgs } from './lists.ts'
import { between, type Node } from './node.ts'
import {
  arithmeticOperators,
  cAssigns,
  operator,
  cSigns,
  signs,
} from './operators.ts'
import type { Grammar, Parser } from './grammar.ts'
import { hereDocument } from './perl-quotes.ts'
import { textNode, type Token } from './token.ts'

/** `%w[…]`, `%q(…)`, `%Q{…}`, `%x(…)`. */
function percent(lexer: Lexer, before: Token | undefined): Token | undefined {
  const { text, at } = lexer
  if (text[at] === '<')
    return /^<<[~-]?["'A-Z_]/.test(text.slice(at, at + 4))
      ? hereDocument(lexer, rubyEscapes)
      : undefined
  if (text[at] === ':' && /[A-Za-z_"]/.test(text[at + 1] ?? ''))
    return symbol(lexer)
  const found = /%([wWiIqQx]?)([[({<|!])/y
  found.lastIndex = at
  const [all, letter = ''] = found.exec(text) ?? []
  const isValue = before && before.kind !== 'line' && before.kind !== 'op'
  if (!all || (isValue && !letter)) return undefined
  const open = at + all.length - 1
  const close = closingBracket(text, open, lexer.end)
  lexer.at = Math.min(close, lexer.end)
  const end = lexer.at
  const isRaw = letter === 'q' || letter === 'w' || letter === 'i'
  const rule = {
    open: '',
    close: '',
    escape: isRaw ? ('quote' as const) : rubyEscapes,
    ...(!isRaw && { holds: /#\{/ }),
    ...(letter === 'x' && { runs: true as const }),
  }
  const token = lexer.textToken(
    rule,
    at,
    open + 1,
    Math.min(close - 1, lexer.end),
  )
  lexer.at = end
  if (letter !== 'w' && letter !== 'W') return token
  const items = token.value
    .split(/\s+/)
    .filter(Boolean)
    .map((value): Node => ({ kind: 'text', value, via: 0, start: at, end }))
  return { ...token, parts: [{ kind: 'list', items, start: at, end }] }
}

function symbol(lexer: Lexer): Token | undefined {
  const { text, at } = lexer
  if (text[at - 1] === ':' || text[at + 1] === '"') return undefined
  const found = /:([A-Za-z_]\w{0,255}[?!]?)/y
  found.lastIndex = at
  const name = found.exec(text)?.[1]
  if (!name) return undefined
  lexer.at = at + 1 + name.length
  return lexer.token('text', at, name)
}

const ending = (t: Token): boolean =>
  t.kind === 'name' && /^(end|else|elsif|when|rescue|ensure)$/.test(t.value)

function until(parser: Parser): Node[] {
  const body = parser.statements(ending)
  while (parser.accept('rescue', 'ensure', 'else', 'elsif', 'when')) {
    for (const s of parser.statements(ending)) body.push(s)
    if (parser.budget.spent) break
  }
  parser.accept('end')
  return body
}

function statement(parser: Parser): Node | undefined {
  const token = parser.peek()
  const { start } = token
  if (
    token.kind === 'name' &&
    Object.hasOwn(statements, token.value) &&
    !parser.is('.', 1)
  )
    return statements[token.value]!(parser, start)
  let node = parser.expression()
  if (node.kind === 'name' || node.kind === 'member') {
    const args = openArgs(parser)
    if (args.length)
      node = { kind: 'call', callee: node, args, start, end: parser.before }
    const block = args.length ? trailing(parser) : undefined
    if (block && node.kind === 'call')
      node = { ...node, args: [...node.args, block] }
  } else if (
    node.kind === 'assign' &&
    (node.value.kind === 'name' || node.value.kind === 'member')
  ) {
    const args = openArgs(parser)
    if (args.length)
      node = {
        ...node,
        value: {
          kind: 'call',
          callee: node.value,
          args,
          ...between(node.value, args.at(-1)!),
        },
      }
  }
  node = changedInPlace(node)
  if (parser.accept('if', 'unless', 'while', 'until', 'rescue')) {
    const test = parser.expression()
    return { kind: 'block', body: [test, node], ...between(node, test) }
  }
  return node
}

/** `s.upcase!`: the name stands for what the method without the sign gives. */
function changedInPlace(node: Node): Node {
  const member = node.kind === 'call' ? node.callee : node
  if (member.kind !== 'member' || member.object.kind !== 'name') return node
  const { name, object: target } = member
  if (name.kind !== 'text' || !name.value.endsWith('!')) return node
  const plain = { ...member, name: { ...name, value: name.value.slice(0, -1) } }
  const value: Node = node.kind === 'call' ? { ...node, callee: plain } : plain
  const { start, end } = node
  return { kind: 'assign', target, value, op: '', start, end }
}

/** `{ |x| … }` or `do |x| … end` behind a call. */
function trailing(parser: Parser): Node | undefined {
  const { start, kind } = parser.peek()
  if (
    kind === 'op' &&
    parser.is('{') &&
    (parser.is('|', 1) || blockLike(parser))
  ) {
    parser.next()
    const params = pipes(parser)
    const body = parser.statements((t) => t.value === '}')
    parser.accept('}')
    return { kind: 'lambda', params, body, start, end: parser.before }
  }
  if (!parser.accept('do')) return undefined
  const params = pipes(parser)
  const body = until(parser)
  return { kind: 'lambda', params, body, start, end: parser.before }
}

/** Braces that hold no pairs. */
function blockLike(parser: Parser): boolean {
  return !parser.is('=>', 2) && !parser.is(':', 2) && !parser.is('}', 1)
}

function pipes(parser: Parser): string[] {
  const names: string[] = []
  if (!parser.accept('|')) return names
  while (
    !parser.accept('|') &&
    parser.peek().kind !== 'end' &&
    parser.peek().kind !== 'line'
  ) {
    const { kind, value } = parser.next()
    if (kind === 'name') names.push(value)
  }
  return names
}

function define(parser: Parser, start: number): Node {
  parser.next()
  let name = parser.next().value
  if (parser.accept('.')) name = parser.next().value
  const params: string[] = []
  const open = parser.accept('(')
  while (
    parser.peek().kind !== 'end' &&
    parser.peek().kind !== 'line' &&
    !parser.accept(')')
  ) {
    const token = parser.next()
    if (token.kind === 'name') params.push(token.value)
    if (parser.accept('=')) parser.expression(2)
    if (!open && parser.peek().kind === 'line') break
  }
  const body = until(parser)
  return { kind: 'define', name, params, body, start, end: parser.before }
}

function ifStatement(parser: Parser, start: number): Node {
  parser.next()
  const test = parser.expression()
  parser.accept('then', 'do')
  const yes = parser.statements(ending)
  let no: Node[] = []
  if (parser.is('elsif'))
    return {
      kind: 'if',
      test,
      yes,
      no: [ifStatement(parser, parser.peek().start)],
      start,
      end: parser.before,
    }
  if (parser.accept('else')) no = parser.statements(ending)
  parser.accept('end')
  return { kind: 'if', test, yes, no, start, end: parser.before }
}

const plainBlock = (parser: Parser, start: number): Node => {
  parser.next()
  const body = until(parser)
  return { kind: 'block', body, start, end: parser.before }
}

const leave =
  (how: 'break' | 'continue') =>
  (parser: Parser, start: number): Node => {
    parser.next()
    const node: Node = { kind: 'leave', how, start, end: parser.before }
    if (!parser.accept('if', 'unless')) return node
    const test = parser.expression()
    const { end } = test
    return { kind: 'if', test, yes: [node], no: [], start, end }
  }

const statements: Readonly<
  Record<string, (parser: Parser, start: number) => Node | undefined>
> = {
  def: define,
  if: ifStatement,
  unless: ifStatement,
  while: (parser, start) => {
    parser.next()
    const test = parser.expression()
    parser.accept('do')
    const body = until(parser)
    return {
      kind: 'while',
      first: [],
      test,
      step: [],
      body,
      start,
      end: parser.before,
    }
  },
  for: (parser, start) => {
    parser.next()
    const variable = parser.next().value
    parser.accept('in')
    const over = parser.expression()
    parser.accept('do')
    const body = until(parser)
    return { kind: 'each', variable, over, body, start, end: parser.before }
  },
  break: leave('break'),
  next: leave('continue'),
  begin: plainBlock,
  class: (parser, start) => {
    parser.next()
    const name = parser.peek().kind === 'name' ? parser.next().value : ''
    while (
      parser.peek().kind !== 'line' &&
      parser.peek().kind !== 'end' &&
      !parser.is(';')
    )
      parser.next()
    const body = until(parser)
    return { kind: 'class', name, body, start, end: parser.before }
  },
  module: plainBlock,
  case: plainBlock,
  return: (parser, start) => {
    parser.next()
    const { kind } = parser.peek()
    const value =
      kind === 'line' || kind === 'end' ? undefined : parser.expression()
    return { kind: 'return', value, start, end: parser.before }
  },
}

function isQuoted({ text }: Parser, { kind, start, runs }: Token): boolean {
  return kind === 'text' && !runs && /["']/.test(text[start] ?? '')
}

/** Texts one behind the other are one. */
function adjacent(parser: Parser): Node {
  const parts: Node[] = []
  const { start } = parser.peek()
  while (isQuoted(parser, parser.peek())) {
    const node = textNode(parser.next())
    for (const part of node.kind === 'template' ? node.parts : [node])
      parts.push(part)
  }
  const end = parser.before
  return { kind: 'template', parts, isJoined: true, start, end }
}

function primary(parser: Parser, token: Token): Node | undefined {
  if (
    token.kind === 'text' &&
    token.parts?.length === 1 &&
    token.parts[0]!.kind === 'list'
  ) {
    parser.next()
    return token.parts[0]
  }
  if (isQuoted(parser, token) && isQuoted(parser, parser.peek(1)))
    return adjacent(parser)
  if (token.kind === 'op' && token.value === '->') {
    parser.next()
    const params = parser.accept('(')
      ? itemsUpTo(parser, ')').flatMap((p) =>
          p.kind === 'name' ? [p.name] : [],
        )
      : []
    const made = trailing(parser)
    return made?.kind === 'lambda' && params.length ? { ...made, params } : made
  }
  return undefined
}

export const ruby: Grammar = {
  lex: {
    octal: true,
    bytes: true,
    lineComments: ['#'],
    blockComments: [['\n=begin', '\n=end']],
    strings: [
      {
        open: '"',
        close: '"',
        escape: rubyEscapes,
        lines: true,
        holds: /#\{/,
        nests: '#{',
      },
      { open: "'", close: "'", escape: 'quote', lines: true },
      {
        open: '`',
        close: '`',
        escape: rubyEscapes,
        lines: true,
        holds: /#\{/,
        nests: '#{',
        runs: true,
      },
    ],
    name: /[@$]{0,2}[\p{L}_][\p{L}\p{N}_]{0,255}[?!]?/uy,
    operators: [
      ...signs(
        '** <=> === == != !~ <= >= =~ && || &. :: ... .. -> => += -= *= /= %= **= |= &= &&= <<= >>= << >> ||= ^=',
      ),
      ...cSigns,
    ],
    special: percent,
  },
  binary: {
    ...arithmeticOperators,
    '<<': operator(10, 'append'),
    '..': operator(2, '..'),
    '...': operator(2, '...'),
    '||': operator(3, 'or'),
    '&&': operator(4, 'and'),
    '<=>': operator(5, '<=>'),
    '==': operator(5, '=='),
    '===': operator(5, 'is'),
    '!=': operator(5, '!='),
    '=~': operator(5, 'is'),
    '!~': operator(5, 'is'),
    '<': operator(6, '<'),
    '>': operator(6, '>'),
    '<=': operator(6, '<='),
    '>=': operator(6, '>='),
    '|': operator(7, '|'),
    '^': operator(7, '^'),
    '&': operator(8, 'bits'),
    or: operator(0, 'or'),
    and: operator(0, 'and'),
  },
  unary: {
    '!': 'not',
    '-': '-',
    '+': '+',
    '~': '~',
    '*': 'spread',
    '&': '',
    not: 'not',
  },
  unaryBinds: { not: 1, '*': 2 },
  members: ['.', '&.', '::'],
  assigns: cAssigns,
  appends: true,
  signedNumbers: true,
  openCalls: true,
  spacedLists: true,
  statement,
  primary,
  block: trailing,
  ends: new Set([
    'if',
    'unless',
    'while',
    'until',
    'do',
    'then',
    'rescue',
    'end',
    'and',
    'or',
    'in',
    'else',
  ]),
}
