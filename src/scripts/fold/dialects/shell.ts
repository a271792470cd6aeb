// The arithmetic of shells: whole numbers of 64 bits, of which those are worked out that are exact here.
import type { Operation } from '../operation.ts'
import {
  hasHoles,
  number,
  type NumberValue,
  text,
  textOf,
  type Value,
  withVia,
  holed,
} from '../value.ts'
import {
  bitwise,
  cut,
  difference,
  numeric,
  type OfNumbers,
  product,
  restCut,
  sum,
  whole,
} from './numbers.ts'

/** A text is a number where it is written as one; nothing at all is none. */
export function shellNumber(value: Value): NumberValue | undefined {
  if (value.kind === 'number') return value
  if (value.kind !== 'text' || hasHoles(value)) return undefined
  const s = value.text.trim()
  if (s === '') return number(0, value.via)
  const [, sign = '', digits = ''] =
    /^([-+]?)(0[xX][0-9a-fA-F]{1,13}|\d{1,15})$/.exec(s) ?? []
  if (!digits) return undefined
  const isEights = /^0\d/.test(digits)
  if (isEights && /[89]/.test(digits)) return undefined
  const n = isEights ? Number.parseInt(digits, 8) : Number(digits)
  return number((sign === '-' ? -n : n) || 0, value.via)
}

const ofNumbers = (f: OfNumbers): Operation => numeric(f, shellNumber)

const asked = (f: (a: number, b: number) => boolean): Operation =>
  ofNumbers((a, b) => number(f(a.number, b.number) ? 1 : 0))

const power: OfNumbers = (a, b, via) =>
  b.number < 0 ? undefined : whole(a.number ** b.number, via)

/** What a name stands for, or what is said for where it has nothing: nobody knows which, where the name is not known. */
const orElse: Operation = (a, b) => {
  if (a.kind === 'unknown') return withVia(b, b.via | holed)
  return textOf(a) === '' ? b : a
}

const alternative: Operation = (a, b) => {
  if (a.kind === 'unknown') return undefined
  return textOf(a) === '' ? text('', a.via) : b
}

export const shellOperators: Readonly<Record<string, Operation>> = {
  '+': ofNumbers(sum),
  '-': ofNumbers(difference),
  '*': ofNumbers(product),
  '/': ofNumbers(cut),
  '%': ofNumbers(restCut),
  '**': ofNumbers(power),
  ...Object.fromEntries(
    Object.entries(bitwise).map(([sign, f]) => [sign, ofNumbers(f)]),
  ),
  '==': asked((a, b) => a === b),
  '!=': asked((a, b) => a !== b),
  '<': asked((a, b) => a < b),
  '>': asked((a, b) => a > b),
  '<=': asked((a, b) => a <= b),
  '>=': asked((a, b) => a >= b),
  and: asked((a, b) => a !== 0 && b !== 0),
  or: asked((a, b) => a !== 0 || b !== 0),
  default: orElse,
  unset: (a, b, context) => (a.kind === 'unknown' ? orElse(a, b, context) : a),
  alternative,
}

const signed =
  (f: (n: number) => number) =>
  (value: Value): Value | undefined => {
    const n = shellNumber(value)
    return n && whole(f(n.number) || 0, n.via)
  }

export const shellUnary: Readonly<
  Record<string, (value: Value) => Value | undefined>
> = {
  '-': signed((n) => -n),
  '+': signed((n) => n),
  '~': signed((n) => -n - 1),
  not: signed((n) => (n === 0 ? 1 : 0)),
}
