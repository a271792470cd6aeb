// Expressions of `eval` and `where`, by operator precedence: parentheses, NOT, AND, OR, XOR outwards from the comparison.
import { grouped } from '../../base/shown.ts'
import { didYouMean } from '../../base/did-you-mean.ts'

import type { BinaryOperator, Expression } from '../../ir/expression.ts'
import {
  arityOf,
  functions,
  isFunctionName,
  maxArguments,
} from '../../ir/functions.ts'
import type { Query } from './ast.ts'
import { refusedFunctions } from './functions.ts'
import { checkLiterals } from './literal-arguments.ts'
import { SyntaxProblem } from './report.ts'
import type { Scanner } from './scanner.ts'

/** What reads a search in brackets, while expressions are read in which one may stand. Gives its number. */
const bracketsOf = new WeakMap<Scanner, () => number>()

/** Reads expressions in which searches in brackets may stand, and gives these in their order. */
export function withBrackets<T>(
  s: Scanner,
  read: () => Query,
  parse: () => T,
): { parsed: T; brackets?: readonly Query[] } {
  const brackets: Query[] = []
  const readOne = () => {
    // The search within has commands of its own, which say for themselves where brackets may stand.
    bracketsOf.delete(s)
    brackets.push(read())
    bracketsOf.set(s, readOne)
    return brackets.length - 1
  }
  bracketsOf.set(s, readOne)
  try {
    const parsed = parse()
    return { parsed, ...(brackets.length ? { brackets } : {}) }
  } finally {
    bracketsOf.delete(s)
  }
}

function parseBrackets(s: Scanner, at: number): Expression {
  const read = bracketsOf.get(s)
  if (!read)
    throw new SyntaxProblem(
      'P012',
      'a search in brackets cannot stand here',
      at,
      'write it in "where" or "eval", or in a condition of "search"',
    )
  const index = read()
  return { kind: 'subsearch', index, text: s.text.slice(at, s.pos), at }
}

/** Parentheses and operators within one another. */
export const maxDepth = 200

/** Operators in all expressions of one search: a chain of them makes a tree as deep as it is long. */
const maxOperators = 2_000
const operatorsOf = new WeakMap<Scanner, number>()

function countOperator(s: Scanner, at: number): void {
  const count = (operatorsOf.get(s) ?? 0) + 1
  operatorsOf.set(s, count)
  if (count <= maxOperators) return
  throw new SyntaxProblem(
    'P016',
    `expressions have more than ${grouped(maxOperators)} operators`,
    at,
    'write a list with in()',
  )
}

export const precedence: Readonly<Record<BinaryOperator, number>> = {
  xor: 1,
  or: 2,
  and: 3,
  '=': 5,
  '!=': 5,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  like: 5,
  '+': 6,
  '-': 6,
  '.': 6,
  '*': 7,
  '/': 7,
  '%': 7,
}
/** Between AND and the comparisons. */
export const notPrecedence = 4

/**
 *     expression = prefix {operator prefix | ["NOT"] "IN" "(" expression {"," expression} ")"}
 *
 * `least`: only operators that bind at least so tightly are taken.
 */
export function parseExpression(s: Scanner, least = 0, depth = 0): Expression {
  if (depth > maxDepth) tooDeep(s)
  let left = parsePrefix(s, depth)
  for (;;) {
    s.space()
    const at = s.pos
    const member = takeMembership(s, least)
    if (member !== undefined) {
      countOperator(s, at)
      const values = parseArguments(s, depth, true)
      const test: Expression = { kind: 'in', of: left, values, at }
      left = member ? test : { kind: 'unary', op: 'not', of: test, at }
      continue
    }
    const op = takeOperator(s, least)
    if (!op) return left
    countOperator(s, at)
    const right = parseExpression(s, precedence[op] + 1, depth + 1)
    left = { kind: 'binary', op, left, right, at }
  }
}

function tooDeep(s: Scanner): never {
  throw new SyntaxProblem(
    'P016',
    `more than ${maxDepth} parentheses stand within one another`,
    s.pos,
  )
}

/** `prefix = "NOT" expression | "(" expression ")" | brackets | ("-" | "+") expression | text | name | number | call` */
function parsePrefix(s: Scanner, depth: number): Expression {
  const c = s.peek()
  const at = s.pos
  if (s.takeWord('NOT', true)) {
    const of = parseExpression(s, notPrecedence + 1, depth + 1)
    return { kind: 'unary', op: 'not', of, at }
  }
  if (c === '(') {
    s.pos++
    const of = parseExpression(s, 0, depth + 1)
    if (!s.take(')')) unclosed(s, at)
    return of
  }
  if (c === '-' || c === '+') {
    s.pos++
    const of = parseExpression(s, 8, depth + 1)
    if (c === '+') return of
    if (of.kind === 'literal' && typeof of.value === 'number' && of.value > 0) {
      return { kind: 'literal', value: -of.value, at }
    }
    return { kind: 'unary', op: '-', of, at }
  }
  if (c === '[') return parseBrackets(s, at)
  const text = s.string()
  if (text !== undefined) return { kind: 'literal', value: text, at }
  const quoted = s.quotedName()
  if (quoted !== undefined) return { kind: 'field', name: quoted, at }
  return parseWord(s, at, depth)
}

