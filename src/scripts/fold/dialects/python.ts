// Python's operators: numbers are as large as they are, a text is never a number, and a truth is one.
import type { Budget } from '../../budget.ts'
import { formatted, type FormatStyle } from '../printf.ts'
import type { OperateContext, Operation } from '../operation.ts'
import {
  bytes,
  bytesOf,
  concat,
  entriesOf,
  hasHoles,
  list,
  number,
  type NumberValue,
  numberOf,
  real,
  text,
  textOf,
  truth,
  type Value,
  viaOf,
} from '../value.ts'
import type { Dialect } from './dialect.ts'
import {
  bitwise,
  difference,
  floored,
  isEqual,
  numeric,
  ofNumbers,
  power,
  product,
  quotient,
  restFloored,
  strictComparisons,
  sum,
  whole,
} from './numbers.ts'

/** True or false. */
export const pythonTruth = (holds: boolean): NumberValue =>
  truth(holds ? 'True' : 'False', holds ? 1 : 0)

/** As `str` writes it. */
export function pythonText(value: Value): string | undefined {
  switch (value.kind) {
    case 'text':
      return value.text
    case 'number':
      return textOf(value)
    case 'object':
      return value.type === 'text' || value.type === 'error'
        ? textOf(value.data)
        : undefined
    default:
      return pythonShown(value)
  }
}

/** As `repr` writes it. */
export function pythonShown(value: Value): string | undefined {
  switch (value.kind) {
    case 'text':
      return hasHoles(value) ? undefined : quoted(value.text)
    case 'bytes':
      return value.isArray
        ? undefined
        : `b${quoted(value.bytes.toString('latin1'), true)}`
    case 'number':
      return pythonText(value)
    default:
      return undefined
  }
}

const named: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\\': '\\\\',
}

function quoted(s: string, ofBytes = false): string | undefined {
  const quote = s.includes("'") && !s.includes('"') ? '"' : "'"
  const out = s.replace(/[\s\S]/gu, (c) => {
    if (Object.hasOwn(named, c)) return named[c]!
    if (c === quote) return `\\${c}`
    const code = c.codePointAt(0)!
    if (code < 0x20 || code === 0x7f || (ofBytes && code > 0x7f))
      return `\\x${code.toString(16).padStart(2, '0')}`
    return c
  })
  // Which letters of others are shown, only a table of all of them knows.
  return /[^\x00-\x7f\u00a1-\u00ac\u00ae-\u024f]/.test(out)
    ? undefined
    : `${quote}${out}${quote}`
}

const toNumber = (value: Value): number | undefined =>
  value.kind === 'number' ? value.number : undefined

const percentStyle: FormatStyle = {
  letters: 'sdiuxXocrfFeE',
  numberOf: toNumber,
  textOf: pythonText,
  shown: pythonShown,
  signed: true,
  marksZero: true,
}

const bytesStyle: FormatStyle = {
  ...percentStyle,
  textOf: (value) =>
    value.kind === 'bytes' ? value.bytes.toString('latin1') : undefined,
}

/** `'%s' % x`, `'%(a)s' % {…}`: of a list each item is for one of its places. */
const percent: Operation = (a, b, { budget }) => {
  if (a.kind === 'bytes') {
    const from = text(a.bytes.toString('latin1'), a.via)
    const made = formatted(
      from,
      b.kind === 'list' ? b.items : [b],
      bytesStyle,
      budget,
    )
    return made?.kind === 'text' && !hasHoles(made)
      ? bytes(Buffer.from(made.text, 'latin1'), made.via)
      : undefined
  }
  if (a.kind !== 'text') return undefined
  const isTuple = b.kind === 'list' && b.isTuple
  const args = isTuple ? b.items : [b]
  const places = (a.text.replace(/%%/g, '').match(/%/g) ?? []).length
  if (isTuple && !/%[^%]*\*/.test(a.text) && places !== args.length)
    return undefined
  const table = b.kind === 'object' ? b : undefined
  return formatted(a, args, percentStyle, budget, (name) =>
    table ? entriesOf(table).find(([key]) => key === name)?.[1] : undefined,
  )
}

const plus: Operation = (a, b, context) => {
  if (a.kind === 'number' && b.kind === 'number')
    return numeric(sum)(a, b, context)
  if (a.kind === 'list' && b.kind === 'list')
    return context.budget.make(a.items.length + b.items.length)
      ? list([...a.items, ...b.items], viaOf([a, b]))
      : undefined
  if (a.kind === 'bytes' && b.kind === 'bytes')
    return context.budget.make(a.bytes.length + b.bytes.length)
      ? bytes(Buffer.concat([a.bytes, b.bytes]), viaOf([a, b]))
      : undefined
  return isTextual(a) &&
    isTextual(b) &&
    (a.kind === 'text' || b.kind === 'text')
    ? concat([a, b], context.budget)
    : undefined
}

/** A text, or what may be one. */
function isTextual(value: Value): boolean {
  return (
    value.kind === 'text' || value.kind === 'unknown' || value.kind === 'object'
  )
}

