// An expression as text that parses to the same tree. Parentheses only where the tree needs them.
import type { Expression } from '../../ir/expression.ts'
import { notPrecedence, precedence } from './parse-expression.ts'

export function printExpression(e: Expression, least = 0): string {
  const text = print(e)
  return precedenceOf(e) < least ? `(${text})` : text
}

function print(e: Expression): string {
  switch (e.kind) {
    case 'literal':
      return typeof e.value === 'number' ? printNumber(e.value) : quote(e.value)
    case 'field':
      return printFieldName(e.name)
    case 'subsearch':
      return e.text
    case 'call':
      return `${e.name}(${e.of.map((a) => printExpression(a)).join(', ')})`
    case 'unary':
      return e.op === 'not'
        ? `NOT ${printExpression(e.of, notPrecedence + 1)}`
        : `-${printExpression(e.of, 10)}`
    case 'in':
      return `${printExpression(e.of, 5)} IN (${e.values
        .map((v) => printExpression(v))
        .join(', ')})`
    case 'binary': {
      const p = precedence[e.op]
      const op = /^[a-z]/.test(e.op) ? e.op.toUpperCase() : e.op
      return `${printExpression(e.left, p)} ${op} ${printExpression(e.right, p + 1)}`
    }
  }
}

function precedenceOf(e: Expression): number {
  if (e.kind === 'binary') return precedence[e.op]
  if (e.kind === 'in') return 5
  if (e.kind === 'unary') return e.op === 'not' ? notPrecedence : 8
  if (e.kind === 'literal' && typeof e.value === 'number' && e.value < 0) {
    return 8
  }
  return 9
}

function printNumber(n: number): string {
  return String(n)
}

/** A double-quoted text. */
export function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

const reserved = /^(?:not|and|or|xor|like|in)$/i

/** A field name in an expression: bare where that reads as the same name. */
export function printFieldName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !reserved.test(name)
    ? name
    : `'${name}'`
}
