// VBScript and VBA.
import { itemsUpTo, openArgs } from './lists.ts'
import type { Node, NodeOf } from './node.ts'
import { operator, signs } from './operators.ts'
import type { Grammar, Parser } from './grammar.ts'
import type { Token } from './token.ts'
import { closeFile, openFile, printToFile } from './vb-files.ts'

const passedBy = new Set([
  'set',
  'let',
  'call',
  'dim',
  'const',
  'public',
  'private',
  'static',
  'redim',
  'preserve',
  'global',
  'friend',
  'default',
])

function statement(parser: Parser): Node | undefined {
  if (parser.accept(':')) return undefined
  let token = parser.peek()
  const { start } = token
  if (
    token.kind === 'name' &&
    passedBy.has(token.value) &&
    !hasMember(parser)
  ) {
    const declares =
      token.value !== 'set' && token.value !== 'let' && token.value !== 'call'
    let isDefault = false
    while (parser.peek().kind === 'name' && passedBy.has(parser.peek().value))
      isDefault = parser.next().value === 'default' || isDefault
    if (declares) {
      const made = declared(parser, start)
      return isDefault && made?.kind === 'define'
        ? { ...made, isDefault }
        : made
    }
    token = parser.peek()
  }
  if (
    token.kind === 'name' &&
    Object.hasOwn(statements, token.value) &&
    !hasMember(parser) &&
    !parser.is('=', 1)
  ) {
    const { place } = parser
    const made = statements[token.value]!(parser, start)
    if (made || parser.place !== place) return made
  }
  return simple(parser, start)
}

/** `with.x`; not `With .x`. */
function hasMember(parser: Parser): boolean {
  return parser.is('.', 1) && !parser.peek(1).spaced
}

function simple(parser: Parser, start: number): Node {
  const { place } = parser
  const target = parser.postfix(parser.primary())
  if (isOperator(parser)) {
    parser.back(place)
    // `f ("a") & "b"`: the brackets are those of a part of its first argument.
    if (isDone(target)) return openCall(parser, target.callee, start)
    // No statement, but what `Eval` is given.
    return parser.expression(1)
  }
  if (parser.accept('=')) {
    const value = parser.expression(1)
    const { before: end } = parser
    return (
      partSet(target, value, start, end) ?? {
        kind: 'assign',
        target,
        value,
        op: '',
        start,
        end,
      }
    )
  }
  if (
    parser.peek().kind === 'line' ||
    parser.peek().kind === 'end' ||
    parser.is(':') ||
    parser.is('else')
  ) {
    // A name alone is a call without arguments.
    return target.kind === 'name' || target.kind === 'member'
      ? { kind: 'call', callee: target, args: [], start, end: target.end }
      : target
  }
  // `f (a), b`: what looked like the brackets of the call are those of its first argument.
  const args = openArgs(parser)
  if (args.length)
    return { kind: 'call', callee: target, args, start, end: parser.before }
  if (parser.is(',') && target.kind === 'call') {
    const more = [...target.args]
    while (parser.accept(',')) more.push(parser.expression(1))
    return { ...target, args: more, end: parser.before }
  }
  return target
}

/** What is done, and gives nothing that anybody would join to a text. */
const done = /^(?:execute|executeglobal|shell|dde\w+|sendkeys|appactivate)$/

function isDone(target: Node): target is NodeOf<'call'> {
  if (target.kind !== 'call' || target.args.length !== 1) return false
  const { callee } = target
  return (
    callee.kind === 'member' ||
    (callee.kind === 'name' && done.test(callee.name.toLowerCase()))
  )
}

/** A call without brackets; stands before what is called. */
function openCall(parser: Parser, callee: Node, start: number): Node {
  while (parser.peek().start < callee.end) parser.next()
  const args = [parser.expression(1)]
  while (parser.accept(',')) args.push(parser.expression(1))
  return { kind: 'call', callee, args, start, end: parser.before }
}

/** `Mid(s, 2, 1) = "x"` sets a part of the text. */
function partSet(
  target: Node,
  part: Node,
  start: number,
  end: number,
): Node | undefined {
  if (target.kind !== 'call' || target.callee.kind !== 'name') return undefined
  const [of, ...place] = target.args
  if (!/^midb?\$?$/.test(target.callee.name) || of?.kind !== 'name')
    return undefined
  const callee: Node = { kind: 'name', name: '[mid=]', start, end }
  const args = [of, part, ...place]
  const value: Node = { kind: 'call', callee, args, start, end }
  return { kind: 'assign', target: of, value, op: '', start, end }
}

