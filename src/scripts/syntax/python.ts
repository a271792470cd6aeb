// Python: blocks by indentation, which the lexer shows as braces.
import { unlessGiven, variablesOf } from './lists.ts'
import { between, type Node, pathOf } from './node.ts'
import { arithmeticOperators, cAssigns, operator, signs } from './operators.ts'
import type { Grammar, Parser } from './grammar.ts'
import { prefixed } from './python-texts.ts'
import { textNode, type Token } from './token.ts'

function statement(parser: Parser): Node | undefined {
  const token = parser.peek()
  const { start } = token
  if (parser.accept('@')) {
    parser.skipStatement()
    return undefined
  }
  if (token.kind === 'op' && token.value === '{') {
    const body = parser.body()
    return { kind: 'block', body, start, end: parser.before }
  }
  if (
    token.kind === 'name' &&
    Object.hasOwn(statements, token.value) &&
    !parser.is('.', 1) &&
    !parser.is('=', 1)
  ) {
    return statements[token.value]!(parser, start)
  }
  return simple(parser, start)
}

function simple(parser: Parser, start: number): Node {
  const first = parser.expression(1)
  if (!parser.is(',')) {
    if (parser.accept(':')) parser.expression(2) // a type
    return parser.accept('=') ? assigned(first, parser) : first
  }
  const items = [first]
  while (parser.accept(',')) items.push(parser.expression(2))
  const list: Node = { kind: 'list', items, start, end: parser.before }
  return parser.accept('=') ? assigned(list, parser) : list
}

/** `a, b`: a list without brackets. */
function several(parser: Parser): Node {
  const first = parser.expression(1)
  if (!parser.is(',')) return first
  const items = [first]
  while (parser.accept(',') && !endsLine(parser))
    items.push(parser.expression(1))
  return {
    kind: 'list',
    items,
    isTuple: true,
    start: first.start,
    end: parser.before,
  }
}

function endsLine(parser: Parser): boolean {
  const { kind, value } = parser.peek()
  return kind === 'line' || kind === 'end' || value === ';'
}

function assigned(target: Node, parser: Parser): Node {
  const value = several(parser)
  return { kind: 'assign', target, value, op: '', ...between(target, value) }
}

/** Behind a colon: the block below, or what stands on the line. */
function block(parser: Parser): Node[] {
  while (
    !parser.is(':') &&
    parser.peek().kind !== 'line' &&
    parser.peek().kind !== 'end'
  )
    parser.next()
  parser.accept(':')
  if (parser.peek().kind === 'line') {
    parser.skipLines()
    return parser.is('{') ? parser.body() : []
  }
  const out: Node[] = []
  while (parser.peek().kind !== 'line' && parser.peek().kind !== 'end') {
    const before = parser.place
    const node = statement(parser)
    if (node) out.push(node)
    parser.accept(';')
    if (parser.place === before) parser.next()
  }
  return out
}

function ifStatement(parser: Parser, start: number): Node {
  parser.next()
  const test = parser.expression(1)
  const yes = block(parser)
  const place = parser.place
  parser.skipLines()
  let no: Node[] = []
  if (parser.is('elif')) no = [ifStatement(parser, parser.peek().start)]
  else if (parser.accept('else')) no = block(parser)
  else parser.back(place)
  return { kind: 'if', test, yes, no, start, end: parser.before }
}

function forStatement(parser: Parser, start: number): Node {
  parser.next()
  const variable = variablesOf(parser)
  parser.accept('in')
  const over = parser.expression(1)
  const body = block(parser)
  return { kind: 'each', variable, over, body, start, end: parser.before }
}

/** Names with their stars, and what each stands for where it is not given. */
function parametersUpTo(
  parser: Parser,
  close: string,
): { params: string[]; first: Node[] } {
  const params: string[] = []
  const first: Node[] = []
  while (parser.peek().kind !== 'end' && !parser.accept(close)) {
    const stars = parser.accept('*', '**')?.value ?? ''
    const token = parser.next()
    if (token.kind === 'name') params.push(stars + token.value)
    while (
      parser.peek().kind !== 'end' &&
      !parser.is(',') &&
      !parser.is(close)
    ) {
      const sign = parser.accept('=', ':')
      const value = sign ? parser.expression(2) : undefined
      if (sign?.value === '=' && value) first.push(unlessGiven(token, value))
      if (!sign) parser.next()
    }
    parser.accept(',')
  }
  return { params, first }
}

