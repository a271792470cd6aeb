// What VBScript and VBA make of values that they need as texts or numbers, and what their operators do.
// https://learn.microsoft.com/office/vba/language/reference/operator-summary
import { joinText, operators as common } from '../operate.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { Operation } from '../operation.ts'
import {
  bitOf,
  number,
  type NumberValue,
  text,
  truth,
  type Value,
  viaOf,
  wholeText,
  withVia,
} from '../value.ts'

export const vbTruth = (holds: boolean): NumberValue =>
  truth(holds ? 'True' : 'False', holds ? -1 : 0)

/** Digits of a number with a point that are written. */
const digits = 15

/** As `CStr` writes it; undefined: nobody knows, or by the place where it runs. */
export function vbText(value: Value | undefined): string | undefined {
  if (value?.kind !== 'number') return wholeText(value)
  const { number: n, word } = value
  if (word) return word
  if (Number.isInteger(n) && Math.abs(n) < 1e15) return String(n)
  if (!(Math.abs(n) < 1e15 && Math.abs(n) >= 1e-4)) return undefined
  return String(Number(n.toPrecision(digits)))
}

/** What was declared and never set counts as nothing. */
export function vbNumber(value: Value | undefined): number | undefined {
  if (value?.kind === 'number') return value.number
  if (value?.kind !== 'text') return undefined
  const s = wholeText(value)?.trim()
  if (s === undefined) return undefined
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?$/i.test(s)) return Number(s)
  const [, sign, raw] = /^&(h|o)?([0-9a-f]{1,8})&?$/i.exec(s) ?? []
  if (raw === undefined) return undefined
  const n = Number.parseInt(raw, /h/i.test(sign ?? '') ? 16 : 8)
  if (Number.isNaN(n)) return undefined
  if (n <= 0xffff && !s.endsWith('&')) return n > 0x7fff ? n - 0x10000 : n
  return n > 0x7fffffff ? n - 2 ** 32 : n
}

/** To the nearest, and from the middle to what is even. */
export function vbRound(n: number): number {
  const low = Math.floor(n)
  const over = n - low
  if (over !== 0.5) return Math.round(n)
  return low % 2 ? low + 1 : low
}

/** A whole number as functions take it. */
export function vbWhole(value: Value | undefined): number | undefined {
  const n = vbNumber(value)
  return n === undefined ? undefined : vbRound(n)
}

const isEmpty = (v: Value): boolean => v.kind === 'text' && v.text === ''

/** In arithmetic what is empty is nothing. */
const counted = (v: Value): number | undefined => (isEmpty(v) ? 0 : vbNumber(v))

const numeric =
  (f: (a: number, b: number) => number | undefined): Operation =>
  (a, b) => {
    const x = counted(a)
    const y = counted(b)
    if (x === undefined || y === undefined) return undefined
    const made = f(x, y)
    return made === undefined || !Number.isFinite(made)
      ? undefined
      : number(made, viaOf([a, b]))
  }

const isNarrow = (n: number): boolean => n >= -(2 ** 31) && n < 2 ** 31

/** Of whole numbers of 32 bits; of true and false alone it is one of them. */
const bitwise =
  (f: (a: number, b: number) => number): Operation =>
  (a, b) => {
    const x = counted(a)
    const y = counted(b)
    if (x === undefined || y === undefined) return undefined
    // Of texts that are numbers sources disagree.
    const isText = (v: Value) => v.kind === 'text' && v.text !== ''
    if (isText(a) || isText(b)) return undefined
    if (!isNarrow(vbRound(x)) || !isNarrow(vbRound(y))) return undefined
    const made = f(vbRound(x), vbRound(y))
    const isLogical =
      a.kind === 'number' && b.kind === 'number' && a.word && b.word
    return isLogical ? vbTruth(made !== 0) : number(made, viaOf([a, b]))
  }

