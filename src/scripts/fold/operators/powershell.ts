// What PowerShell makes of values that it needs as texts or numbers, and what its operators do: the left side says of which type it is.
// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_operators
import { joinText, operators as common } from '../operate.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { OperateContext, Operation } from '../operation.ts'
import {
  bitOf,
  list,
  number,
  text,
  type Value,
  viaOf,
  wholeText,
  withVia,
} from '../value.ts'
import { netFormat } from '../functions/net-format.ts'
import {
  psHolds,
  psNumber,
  psText,
  psTruth,
  psWhole,
} from './powershell-values.ts'

const numeric =
  (f: (a: number, b: number) => number | undefined): Operation =>
  (a, b) => {
    const x = psNumber(a)
    const y = psNumber(b)
    if (x === undefined || y === undefined) return undefined
    const made = f(x, y)
    return made === undefined || !Number.isFinite(made)
      ? undefined
      : number(made, viaOf([a, b]))
  }

/** As a text has it. */
function shown(value: Value): Value {
  if (value.kind === 'text' || value.kind === 'unknown') return value
  const s = psText(value)
  return s === undefined ? value : text(s, value.via)
}

const plus: Operation = (a, b, context) => {
  if (a.kind === 'list' || a.kind === 'bytes' || a.kind === 'object')
    return common['+']!(a, b, context)
  if (a.kind === 'number' || (isLetter(a) && b.kind === 'number'))
    return numeric((x, y) => x + y)(a, b, context)
  // Nobody knows whether it adds or joins.
  if (a.kind === 'unknown' && b.kind !== 'text') return undefined
  return joinText(a, shown(b), context)
}

const isLetter = (v: Value): boolean => v.kind === 'text' && v.isLetter === true

const times: Operation = (a, b, context) =>
  (a.kind === 'text' && !a.isLetter) || a.kind === 'list' || a.kind === 'bytes'
    ? psWhole(b) === undefined
      ? undefined
      : common.times!(a, number(psWhole(b)!), context)
    : numeric((x, y) => x * y)(a, b, context)

const isNarrow = (n: number): boolean => n >= -(2 ** 31) && n < 2 ** 31

/** Of 32 bits, where both have no more. */
const bitwise =
  (f: (a: number, b: number) => number): Operation =>
  (a, b) => {
    const x = psWhole(a)
    const y = psWhole(b)
    return x === undefined || y === undefined || !isNarrow(x) || !isNarrow(y)
      ? undefined
      : number(f(x, y), viaOf([a, b]))
  }

/** By the left side: texts without case where it is not asked for; of a list those are left for which it holds. */
const compared =
  (f: (order: number) => boolean, withCase = false): Operation =>
  (a, b, context) => {
    if (a.kind === 'list') return chosen(a.items, b, f, withCase, context)
    const order = orderOf(a, b, withCase)
    return order === undefined ? undefined : psTruth(f(order))
  }

function chosen(
  items: readonly Value[],
  b: Value,
  f: (order: number) => boolean,
  withCase: boolean,
  { budget }: OperateContext,
): Value | undefined {
  if (!budget.make(items.length)) return undefined
  const kept: Value[] = []
  for (const item of items) {
    const order = item.kind === 'list' ? undefined : orderOf(item, b, withCase)
    if (order === undefined) return undefined
    if (f(order)) kept.push(item)
  }
  return list(kept)
}

const isNull = (v: Value): boolean => v.kind === 'text' && v.isNull === true

function orderOf(a: Value, b: Value, withCase: boolean): number | undefined {
  // Nothing but itself is the same as nothing.
  if (isNull(a) && isNull(b)) return 0
  if (isNull(a) || isNull(b))
    return a.kind === 'unknown' || b.kind === 'unknown' ? undefined : Number.NaN
  if (a.kind === 'number') {
    const y = a.word ? truthNumber(b) : psNumber(b)
    return y === undefined ? undefined : a.number - y
  }
  if (a.kind !== 'text' || b.kind === 'unknown') return undefined
  const s = wholeText(a)
  const t = psText(b)
  if (s === undefined || t === undefined) return undefined
  const [l, r] = withCase ? [s, t] : [s.toLowerCase(), t.toLowerCase()]
  if (l === r) return 0
  // Which of two texts is the greater is up to the culture, but where all of both are digits or small letters.
  const isSure = [/^\d+$/, /^[a-z]+$/].some((k) => k.test(l) && k.test(r))
  return isSure ? (l < r ? -1 : 1) : Number.NaN
}

function truthNumber(value: Value): number | undefined {
  const holds = psHolds(value)
  return holds === undefined ? undefined : Number(holds)
}

/** Where nobody knows which is the greater. */
const ordered =
  (f: (order: number) => boolean, withCase = false): Operation =>
  (a, b, context) => {
    let isOpen = false
    const made = compared((order) => {
      if (Number.isNaN(order)) isOpen = true
      return f(order)
    }, withCase)(a, b, context)
    return isOpen ? undefined : made
  }

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (o) => o < 0,
  '>': (o) => o > 0,
  '<=': (o) => o <= 0,
  '>=': (o) => o >= 0,
}

const logical =
  (
    f: (a: boolean | undefined, b: boolean | undefined) => boolean | undefined,
  ): Operation =>
  (a, b) => {
    const made = f(psHolds(a), psHolds(b))
    return made === undefined ? undefined : psTruth(made)
  }

export const powershellOperators: Readonly<Record<string, Operation>> = {
  ...common,
  '+': plus,
  '-': numeric((x, y) => x - y),
  '*': times,
  '/': numeric((x, y) => (y ? x / y : undefined)),
  '%': numeric((x, y) => (y ? x % y : undefined)),
  bits: bitwise((x, y) => x & y),
  '|': bitwise((x, y) => x | y),
  '^': (a, b, context) => {
    const made = bitwise((x, y) => x ^ y)(a, b, context)
    return made && withVia(made, bitOf('xor'))
  },
  '<<': bitwise((x, y) => x << y),
  '>>': bitwise((x, y) => x >> y),
  '==': compared((o) => o === 0),
  '!=': compared((o) => o !== 0),
  'c==': compared((o) => o === 0, true),
  'c!=': compared((o) => o !== 0, true),
  ...Object.fromEntries(
    Object.entries(orders).flatMap(([name, f]) => [
      [name, ordered(f)],
      [`c${name}`, ordered(f, true)],
    ]),
  ),
  format: (a, b, { budget }) =>
    netFormat(a, b.kind === 'list' ? b.items : [b], budget),
  and: logical((a, b) =>
    a === false || b === false ? false : a && b ? true : undefined,
  ),
  or: logical((a, b) =>
    a || b ? true : a === false && b === false ? false : undefined,
  ),
  xor: logical((a, b) =>
    a === undefined || b === undefined ? undefined : a !== b,
  ),
}

export const powershellUnary: Readonly<
  Record<string, (of: Value) => Value | undefined>
> = {
  '-': (of) => {
    const n = psNumber(of)
    return n === undefined ? undefined : number(n ? -n : 0, of.via)
  },
  '+': (of) => {
    const n = psNumber(of)
    return n === undefined ? undefined : number(n, of.via)
  },
  '~': (of) => {
    const n = psWhole(of)
    return n === undefined || !isNarrow(n) ? undefined : number(~n, of.via)
  },
  not: (of) => {
    const holds = psHolds(of)
    return holds === undefined ? undefined : psTruth(!holds)
  },
}

export const powershellDialect: Dialect = {
  isTrue: psHolds,
  textOf: psText,
  truth: psTruth,
}
