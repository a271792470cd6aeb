// AppleScript: statements of words, a line each; what is joined stands between ampersands.
import { maxDepth } from '../budget.ts'
import { link } from './links.ts'
import { itemsUpTo } from './lists.ts'
import { between, type Node, type NodeOf } from './node.ts'
import { operator, signs } from './operators.ts'
import type { Grammar, Parser } from './grammar.ts'

/** What `current application` stands for: whatever Cocoa has. */
const cocoa = '[cocoa]'

function statement(parser: Parser): Node | undefined {
  const token = parser.peek()
  const { start } = token
  const word = token.kind === 'name' ? token.value : ''
  if (Object.hasOwn(statements, word)) return statements[word]!(parser, start)
  return phrase(parser, start)
}

function call(
  name: string,
  args: readonly Node[],
  start: number,
  end: number,
): Node {
  return {
    kind: 'call',
    callee: { kind: 'name', name, start, end: start },
    args,
    start,
    end,
  }
}

/** Words up to the end of the line, with the commands among them. */
function phrase(parser: Parser, start: number): Node | undefined {
  const body: Node[] = []
  while (parser.peek().kind !== 'line' && parser.peek().kind !== 'end') {
    const before = parser.place
    const found = command(parser)
    if (found) body.push(found)
    else if (parser.peek().kind === 'text' || parser.is('(') || isOwned(parser))
      body.push(parser.expression(1))
    if (parser.place === before) parser.next()
  }
  return body.length
    ? { kind: 'block', body, start, end: parser.before }
    : undefined
}

/** `current application's …`, `x's …`: a message. */
function isOwned(parser: Parser): boolean {
  const isName = parser.peek().kind === 'name'
  return isName && (parser.is("'s", 1) || isApplication(parser))
}

function isApplication(parser: Parser): boolean {
  return parser.is('current') && parser.is('application', 1)
}

/** `current application's X's foo:a bar:b`: a selector with its arguments. */
function messaged(parser: Parser, first: Node): Node {
  let node = first
  for (let links = 0; links < maxDepth && parser.is("'s"); links++) {
    const more = link(parser, node)
    if (!more) break
    node = more
    if (parser.is('(')) node = link(parser, node) ?? node
    else if (parser.is(':') && node.kind === 'member')
      node = withSelector(parser, node)
  }
  return node
}

function withSelector(parser: Parser, first: NodeOf<'member'>): Node {
  const args: Node[] = []
  let written = first.name.kind === 'text' ? first.name.value : ''
  while (parser.accept(':')) {
    args.push(parser.expression(2))
    if (parser.peek().kind !== 'name' || !parser.is(':', 1)) break
    written += parser.next().value
  }
  const { start } = first
  const end = parser.before
  const name: Node = { kind: 'text', value: written, via: 0, start, end }
  const callee: Node = { ...first, name, end }
  return { kind: 'call', callee, args, start, end }
}

/** `do shell script …`, `run script …`, `open location …`, `do script …`, `do JavaScript …`, `keystroke …`, `display dialog …`. */
function command(parser: Parser): Node | undefined {
  const { start } = parser.peek()
  for (const words of commands) {
    if (
      !words.every(
        (w, i) => parser.is(w, i) || parser.peek(i).value.toLowerCase() === w,
      )
    )
      continue
    for (let i = 0; i < words.length; i++) parser.next()
    const value = parser.expression(1)
    const args = [value]
    if (words[1] === 'dialog') {
      if (!asksHidden(parser)) return value
    } else if (withPrivileges(parser))
      args.push({
        kind: 'text',
        value: 'administrator',
        via: 0,
        start,
        end: parser.before,
      })
    return call(`[${words.join(' ')}]`, args, start, parser.before)
  }
  return undefined
}

const commands: readonly (readonly string[])[] = [
  ['do', 'shell', 'script'],
  ['do', 'script'],
  ['do', 'javascript'],
  ['run', 'script'],
  ['load', 'script'],
  ['open', 'location'],
  ['system', 'attribute'],
  ['keystroke'],
  ['key', 'code'],
  ['click', 'button'],
  ['display', 'dialog'],
]