function define(parser: Parser, start: number): Node {
  parser.next()
  const name = parser.next().value
  const { params, first } = parser.accept('(')
    ? parametersUpTo(parser, ')')
    : { params: [], first: [] }
  const body = [...first, ...block(parser)]
  return { kind: 'define', name, params, body, start, end: parser.before }
}

/** `import a.b as c, d`: c is what the module is called here. */
function importStatement(parser: Parser, start: number): Node {
  parser.next()
  const body: Node[] = []
  do {
    const module = parser.postfix(parser.primary())
    const path = pathOf(module)
    const alias = parser.accept('as')
      ? parser.next().value
      : path.split('.')[0]!
    const own = alias === path.split('.')[0] ? alias : path
    body.push(imported(alias, own, start, parser.before))
  } while (parser.accept(','))
  return { kind: 'block', body, start, end: parser.before }
}

function fromStatement(parser: Parser, start: number): Node {
  parser.next()
  const path = pathOf(parser.postfix(parser.primary()))
  const body: Node[] = []
  parser.accept('import')
  parser.accept('(')
  while (parser.peek().kind === 'name' || parser.is('*')) {
    const name = parser.next().value
    const alias = parser.accept('as') ? parser.next().value : name
    if (name === '*') body.push(imported('*', path, start, parser.before))
    else body.push(imported(alias, `${path}.${name}`, start, parser.before))
    if (!parser.accept(',')) break
    while (parser.peek().kind === 'line') parser.next()
  }
  parser.accept(')')
  return { kind: 'block', body, start, end: parser.before }
}

function imported(
  alias: string,
  path: string,
  start: number,
  end: number,
): Node {
  const at = { start, end }
  const callee: Node = { kind: 'name', name: '[import]', ...at }
  const args: Node[] = [
    { kind: 'text', value: alias, via: 0, ...at },
    { kind: 'text', value: path, via: 0, ...at },
  ]
  return { kind: 'call', callee, args, ...at }
}

function withStatement(parser: Parser, start: number): Node {
  parser.next()
  const body: Node[] = []
  do {
    const value = parser.expression(1)
    if (parser.accept('as')) {
      const target = parser.primary()
      body.push({
        kind: 'assign',
        target,
        value,
        op: '',
        ...between(value, target),
      })
    } else body.push(value)
  } while (parser.accept(','))
  for (const s of block(parser)) body.push(s)
  return { kind: 'block', body, start, end: parser.before }
}

const skip = (parser: Parser): undefined => {
  parser.skipStatement()
  return undefined
}

const plainBlock = (parser: Parser, start: number): Node => {
  parser.next()
  const body = block(parser)
  return { kind: 'block', body, start, end: parser.before }
}

const leave =
  (how: 'break' | 'continue') =>
  (parser: Parser, start: number): Node => {
    parser.next()
    return { kind: 'leave', how, start, end: parser.before }
  }

/** Handlers of one try. */
const maxHandlers = 16

function tryStatement(parser: Parser, start: number): Node {
  parser.next()
  const body = block(parser)
  const handler: Node[] = []
  const last: Node[] = []
  let name: string | undefined
  for (let parts = 0; parts < maxHandlers; parts++) {
    const { place } = parser
    parser.skipLines()
    const word = parser.accept('except', 'else', 'finally')
    if (!word) {
      parser.back(place)
      break
    }
    if (word.value === 'except') name ??= nameOfThrown(parser)
    const to =
      word.value === 'except' ? handler : word.value === 'else' ? body : last
    for (const s of block(parser)) to.push(s)
  }
  const end = parser.before
  return { kind: 'try', body, ...(name && { name }), handler, last, start, end }
}

/** `except X as name`. */
function nameOfThrown(parser: Parser): string | undefined {
  while (!parser.is(':') && !endsLine(parser)) {
    if (parser.accept('as')) return parser.next().value
    parser.next()
  }
  return undefined
}

const statements: Readonly<
  Record<string, (parser: Parser, start: number) => Node | undefined>