/** With space on both sides: `f -1` and `f &H10` are calls. */
function isOperator(parser: Parser): boolean {
  const { kind, value, spaced, end } = parser.peek()
  return (
    kind === 'op' &&
    value !== '=' &&
    spaced &&
    Object.hasOwn(parser.grammar.binary, value) &&
    /\s/.test(parser.text[end] ?? '')
  )
}

/** `Dim a, b(3)`, `Const c = "x"`, `Private Declare …`, `Public Sub …`. */
function declared(parser: Parser, start: number): Node | undefined {
  const token = parser.peek()
  if (token.kind === 'name' && Object.hasOwn(statements, token.value))
    return statements[token.value]!(parser, start)
  const body: Node[] = []
  while (parser.peek().kind === 'name') {
    const { value: name, start: from, end } = parser.next()
    const isList = parser.accept('(')
    if (isList) itemsUpTo(parser, ')')
    if (parser.accept('as')) {
      parser.accept('new')
      parser.postfix(parser.primary())
    }
    if (parser.accept('=')) {
      const value = parser.expression(1)
      body.push({
        kind: 'assign',
        target: { kind: 'name', name, start: from, end },
        value,
        op: '',
        start: from,
        end: parser.before,
      })
    } else if (!isList) body.push(emptied(name, from, end))
    if (!parser.accept(',')) break
  }
  return body.length
    ? { kind: 'block', body, start, end: parser.before }
    : undefined
}

/** What is declared is empty at first. */
function emptied(name: string, start: number, end: number): Node {
  const target: Node = { kind: 'name', name, start, end }
  const value: Node = { kind: 'text', value: '', via: 0, start, end }
  return { kind: 'assign', target, value, op: '', start, end }
}

const closing =
  (...words: readonly string[]) =>
  (t: Token): boolean =>
    t.kind === 'name' && words.includes(t.value)

/** `end` counts only where one of the words follows it. */
function until(parser: Parser, word: string): Node[] {
  const body: Node[] = []
  for (;;) {
    for (const s of parser.statements(closing('end'))) body.push(s)
    if (parser.peek().kind === 'end' || parser.budget.spent) return body
    if (!parser.is('end')) return body
    if (parser.is(word, 1)) {
      parser.next()
      parser.next()
      return body
    }
    // Another end than ours: either stray, or ours is missing.
    if (/^(sub|function|property)$/.test(parser.peek(1).value)) return body
    parser.next()
    if (parser.peek().kind === 'name') parser.next()
  }
}

function define(parser: Parser, start: number): Node {
  const word = parser.next().value
  const sets =
    word === 'property' && parser.accept('get', 'let', 'set')?.value !== 'get'
  const name = `${parser.next().value}${sets ? '=' : ''}`
  const { params, byValue } = parameters(parser)
  if (parser.accept('as')) parser.primary()
  const body = until(parser, word)
  const { before: end } = parser
  return { kind: 'define', name, params, byValue, body, start, end }
}

function parameters(parser: Parser) {
  const params: string[] = []
  const byValue: string[] = []
  let isByValue = false
  if (!parser.accept('(')) return { params, byValue }
  while (parser.peek().kind !== 'end' && !parser.accept(')')) {
    const { kind, value } = parser.next()
    if (kind !== 'name') continue
    if (/^(byval|byref|optional|paramarray)$/.test(value)) {
      isByValue ||= value === 'byval'
      continue
    }
    params.push(value)
    if (isByValue) byValue.push(value)
    isByValue = false
    while (parser.peek().kind !== 'end' && !parser.is(',') && !parser.is(')'))
      parser.next()
  }
  return { params, byValue }
}

function ifStatement(parser: Parser, start: number): Node {
  parser.next()
  const test = parser.expression(1)
  parser.accept('then')
  const oneLine = parser.peek().kind !== 'line'
  if (oneLine) {
    const yes = line(parser)
    const no = parser.accept('else') ? line(parser) : []
    if (parser.accept('end')) parser.accept('if')
    return { kind: 'if', test, yes, no, start, end: parser.before }
  }
  const yes = parser.statements(closing('else', 'elseif', 'end'))
  let no: Node[] = []
  if (parser.is('elseif'))
    return {
      kind: 'if',
      test,
      yes,
      no: [ifStatement(parser, parser.peek().start)],
      start,
      end: parser.before,
    }
  if (parser.accept('else')) no = parser.statements(closing('end'))
  if (parser.is('end') && parser.is('if', 1)) {
    parser.next()
    parser.next()
  }
  return { kind: 'if', test, yes, no, start, end: parser.before }
}

function line(parser: Parser): Node[] {
  const out: Node[] = []
  while (
    parser.peek().kind !== 'line' &&
    parser.peek().kind !== 'end' &&
    !parser.is('else') &&
    !parser.is('end')
  ) {
    const before = parser.place
    const node = parser.enter() ? statement(parser) : undefined
    parser.leave()
    if (node) out.push(node)
    if (parser.place === before) parser.next()
  }
  return out
}

