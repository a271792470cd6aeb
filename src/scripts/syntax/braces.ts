// Statements of languages with blocks in braces: JavaScript, PHP, Perl.
import { itemsUpTo, openArgs, unlessGiven } from './lists.ts'
import { between, type Node } from './node.ts'
import type { Parser } from './grammar.ts'
import type { Token } from './token.ts'

type Statement = (parser: Parser, start: number) => Node | undefined

const passedBy = [
  'var',
  'let',
  'const',
  'my',
  'our',
  'local',
  'static',
  'global',
  'export',
  'default',
  'public',
  'private',
  'protected',
  'await',
  'async',
  'echo',
  'print',
  'use',
  'yield',
]

export function braceStatement(parser: Parser): Node | undefined {
  const token = parser.peek()
  const { start } = token
  if (token.kind === 'op' && token.value === '{') {
    const body = parser.body()
    return { kind: 'block', body, start, end: parser.before }
  }
  if (
    token.kind === 'name' &&
    parser.is(':', 1) &&
    loops.test(parser.peek(2).value)
  )
    return labelled(parser)
  const known =
    token.kind === 'name' && !parser.is('.', 1) && !parser.is(':', 1)
  if (known && Object.hasOwn(statements, token.value)) {
    return statements[token.value]!(parser, start)
  }
  return plain(parser)
}

const loops = /^(?:for|foreach|while|do|until)$/

/** `name: for (…)`. */
function labelled(parser: Parser): Node | undefined {
  const { value: label } = parser.next()
  parser.next()
  const node = braceStatement(parser)
  return node && withLabel(node, label)
}

/** Of a loop, also behind what is set before it. */
function withLabel(node: Node, label: string): Node {
  if (node.kind === 'each' || node.kind === 'count' || node.kind === 'while')
    return { ...node, label }
  const last = node.kind === 'block' ? node.body.at(-1) : undefined
  return node.kind === 'block' && last
    ? { ...node, body: [...node.body.slice(0, -1), withLabel(last, label)] }
    : node
}

/** Words that say of a name that it is one of this function's own. */
const declaring = /^(?:var|let|const|my|local)$/

function declared(node: Node): Node {
  return node.kind === 'assign' && node.op === ''
    ? { ...node, declares: true }
    : node
}

function plain(parser: Parser): Node | undefined {
  let declares = false
  while (
    parser.peek().kind === 'name' &&
    passedBy.includes(parser.peek().value) &&
    !parser.is('(', 1)
  ) {
    if (declaring.test(parser.next().value)) declares = true
  }
  if (parser.is('function') || parser.is('sub'))
    return define(parser, parser.peek().start)
  let node = parser.expression()
  const open =
    parser.grammar.openCalls && (node.kind === 'name' || node.kind === 'member')
  if (open) {
    const args = openArgs(parser)
    const { start } = node
    if (args.length)
      node = { kind: 'call', callee: node, args, start, end: parser.before }
  }
  const modified = behind(parser, node)
  if (modified) return modified
  const body = [node]
  while (parser.accept(',')) body.push(parser.expression())
  parser.accept(';')
  const all = declares ? body.map(declared) : body
  return all.length > 1
    ? { kind: 'block', body: all, start: node.start, end: parser.before }
    : all[0]
}

/** Perl: what a statement is done for, while, or if, behind it. */
function behind(parser: Parser, node: Node): Node | undefined {
  if (parser.is('foreach') || parser.is('for')) {
    // Perl's `statement for list`.
    parser.next()
    const over = parser.expression()
    return {
      kind: 'each',
      variable: '$_',
      over,
      body: [node],
      ...between(node, over),
    }
  }
  if (parser.is('while') && parser.grammar.openCalls) {
    // Perl's `statement while test`.
    parser.next()
    const test = topical(parser.expression())
    const body = [node]
    const { end } = test
    return {
      kind: 'while',
      first: [],
      test,
      step: [],
      body,
      start: node.start,
      end,
    }
  }
  if (parser.is('if') || parser.is('unless')) {
    // Perl's `statement if test`.
    parser.next()
    const test = parser.expression()
    return { kind: 'block', body: [test, node], ...between(node, test) }
  }
  return undefined
}