function withPrivileges(parser: Parser): boolean {
  let found = false
  while (
    parser.peek().kind !== 'line' &&
    parser.peek().kind !== 'end' &&
    parser.peek().value !== ')'
  ) {
    if (parser.is('administrator')) found = true
    if (
      !/^(with|without|administrator|privileges|user|name|password|prompt|altering|line|endings|in|window|and|of)$/.test(
        parser.peek().value,
      )
    ) {
      if (parser.peek().kind !== 'text' || !found) break
    }
    parser.next()
  }
  return found
}

/** `with hidden answer`, among the words behind what a dialog says. */
function asksHidden(parser: Parser): boolean {
  let found = false
  for (
    let next = parser.peek();
    next.kind !== 'line' && next.kind !== 'end' && next.value !== ')';
    next = parser.peek()
  ) {
    if (next.value === 'hidden' && parser.is('answer', 1)) found = true
    if (next.value === '(') parser.expression(1)
    else parser.next()
  }
  return found
}

/** `tell application "x" of machine "eppc://…" to …`, or a block. */
function tell(parser: Parser, start: number): Node {
  parser.next()
  const args: Node[] = []
  let inner: Node | undefined
  while (parser.peek().kind !== 'line' && parser.peek().kind !== 'end') {
    if (parser.accept('to')) {
      inner = statement(parser)
      break
    }
    if (parser.accept('application', 'app')) {
      parser.accept('id')
      args.unshift(parser.expression(1))
    } else if (parser.accept('machine')) args.push(parser.expression(1))
    else parser.next()
  }
  const end = parser.before
  const told = args.length ? [call('[tell]', args, start, end)] : []
  if (inner)
    return { kind: 'block', body: [...told, inner], start, end: parser.before }
  if (parser.peek().kind === 'line') parser.skipLines()
  const body = until(parser, 'tell')
  return { kind: 'block', body: [...told, ...body], start, end: parser.before }
}

/** Up to `end`, with the word that may stand behind it. */
function until(parser: Parser, word: string): Node[] {
  const body = parser.statements((t) => t.kind === 'name' && t.value === 'end')
  if (parser.accept('end') && parser.peek().kind === 'name') parser.next()
  void word
  return body
}

function set(parser: Parser, start: number): Node | undefined {
  parser.next()
  const target = parser.postfix(parser.primary())
  while (
    !parser.is('to') &&
    parser.peek().kind !== 'line' &&
    parser.peek().kind !== 'end'
  )
    parser.next()
  if (!parser.accept('to')) return undefined
  const value = command(parser) ?? parser.expression(1)
  parser.skipStatement()
  return {
    kind: 'assign',
    target,
    value,
    op: '',
    ...between(target, value),
    start,
  }
}

function ifStatement(parser: Parser, start: number): Node {
  parser.next()
  while (
    !parser.is('then') &&
    parser.peek().kind !== 'line' &&
    parser.peek().kind !== 'end'
  )
    parser.next()
  parser.accept('then')
  if (parser.peek().kind !== 'line') {
    const one = statement(parser)
    return { kind: 'block', body: one ? [one] : [], start, end: parser.before }
  }
  const body = until(parser, 'if')
  return { kind: 'block', body, start, end: parser.before }
}

function repeat(parser: Parser, start: number): Node {
  parser.next()
  if (parser.accept('with')) {
    const variable = parser.next().value
    if (parser.accept('in')) {
      const over = parser.expression(1)
      parser.skipStatement()
      const body = until(parser, 'repeat')
      return { kind: 'each', variable, over, body, start, end: parser.before }
    }
  }
  parser.skipStatement()
  const body = until(parser, 'repeat')
  return { kind: 'block', body, start, end: parser.before }
}

function handler(parser: Parser, start: number): Node {
  parser.next()
  const name = parser.next().value
  const params: string[] = []
  if (parser.accept('(')) {
    while (parser.peek().kind !== 'end' && !parser.accept(')')) {
      const token = parser.next()
      if (token.kind === 'name') params.push(token.value)
    }
  }
  parser.skipStatement()
  const body = until(parser, name)
  return { kind: 'define', name, params, body, start, end: parser.before }
}

const block = (parser: Parser, start: number): Node => {
  const word = parser.next().value
  parser.skipStatement()
  const body = until(parser, word)
  return { kind: 'block', body, start, end: parser.before }
}

