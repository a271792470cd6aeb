// Perl's operators: the operator says whether it is of texts or of numbers.
import type { Operation } from '../operation.ts'
import {
  bitOf,
  concat,
  hasHoles,
  joined,
  list,
  number,
  type NumberValue,
  text,
  textOf,
  truth,
  unknown,
  type Value,
  viaOf,
} from '../value.ts'
import type { Dialect } from './dialect.ts'
import { bits, byUnits, numeric, type OfNumbers, whole } from './numbers.ts'
import { both, either } from './python.ts'

export const perlTruth = (holds: boolean): NumberValue =>
  truth(holds ? '1' : '', holds ? 1 : 0)

/** Digits that Perl writes of a number. */
const digits = 15

/** As Perl writes it; undefined: nobody knows. */
export function perlNumber(n: number, via: number): NumberValue | undefined {
  if (Number.isInteger(n)) return whole(n, via)
  if (!Number.isFinite(n)) return undefined
  const word = Number(n.toPrecision(digits)).toString()
  return /e/.test(word) ? undefined : { ...number(n, via), word }
}

const decimal = /^\s*([-+]?\d{1,15}(?:\.\d{1,15})?)\s*$/

/** A text is a number where it is written as one. */
export function perlNumeric(value: Value): NumberValue | undefined {
  if (value.kind === 'number') return value
  // Of an array it is how many there are in it.
  if (value.kind === 'list') return number(value.items.length, value.via)
  if (value.kind !== 'text' || hasHoles(value)) return undefined
  if (value.text === '') return number(0, value.via)
  const found = decimal.exec(value.text)?.[1]
  return found === undefined ? undefined : number(Number(found), value.via)
}

const counted =
  (f: (a: number, b: number) => number): OfNumbers =>
  (a, b, via) =>
    perlNumber(f(a.number, b.number), via)

const ofNumbers = (f: OfNumbers): Operation => numeric(f, perlNumeric)

const compares = (f: (order: number) => boolean): Operation =>
  ofNumbers((a, b) => perlTruth(f(a.number - b.number)))

/** As a text; of a list nobody knows whether its number is meant. */
export function perlText(value: Value): string | undefined {
  if (hasHoles(value)) return undefined
  return value.kind === 'text' || value.kind === 'number'
    ? textOf(value)
    : undefined
}

const comparesTexts =
  (f: (order: number) => boolean): Operation =>
  (a, b) => {
    const [s, t] = [perlText(a), perlText(b)]
    return s === undefined || t === undefined
      ? undefined
      : perlTruth(f(byUnits(s, t)))
  }

const joins: Operation = (a, b, { budget }) => concat([a, b].map(named), budget)

/** Of a list nobody knows what it is as one text. */
function named(value: Value): Value {
  return value.kind === 'list' ? unknown('list', value.via) : value
}

const rest: OfNumbers = (a, b, via) => {
  const [x, y] = [Math.trunc(a.number), Math.trunc(b.number)]
  if (y === 0) return undefined
  const made = x % y
  return whole(made !== 0 && made < 0 !== y < 0 ? made + y : made, via)
}

/** Of two texts letter by letter. */
const ofBits =
  (f: (a: bigint, b: bigint) => bigint, sign: '^' | '|' | '&'): Operation =>
  (a, b, context) => {
    if (a.kind === 'text' && b.kind === 'text') return ofLetters(a, b, sign)
    return ofNumbers((x, y, via) =>
      x.number < 0 || y.number < 0
        ? undefined
        : bits(f, sign === '^' ? bitOf('xor') : 0)(trunc(x), trunc(y), via),
    )(a, b, context)
  }

const trunc = (n: NumberValue): NumberValue =>
  number(Math.trunc(n.number), n.via)

/** The shorter of them is filled up; with `&` it is as long as the shorter. */
export function ofLetters(
  a: Value,
  b: Value,
  sign: '^' | '|' | '&',
  shortest = sign === '&',
): Value | undefined {
  if (a.kind !== 'text' || b.kind !== 'text' || hasHoles(a) || hasHoles(b))
    return undefined
  if (/[^\x00-\xff]/.test(a.text + b.text)) return undefined
  const [x, y] = [a.text, b.text].map((s) => Buffer.from(s, 'latin1'))
  const [p, q] = [x!.length, y!.length]
  const n = shortest ? Math.min(p, q) : Math.max(p, q)
  const out = Buffer.alloc(n)
  for (let i = 0; i < n; i++) {
    const [c, d] = [x![i] ?? 0, y![i] ?? 0]
    out[i] = sign === '^' ? c ^ d : sign === '|' ? c | d : c & d
  }
  const hides = sign === '^' ? bitOf('xor') : 0
  return text(out.toString('latin1'), viaOf([a, b]) | hides)
}

