// PowerShell -> the tree.
import type { Budget } from '../budget.ts'
import { between, type Node } from '../syntax/node.ts'
import { Cursor } from './cursor.ts'
import {
  call,
  Expressions,
  nothing,
  paramsOf,
  type Statements,
} from './expressions.ts'
import { Pipelines } from './pipelines.ts'
import { bareWord, opensText } from './texts.ts'

export function parsePowerShell(text: string, budget: Budget): Node[] {
  const cursor = new Cursor(text, budget)
  const out: Node[] = []
  while (!cursor.done) {
    const before = cursor.at
    for (const node of statements.block(cursor, '}')) out.push(node)
    if (cursor.at === before) cursor.at++
  }
  return out
}

const statements: Statements = {
  block(cursor, close) {
    const out: Node[] = []
    if (cursor.enter()) {
      while (!cursor.done) {
        cursor.blanks(true)
        if (cursor.accept(close)) break
        if (cursor.take(/;|&&|\|\|/y)) continue
        const before = cursor.at
        const node = statement(cursor)
        if (node) out.push(node)
        if (cursor.at === before) cursor.at++
      }
    }
    cursor.leave()
    return out
  },
  pipeline: (cursor) => statement(cursor),
}

const expressions = new Expressions(statements)
const pipelines = new Pipelines(expressions, (cursor) => statement(cursor))