const statements: Readonly<
  Record<string, (parser: Parser, start: number) => Node | undefined>
> = {
  tell,
  set,
  copy: set,
  if: ifStatement,
  repeat,
  on: handler,
  to: handler,
  try: block,
  considering: block,
  ignoring: block,
  using: block,
  property: (parser, start) => {
    parser.next()
    const target = parser.primary()
    if (!parser.accept(':')) return undefined
    const value = parser.expression(1)
    return { kind: 'assign', target, value, op: '', start, end: parser.before }
  },
  return: (parser, start) => {
    parser.next()
    const { kind } = parser.peek()
    const value =
      kind === 'line' || kind === 'end'
        ? undefined
        : (command(parser) ?? parser.expression(1))
    return { kind: 'return', value, start, end: parser.before }
  },
  else: (parser) => {
    parser.next()
    return undefined
  },
}

/** What begins a message: the application, a class by its name, a name that owns something. */
function messageOf(
  parser: Parser,
  value: string,
  start: number,
): Node | undefined {
  if (isApplication(parser)) {
    parser.next()
    parser.next()
    const end = parser.before
    return messaged(parser, { kind: 'name', name: cocoa, start, end })
  }
  if (value === 'a' && parser.is('reference', 1) && parser.is('to', 2)) {
    for (let i = 0; i < 3; i++) parser.next()
    return parser.expression(12)
  }
  if (value === 'class' && parser.peek(1).kind === 'text') {
    parser.next()
    const name = parser.textOf()
    const end = parser.before
    const object: Node = { kind: 'name', name: cocoa, start, end: start }
    return messaged(parser, { kind: 'member', object, name, start, end })
  }
  if (parser.is("'s", 1)) {
    parser.next()
    const { before: end } = parser
    return messaged(parser, { kind: 'name', name: value, start, end })
  }
  return undefined
}

/** `quoted form of x`, `text returned of x`, `reverse of x`, `character id {…}`, `ASCII character 104`, `(do shell script …)`. */
function primary(
  parser: Parser,
  token: { kind: string; value: string; start: number },
): Node | undefined {
  if (token.kind === 'op' && token.value === '{') return braces(parser)
  if (token.kind !== 'name') return undefined
  const { start, value } = token
  const inner = command(parser)
  if (inner) return inner
  const message = messageOf(parser, value, start)
  if (message) return message
  if (
    (value === 'quoted' && parser.is('form', 1)) ||
    (value === 'contents' && parser.is('of', 1)) ||
    (value === 'text' && parser.is('of', 1)) ||
    (value === 'text' && parser.is('returned', 1) && parser.is('of', 2))
  ) {
    while (!parser.accept('of')) parser.next()
    return parser.expression(12)
  }
  if ((value === 'reverse' || value === 'characters') && parser.is('of', 1)) {
    parser.next()
    parser.next()
    return call(`[${value}]`, [parser.expression(12)], start, parser.before)
  }
  const isId = value === 'character' && parser.is('id', 1)
  if (
    isId ||
    (value === 'string' && parser.is('id', 1)) ||
    (value === 'ascii' && parser.is('character', 1))
  ) {
    parser.next()
    parser.next()
    return call('[character]', [parser.expression(12)], start, parser.before)
  }
  return undefined
}

function braces(parser: Parser): Node {
  const { start } = parser.next()
  const items = itemsUpTo(parser, '}')
  return { kind: 'list', items, start, end: parser.before }
}

export const applescript: Grammar = {
  lex: {
    caseless: true,
    lineComments: ['--', '#'],
    blockComments: [['(*', '*)']],
    strings: [{ open: '"', close: '"', escape: 'c', lines: true }],
    name: /[\p{L}_|][\p{L}\p{N}_|]{0,255}/uy,
    operators: signs("& + - * / = < > ( ) { } , : 's ^"),
    goesOn: '¬',
  },
  binary: {
    '&': operator(7, '&'),
    '+': operator(11, '+'),
    '-': operator(11, '-'),
    '*': operator(12, '*'),
    as: operator(6, 'if'),
    mod: operator(12, '%'),
  },
  unary: { '-': '-', not: 'not' },
  members: ["'s"],
  assigns: {},
  statement,
  primary,
  ends: new Set(['to', 'then', 'end', 'of', 'in', 'with']),
}
