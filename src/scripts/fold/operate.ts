// What an operator makes of two values, as far as they are known.
import type { Budget } from '../budget.ts'
import { characterOf } from './decode.ts'
import type { Meaning } from './folding.ts'
import { decodeFormat } from './format.ts'
import type { OperateContext, Operation } from './operation.ts'
import {
  bitOf,
  bytes,
  bytesOf,
  concat,
  holed,
  itemsOf,
  list,
  number,
  numberOf,
  object,
  type ObjectValue,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
  withVia,
} from './value.ts'

export function contextOf(
  budget: Budget,
  {
    adds,
    lettersAreNumbers,
    wraps,
    operators: own,
    dialect,
  }: Pick<
    Meaning,
    'adds' | 'dialect' | 'lettersAreNumbers' | 'operators' | 'wraps'
  >,
): OperateContext {
  return {
    budget,
    ...(adds && { adds: true }),
    ...(lettersAreNumbers && { filters: true }),
    ...(wraps && { wraps: true }),
    ...(own && { own }),
    ...(dialect && { dialect }),
  }
}

/** Items of a range. */
const maxRange = 100_000

export function operate(
  op: string,
  a: Value,
  b: Value,
  context: OperateContext,
): Value {
  const { own } = context
  const table = own && Object.hasOwn(own, op) ? own : operators
  const made = Object.hasOwn(table, op) ? table[op]!(a, b, context) : undefined
  return made ?? unknown('', viaOf([a, b]))
}

const arithmetic =
  (f: (a: number, b: number) => number): Operation =>
  (a, b) => {
    const x = numberOf(a)
    const y = numberOf(b)
    if (x === undefined || y === undefined) return undefined
    return number(f(x, y), viaOf([a, b]))
  }

const compared =
  (f: (order: number) => boolean): Operation =>
  (a, b, context) => {
    if (a.kind === 'list' && context.filters) {
      const holds = (item: Value) => compared(f)(item, b, context)
      const kept = a.items.filter(
        (item) => isTrue(holds(item) ?? unknown()) !== false,
      )
      return list(kept, a.via)
    }
    if ((a.via | b.via) & holed) return undefined
    const x = numberOf(a)
    const y = numberOf(b)
    if (x !== undefined && y !== undefined) return truth(f(x - y))
    const s = textOf(a)
    const t = textOf(b)
    if (s === undefined || t === undefined) return undefined
    // PowerShell compares without case.
    const [l, r] = context.filters ? [s.toLowerCase(), t.toLowerCase()] : [s, t]
    return truth(f(l === r ? 0 : l < r ? -1 : 1))
  }

function isTable(value: Value): value is ObjectValue {
  return value.kind === 'object' && value.type === 'map'
}

function truth(b: boolean): Value {
  return number(b ? 1 : 0)
}

export const joinText: Operation = (a, b, { budget }) => concat([a, b], budget)

/** Two tables of names in one. */
function joinedTables(a: ObjectValue, b: ObjectValue): Value {
  const made = object('map', { via: viaOf([a, b]) })
  for (const of of [a, b])
    for (const [name, value] of of.entries) made.entries.set(name, value)
  return made
}

const plus: Operation = (a, b, context) => {
  if (isTable(a) && isTable(b))
    return context.budget.make(a.entries.size + b.entries.size)
      ? joinedTables(a, b)
      : undefined
  if (a.kind === 'list' && !context.adds) {
    const items = itemsOf(b.kind === 'text' ? list([b]) : b) ?? [b]
    if (!context.budget.make(a.items.length + items.length)) return undefined
    return list([...a.items, ...items], viaOf([a, b]))
  }
  if (a.kind === 'bytes' && b.kind === 'bytes') {
    if (!context.budget.make(a.bytes.length + b.bytes.length)) return undefined
    return {
      kind: 'bytes',
      bytes: Buffer.concat([a.bytes, b.bytes]),
      via: viaOf([a, b]),
    }
  }
  if (a.kind === 'text' && a.isLetter && b.kind === 'number')
    return arithmetic((x, y) => x + y)(a, b, context)
  const textual = a.kind === 'text' || b.kind === 'text'
  if (!context.adds && textual) return joinText(a, b, context)
  return arithmetic((x, y) => x + y)(a, b, context)
}

/** In JavaScript of 32 bits; elsewhere of as many as numbers have. */
const exclusiveOr: Operation = (a, b, context) =>
  arithmetic((x, y) => {
    const isNarrow = Math.abs(x) < 2 ** 31 && Math.abs(y) < 2 ** 31
    if (isNarrow || context.wraps) return x ^ y
    if (!Number.isSafeInteger(x) || !Number.isSafeInteger(y)) return Number.NaN
    return Number(BigInt(x) ^ BigInt(y))
  })(a, b, context)