/** `[CmdletBinding()]`, `[OutputType([string])]` before parameters. */
const attribute =
  /\[[\w.]{1,64}\((?:[^()\n]|\([^()\n]{0,200}\)){0,500}\)\](?=\s{0,200}(?:\[[\w.]{1,64}\(|param\b))/iy

function statement(cursor: Cursor): Node | undefined {
  cursor.blanks()
  while (cursor.c === '[' && cursor.take(attribute)) cursor.blanks(true)
  const start = cursor.at
  // `:name foreach (…)`
  const label = cursor.take(
    /:(?=\w{1,64}\s{1,32}(?:for|while|do|switch))\w{1,64}\s+/iy,
  )
  if (label) {
    const node = statement(cursor)
    return node && withLabel(node, label.slice(1).trim().toLowerCase())
  }
  if (/[a-z]/i.test(cursor.c)) {
    const word = cursor.word(...keywords)
    // `foreach` within a pipe, or a path such as `end.exe`, is a command.
    if (word && cursor.c !== '.' && cursor.c !== '\\')
      return structures[word]!(cursor, start)
    cursor.at = start
  }
  return pipelines.pipeline(cursor)
}

function withLabel(node: Node, label: string): Node {
  return node.kind === 'each' || node.kind === 'count' || node.kind === 'while'
    ? { ...node, label }
    : node
}

type Structure = (cursor: Cursor, start: number) => Node | undefined

/** In brackets, or as it stands. */
function condition(cursor: Cursor): Node {
  cursor.blanks(true)
  const at = cursor.at
  if (!cursor.accept('(')) return nothing(at)
  const body = statements.block(cursor, ')')
  return body.length === 1
    ? body[0]!
    : { kind: 'block', body, start: at, end: cursor.at }
}

function body(cursor: Cursor): Node[] {
  cursor.blanks(true)
  return cursor.accept('{') ? statements.block(cursor, '}') : []
}

const ifStatement: Structure = (cursor, start) => {
  const test = condition(cursor)
  const yes = body(cursor)
  const place = cursor.at
  cursor.blanks(true)
  const more = cursor.word('elseif', 'else')
  let no: Node[] = []
  if (more === 'elseif') no = [ifStatement(cursor, cursor.at)!]
  else if (more === 'else') no = body(cursor)
  else cursor.at = place
  return { kind: 'if', test, yes, no, start, end: cursor.at }
}

const foreachStatement: Structure = (cursor, start) => {
  cursor.blanks()
  if (cursor.c !== '(') {
    // The alias of ForEach-Object.
    cursor.at = start
    const first = bareWord(cursor, (c) => expressions.variable(c))
    return pipelines.command(cursor, first, start, undefined)
  }
  cursor.at++
  cursor.blanks()
  const variable = expressions.variable(cursor)
  cursor.blanks()
  cursor.word('in')
  const list = statements.block(cursor, ')')
  const over = list.length === 1 ? list[0]! : nothing(cursor.at)
  const inner = body(cursor)
  const name = variable.kind === 'name' ? variable.name : ''
  return {
    kind: 'each',
    variable: name,
    over: call('[array]', [over], over.start, over.end),
    body: inner,
    start,
    end: cursor.at,
  }
}

const forStatement: Structure = (cursor, start) => {
  cursor.blanks()
  const parts: Node[][] = [[], [], []]
  let part = 0
  if (cursor.accept('(')) {
    while (!cursor.done) {
      cursor.blanks(true)
      if (cursor.accept(')')) break
      if (cursor.accept(';')) {
        part++
        continue
      }
      const before = cursor.at
      const node = statement(cursor)
      if (node) parts[Math.min(part, 2)]!.push(node)
      if (cursor.at === before) cursor.at++
    }
  }
  const inner = body(cursor)
  return {
    kind: 'while',
    first: parts[0]!,
    test: parts[1]![0] ?? nothing(start),
    step: parts[2]!,
    body: inner,
    start,
    end: cursor.at,
  }
}

const whileStatement: Structure = (cursor, start) => {
  const test = condition(cursor)
  const inner = body(cursor)
  return {
    kind: 'while',
    first: [],
    test,
    step: [],
    body: inner,
    start,
    end: cursor.at,
  }
}

/** `do { … } while (…)`, `until (…)`. */
const doStatement: Structure = (cursor, start) => {
  const inner = body(cursor)
  cursor.blanks(true)
  const word = cursor.word('while', 'until')
  const operand = word ? condition(cursor) : nothing(start)
  const at = { start, end: cursor.at }
  const test: Node =
    word === 'until' ? { kind: 'unary', op: 'not', operand, ...at } : operand
  return {
    kind: 'while',
    first: [],
    test,
    step: [],
    body: inner,
    atEnd: true,
    ...at,
  }
}

const tryStatement: Structure = (cursor, start) => {
  const inner = body(cursor)
  const handlers: Node[][] = []
  let last: Node[] = []
  for (;;) {
    const place = cursor.at
    cursor.blanks(true)
    const word = cursor.word('catch', 'finally')
    if (!word) {
      cursor.at = place
      break
    }
    cursor.blanks(true)
    while (cursor.c === '[')
      cursor.take(/\[[^\]\n]{0,200}\][\s,]*/y) ?? cursor.at++
    if (word === 'catch') handlers.push(body(cursor))
    else last = body(cursor)
  }
  const at = { start, end: cursor.at }
  // Which of several is meant is told by what is thrown.
  const handler =
    handlers.length < 2
      ? (handlers[0] ?? [])
      : handlers.map(
          (yes): Node => ({
            kind: 'if',
            test: nothing(start),
            yes,
            no: [],
            ...at,
          }),
        )
  return { kind: 'try', body: inner, name: '$_', handler, last, ...at }
}

const leaveStatement =
  (how: 'break' | 'continue'): Structure =>
  (cursor, start) => {
    const label = cursor
      .take(/[ \t]+:?\w{1,64}/y)
      ?.trim()
      .replace(':', '')
    const node = { kind: 'leave', how, start, end: cursor.at } as const
    return label ? { ...node, label: label.toLowerCase() } : node
  }

/** What comes through the pipe, one after the other. */
const processStatement: Structure = (cursor, start) => {
  const inner = body(cursor)
  const over: Node = { kind: 'name', name: '$input', start, end: start }
  const { at: end } = cursor
  return { kind: 'each', variable: '$_', over, body: inner, start, end }
}

const filterStatement: Structure = (cursor, start) => {
  const node = functionStatement(cursor, start)
  if (node?.kind !== 'define') return node
  const at = { start, end: node.end }
  const over: Node = { kind: 'name', name: '$input', ...at }
  const each: Node = {
    kind: 'each',
    variable: '$_',
    over,
    body: node.body,
    ...at,
  }
  return { ...node, body: [each] }
}

const blockStatement: Structure = (cursor, start) => {
  cursor.blanks(true)
  // catch [type], switch ($x), until (…)
  while (cursor.c === '[')
    cursor.take(/\[[^\]\n]{0,200}\][\s,]*/y) ?? cursor.at++
  const test = cursor.c === '(' ? [condition(cursor)] : []
  const inner = body(cursor)
  return { kind: 'block', body: [...test, ...inner], start, end: cursor.at }
}

