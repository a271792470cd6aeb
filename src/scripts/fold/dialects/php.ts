// PHP's operators: a text that is written as a number is one; other texts are none.
import type { Operation } from '../operation.ts'
import {
  bitOf,
  concat,
  hasHoles,
  number,
  type NumberValue,
  real,
  text,
  textOf,
  truth,
  unknown,
  type Value,
} from '../value.ts'
import type { Dialect } from './dialect.ts'
import {
  bits,
  byUnits,
  numeric,
  type OfNumbers,
  restCut,
  whole,
} from './numbers.ts'
import { ofLetters } from './perl.ts'

export const phpTruth = (holds: boolean): NumberValue =>
  truth(holds ? '1' : '', holds ? 1 : 0)

/** Digits that PHP writes of a number with a point. */
const digits = 14

function phpReal(n: number, via: number): NumberValue | undefined {
  if (!Number.isFinite(n)) return undefined
  const word = Number(n.toPrecision(digits)).toString()
  const isPlain = !/e/.test(word) && Math.abs(n) < 1e14
  return isPlain ? { ...real(n, via), word } : undefined
}

/** With a point where one of them has one. */
const made =
  (f: (a: number, b: number) => number): OfNumbers =>
  (a, b, via) => {
    const n = f(a.number, b.number)
    return a.isReal || b.isReal ? phpReal(n, via) : whole(n, via)
  }

const written = /^\s*([-+]?(?:\d{1,15}(\.\d{1,15})?|(\.\d{1,15})))\s*$/

/** A text that is written as a number is one. */
export function phpNumeric(value: Value): NumberValue | undefined {
  if (value.kind === 'number') return value
  if (value.kind !== 'text' || hasHoles(value)) return undefined
  const [, all, a, b] = written.exec(value.text) ?? []
  if (all === undefined) return undefined
  const n = Number(all)
  return a === undefined && b === undefined
    ? number(n, value.via)
    : phpReal(n, value.via)
}

const ofNumbers = (f: OfNumbers): Operation => numeric(f, phpNumeric)

const divided: OfNumbers = (a, b, via) => {
  if (b.number === 0) return undefined
  const n = a.number / b.number
  const isWhole = Number.isInteger(n) && !a.isReal && !b.isReal
  return isWhole ? whole(n, via) : phpReal(n, via)
}

const power: OfNumbers = (a, b, via) => {
  const n = a.number ** b.number
  return b.number < 0 || a.isReal || b.isReal ? phpReal(n, via) : whole(n, via)
}

export function phpText(value: Value): string | undefined {
  if (hasHoles(value)) return undefined
  if (value.kind !== 'text' && value.kind !== 'number') return undefined
  if (value.kind === 'number' && value.isReal && value.word === undefined)
    return textOf(phpReal(value.number, 0))
  return textOf(value)
}

const joins: Operation = (a, b, { budget }) =>
  concat([a, b].map(amongTexts), budget)

function amongTexts(value: Value): Value {
  if (value.kind === 'list') return unknown('array', value.via)
  const s = value.kind === 'number' ? phpText(value) : undefined
  return s === undefined ? value : text(s, value.via)
}

const hasExponent = (value: Value): boolean =>
  value.kind === 'text' && /^\s*[-+]?[\d.]+e/i.test(value.text)

/** undefined: nobody knows. */
function orderOf(a: Value, b: Value): number | undefined {
  const isTruth = [a, b].some(
    (v) => v.kind === 'number' && v.word !== undefined && !v.isReal,
  )
  if (isTruth || [a, b].some(hasExponent)) return undefined
  const [x, y] = [phpNumeric(a), phpNumeric(b)]
  if (x && y) return x.number - y.number
  const [s, t] = [phpText(a), phpText(b)]
  return s === undefined || t === undefined ? undefined : byUnits(s, t)
}

const compares =
  (f: (order: number) => boolean): Operation =>
  (a, b) => {
    const order = orderOf(a, b)
    return order === undefined ? undefined : phpTruth(f(order))
  }