function define(parser: Parser, start: number): Node {
  parser.next()
  parser.accept('*', '&')
  const name = parser.peek().kind === 'name' ? parser.next().value : ''
  const { params, first } = parametersOf(parser)
  skipType(parser)
  const body = [...first, ...parser.body()]
  return { kind: 'define', name, params, body, start, end: parser.before }
}

/** PHP's `: string` behind the parameters. */
function skipType(parser: Parser): void {
  if (!parser.accept(':')) return
  while (
    !parser.is('{') &&
    parser.peek().kind !== 'end' &&
    parser.peek().kind !== 'line'
  )
    parser.next()
}

export function parameters(parser: Parser): string[] {
  return parametersOf(parser).params
}

/** Names, and what each stands for where it is not given. */
export function parametersOf(parser: Parser): {
  params: string[]
  first: Node[]
} {
  const params: string[] = []
  const first: Node[] = []
  if (!parser.accept('(')) return { params, first }
  let depth = 1
  while (depth > 0 && parser.peek().kind !== 'end') {
    const token = parser.next()
    if (token.value === '(') depth++
    else if (token.value === ')') depth--
    else if (token.kind === 'name' && depth === 1 && !parser.is(':', -2)) {
      const star = parser.is('...', -2) ? '*' : ''
      if (parser.peek().kind !== 'name') params.push(star + token.value)
      if (parser.accept('='))
        first.push(unlessGiven(token, parser.expression(2)))
    }
  }
  return { params, first }
}

function condition(parser: Parser): Node {
  if (!parser.accept('(')) return parser.expression()
  const test = itemsUpTo(parser, ')')[0]
  return (
    test ?? { kind: 'name', name: '', start: parser.before, end: parser.before }
  )
}

function opposite(test: Node): Node {
  const { start, end } = test
  return { kind: 'unary', op: 'not', operand: test, start, end }
}

const ifStatement: Statement = (parser, start) => {
  const isUnless = parser.next().value === 'unless'
  const given = condition(parser)
  const test = isUnless ? opposite(given) : given
  const yes = parser.body()
  const place = parser.place
  parser.skipLines()
  let no: Node[] = []
  if (parser.is('elsif') || parser.is('elseif'))
    no = [ifStatement(parser, parser.peek().start)!]
  else if (parser.accept('else')) no = parser.body()
  else parser.back(place)
  return { kind: 'if', test, yes, no, start, end: parser.before }
}

const forStatement: Statement = (parser, start) => {
  parser.next()
  parser.accept('await')
  while (parser.accept('my', 'our', 'var', 'let', 'const'));
  // Perl: `foreach my $x (list) { … }`
  if (parser.peek().kind === 'name' && parser.is('(', 1)) {
    const variable = parser.next().value
    parser.next()
    return perlEach(parser, variable, start)
  }
  if (!parser.accept('(')) return undefined
  while (parser.accept('my', 'our', 'var', 'let', 'const'));
  const each = eachHead(parser)
  if (each) {
    const body = parser.body()
    return { kind: 'each', ...each, body, start, end: parser.before }
  }
  return counted(parser, start)
}

function perlEach(parser: Parser, variable: string, start: number): Node {
  const items = itemsUpTo(parser, ')')
  const end = parser.before
  const over: Node =
    items.length === 1 ? items[0]! : { kind: 'list', items, start, end }
  const body = parser.body()
  return { kind: 'each', variable, over, body, start, end: parser.before }
}

/** `x of list)`, `x in list)`, `$list as $key => $x)`. */
function eachHead(
  parser: Parser,
): { variable: string; over: Node } | undefined {
  const place = parser.place
  if (
    parser.peek().kind === 'name' &&
    (parser.is('of', 1) || parser.is('in', 1))
  ) {
    const variable = parser.next().value
    const keys = parser.next().value === 'in'
    const list = parser.expression(1)
    parser.accept(')')
    const { start, end } = list
    const callee: Node = { kind: 'name', name: '[keys]', start, end }
    const over: Node = keys
      ? { kind: 'call', callee, args: [list], start, end }
      : list
    return { variable, over }
  }
  const over = parser.expression(1)
  if (parser.accept('as')) {
    let variable = parser.peek().value
    while (!parser.accept(')') && parser.peek().kind !== 'end') {
      const token = parser.next()
      if (token.kind === 'name') variable = token.value
    }
    return { variable, over }
  }
  if (parser.accept(')')) return { variable: '$_', over }
  parser.back(place)
  return undefined
}