const shifts = (f: (a: bigint, n: bigint) => bigint): Operation =>
  ofNumbers((a, b, via) =>
    a.number < 0 || b.number < 0 || b.number > 63
      ? undefined
      : bits(f)(trunc(a), trunc(b), via),
  )

const times: Operation = (a, b, { budget }) => {
  const n = perlNumeric(b)?.number
  if (n === undefined) return undefined
  const count = Math.max(0, Math.trunc(n))
  const via = viaOf([a, b])
  if (a.kind === 'list')
    return budget.make(a.items.length * count)
      ? list(Array.from({ length: count }, () => a.items).flat(), via)
      : undefined
  const s = a.kind === 'text' ? a.text : perlText(a)
  return s === undefined || !budget.make(s.length * count)
    ? undefined
    : text(s.repeat(count), via)
}

/** Items of one range. */
const maxRange = 100_000

const range: Operation = (a, b, { budget }) => {
  const letters = [a, b].map((v) =>
    v.kind === 'text' && /^[a-zA-Z]$/.test(v.text) ? v.text : undefined,
  )
  const [first, last] = letters
  if (first && last) return ofCodes(first, last)
  const [from, to] = [perlNumeric(a), perlNumeric(b)]
  if (!from || !to || (a.kind === 'text' && /^0\d/.test(a.text)))
    return undefined
  const n = Math.max(0, Math.trunc(to.number) - Math.trunc(from.number) + 1)
  if (n > maxRange || !budget.make(n)) return undefined
  return list(
    Array.from({ length: n }, (_, i) => number(Math.trunc(from.number) + i)),
  )
}

/** `'a'..'f'`, within one case. */
function ofCodes(first: string, last: string): Value | undefined {
  const [from, to] = [first.charCodeAt(0), last.charCodeAt(0)]
  if (to < from || first < 'a' !== last < 'a') return undefined
  return list(
    Array.from({ length: to - from + 1 }, (_, i) =>
      text(String.fromCharCode(from + i)),
    ),
  )
}

const defined: Operation = (a) =>
  a.kind === 'unknown' || a.kind === 'object' ? undefined : a

export const perlOperators: Readonly<Record<string, Operation>> = {
  '+': ofNumbers(counted((a, b) => a + b)),
  '-': ofNumbers(counted((a, b) => a - b)),
  '*': ofNumbers(counted((a, b) => a * b)),
  '/': ofNumbers((a, b, via) =>
    b.number === 0 ? undefined : perlNumber(a.number / b.number, via),
  ),
  '**': ofNumbers(counted((a, b) => a ** b)),
  '%': ofNumbers(rest),
  '^': ofBits((a, b) => a ^ b, '^'),
  '|': ofBits((a, b) => a | b, '|'),
  bits: ofBits((a, b) => a & b, '&'),
  '<<': shifts((a, n) => a << n),
  '>>': shifts((a, n) => a >> n),
  '==': compares((o) => o === 0),
  '!=': compares((o) => o !== 0),
  '<': compares((o) => o < 0),
  '>': compares((o) => o > 0),
  '<=': compares((o) => o <= 0),
  '>=': compares((o) => o >= 0),
  '<=>': ofNumbers((a, b) => number(Math.sign(a.number - b.number))),
  eq: comparesTexts((o) => o === 0),
  ne: comparesTexts((o) => o !== 0),
  lt: comparesTexts((o) => o < 0),
  gt: comparesTexts((o) => o > 0),
  le: comparesTexts((o) => o <= 0),
  ge: comparesTexts((o) => o >= 0),
  cmp: (a, b) => {
    const [s, t] = [perlText(a), perlText(b)]
    return s === undefined || t === undefined
      ? undefined
      : number(byUnits(s, t))
  },
  '&': joins,
  times,
  '..': range,
  or: either,
  and: both,
  defined,
}

/** A name with a sign before it is that text. */
function negated(value: Value): Value | undefined {
  if (
    value.kind === 'text' &&
    /^[A-Za-z_]\w*$/.test(value.text) &&
    !hasHoles(value)
  )
    return text(`-${value.text}`, value.via)
  const n =
    value.kind === 'text' && value.text === '' ? undefined : perlNumeric(value)
  return n && perlNumber(n.number === 0 ? 0 : -n.number, value.via)
}

export const perlUnary: Readonly<
  Record<string, (value: Value) => Value | undefined>
> = {
  '-': negated,
  '+': (value) => value,
  '~': () => undefined,
}

export const perlDialect: Dialect = {
  isTrue: (value) => {
    switch (value.kind) {
      case 'text':
        return hasHoles(value) || (value.text !== '' && value.text !== '0')
      case 'number':
        return value.number !== 0
      case 'list':
        return value.items.length > 0
      case 'unknown':
      case 'object':
        return undefined
      default:
        return true
    }
  },
  textOf: (value) =>
    value.kind === 'list' ? joined(value.items, ' ') : perlText(value),
  truth: perlTruth,
}