const switchStatement: Structure = (cursor, start) => {
  cursor.blanks()
  // Of expressions and patterns with signs in them it is not known what they match.
  const isPlain = !cursor.take(
    /(?:-(?:regex|wildcard|file|parallel)\b[ \t]*)+/iy,
  )
  cursor.take(/(?:-(?:exact|casesensitive)\b[ \t]*)+/iy)
  const subject = condition(cursor)
  const out: Node[] = [subject]
  const tests: Node[] = []
  cursor.blanks(true)
  if (cursor.accept('{')) {
    while (!cursor.done) {
      cursor.blanks(true)
      if (cursor.accept('}')) break
      const before = cursor.at
      out.push(clause(cursor, { subject, isPlain, tests }))
      if (cursor.at === before) cursor.at++
    }
  }
  // A break in it leaves it.
  const at = { start, end: cursor.at }
  const cases = [{ of: undefined, body: out }]
  return {
    kind: 'switch',
    test: { kind: 'number', value: 0, ...at },
    cases,
    ...at,
  }
}

interface Switch {
  readonly subject: Node
  readonly isPlain: boolean
  /** Of the clauses so far. */
  readonly tests: Node[]
}

/** `'a' { … }`, `{ $_ -gt 1 } { … }`, `default { … }`. */
function clause(cursor: Cursor, { subject, isPlain, tests }: Switch): Node {
  const start = cursor.at
  const isDefault = cursor.word('default') !== undefined
  const isBlock = cursor.c === '{'
  const isValue = opensText(cursor.c) || /[$(\d{]/.test(cursor.c)
  const pattern = isDefault
    ? nothing(start)
    : isValue
      ? expressions.primary(cursor)
      : bareWord(cursor, (c) => expressions.variable(c))
  const at = { start, end: cursor.at }
  const test: Node =
    isBlock || !isPlain
      ? nothing(start)
      : { kind: 'binary', op: '==', left: subject, right: pattern, ...at }
  const own = isDefault ? noneOf(tests, at) : test
  if (!isDefault) tests.push(test)
  const yes = body(cursor)
  return { kind: 'if', test: own, yes, no: [], start, end: cursor.at }
}

function noneOf(
  tests: readonly Node[],
  at: { readonly start: number; readonly end: number },
): Node {
  const none: Node = { kind: 'number', value: 0, ...at }
  const any = tests.reduce<Node>(
    (left, right) => ({ kind: 'binary', op: 'or', left, right, ...at }),
    none,
  )
  return { kind: 'unary', op: 'not', operand: any, ...at }
}

const functionStatement: Structure = (cursor, start) => {
  cursor.blanks()
  const name = cursor.take(/[\w:.-]{1,200}/y) ?? ''
  cursor.blanks(true)
  const defaults: Node[] = []
  const own = cursor.c === '(' ? parameters(cursor, defaults) : []
  const inner = [...defaults, ...body(cursor)]
  const params = own.length ? own : paramsOf(inner)
  return {
    kind: 'define',
    name: name.replace(/^(?:global|script|local):/i, ''),
    params,
    body: inner,
    start,
    end: cursor.at,
  }
}

/** `defaults`: what is assigned where nothing is given. */
function parameters(cursor: Cursor, defaults: Node[] = []): string[] {
  cursor.at++
  const names: string[] = []
  while (!cursor.done) {
    cursor.blanks(true)
    if (cursor.accept(')')) break
    const before = cursor.at
    if (cursor.c === '[')
      cursor.take(/\[(?:[^\][()]|\([^()]{0,500}\)|\[[^\]]{0,100}\]){0,500}\]/y)
    else if (cursor.c === '$') {
      const variable = expressions.variable(cursor)
      if (variable.kind === 'name') names.push(variable.name)
      cursor.blanks(true)
      if (cursor.accept('=')) {
        cursor.blanks(true)
        // The comma is that of the parameters.
        const right = expressions.postfix(cursor, expressions.primary(cursor))
        const at = between(variable, right)
        const value: Node = {
          kind: 'binary',
          op: 'default',
          left: variable,
          right,
          ...at,
        }
        defaults.push({
          kind: 'assign',
          target: variable,
          value,
          op: '',
          ...at,
        })
      }
    }
    if (cursor.at === before) cursor.at++
  }
  return names
}

/** Types, attributes and words before a part of a class. */
const partHead = /(?:\[[^\]\n]{1,200}\][ \t]*|(?:hidden|static)\b[ \t]*)*/iy

