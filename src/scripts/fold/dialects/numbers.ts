// Arithmetic of languages that are exact about it: what is not exact in theirs is not known here.
import type { Operation } from '../operation.ts'
import {
  bitOf,
  type NumberValue,
  number,
  real,
  type Value,
  viaOf,
} from '../value.ts'

/** Bits that a number may be shifted by. */
const maxShift = 1_000

/** Whole numbers are exact up to here; what is larger is not known, or a number with a point in a language that goes on so. */
export function whole(n: number, via: number): NumberValue | undefined {
  return Number.isSafeInteger(n) ? number(n === 0 ? 0 : n, via) : undefined
}

/** A number with a point where one of them has one. */
export function sameKind(
  n: number,
  a: NumberValue,
  b: NumberValue,
  via: number,
): NumberValue | undefined {
  return a.isReal || b.isReal
    ? Number.isFinite(n)
      ? real(n, via)
      : undefined
    : whole(n, via)
}

export type OfNumbers = (
  a: NumberValue,
  b: NumberValue,
  via: number,
) => Value | undefined

/** What of a value is taken for a number. */
export type AsNumber = (value: Value) => NumberValue | undefined

export const isNumber: AsNumber = (value) =>
  value.kind === 'number' ? value : undefined

/** Of languages in which a truth is no number. */
export const isPlainNumber: AsNumber = (value) =>
  value.kind === 'number' && value.word === undefined ? value : undefined

export const numeric =
  (f: OfNumbers, as: AsNumber = isNumber): Operation =>
  (a, b) => {
    const [x, y] = [as(a), as(b)]
    return x && y ? f(x, y, viaOf([a, b])) : undefined
  }

const kept =
  (f: (a: number, b: number) => number): OfNumbers =>
  (a, b, via) =>
    sameKind(f(a.number, b.number), a, b, via)

export const sum = kept((a, b) => a + b)
export const difference = kept((a, b) => a - b)
export const product = kept((a, b) => a * b)

/** Rounded down, with the rest that has the sign of what it is divided by: Python, Ruby, Lua. */
export const floored: OfNumbers = (a, b, via) =>
  b.number === 0
    ? undefined
    : sameKind(Math.floor(a.number / b.number), a, b, via)
export const restFloored: OfNumbers = (a, b, via) => {
  if (b.number === 0) return undefined
  const rest = a.number % b.number
  const isOther = rest !== 0 && rest < 0 !== b.number < 0
  return sameKind(isOther ? rest + b.number : rest, a, b, via)
}

/** Cut, with the rest that has the sign of what is divided: C, shells, PHP, JavaScript. */
export const cut: OfNumbers = (a, b, via) =>
  b.number === 0 ? undefined : whole(Math.trunc(a.number / b.number), via)
export const restCut: OfNumbers = (a, b, via) => {
  const [x, y] = [Math.trunc(a.number), Math.trunc(b.number)]
  return y === 0 ? undefined : whole(x % y, via)
}

export const quotient: OfNumbers = (a, b, via) =>
  b.number === 0 ? undefined : real(a.number / b.number, via)

/** Bit by bit, in as many as the numbers have. */
export const bits =
  (f: (a: bigint, b: bigint) => bigint, via = 0): OfNumbers =>
  (a, b, own) => {
    if (a.isReal || b.isReal) return undefined
    if (!Number.isSafeInteger(a.number) || !Number.isSafeInteger(b.number))
      return undefined
    const made = Number(f(BigInt(a.number), BigInt(b.number)))
    return whole(made, own | via)
  }

export const bitwise: Readonly<Record<string, OfNumbers>> = {
  '^': bits((a, b) => a ^ b, bitOf('xor')),
  '|': bits((a, b) => a | b),
  bits: bits((a, b) => a & b),
  '<<': (a, b, via) =>
    b.number < 0 || b.number > maxShift
      ? undefined
      : bits((x, n) => x << n)(a, b, via),
  '>>': (a, b, via) =>
    b.number < 0 || b.number > maxShift
      ? undefined
      : bits((x, n) => x >> n)(a, b, via),
}

/** To the power of: with a point where the exponent is below zero. */
export const power: OfNumbers = (a, b, via) => {
  const n = a.number ** b.number
  return b.number < 0 && !a.isReal
    ? Number.isFinite(n)
      ? real(n, via)
      : undefined
    : sameKind(n, a, b, via)
}

/** `<`, `>`: of two of one kind; undefined: they are not compared, or nobody knows. */
export function orderOf(a: Value, b: Value): number | undefined {
  if (a.kind === 'number' && b.kind === 'number') return a.number - b.number
  if (a.kind === 'text' && b.kind === 'text') return byUnits(a.text, b.text)
  if (a.kind === 'bytes' && b.kind === 'bytes')
    return Buffer.compare(a.bytes, b.bytes)
  return undefined
}

export function byUnits(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

const known = new Set<Value['kind']>(['text', 'number', 'bytes', 'list'])

/** Values of different kinds are never the same; undefined: nobody knows. */
export function isEqual(a: Value, b: Value): boolean | undefined {
  if (!known.has(a.kind) || !known.has(b.kind)) return undefined
  if (a.kind !== b.kind) return false
  if (a.kind !== 'list' || b.kind !== 'list') return orderOf(a, b) === 0
  if (a.items.length !== b.items.length) return false
  let all: boolean | undefined = true
  for (let i = 0; i < a.items.length; i++) {
    const same = isEqual(a.items[i]!, b.items[i]!)
    if (same === false) return false
    if (same === undefined) all = undefined
  }
  return all
}

/** Of languages in which a text is never a number, nor a truth where they do not count. */
export function strictComparisons(
  truth: (holds: boolean) => Value,
  truthsCount = false,
): Readonly<Record<string, Operation>> {
  const isTruth = (v: Value) =>
    !truthsCount && v.kind === 'number' && v.word !== undefined
  const isMixed = (a: Value, b: Value) =>
    a.kind === 'number' && b.kind === 'number' && isTruth(a) !== isTruth(b)
  const compares =
    (f: (order: number) => boolean): Operation =>
    (a, b) => {
      const order = isMixed(a, b) || isTruth(a) ? undefined : orderOf(a, b)
      return order === undefined || Number.isNaN(order)
        ? undefined
        : truth(f(order))
    }
  const equal =
    (wanted: boolean): Operation =>
    (a, b) => {
      const same = isMixed(a, b) ? false : isEqual(a, b)
      return same === undefined ? undefined : truth(same === wanted)
    }
  return {
    '==': equal(true),
    '!=': equal(false),
    '<': compares((o) => o < 0),
    '>': compares((o) => o > 0),
    '<=': compares((o) => o <= 0),
    '>=': compares((o) => o >= 0),
  }
}

/** The operators of whole numbers and those with a point, of numbers alone. */
export function ofNumbers(
  table: Readonly<Record<string, OfNumbers>>,
  as?: AsNumber,
): Readonly<Record<string, Operation>> {
  return Object.fromEntries(
    Object.entries(table).map(([sign, f]) => [sign, numeric(f, as)]),
  )
}