function counted(parser: Parser, start: number): Node {
  const parts: Node[][] = [[], [], []]
  for (let part = 0; part < 3; ) {
    const { kind } = parser.peek()
    if (kind === 'end' || parser.accept(')')) break
    if (parser.accept(';')) part++
    else if (!parser.accept(',')) {
      while (parser.accept('my', 'var', 'let', 'const'));
      const before = parser.place
      parts[part]?.push(parser.expression(1))
      if (parser.place === before) parser.next()
    }
  }
  const body = parser.body()
  const end = parser.before
  const test = parts[1]![0] ?? { kind: 'name', name: 'true', start, end }
  return {
    kind: 'while',
    first: parts[0]!,
    test,
    step: parts[2]!,
    body,
    start,
    end,
  }
}

/** Perl's `while (<$handle>)`: what is read is `$_`. */
function topical(test: Node): Node {
  const isLine =
    test.kind === 'call' &&
    test.callee.kind === 'name' &&
    test.callee.name === 'readline'
  if (!isLine) return test
  const { start, end } = test
  const target: Node = { kind: 'name', name: '$_', start, end }
  return { kind: 'assign', target, value: test, op: '', start, end }
}

const whileStatement: Statement = (parser, start) => {
  const isUntil = parser.next().value === 'until'
  const given = topical(condition(parser))
  const test = isUntil ? opposite(given) : given
  const body = parser.body()
  return {
    kind: 'while',
    first: [],
    test,
    step: [],
    body,
    start,
    end: parser.before,
  }
}

const doStatement: Statement = (parser, start) => {
  parser.next()
  const body = parser.body()
  parser.skipLines()
  const word = parser.accept('while', 'until')
  if (!word) return { kind: 'block', body, start, end: parser.before }
  const given = condition(parser)
  const test = word.value === 'until' ? opposite(given) : given
  const end = parser.before
  const loop = { first: [], test, step: [], body, atEnd: true } as const
  return { kind: 'while', ...loop, start, end }
}

const tryStatement: Statement = (parser, start) => {
  parser.next()
  const body = parser.is('{') ? parser.body() : []
  const handler: Node[] = []
  const last: Node[] = []
  let name: string | undefined
  for (let parts = 0; parts < maxHandlers; parts++) {
    const { place } = parser
    parser.skipLines()
    const word = parser.accept('catch', 'finally')
    if (!word) {
      parser.back(place)
      break
    }
    const names = parameters(parser)
    name ??= names.at(-1)
    const to = word.value === 'finally' ? last : handler
    if (parser.is('{')) for (const s of parser.body()) to.push(s)
  }
  const end = parser.before
  return { kind: 'try', body, ...(name && { name }), handler, last, start, end }
}

const throwStatement: Statement = (parser, start) => {
  parser.next()
  const value = parser.expression()
  parser.accept(';')
  return { kind: 'throw', value, start, end: parser.before }
}

const leaveStatement =
  (how: 'break' | 'continue'): Statement =>
  (parser, start) => {
    parser.next()
    const { kind } = parser.peek()
    const isNamed = kind === 'name' && !parser.is('if') && !parser.is('unless')
    const label = isNamed ? parser.next().value : undefined
    if (kind === 'number') parser.next()
    const node = { kind: 'leave', how, start, end: parser.before } as const
    const leave: Node = label ? { ...node, label } : node
    return behind(parser, leave) ?? leave
  }

/** Cases of one switch, and handlers of one try. */
const maxCases = 2_000
const maxHandlers = 8

const switchStatement: Statement = (parser, start) => {
  if (!parser.is('(', 1)) return plain(parser)
  parser.next()
  const test = condition(parser)
  const cases: { of: Node | undefined; body: Node[] }[] = []
  parser.skipLines()
  parser.accept('{')
  while (!parser.accept('}') && parser.peek().kind !== 'end') {
    const { place } = parser
    parser.skipLines()
    const word = parser.accept('case', 'default')
    if (word && cases.length < maxCases) {
      const of = word.value === 'case' ? parser.expression(2) : undefined
      parser.accept(':', ';')
      const body = parser.statements((t) =>
        /^(?:case|default|\})$/.test(t.value),
      )
      cases.push({ of, body })
    }
    if (parser.place === place) parser.next()
  }
  return { kind: 'switch', test, cases, start, end: parser.before }
}