const times: Operation = (a, b, context) => {
  if (a.kind === 'number' && b.kind === 'number')
    return numeric(product)(a, b, context)
  const [of, count] = a.kind === 'number' ? [b, a] : [a, b]
  if (count.kind !== 'number' || count.isReal) return undefined
  const n = Math.max(0, count.number)
  const via = viaOf([a, b])
  switch (of.kind) {
    case 'text':
      return context.budget.make(of.text.length * n)
        ? text(of.text.repeat(n), via)
        : undefined
    case 'bytes': {
      const size = of.bytes.length * n
      return context.budget.make(size)
        ? bytes(size ? Buffer.alloc(size, of.bytes) : Buffer.alloc(0), via)
        : undefined
    }
    case 'list':
      return context.budget.make(of.items.length * n)
        ? list(Array.from({ length: n }, () => of.items).flat(), via)
        : undefined
    default:
      return undefined
  }
}

const rest: Operation = (a, b, context) =>
  a.kind === 'number'
    ? numeric(restFloored)(a, b, context)
    : percent(a, b, context)

function isTrue(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'number':
      return value.number !== 0
    case 'text':
      return hasHoles(value) || value.text !== ''
    case 'bytes':
      return value.bytes.length > 0
    case 'list':
      return value.items.length > 0
    case 'object':
      return value.type === 'map' ? value.entries.size > 0 : true
    case 'function':
      return true
    case 'unknown':
      return undefined
  }
}

/** `'a' in 'abc'`, `1 in [1, 2]`. */
const isIn: Operation = (a, b) => {
  if (b.kind === 'text' && a.kind === 'text')
    return hasHoles(a) || hasHoles(b)
      ? undefined
      : pythonTruth(b.text.includes(a.text))
  if (b.kind === 'bytes') {
    const part = a.kind === 'number' ? a.number : bytesOf(a)
    return a.kind === 'text' || part === undefined
      ? undefined
      : pythonTruth(b.bytes.includes(part))
  }
  if (b.kind !== 'list') return undefined
  const same = b.items.map((item) => isEqual(a, item))
  return same.includes(true)
    ? pythonTruth(true)
    : same.includes(undefined)
      ? undefined
      : pythonTruth(false)
}

const isNone = (value: Value): boolean =>
  value.kind === 'unknown' && value.hint === 'None' && !value.isResult

const kindsKnown = new Set<Value['kind']>(['text', 'number', 'bytes', 'list'])

/** `x is None`: of other things nobody knows. */
const isSameThing: Operation = (a, b) => {
  const none = [isNone(a), isNone(b)]
  if (none[0] && none[1]) return pythonTruth(true)
  const other = none[0] ? b : none[1] ? a : undefined
  return other && kindsKnown.has(other.kind) ? pythonTruth(false) : undefined
}

function denied(value: Value | undefined): Value | undefined {
  return value?.kind === 'number' ? pythonTruth(value.number === 0) : undefined
}

export const exactSigns: Readonly<
  Record<string, (value: Value) => Value | undefined>
> = {
  '-': (v) =>
    v.kind !== 'number'
      ? undefined
      : v.isReal
        ? real(-v.number, v.via)
        : whole(-v.number, v.via),
  '+': (v) =>
    v.kind === 'number'
      ? {
          ...number(v.number, v.via),
          ...(v.isReal && { isReal: true as const }),
        }
      : undefined,
  '~': (v) =>
    v.kind === 'number' && !v.isReal ? whole(-v.number - 1, v.via) : undefined,
}

/** What languages share in which a text is never a number: Python, Ruby, Lua. */

export const either: Operation = (a, b, { dialect }) => {
  const holds = dialect?.isTrue(a)
  return holds === undefined ? undefined : holds ? a : b
}
export const both: Operation = (a, b, { dialect }) => {
  const holds = dialect?.isTrue(a)
  return holds === undefined ? undefined : holds ? b : a
}

export const pythonOperators: Readonly<Record<string, Operation>> = {
  ...ofNumbers({
    '-': difference,
    '/': quotient,
    '//': floored,
    '**': power,
    ...bitwise,
  }),
  ...strictComparisons(pythonTruth, true),
  '+': plus,
  '*': times,
  '%': rest,
  in: isIn,
  'not in': (a, b, context) => denied(isIn(a, b, context)),
  is: isSameThing,
  'is not': (a, b, context) => denied(isSameThing(a, b, context)),
  or: either,
  and: both,
}

export const pythonDialect: Dialect = {
  isTrue,
  textOf: pythonText,
  truth: pythonTruth,
  hasReals: true,
}

export function pythonNames(name: string): Value | undefined {
  return name === 'True' || name === 'False'
    ? pythonTruth(name === 'True')
    : undefined
}

/** As a whole number, however it is written. */
export function wholeOf(value: Value | undefined): number | undefined {
  const n =
    value?.kind === 'number' && !value.isReal ? numberOf(value) : undefined
  return n !== undefined && Number.isSafeInteger(n) ? n : undefined
}

/** Of an operator that a function of the library is. */
export const pythonContext = (budget: Budget): OperateContext => ({
  budget,
  own: pythonOperators,
  dialect: pythonDialect,
})
