// Lua's operators: a number with a point is written with one, and nothing but false and nil is false.
import type { Operation } from '../operation.ts'
import {
  concat,
  hasHoles,
  type NumberValue,
  real,
  text,
  textOf,
  truth,
  type Value,
} from '../value.ts'
import type { Dialect } from './dialect.ts'
import {
  bitwise,
  difference,
  floored,
  isPlainNumber,
  type OfNumbers,
  ofNumbers,
  product,
  quotient,
  restFloored,
  strictComparisons,
  sum,
} from './numbers.ts'
import { both, either, exactSigns } from './python.ts'

export const luaTruth = (holds: boolean): NumberValue =>
  truth(holds ? 'true' : 'false', holds ? 1 : 0)

/** Digits that Lua writes of a number with a point. */
const digits = 14

export function luaText(value: Value): string | undefined {
  if (hasHoles(value)) return undefined
  if (value.kind === 'text') return value.text
  if (value.kind !== 'number') return undefined
  if (!value.isReal || value.word !== undefined) return textOf(value)
  const n = value.number && Number(value.number.toPrecision(digits))
  return textOf(real(n))
}

/** A truth, or a list, is joined to nothing. */
const joins: Operation = (a, b, { budget }) => {
  const parts = [a, b].map((v) => {
    const s = v.kind === 'number' && !v.word ? luaText(v) : undefined
    return s === undefined ? v : text(s, v.via)
  })
  const isOpen = parts.some((p) => p.kind === 'number' || p.kind === 'list')
  return isOpen ? undefined : concat(parts, budget)
}

const power: OfNumbers = (a, b, via) => {
  const n = a.number ** b.number
  return Number.isFinite(n) ? real(n, via) : undefined
}

export const luaOperators: Readonly<Record<string, Operation>> = {
  ...ofNumbers(
    {
      '+': sum,
      '-': difference,
      '*': product,
      '/': quotient,
      '//': floored,
      '%': restFloored,
      '**': power,
      '^': bitwise['^']!,
      '|': bitwise['|']!,
      bits: bitwise.bits!,
      '<<': bitwise['<<']!,
      // Of a number below zero other bits come in.
      '>>': (a, b, via) =>
        a.number < 0 ? undefined : bitwise['>>']!(a, b, via),
    },
    isPlainNumber,
  ),
  ...strictComparisons(luaTruth),
  '&': joins,
  or: either,
  and: both,
}

export const luaUnary = exactSigns

export const luaDialect: Dialect = {
  isTrue: (value) => {
    if (value.kind === 'number') return value.word !== 'false'
    if (value.kind === 'unknown')
      return value.hint === 'nil' && !value.isResult ? false : undefined
    return true
  },
  textOf: luaText,
  truth: luaTruth,
  hasReals: true,
  // A text has no items.
  itemAt: (of, [key]) =>
    of.kind === 'list' && key?.kind === 'number' && !key.isReal
      ? of.items[key.number]
      : undefined,
}

export const luaNames = (name: string): Value | undefined =>
  name === 'true' || name === 'false' ? luaTruth(name === 'true') : undefined
