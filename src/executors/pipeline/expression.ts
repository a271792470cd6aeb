// Computes an expression for a row. Three-valued: null goes through every operator and function that does not say
// otherwise, AND and OR know what they can without it.
import type { Binary, Call, Expression } from '../../ir/expression.ts'
import { fieldsRead } from '../../ir/expression.ts'
import { functionTable } from './functions/table.ts'
import { compare, finite, like, orders } from './compare.ts'
import { compilePcre } from './pcre.ts'
import type { Result, Single, Value } from './values.ts'
import { bounded, fromList, numberOf, textOfValue, toList } from './values.ts'

export interface Scope {
  get(name: string): Value | null
  /** Seconds since 1970. */
  readonly now: number
}

export type Compiled = (scope: Scope) => Result

export function compileExpression(e: Expression): Compiled {
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

/** A condition's result. Anything but true and false is no answer. */
export function truth(v: Result): boolean | null {
  return typeof v === 'boolean' ? v : null
}

function negate(v: boolean | null): boolean | null {
  return v === null ? null : !v
}

function compileBinary(e: Binary): Compiled {
  const left = compileExpression(e.left)
  const right = compileExpression(e.right)
  switch (e.op) {
    case 'and':
      return (s) => {
        const a = truth(left(s))
        if (a === false) return false
        const b = truth(right(s))
        return b === false ? false : a === null ? null : b
      }
    case 'or':
      return (s) => {
        const a = truth(left(s))
        if (a === true) return true
        const b = truth(right(s))
        return b === true ? true : a === null ? null : b
      }
    case 'xor':
      return (s) => {
        const a = truth(left(s))
        const b = truth(right(s))
        return a === null || b === null ? null : a !== b
      }
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

const arithmetic = {
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '%': (a: number, b: number) => a % b,
}

function memberOf(
  v: Result,
  values: readonly Compiled[],
  s: Scope,
): boolean | null {
  if (v === null) return null
  let unknown = false
  for (const value of values) {
    const same = compare(v, value(s), orders['='])
    if (same) return true
    if (same === null) unknown = true
  }
  return unknown ? null : false
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
  const special = specialForms[e.name]
  if (special) return special(e.of)
  const fn = functionTable[e.name]
  if (!fn) return () => null
  const args = e.of.map(compileExpression)
  if (e.name === 'match' || e.name === 'replace' || e.name === 'mvfind') {
    // A literal expression that no engine may run is refused before anything is read.
    const pattern = e.of[1]
    if (pattern?.kind === 'literal') compilePcre(String(pattern.value))
  }
  return (s) =>
    fn(
      args.map((a) => a(s)),
      s,
    )
}

/** Functions that do not take their arguments' values: they choose which of them to compute, or compute one many times. */
const specialForms: Readonly<
  Record<string, (of: readonly Expression[]) => Compiled>
> = {
  if: (of) => {
    const [condition, then, otherwise] = of.map(compileExpression) as [
      Compiled,
      Compiled,
      Compiled,
    ]
    return (s) => (truth(condition(s)) === true ? then(s) : otherwise(s))
  },
  case: (of) => {
    const list = of.map(compileExpression)
    return (s) => {
      for (let i = 0; i < list.length; i += 2) {
        if (truth(list[i]!(s)) === true) return list[i + 1]!(s)
      }
      return null
    }
  },
  validate: (of) => {
    const list = of.map(compileExpression)
    return (s) => {
      for (let i = 0; i + 1 < list.length; i += 2) {
        if (truth(list[i]!(s)) === false) return list[i + 1]!(s)
      }
      return null
    }
  },
  coalesce: (of) => {
    const list = of.map(compileExpression)
    return (s) => {
      for (const value of list) {
        const v = value(s)
        if (v !== null) return v
      }
      return null
    }
  },
  in: (of) => {
    const [value, ...others] = of.map(compileExpression)
    return (s) => memberOf(value!(s), others, s)
  },
  mvfilter: (of) => {
    const condition = compileExpression(of[0]!)
    const field = [...fieldsRead(of[0]!)][0]
    return (s) => {
      if (field === undefined) return null
      const kept = toList(s.get(field)).filter(
        (v) => truth(condition(withField(s, field, v))) === true,
      )
      return fromList(kept)
    }
  },
  mvmap: (of) => {
    const list = compileExpression(of[0]!)
    const each = compileExpression(of[1]!)
    const field = [...fieldsRead(of[0]!)][0]
    return (s) => {
      const values = list(s)
      if (values === null || typeof values === 'boolean' || field === undefined)
        return null
      return fromList(
        toList(values).flatMap((v) => valuesOf(each(withField(s, field, v)))),
      )
    }
  },
}

function valuesOf(r: Result): readonly Single[] {
  return r === null || typeof r === 'boolean' ? [] : toList(r)
}

function withField(s: Scope, field: string, value: Single): Scope {
  return { now: s.now, get: (name) => (name === field ? value : s.get(name)) }
}

/** What a result becomes when it is put into a field. */
export function storable(r: Result): Value | null {
  return typeof r === 'boolean' ? String(r) : r
}
