// Computes an expression for a row. Three-valued: null goes through every operator and function that does not say
// otherwise, AND and OR know what they can without it.
import { invariant } from '../../base/invariant.ts'

import {
  type Binary,
  type Call,
  type Expression,
  mapSubsearches,
  nodesOf,
} from '../../ir/expression.ts'
import { argumentAt, functions } from '../../ir/functions.ts'
import { compare, finite, like, orders } from './compare.ts'
import { forms, isForm, memberOf } from './functions/forms.ts'
import { functionTable } from './functions/table.ts'
import type { Tools } from './operators/operator.ts'
import { compilePcre } from './pcre.ts'
import type { Compiled, Result, Scope, Value } from './values.ts'
import { bounded, numberOf, textOfValue, truth } from './values.ts'

interface Named {
  get(name: string): Value | null
}

/** The expression for rows that come one by one. */
export function rowExpression(
  e: Expression,
  now: number,
): (row: Named) => Result {
  const of = compileExpression(e)
  let current: Named | undefined
  const scope: Scope = { now, get: (name) => current!.get(name) }
  return (row) => {
    current = row
    return of(scope)
  }
}

/** The same where searches in brackets stand in the expression: what they say is known when the first row comes. */
export function lateExpression(
  e: Expression,
  { now, bracketValue }: Pick<Tools, 'now' | 'bracketValue'>,
): (row: Named) => Result {
  const waits = [...nodesOf(e)].some((n) => n.kind === 'subsearch')
  if (!waits) return rowExpression(e, now)
  let of: ((row: Named) => Result) | undefined
  return (row) => {
    of ??= rowExpression(
      mapSubsearches(e, (s) => bracketValue(s.index)),
      now,
    )
    return of(row)
  }
}

/** Whether the expression is true for a row; a condition that is null is not. */
export function rowTest(e: Expression, now: number): (row: Named) => boolean {
  const of = rowExpression(e, now)
  return (row) => truth(of(row)) === true
}

export function compileExpression(e: Expression): Compiled {
  invariant(e.kind !== 'subsearch', 'a search in brackets has no value yet')
  switch (e.kind) {
    case 'literal': {
      const { value } = e
      return () => value
    }
    case 'field': {
      const { name } = e
      return (s) => s.get(name)
    }
    case 'unary': {
      const of = compileExpression(e.of)
      if (e.op === 'not') return (s) => negate(truth(of(s)))
      return (s) => {
        const n = numberOf(of(s))
        return n === null ? null : -n
      }
    }
    case 'in': {
      const of = compileExpression(e.of)
      const values = e.values.map(compileExpression)
      return (s) => memberOf(of(s), values, s)
    }
    case 'binary':
      return compileBinary(e)
    case 'call':
      return compileCall(e)
  }
}

function negate(v: boolean | null): boolean | null {
  return v === null ? null : !v
}

function compileBinary(e: Binary): Compiled {
  const left = compileExpression(e.left)
  const right = compileExpression(e.right)
  switch (e.op) {
    case 'and':
    case 'or':
    case 'xor':
      return logical(e.op, left, right)
    case 'like':
      return (s) => like(left(s), right(s))
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const holds = orders[e.op]
      return (s) => compare(left(s), right(s), holds)
    }
    case '.':
      return (s) => concatenate(left(s), right(s))
    case '+':
      return (s) => add(left(s), right(s))
    default: {
      const of = arithmetic[e.op]
      return (s) => {
        const a = numberOf(left(s))
        const b = numberOf(right(s))
        return a === null || b === null ? null : finite(of(a, b))
      }
    }
  }
}

/** Each knows what it can without the other side. */
function logical(
  op: 'and' | 'or' | 'xor',
  left: Compiled,
  right: Compiled,
): Compiled {
  if (op === 'xor')
    return (s) => {
      const a = truth(left(s))
      const b = truth(right(s))
      return a === null || b === null ? null : a !== b
    }
  const decides = op === 'or'
  return (s) => {
    const a = truth(left(s))
    if (a === decides) return decides
    const b = truth(right(s))
    return b === decides ? decides : a === null ? null : b
  }
}

const arithmetic = {
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '%': (a: number, b: number) => a % b,
}

function concatenate(a: Result, b: Result): Result {
  if (
    a === null ||
    b === null ||
    typeof a === 'boolean' ||
    typeof b === 'boolean'
  )
    return null
  return bounded(textOfValue(a) + textOfValue(b))
}

function add(a: Result, b: Result): Result {
  const x = numberOf(a)
  const y = numberOf(b)
  if (x !== null && y !== null) return finite(x + y)
  return typeof a === 'string' && typeof b === 'string' ? bounded(a + b) : null
}

function compileCall(e: Call): Compiled {
  const { name, of } = e
  if (isForm(name)) return forms[name](of, compileExpression)
  const fn = functionTable[name]
  const args = of.map(compileExpression)
  of.forEach((a, i) => {
    // A literal expression that no engine may run is refused before anything is read.
    if (a.kind === 'literal' && argumentAt(functions[name], i) === 'regex')
      compilePcre(String(a.value))
  })
  return (s) =>
    fn(
      args.map((a) => a(s)),
      s,
    )
}

/** What a result becomes when it is put into a field. */
export function storable(r: Result): Value | null {
  return typeof r === 'boolean' ? String(r) : r
}