const xor: Operation = (a, b, context) => {
  // PHP, Perl: of two texts, letter by letter.
  const ofTexts = context.adds && a.kind === 'text' && b.kind === 'text'
  const made = ofTexts ? undefined : exclusiveOr(a, b, context)
  if (made) return withVia(made, bitOf('xor'))
  const left = bytesOf(a)
  const right = bytesOf(b)
  if (!left?.length || !right?.length || a.kind === 'number') return undefined
  const n = Math.min(left.length, right.length)
  if (!context.budget.make(n)) return undefined
  const out = Buffer.alloc(n)
  for (let i = 0; i < n; i++) out[i] = left[i]! ^ right[i]!
  return text(out.toString('latin1'), viaOf([a, b]) | bitOf('xor'))
}

/** Ruby's `<<`: to the end of what is there. */
const append: Operation = (a, b, context) => {
  if (a.kind !== 'list') {
    return numberOf(a) !== undefined && a.kind === 'number'
      ? arithmetic((x, y) => x << y)(a, b, context)
      : joinText(a, letterOf(b), context)
  }
  if (context.budget.make(1)) a.items.push(b)
  return a
}

/** A number that is joined to a text stands for its letter. */
function letterOf(value: Value): Value {
  return value.kind === 'number'
    ? (characterOf(value.number, value.via) ?? value)
    : value
}

const times: Operation = (a, b, { budget }) => {
  const n = numberOf(b)
  if (a.kind === 'list' && n !== undefined && n >= 0) {
    return budget.make(a.items.length * n)
      ? list(Array.from({ length: n }, () => a.items).flat(), viaOf([a, b]))
      : undefined
  }
  if (a.kind === 'bytes' && n !== undefined && n >= 0) {
    return budget.make(a.bytes.length * n)
      ? bytes(Buffer.alloc(a.bytes.length * n, a.bytes), viaOf([a, b]))
      : undefined
  }
  const s = a.kind === 'text' ? a.text : undefined
  if (s !== undefined && n !== undefined && n >= 0) {
    return budget.make(s.length * n)
      ? text(s.repeat(n), viaOf([a, b]))
      : undefined
  }
  return undefined
}

const multiply: Operation = (a, b, context) =>
  (a.kind === 'text' && numberOf(a) === undefined) ||
  a.kind === 'list' ||
  a.kind === 'bytes'
    ? times(a, b, context)
    : arithmetic((x, y) => x * y)(a, b, context)

const modulo: Operation = (a, b, context) => {
  const by = context.adds && b.kind === 'list' ? number(b.items.length) : b
  return arithmetic((x, y) => (y ? ((x % y) + y) % y : 0))(a, by, context)
}

const range: Operation = (a, b, { budget }) => {
  const from = numberOf(a)
  const to = numberOf(b)
  if (from === undefined || to === undefined) return undefined
  const n = Math.abs(to - from) + 1
  if (!(n <= maxRange) || !budget.make(n)) return undefined
  const sign = to < from ? -1 : 1
  return list(Array.from({ length: n }, (_, i) => number(from + sign * i)))
}

export const operators: Readonly<Record<string, Operation>> = {
  '&': joinText,
  '+': plus,
  '-': arithmetic((x, y) => x - y),
  less: (a, b, context) =>
    a.kind === 'number' ? arithmetic((x, y) => x - y)(a, b, context) : a,
  '*': multiply,
  '/': arithmetic((x, y) => (y ? x / y : 0)),
  '//': arithmetic((x, y) => (y ? Math.floor(x / y) : 0)),
  '%': modulo,
  '**': arithmetic((x, y) => x ** y),
  '^': xor,
  '|': arithmetic((x, y) => x | y),
  bits: arithmetic((x, y) => x & y),
  '<<': arithmetic((x, y) => x << y),
  '>>': arithmetic((x, y) => x >> y),
  '==': compared((o) => o === 0),
  '!=': compared((o) => o !== 0),
  '<': compared((o) => o < 0),
  '>': compared((o) => o > 0),
  '<=': compared((o) => o <= 0),
  '>=': compared((o) => o >= 0),
  '..': range,
  times,
  append,
  or: (a, b) => (isTrue(a) === false ? b : isTrue(a) ? a : undefined),
  and: (a, b) => (isTrue(a) ? b : undefined),
  default: (a, b) => (a.kind === 'unknown' || textOf(a) === '' ? b : a),
  if: (a) => a,
  format: (a, b, { budget }) =>
    decodeFormat(a, itemsOf(b.kind === 'text' ? list([b]) : b) ?? [b], budget),
}

export function isTrue(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'number':
      return value.number !== 0 && !Number.isNaN(value.number)
    case 'text':
      return value.text !== ''
    case 'bytes':
      return value.bytes.length > 0
    case 'list':
      return value.items.length > 0
    case 'unknown':
      return undefined
    default:
      return true
  }
}
