// Lua: blocks end with a word, items are counted from one, and a text or a table may stand behind what is called, without brackets.
import type { Lexer } from './lexer.ts'
import { luaEscapes } from './escapes.ts'
import { link } from './links.ts'
import { itemsUpTo } from './lists.ts'
import { maxDepth } from '../budget.ts'
import type { Grammar, Parser } from './grammar.ts'
import { between, type Node } from './node.ts'
import { cSigns, operator, signs } from './operators.ts'
import type { Token } from './token.ts'

/** `[[…]]`, `[==[…]==]`. */
function longText(lexer: Lexer): Token | undefined {
  const { text, at } = lexer
  const found = /\[(={0,8})\[/y
  found.lastIndex = at
  const [open, level = ''] = found.exec(text) ?? []
  return open === undefined
    ? undefined
    : lexer.quoted({
        open,
        close: `]${level}]`,
        escape: 'none',
        lines: true,
      })
}

const ending = (t: Token): boolean =>
  t.kind === 'name' && /^(?:end|else|elseif|until)$/.test(t.value)

function body(parser: Parser): Node[] {
  const made = parser.statements(ending)
  parser.accept('end')
  return made
}

function several(parser: Parser): Node {
  const first = parser.expression(1)
  if (!parser.is(',')) return first
  const items = [first]
  while (parser.accept(',')) items.push(parser.expression(1))
  return { kind: 'list', items, ...between(first, items.at(-1)!) }
}

function simple(parser: Parser): Node {
  const target = several(parser)
  // `local name <const> = …`
  if (parser.is('<') && parser.is('>', 2))
    for (let i = 0; i < 3; i++) parser.next()
  if (!parser.accept('=')) return target
  const value = several(parser)
  return { kind: 'assign', target, value, op: '', ...between(target, value) }
}

function names(parser: Parser): string[] {
  const out: string[] = []
  while (parser.peek().kind === 'name' && !parser.is('in')) {
    out.push(parser.next().value)
    if (!parser.accept(',')) break
  }
  return out
}

function params(parser: Parser): string[] {
  if (!parser.accept('(')) return []
  const out = names(parser)
  while (parser.peek().kind !== 'end' && !parser.accept(')')) parser.next()
  return out
}

/** `function a.b:c(…) … end`: known by its last name. */
function define(parser: Parser, start: number): Node {
  parser.next()
  let name = ''
  while (parser.peek().kind === 'name') {
    name = parser.next().value
    if (!parser.accept('.', ':')) break
  }
  const given = params(parser)
  const inner = body(parser)
  const end = parser.before
  return { kind: 'define', name, params: given, body: inner, start, end }
}

function ifStatement(parser: Parser, start: number): Node {
  parser.next()
  const test = parser.expression(1)
  parser.accept('then')
  const yes = parser.statements(ending)
  let no: Node[] = []
  if (parser.is('elseif')) no = [ifStatement(parser, parser.peek().start)]
  else if (parser.accept('else')) no = body(parser)
  else parser.accept('end')
  return { kind: 'if', test, yes, no, start, end: parser.before }
}

function forStatement(parser: Parser, start: number): Node {
  parser.next()
  const variables = names(parser)
  if (parser.accept('=')) {
    const from = parser.expression(1)
    parser.accept(',')
    const to = parser.expression(1)
    const by = parser.accept(',') ? parser.expression(1) : undefined
    parser.accept('do')
    const inner = body(parser)
    const variable = variables[0] ?? ''
    const end = parser.before
    return { kind: 'count', variable, from, to, by, body: inner, start, end }
  }
  parser.accept('in')
  const over = several(parser)
  parser.accept('do')
  const inner = body(parser)
  const variable = variables.join(',')
  return {
    kind: 'each',
    variable,
    over,
    body: inner,
    start,
    end: parser.before,
  }
}

function whileStatement(parser: Parser, start: number): Node {
  parser.next()
  const test = parser.expression(1)
  parser.accept('do')
  const inner = body(parser)
  const end = parser.before
  return { kind: 'while', first: [], test, step: [], body: inner, start, end }
}

const statements: Readonly<
  Record<string, (parser: Parser, start: number) => Node | undefined>
> = {
  function: define,
  if: ifStatement,
  for: forStatement,
  while: whileStatement,
  local: (parser, start) => {
    parser.next()
    return parser.is('function') ? define(parser, start) : simple(parser)
  },
  do: (parser, start) => {
    parser.next()
    const inner = body(parser)
    return { kind: 'block', body: inner, start, end: parser.before }
  },
  repeat: (parser, start) => {
    parser.next()
    const inner = parser.statements(ending)
    if (parser.accept('until')) inner.push(parser.expression(1))
    return { kind: 'block', body: inner, start, end: parser.before }
  },
  return: (parser, start) => {
    parser.next()
    const next = parser.peek()
    const none = next.kind === 'end' || next.value === ';' || ending(next)
    const value = none ? undefined : several(parser)
    return { kind: 'return', value, start, end: parser.before }
  },
  break: (parser, start) => {
    parser.next()
    return { kind: 'leave', how: 'break', start, end: parser.before }
  },
  goto: (parser) => {
    parser.skipStatement()
    return undefined
  },
}

function statement(parser: Parser): Node | undefined {
  const { kind, value, start } = parser.peek()
  return kind === 'name' && Object.hasOwn(statements, value)
    ? statements[value]!(parser, start)
    : simple(parser)
}

function table(parser: Parser): Node {
  const { start } = parser.next()
  const items: Node[] = []
  const entries: [Node, Node][] = []
  while (!parser.accept('}') && parser.peek().kind !== 'end') {
    const { place } = parser
    parser.skipBreaks()
    const key = keyOf(parser)
    if (key) entries.push([key, parser.expression(1)])
    else if (!parser.is('}')) items.push(parser.expression(1))
    parser.accept(',', ';')
    parser.skipBreaks()
    if (parser.place === place) parser.skip()
  }
  const at = { start, end: parser.before }
  return entries.length
    ? { kind: 'map', entries, ...at }
    : { kind: 'list', items, ...at }
}

/** `name =`, `["name"] =`. */
function keyOf(parser: Parser): Node | undefined {
  const { kind, value, start, end } = parser.peek()
  if (kind === 'name' && parser.is('=', 1)) {
    parser.next()
    parser.next()
    return { kind: 'text', value, via: 0, start, end }
  }
  if (!parser.is('[')) return undefined
  parser.next()
  const [key] = itemsUpTo(parser, ']')
  parser.accept('=')
  return key
}

/** A name with what follows it: `f "text"` and `f { … }` are calls, `t[1]` is the first item. */
function linked(parser: Parser, first: Node): Node {
  let node = first
  for (let links = 0; links < maxDepth; links++) {
    const next = parser.peek()
    const isGiven =
      next.kind === 'text' || (next.kind === 'op' && next.value === '{')
    const more = isGiven
      ? {
          kind: 'call' as const,
          callee: node,
          args: [next.kind === 'text' ? parser.textOf() : table(parser)],
          start: node.start,
          end: parser.before,
        }
      : link(parser, node)
    if (!more) break
    node = more.kind === 'index' ? counted(more) : more
  }
  return node
}

function counted(node: Extract<Node, { kind: 'index' }>): Node {
  const [key] = node.args
  if (!key || key.kind === 'text' || key.kind === 'template') return node
  const { start, end } = key
  const one: Node = { kind: 'number', value: 1, start, end }
  const less: Node =
    key.kind === 'number'
      ? { ...key, value: key.value - 1 }
      : { kind: 'binary', op: 'less', left: key, right: one, start, end }
  return { ...node, args: [less] }
}

function primary(parser: Parser, token: Token): Node | undefined {
  const { kind, value, start, end } = token
  if (kind === 'op' && value === '{') return table(parser)
  if (kind === 'op' && value === '#') {
    parser.next()
    const object = parser.expression(90)
    const name: Node = { kind: 'text', value: 'length', via: 0, start, end }
    return { kind: 'member', object, name, start, end: object.end }
  }
  if (kind === 'op' && value === '(') {
    parser.next()
    const [inner] = itemsUpTo(parser, ')')
    return inner && linked(parser, { ...inner, start })
  }
  if (kind !== 'name') return undefined
  parser.next()
  if (value !== 'function')
    return linked(parser, { kind: 'name', name: value, start, end })
  const given = params(parser)
  const inner = body(parser)
  const { before } = parser
  return { kind: 'lambda', params: given, body: inner, start, end: before }
}

export const lua: Grammar = {
  lex: {
    bytes: true,
    lineComments: ['--', '#!'],
    blockComments: [
      ['--[[', ']]'],
      ['--[==[', ']==]'],
    ],
    strings: [
      { open: '"', close: '"', escape: luaEscapes },
      { open: "'", close: "'", escape: luaEscapes },
    ],
    name: /[A-Za-z_]\w{0,255}/y,
    operators: [...signs('... .. == ~= <= >= // << >> ::'), ...cSigns, '#'],
    special: longText,
  },
  binary: {
    or: operator(2, 'or'),
    and: operator(3, 'and'),
    '<': operator(4, '<'),
    '>': operator(4, '>'),
    '<=': operator(4, '<='),
    '>=': operator(4, '>='),
    '~=': operator(4, '!='),
    '==': operator(4, '=='),
    '|': operator(5, '|'),
    '~': operator(6, '^'),
    '&': operator(7, 'bits'),
    '<<': operator(8, '<<'),
    '>>': operator(8, '>>'),
    '..': { binds: 9, means: '&', fromRight: true },
    '+': operator(11, '+'),
    '-': operator(11, '-'),
    '*': operator(12, '*'),
    '/': operator(12, '/'),
    '//': operator(12, '//'),
    '%': operator(12, '%'),
    '^': { binds: 14, means: '**', fromRight: true },
  },
  unary: { not: 'not', '-': '-', '~': '~' },
  members: ['.', ':'],
  assigns: {},
  statement,
  primary,
  ends: new Set(),
}