function forStatement(parser: Parser, start: number): Node {
  parser.next()
  if (parser.accept('each')) {
    const variable = parser.next().value
    if (parser.accept('as')) parser.primary()
    parser.accept('in')
    const over = parser.expression(1)
    const body = loopBody(parser)
    const { before: end } = parser
    return { kind: 'each', label: 'for', variable, over, body, start, end }
  }
  const variable = parser.next().value
  if (parser.accept('as')) parser.primary()
  parser.accept('=')
  const from = parser.expression(1)
  parser.accept('to')
  const to = parser.expression(1)
  const by = parser.accept('step') ? parser.expression(1) : undefined
  const body = loopBody(parser)
  return {
    kind: 'count',
    label: 'for',
    variable,
    from,
    to,
    by,
    body,
    start,
    end: parser.before,
  }
}

function loopBody(parser: Parser): Node[] {
  const body = parser.statements(closing('next'))
  if (parser.accept('next') && parser.peek().kind === 'name') parser.next()
  return body
}

function whileStatement(parser: Parser, start: number): Node {
  const word = parser.next().value
  const before = word === 'while' ? parser.expression(1) : tested(parser)
  const body = parser.statements(closing('wend', 'loop'))
  const behind = parser.accept('wend', 'loop') ? tested(parser) : undefined
  return {
    kind: 'while',
    ...(word === 'do' && { label: 'do' }),
    first: [],
    test: before ?? behind ?? noTest(start),
    step: [],
    body,
    ...(!before && behind && { atEnd: true }),
    start,
    end: parser.before,
  }
}

/** `While x`, `Until x`. */
function tested(parser: Parser): Node | undefined {
  const { start } = parser.peek()
  const isUntil = parser.is('until')
  if (!parser.accept('while', 'until')) return undefined
  const operand = parser.expression(1)
  const { end } = operand
  return isUntil ? { kind: 'unary', op: 'not', operand, start, end } : operand
}

function noTest(at: number): Node {
  return { kind: 'name', name: '', start: at, end: at }
}

function withStatement(parser: Parser, start: number): Node {
  parser.next()
  const object = parser.expression(1)
  const body = until(parser, 'with')
  return { kind: 'with', object, body, start, end: parser.before }
}

function selectStatement(parser: Parser, start: number): Node {
  parser.next()
  parser.accept('case')
  const subject = parser.expression(1)
  const cases = casesOf(parser, subject)
  return cases.reduceRight<Node>(
    (no, { test, body }) => ({
      kind: 'if',
      test,
      yes: body,
      no: [no],
      start,
      end: parser.before,
    }),
    { kind: 'block', body: [], start, end: parser.before },
  )
}

interface Case {
  readonly test: Node
  readonly body: Node[]
}

function casesOf(parser: Parser, subject: Node): Case[] {
  const cases: Case[] = []
  while (!parser.budget.spent) {
    for (const s of parser.statements(closing('case', 'end')))
      cases.at(-1)?.body.push(s)
    if (parser.is('case')) {
      cases.push(caseOf(parser, subject))
      continue
    }
    if (!parser.accept('end') || parser.accept('select')) break
    // Another end than ours: either stray, or ours is missing.
    if (/^(?:sub|function|property)$/.test(parser.peek().value)) {
      parser.back(parser.place - 1)
      break
    }
    if (parser.peek().kind === 'name') parser.next()
  }
  return cases
}

/** `Case 1, 2`, `Case 3 To 5`, `Case Is > 6`, `Case Else`. */
function caseOf(parser: Parser, subject: Node): Case {
  const { start } = parser.next()
  if (parser.accept('else')) {
    const yes: Node = { kind: 'number', value: 1, start, end: start }
    return { test: yes, body: parser.statements(closing('case', 'end')) }
  }
  const tests: Node[] = []
  do {
    const sign = parser.accept('is') ? parser.next().value : '='
    const value = parser.expression(1)
    const most = parser.accept('to') ? parser.expression(1) : undefined
    const test = (op: string, right: Node): Node => ({
      kind: 'binary',
      op,
      left: subject,
      right,
      start: value.start,
      end: parser.before,
    })
    const op = Object.hasOwn(vb.binary, sign) ? vb.binary[sign]!.means : 'is'
    const { start: from, end: to } = value
    const least = most && test('>=', value)
    tests.push(
      least
        ? {
            kind: 'binary',
            op: 'bits',
            left: least,
            right: test('<=', most),
            start: from,
            end: to,
          }
        : test(op, value),
    )
  } while (parser.accept(','))
  const test = tests.reduce((left, right) => ({
    kind: 'binary',
    op: 'or',
    left,
    right,
    start: left.start,
    end: right.end,
  }))
  return { test, body: parser.statements(closing('case', 'end')) }
}