/** Of one kind, and the same. */
const isSame =
  (wanted: boolean): Operation =>
  (a, b) => {
    const kinds = [a, b].map((v) => v.kind)
    if (
      kinds.some((k) => k !== 'text' && k !== 'number') ||
      hasHoles(a) ||
      hasHoles(b)
    )
      return undefined
    if (kinds[0] !== kinds[1]) return phpTruth(!wanted)
    const isPlain = [a, b].every(
      (v) => v.kind !== 'number' || (v.word === undefined && !v.isReal),
    )
    return isPlain
      ? phpTruth((phpText(a) === phpText(b)) === wanted)
      : undefined
  }

function isTrue(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'text':
      return hasHoles(value) || (value.text !== '' && value.text !== '0')
    case 'number':
      return value.number !== 0
    case 'list':
      return value.items.length > 0
    case 'unknown':
      return undefined
    case 'object':
      return value.type === 'map' ? value.entries.size > 0 : true
    default:
      return true
  }
}

/** Both, or one of them: as truth. */
const logical =
  (isOr: boolean): Operation =>
  (a, b) => {
    const [p, q] = [isTrue(a), isTrue(b)]
    if (p === isOr || q === isOr)
      return p === undefined && q !== isOr ? undefined : phpTruth(isOr)
    return p === undefined || q === undefined ? undefined : phpTruth(!isOr)
  }

const ofBits =
  (f: (a: bigint, b: bigint) => bigint, sign: '^' | '|' | '&'): Operation =>
  (a, b, context) =>
    a.kind === 'text' && b.kind === 'text'
      ? ofLetters(a, b, sign, sign !== '|')
      : ofNumbers(bits(f, sign === '^' ? bitOf('xor') : 0))(a, b, context)

const shifts = (f: (a: bigint, n: bigint) => bigint): Operation =>
  ofNumbers((a, b, via) =>
    b.number < 0 || b.number > 63 ? undefined : bits(f)(a, b, via),
  )

const plus: Operation = (a, b, context) =>
  a.kind === 'list' || b.kind === 'list'
    ? undefined
    : ofNumbers(made((x, y) => x + y))(a, b, context)

export const phpOperators: Readonly<Record<string, Operation>> = {
  '+': plus,
  '-': ofNumbers(made((a, b) => a - b)),
  '*': ofNumbers(made((a, b) => a * b)),
  '/': ofNumbers(divided),
  '**': ofNumbers(power),
  '%': ofNumbers(restCut),
  '^': ofBits((a, b) => a ^ b, '^'),
  '|': ofBits((a, b) => a | b, '|'),
  bits: ofBits((a, b) => a & b, '&'),
  '<<': shifts((a, n) => a << n),
  '>>': shifts((a, n) => a >> n),
  '==': compares((o) => o === 0),
  '!=': compares((o) => o !== 0),
  '===': isSame(true),
  '!==': isSame(false),
  '<': compares((o) => o < 0),
  '>': compares((o) => o > 0),
  '<=': compares((o) => o <= 0),
  '>=': compares((o) => o >= 0),
  '<=>': (a, b) => {
    const order = orderOf(a, b)
    return order === undefined ? undefined : number(Math.sign(order))
  },
  '&': joins,
  or: logical(true),
  and: logical(false),
  defined: (a) => (a.kind === 'unknown' ? undefined : a),
}

function negative(value: Value): Value | undefined {
  const n = phpNumeric(value)
  if (!n || n.word === '' || n.word === '1') return undefined
  return n.isReal ? phpReal(-n.number, n.via) : whole(-n.number || 0, n.via)
}

export const phpUnary: Readonly<
  Record<string, (value: Value) => Value | undefined>
> = {
  '-': negative,
  '+': phpNumeric,
  '~': (value) => {
    const n = value.kind === 'number' && !value.isReal ? value : undefined
    return n && whole(-n.number - 1, n.via)
  },
}

export const phpDialect: Dialect = {
  isTrue,
  textOf: phpText,
  truth: phpTruth,
  hasReals: true,
}

export const phpNames = (name: string): Value | undefined =>
  /^(?:true|false)$/i.test(name)
    ? phpTruth(name.toLowerCase() === 'true')
    : undefined

/** Items of a list that is no table. */
export const phpItems = (value: Value | undefined): Value[] | undefined =>
  value?.kind === 'list' ? value.items : undefined