const plus: Operation = (a, b, context) => {
  const isText = (v: Value) => v.kind === 'text' && v.text !== ''
  const isOpen = (v: Value) => v.kind === 'unknown'
  if ((isText(a) || isOpen(a)) && (isText(b) || isOpen(b)))
    return isOpen(a) && isOpen(b) ? undefined : joined(a, b, context)
  if (
    (isEmpty(a) && !(b.kind === 'number')) ||
    (isEmpty(b) && !(a.kind === 'number'))
  )
    return joined(a, b, context)
  return numeric((x, y) => x + y)(a, b, context)
}

/** Numbers as they are written. */
function written(value: Value): Value {
  if (value.kind !== 'number') return value
  const s = vbText(value)
  return s === undefined ? value : text(s, value.via)
}

const joined: Operation = (a, b, context) =>
  joinText(written(a), written(b), context)

const ordered =
  (f: (order: number) => boolean): Operation =>
  (a, b) => {
    if (a.kind === 'number' && b.kind === 'number')
      return vbTruth(f(a.number - b.number))
    // A number and a text are compared by where they come from.
    if (a.kind !== 'text' || b.kind !== 'text') return undefined
    const s = wholeText(a)
    const t = wholeText(b)
    if (s === undefined || t === undefined) return undefined
    if (s === t) return vbTruth(f(0))
    // Of different texts it is up to the place which is the greater, but where all of both are digits, or letters of one case.
    const isSure = [/^\d+$/, /^[a-z]+$/, /^[A-Z]+$/].some(
      (kind) => kind.test(s) && kind.test(t),
    )
    const asksOrder = f(-1) !== f(1)
    return asksOrder && !isSure ? undefined : vbTruth(f(s < t ? -1 : 1))
  }

const quotient: Operation = numeric((x, y) => {
  const by = vbRound(y)
  return by ? Math.trunc(vbRound(x) / by) : undefined
})

const remainder: Operation = numeric((x, y) => {
  const by = vbRound(y)
  return by ? vbRound(x) % by : undefined
})

export const vbOperators: Readonly<Record<string, Operation>> = {
  ...common,
  '&': joined,
  '+': plus,
  '-': numeric((x, y) => x - y),
  '*': numeric((x, y) => x * y),
  '/': numeric((x, y) => (y ? x / y : undefined)),
  '//': quotient,
  '%': remainder,
  '**': numeric((x, y) => x ** y),
  bits: bitwise((x, y) => x & y),
  '|': bitwise((x, y) => x | y),
  '^': (a, b, context) => {
    const made = bitwise((x, y) => x ^ y)(a, b, context)
    return made && withVia(made, bitOf('xor'))
  },
  eqv: bitwise((x, y) => ~(x ^ y)),
  imp: bitwise((x, y) => ~x | y),
  '==': ordered((o) => o === 0),
  '!=': ordered((o) => o !== 0),
  '<': ordered((o) => o < 0),
  '>': ordered((o) => o > 0),
  '<=': ordered((o) => o <= 0),
  '>=': ordered((o) => o >= 0),
  // Of the cases of a choice.
  or: (a, b) => {
    const x = vbHolds(a)
    const y = vbHolds(b)
    if (x || y) return vbTruth(true)
    return x === false && y === false ? vbTruth(false) : undefined
  },
}

export function vbHolds(value: Value): boolean | undefined {
  const n = vbNumber(value)
  return n === undefined ? undefined : n !== 0
}

export const vbUnary: Readonly<
  Record<string, (of: Value) => Value | undefined>
> = {
  '-': (of) => {
    const n = counted(of)
    return n === undefined ? undefined : number(n ? -n : 0, of.via)
  },
  '+': (of) => of,
  not: (of) => {
    if (of.kind === 'number' && of.word) return vbTruth(!of.number)
    const n = counted(of)
    if (n === undefined || !isNarrow(vbRound(n))) return undefined
    return number(~vbRound(n), of.via)
  },
}

/** What was never set is false. */
export const vbDialect: Dialect = {
  isTrue: (value) => (isEmpty(value) ? false : vbHolds(value)),
  textOf: vbText,
  truth: vbTruth,
}