/** `Declare PtrSafe Function Name Lib "kernel32" Alias "x" (…)`. */
function declareStatement(parser: Parser, start: number): Node {
  parser.next()
  while (parser.accept('ptrsafe', 'function', 'sub'));
  const name = parser.next()
  const args: Node[] = [
    {
      kind: 'text',
      value: parser.text.slice(name.start, name.end),
      via: 0,
      start: name.start,
      end: name.end,
    },
  ]
  while (parser.accept('lib', 'alias')) args.push(parser.primary())
  parser.skipStatement()
  const callee: Node = { kind: 'name', name: '[declare]', start, end: name.end }
  return { kind: 'call', callee, args, start, end: parser.before }
}

/** `Exit For`, `Exit Do`; `Exit Sub` and its like give what was set. */
function exitStatement(parser: Parser, start: number): Node {
  parser.next()
  const of = parser.accept('for', 'do')
  if (!of) parser.accept('sub', 'function', 'property')
  const at = { start, end: parser.before }
  return of
    ? { kind: 'leave', how: 'break', label: of.value, ...at }
    : { kind: 'return', value: undefined, ...at }
}

const skip = (parser: Parser): undefined => {
  parser.skipStatement()
  return undefined
}

const statements: Readonly<
  Record<string, (parser: Parser, start: number) => Node | undefined>
> = {
  if: ifStatement,
  for: forStatement,
  do: whileStatement,
  while: whileStatement,
  with: withStatement,
  select: selectStatement,
  sub: define,
  function: define,
  property: define,
  declare: declareStatement,
  open: openFile,
  print: printToFile,
  put: printToFile,
  close: (parser, start) =>
    parser.is('#', 1) ? closeFile(parser, start) : undefined,
  on: skip,
  option: skip,
  attribute: skip,
  exit: exitStatement,
  goto: skip,
  resume: skip,
  case: (parser) => {
    parser.next()
    if (!parser.accept('else')) openArgs(parser)
    return undefined
  },
  class: (parser, start) => {
    parser.next()
    const name = parser.next().value
    const body = until(parser, 'class')
    return { kind: 'class', name, body, start, end: parser.before }
  },
  type: skip,
}

/** A leading point: of the object that With names. */
function primary(parser: Parser, token: Token): Node | undefined {
  const { start, value } = token
  if (token.kind === 'op' && value === '.')
    return { kind: 'name', name: '[with]', start, end: start }
  if (token.kind === 'name' && value === 'new') {
    parser.next()
    const callee = parser.postfix(parser.primary())
    return {
      kind: 'call',
      callee,
      args: [],
      isNew: true,
      start,
      end: parser.before,
    }
  }
  if (token.kind === 'op' && value === '[') {
    // [a name]
    parser.next()
    const name = parser.next()
    parser.accept(']')
    return { kind: 'name', name: name.value, start, end: parser.before }
  }
  return undefined
}

export const vb: Grammar = {
  lex: {
    caseless: true,
    lineComments: ["'"],
    commentWord: 'rem',
    blockComments: [],
    strings: [{ open: '"', close: '"', escape: 'double' }],
    name: /[\p{L}_][\p{L}\p{N}_]{0,255}[$%]?/uy,
    operators: signs('<> <= >= := & + - * / \\ ^ = < > ( ) , . : ! { } [ ]'),
    goesOn: '_',
  },
  binary: {
    imp: operator(1, 'imp'),
    eqv: operator(2, 'eqv'),
    xor: operator(3, '^'),
    or: operator(4, '|'),
    and: operator(5, 'bits'),
    '=': operator(7, '=='),
    '<>': operator(7, '!='),
    '<': operator(7, '<'),
    '>': operator(7, '>'),
    '<=': operator(7, '<='),
    '>=': operator(7, '>='),
    is: operator(7, 'is'),
    like: operator(7, 'is'),
    '&': operator(8, '&'),
    '+': operator(9, '+'),
    '-': operator(9, '-'),
    mod: operator(10, '%'),
    '\\': operator(11, '//'),
    '*': operator(12, '*'),
    '/': operator(12, '/'),
    '^': operator(14, '**'),
  },
  unary: { not: 'not', '-': '-', '+': '+', byval: '' },
  unaryBinds: { not: 6, '-': 13, '+': 13 },
  members: ['.', '!'],
  assigns: {},
  openCalls: true,
  colonEnds: true,
  keywordArguments: true,
  statement,
  primary,
  ends: new Set([
    'then',
    'else',
    'to',
    'step',
    'as',
    'end',
    'loop',
    'next',
    'in',
  ]),
}