const numberForm = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?(?![\w])/y
const nameForm =
  /(?:<<\w{1,12}>>|[A-Za-z_\u0080-\uffff])(?:<<\w{1,12}>>|[\w\u0080-\uffff]|\{\d{0,9}\}|:(?=\w))*/y

function parseWord(s: Scanner, at: number, depth: number): Expression {
  numberForm.lastIndex = at
  const number = numberForm.exec(s.text)
  if (number) {
    s.pos = at + number[0].length
    return { kind: 'literal', value: Number(number[0]), at }
  }
  nameForm.lastIndex = at
  const name = nameForm.exec(s.text)?.[0]
  if (!name) s.fail('expected a field, a value or a function')
  s.pos = at + name.length
  if (s.peek() !== '(') return { kind: 'field', name, at }
  return parseCall(s, name, at, depth)
}

/** `call = name "(" [expression {"," expression}] ")"` */
function parseCall(
  s: Scanner,
  written: string,
  at: number,
  depth: number,
): Expression {
  const name = written.toLowerCase()
  if (!isFunctionName(name)) unknownFunction(written, name, at)
  const of = parseArguments(s, depth)
  const { least, most } = arityOf(functions[name])
  if (of.length < least || of.length > most) {
    throw new SyntaxProblem(
      'P006',
      `${name}() takes ${arity(least, most)}, ${of.length} given`,
      at,
    )
  }
  if (name === 'case' && of.length % 2) {
    throw new SyntaxProblem(
      'P006',
      `case() takes pairs of a condition and a value, ${of.length} arguments given`,
      at,
    )
  }
  checkLiterals(name, of)
  return { kind: 'call', name, of, at }
}

function arity(least: number, most: number): string {
  if (least === most) return `${least} argument${least === 1 ? '' : 's'}`
  return most >= maxArguments
    ? `at least ${least}`
    : `${least} to ${most} arguments`
}

function unknownFunction(written: string, name: string, at: number): never {
  if (Object.hasOwn(refusedFunctions, name)) {
    throw new SyntaxProblem(
      'P013',
      `function "${written}" is not supported: ${refusedFunctions[name]}`,
      at,
    )
  }
  throw new SyntaxProblem(
    'P005',
    `unknown function "${written}"`,
    at,
    didYouMean(written, Object.keys(functions)),
  )
}

/** `arguments = "(" [expression {"," expression}] ")"` */
function parseArguments(
  s: Scanner,
  depth: number,
  isList = false,
): Expression[] {
  s.space()
  const open = s.pos
  s.expect('(', 'before the arguments')
  const of: Expression[] = []
  if (s.take(')')) return of
  do of.push(parseExpression(s, 0, depth + 1))
  while (isList ? s.takeCommas() : s.take(','))
  if (!s.take(')')) unclosed(s, open)
  return of
}

function unclosed(s: Scanner, open: number): never {
  s.space()
  const next = s.text[s.pos]
  if (next === undefined || next === '|' || next === ']') {
    throw new SyntaxProblem('P003', 'a parenthesis is not closed', open)
  }
  s.fail('expected ")" or an operator')
}

/** true for IN, false for NOT IN. */
function takeMembership(s: Scanner, least: number): boolean | undefined {
  if (least > 5) return undefined
  if (s.takeWord('IN', true)) return true
  const at = s.pos
  if (s.takeWord('NOT', true)) {
    if (s.takeWord('IN', true)) return false
    s.pos = at
  }
  return undefined
}

const symbols: readonly (readonly [string, BinaryOperator])[] = [
  ['==', '='],
  ['!=', '!='],
  ['<=', '<='],
  ['>=', '>='],
  ['=', '='],
  ['<', '<'],
  ['>', '>'],
  ['+', '+'],
  ['-', '-'],
  ['*', '*'],
  ['/', '/'],
  ['%', '%'],
  ['.', '.'],
]
const words: readonly (readonly [string, BinaryOperator])[] = [
  ['AND', 'and'],
  ['OR', 'or'],
  ['XOR', 'xor'],
  ['LIKE', 'like'],
]

function takeOperator(s: Scanner, least: number): BinaryOperator | undefined {
  const at = s.pos
  for (const [text, op] of symbols) {
    if (!s.text.startsWith(text, at)) continue
    if (precedence[op] < least) return undefined
    s.pos = at + text.length
    return op
  }
  for (const [word, op] of words) {
    if (precedence[op] >= least && s.takeWord(word, true)) return op
  }
  return undefined
}

/** Whether an expression gives true or false: fit for `where`, not for a field. */
export function isCondition(e: Expression): boolean {
  switch (e.kind) {
    case 'in':
      return true
    case 'unary':
      return e.op === 'not'
    case 'binary':
      return precedence[e.op] <= 5
    case 'call':
      return functions[e.name].condition
    default:
      return false
  }
}