/** `a, b`: the last of them is what it comes to. */
function sequence(parser: Parser): Node {
  const first = parser.expression()
  if (!parser.is(',')) return first
  const body = [first]
  while (parser.accept(',')) body.push(parser.expression())
  return { kind: 'block', body, start: first.start, end: parser.before }
}

const returnStatement: Statement = (parser, start) => {
  parser.next()
  const next = parser.peek()
  const none =
    next.kind === 'end' ||
    next.kind === 'line' ||
    next.value === ';' ||
    next.value === '}'
  const value = none ? undefined : sequence(parser)
  return { kind: 'return', value, start, end: parser.before }
}

const classStatement: Statement = (parser, start) => {
  parser.next()
  const name = parser.peek().kind === 'name' ? parser.next().value : ''
  while (!parser.is('{') && parser.peek().kind !== 'end') parser.next()
  parser.accept('{')
  const body: Node[] = []
  while (!parser.is('}') && parser.peek().kind !== 'end') {
    const token = parser.next()
    const part = token.kind === 'name' ? classPart(parser, token) : undefined
    if (part) body.push(part)
  }
  parser.accept('}')
  return { kind: 'class', name, body, start, end: parser.before }
}

const withStatement: Statement = (parser, start) => {
  if (!parser.is('(', 1)) return plain(parser)
  parser.next()
  const object = condition(parser)
  const body = parser.body()
  return { kind: 'with', object, body, start, end: parser.before }
}

/** A function of the class, or what a field of it is at first. */
function classPart(
  parser: Parser,
  { value: name, start }: Token,
): Node | undefined {
  if (parser.is('(')) {
    const params = parameters(parser)
    skipType(parser)
    const body = parser.is('{') ? parser.body() : []
    return { kind: 'define', name, params, body, start, end: parser.before }
  }
  if (!parser.accept('=')) return undefined
  const target: Node = { kind: 'name', name, start, end: start + name.length }
  const value = parser.expression(1)
  return { kind: 'assign', target, value, op: '', start, end: value.end }
}

const importStatement: Statement = (parser, start) => {
  // import a, { b } from 'module'
  parser.next()
  const names: { readonly name: string; readonly isMember: boolean }[] = []
  let isMember = false
  for (; ; parser.next()) {
    const { kind, value } = parser.peek()
    if (kind === 'end' || kind === 'line' || value === ';' || kind === 'text') {
      break
    }
    if (value === '{' || value === '}') isMember = value === '{'
    else if (kind === 'name' && value !== 'from' && value !== 'as') {
      names.push({ name: value, isMember })
    }
  }
  if (parser.peek().kind !== 'text') return undefined
  const module = parser.expression(2)
  const end = parser.before
  const callee: Node = { kind: 'name', name: 'require', start, end }
  const call: Node = { kind: 'call', callee, args: [module], start, end }
  const body = names.map(({ name, isMember: of }): Node => {
    const target: Node = { kind: 'name', name, start, end }
    const key: Node = { kind: 'text', value: name, via: 0, start, end }
    const value: Node = of
      ? { kind: 'member', object: call, name: key, start, end }
      : call
    return { kind: 'assign', target, value, op: '', start, end }
  })
  return { kind: 'block', body, start, end }
}

const statements: Readonly<Record<string, Statement>> = {
  if: ifStatement,
  unless: ifStatement,
  for: forStatement,
  foreach: forStatement,
  while: whileStatement,
  until: whileStatement,
  do: doStatement,
  try: tryStatement,
  throw: throwStatement,
  switch: switchStatement,
  break: leaveStatement('break'),
  last: leaveStatement('break'),
  continue: leaveStatement('continue'),
  next: leaveStatement('continue'),
  return: returnStatement,
  function: (parser, start) => define(parser, start),
  sub: (parser, start) => define(parser, start),
  class: classStatement,
  with: withStatement,
  import: (parser, start) =>
    parser.is('(', 1) ? plain(parser) : importStatement(parser, start),
}