const classStatement: Structure = (cursor, start) => {
  cursor.blanks()
  const name = cursor.take(/\w{1,128}/y) ?? ''
  cursor.take(/[^{\n]{0,400}/y)
  cursor.blanks(true)
  const inner: Node[] = []
  if (!cursor.accept('{')) return undefined
  while (!cursor.done) {
    cursor.blanks(true)
    if (cursor.accept('}')) break
    const before = cursor.at
    const part = classPart(cursor)
    if (part) inner.push(part)
    if (cursor.at === before) cursor.at++
  }
  return { kind: 'class', name, body: inner, start, end: cursor.at }
}

function classPart(cursor: Cursor): Node | undefined {
  cursor.take(partHead)
  const start = cursor.at
  if (cursor.c === '$') {
    const target = expressions.variable(cursor)
    cursor.blanks()
    if (!cursor.accept('=')) return undefined
    const value = statement(cursor) ?? nothing(cursor.at)
    return { kind: 'assign', target, value, op: '', start, end: cursor.at }
  }
  const name = cursor.take(/\w{1,128}/y)
  cursor.blanks()
  if (!name || cursor.c !== '(') return undefined
  const defaults: Node[] = []
  const params = parameters(cursor, defaults)
  const inner = [...defaults, ...body(cursor)]
  return { kind: 'define', name, params, body: inner, start, end: cursor.at }
}

const returnStatement: Structure = (cursor, start) => {
  cursor.blanks()
  const none = cursor.done || /[\n\r;}]/.test(cursor.c)
  const value = none ? undefined : statement(cursor)
  return { kind: 'return', value, start, end: cursor.at }
}

const skip: Structure = (cursor) => {
  cursor.take(/[^\n;}]{0,2000}/y)
  return undefined
}

const structures: Readonly<Record<string, Structure>> = {
  if: ifStatement,
  elseif: ifStatement,
  else: blockStatement,
  foreach: foreachStatement,
  for: forStatement,
  while: whileStatement,
  do: doStatement,
  until: blockStatement,
  switch: switchStatement,
  function: functionStatement,
  filter: filterStatement,
  workflow: functionStatement,
  try: tryStatement,
  catch: blockStatement,
  finally: blockStatement,
  trap: blockStatement,
  return: returnStatement,
  throw: (cursor, start) => {
    const node = returnStatement(cursor, start)
    return node?.kind === 'return'
      ? { kind: 'throw', value: node.value, start, end: cursor.at }
      : undefined
  },
  exit: skip,
  break: leaveStatement('break'),
  continue: leaveStatement('continue'),
  param: (cursor, start) => {
    cursor.blanks(true)
    const defaults: Node[] = []
    const names = cursor.c === '(' ? parameters(cursor, defaults) : []
    const end = cursor.at
    const args = names.map((name): Node => ({ kind: 'name', name, start, end }))
    const body = [call('[param]', args, start, end), ...defaults]
    return { kind: 'block', body, start, end }
  },
  begin: blockStatement,
  process: processStatement,
  end: blockStatement,
  class: classStatement,
  using: (cursor, start) => {
    cursor.blanks()
    const name = cursor.take(/namespace[ \t]+[\w.]{1,128}/iy)
    if (!name) return skip(cursor, start)
    const at = { via: 0, start, end: cursor.at }
    const path = name.replace(/^\w+\s+(?:system\.)?/i, '').toLowerCase()
    const all: Node = { kind: 'text', value: '*', ...at }
    const module: Node = { kind: 'text', value: path, ...at }
    return call('[import]', [all, module], start, cursor.at)
  },
}

const keywords = Object.keys(structures)