> = {
  if: ifStatement,
  for: forStatement,
  while: (parser, start) => {
    parser.next()
    const test = parser.expression(1)
    const body = block(parser)
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
  def: define,
  async: (parser) => {
    parser.next()
    return statement(parser)
  },
  class: (parser, start) => {
    parser.next()
    const name = parser.next().value
    const body = block(parser)
    return { kind: 'class', name, body, start, end: parser.before }
  },
  try: tryStatement,
  except: plainBlock,
  break: leave('break'),
  continue: leave('continue'),
  raise: (parser, start) => {
    parser.next()
    const value = endsLine(parser) ? undefined : parser.expression(1)
    if (parser.accept('from')) parser.expression(1)
    return { kind: 'throw', value, start, end: parser.before }
  },
  finally: plainBlock,
  else: plainBlock,
  elif: plainBlock,
  with: withStatement,
  import: importStatement,
  from: fromStatement,
  return: (parser, start) => {
    parser.next()
    const value = endsLine(parser) ? undefined : several(parser)
    return { kind: 'return', value, start, end: parser.before }
  },
  print: (parser, start) => simple(parser, start),
  del: (parser, start) => {
    parser.next()
    const gone = parser.expression(1)
    // What is left behind it stands at other places.
    const target = gone.kind === 'index' ? gone.object : gone
    const value: Node = { kind: 'name', name: '', start, end: start }
    return { kind: 'assign', target, value, op: '', start, end: gone.end }
  },
  global: skip,
  pass: skip,
}

function primary(parser: Parser, token: Token): Node | undefined {
  const { start, value } = token
  if (token.kind === 'text') return adjacent(parser, start)
  if (token.kind !== 'name') return undefined
  if (value === 'lambda') {
    parser.next()
    const { params, first } = parametersUpTo(parser, ':')
    const body = parser.expression(1)
    const result: Node = {
      kind: 'return',
      value: body,
      start: body.start,
      end: body.end,
    }
    const all = [...first, result]
    return { kind: 'lambda', params, body: all, start, end: body.end }
  }
  return undefined
}

/** Texts one after the other are one; of bytes they are bytes. */
function adjacent(parser: Parser, start: number): Node {
  const parts: Node[] = []
  let isBytes = false
  while (parser.peek().kind === 'text') {
    const token = parser.next()
    const letters = parser.text.slice(token.start, token.start + 2)
    if (/^(?:[rR]?[bB]|[bB][rR])/.test(letters)) isBytes = true
    const node = textNode(token)
    for (const part of node.kind === 'template' ? node.parts : [node])
      parts.push(part)
  }
  const end = parser.before
  const isText = parts.length === 1 && parts[0]!.kind === 'text'
  const whole: Node = isText
    ? { ...parts[0]!, start, end }
    : { kind: 'template', parts, isJoined: true, start, end }
  if (!isBytes) return whole
  const callee: Node = { kind: 'name', name: '[bytes]', start, end: start }
  return { kind: 'call', callee, args: [whole], start, end }
}

export const python: Grammar = {
  lex: {
    lineComments: ['#'],
    blockComments: [],
    strings: [],
    name: /[\p{L}_][\p{L}\p{N}_]{0,255}/uy,
    operators: signs(
      '**= //= >>= <<= := -> == != <= >= += -= *= /= %= ^= |= &= ** // << >> = + - * / % < > ~ & | ^ : ; , . ( ) [ ] { } @',
    ),
    goesOn: '\\',
    special: prefixed,
    indented: true,
  },
  binary: {
    ...arithmeticOperators,
    // Bits are taken before anything is compared.
    '|': operator(7, '|'),
    '^': operator(8, '^'),
    '&': operator(9, 'bits'),
    '==': operator(5, '=='),
    '!=': operator(5, '!='),
    '<': operator(5, '<'),
    '>': operator(5, '>'),
    '<=': operator(5, '<='),
    '>=': operator(5, '>='),
    or: operator(2, 'or'),
    and: operator(3, 'and'),
    is: operator(5, 'is'),
    in: operator(5, 'in'),
    not: operator(5, 'not'),
    if: operator(1, 'if'),
    '//': operator(12, '//'),
  },
  chains: true,
  pairs: { not: 'in', is: 'not' },
  unaryBinds: { not: 4, '*': 2, '**': 2 },
  unary: {
    not: 'not',
    '-': '-',
    '+': '+',
    '~': '~',
    '*': 'spread',
    '**': 'names',
    await: '',
  },
  members: ['.'],
  assigns: { ...cAssigns, '//=': '//', ':=': '' },
  keywordArguments: true,
  statement,
  primary,
  ends: new Set(['if', 'else', 'for', 'in', 'as', 'and', 'or', 'not']),
}
