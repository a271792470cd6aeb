// Ruby's operators: a text is never a number, nothing but false and nil is false, and ranges are things of their own.
import { formatted, type FormatStyle } from '../printf.ts'
import { characterOf } from '../decode.ts'
import type { Operation } from '../operation.ts'
import {
  concat,
  hasHoles,
  list,
  number,
  type NumberValue,
  object,
  type ObjectValue,
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
  isPlainNumber,
  numeric,
  type OfNumbers,
  ofNumbers,
  orderOf,
  power,
  product,
  quotient,
  restFloored,
  strictComparisons,
  sum,
} from './numbers.ts'
import { both, either, exactSigns, wholeOf } from './python.ts'

export const rubyTruth = (holds: boolean): NumberValue =>
  truth(holds ? 'true' : 'false', holds ? 1 : 0)

export function rubyText(value: Value): string | undefined {
  if (hasHoles(value)) return undefined
  return value.kind === 'text' || value.kind === 'number'
    ? textOf(value)
    : undefined
}

const rangeType = '[range]'

/** Items of one range. */
const maxRange = 100_000

const range =
  (isOpen: boolean): Operation =>
  (a, b) => {
    const made = object(rangeType, { via: viaOf([a, b]) })
    made.entries.set('from', a)
    made.entries.set('to', b)
    if (isOpen) made.entries.set('open', number(1))
    return made
  }

interface Bounds {
  readonly from: Value | undefined
  readonly to: Value | undefined
  readonly isOpen: boolean
}

const isNil = (value: Value | undefined): boolean =>
  value?.kind === 'unknown' &&
  (value.hint === '' || value.hint === 'nil') &&
  !value.isResult

export function boundsOf(value: Value | undefined): Bounds | undefined {
  if (value?.kind !== 'object' || value.type !== rangeType) return undefined
  const [from, to] = [value.entries.get('from'), value.entries.get('to')]
  return {
    from: isNil(from) ? undefined : from,
    to: isNil(to) ? undefined : to,
    isOpen: value.entries.has('open'),
  }
}

/** What a range goes through; undefined: nobody knows. */
function rangeItems(of: ObjectValue): Value[] | undefined {
  const bounds = boundsOf(of)
  if (!bounds?.from || !bounds.to) return undefined
  const { from, to, isOpen } = bounds
  const letters = [from, to].every(
    (v) => v.kind === 'text' && v.text.length === 1,
  )
  const codes = [from, to].map((v) =>
    letters ? textOf(v)!.charCodeAt(0) : wholeOf(v),
  )
  const [first, last] = codes
  if (first === undefined || last === undefined) return undefined
  if (
    letters &&
    !/^(?:[a-z]{2}|[A-Z]{2}|\d{2})$/.test(`${textOf(from)}${textOf(to)}`)
  )
    return undefined
  const n = Math.max(0, last - first + (isOpen ? 0 : 1))
  if (n > maxRange) return undefined
  return Array.from({ length: n }, (_, i) =>
    letters ? text(String.fromCharCode(first + i)) : number(first + i),
  )
}

/** Of a list or a range. */
export function rubyItems(value: Value | undefined): Value[] | undefined {
  if (value?.kind === 'list') return value.items
  return value?.kind === 'object' && value.type === rangeType
    ? rangeItems(value)
    : undefined
}

const style: FormatStyle = {
  letters: 'sdiuxXobcfeE',
  numberOf: (value) =>
    value.kind === 'number' && value.word === undefined
      ? value.number
      : undefined,
  textOf: rubyText,
}

export function rubyFormat(
  format: Value,
  args: readonly Value[],
  budget: Parameters<typeof formatted>[3],
): Value | undefined {
  const s = textOf(format)
  // Names in braces and below zero in other bases are written otherwise.
  if (s === undefined || /%[-+ 0#\d.]*[<{]|%[-+ 0#\d.]*\$/.test(s))
    return undefined
  return formatted(format, args, style, budget)
}

const integerRest: OfNumbers = (a, b, via) => restFloored(a, b, via)

const divided: OfNumbers = (a, b, via) =>
  a.isReal || b.isReal ? quotient(a, b, via) : floored(a, b, via)

const plus: Operation = (a, b, context) => {
  if (a.kind === 'number' && b.kind === 'number')
    return numeric(sum, isPlainNumber)(a, b, context)
  if (a.kind === 'list' && b.kind === 'list')
    return context.budget.make(a.items.length + b.items.length)
      ? list([...a.items, ...b.items], viaOf([a, b]))
      : undefined
  const isText = (v: Value) =>
    v.kind === 'text' || v.kind === 'unknown' || v.kind === 'object'
  return isText(a) && isText(b) && (a.kind === 'text' || b.kind === 'text')
    ? concat([a, b], context.budget)
    : undefined
}

const times: Operation = (a, b, context) => {
  if (a.kind === 'number') return numeric(product, isPlainNumber)(a, b, context)
  const n = wholeOf(b)
  const via = viaOf([a, b])
  if (a.kind === 'text')
    return n === undefined || n < 0 || !context.budget.make(a.text.length * n)
      ? undefined
      : text(a.text.repeat(n), via)
  if (a.kind !== 'list') return undefined
  if (b.kind === 'text') return joined(a.items, b, context.budget)
  return n === undefined || n < 0 || !context.budget.make(a.items.length * n)
    ? undefined
    : list(Array.from({ length: n }, () => a.items).flat(), via)
}

export function joined(
  items: readonly Value[],
  between: Value,
  budget: Parameters<typeof concat>[1],
): Value | undefined {
  const flat = items.flatMap((i) => (i.kind === 'list' ? i.items : [i]))
  if (flat.some((i) => i.kind === 'list') || !budget.make(flat.length))
    return undefined
  const parts = flat.flatMap((item, i) => (i ? [between, item] : [item]))
  return concat(parts.length ? parts : [text('')], budget)
}

const rest: Operation = (a, b, context) =>
  a.kind === 'text'
    ? rubyFormat(a, b.kind === 'list' ? b.items : [b], context.budget)
    : numeric(integerRest)(a, b, context)

/** To the end of what is there. */
const append: Operation = (a, b, context) => {
  if (a.kind === 'number') return numeric(bitwise['<<']!)(a, b, context)
  if (a.kind === 'list') {
    if (context.budget.make(1)) a.items.push(b)
    return a
  }
  const one = b.kind === 'number' ? characterOf(b.number, b.via) : b
  return one && (a.kind === 'text' || one.kind === 'text')
    ? concat([a, one], context.budget)
    : undefined
}

export const rubyOperators: Readonly<Record<string, Operation>> = {
  ...ofNumbers(
    { '-': difference, '/': divided, '**': power, ...bitwise },
    isPlainNumber,
  ),
  ...strictComparisons(rubyTruth),
  '+': plus,
  '*': times,
  '%': rest,
  '<<': append,
  append,
  '<=>': (a, b) => {
    const isPlain = [a, b].every((v) => v.kind !== 'number' || isPlainNumber(v))
    const order = isPlain ? orderOf(a, b) : undefined
    return order === undefined ? undefined : number(Math.sign(order))
  },
  '..': range(false),
  '...': range(true),
  or: either,
  and: both,
}

export const rubyUnary = exactSigns

export const rubyDialect: Dialect = {
  isTrue: (value) => {
    if (value.kind === 'number') return value.word !== 'false'
    if (value.kind === 'unknown' || value.kind === 'object')
      return value.kind === 'unknown' && value.hint === 'nil'
        ? false
        : undefined
    return true
  },
  textOf: rubyText,
  truth: rubyTruth,
  hasReals: true,
  itemAt: (of, keys) => rubyItemAt(of, keys),
  itemsOf: rubyItems,
}

export function rubyNames(name: string): Value | undefined {
  return name === 'true' || name === 'false'
    ? rubyTruth(name === 'true')
    : undefined
}

const nil = (): Value => ({ kind: 'unknown', hint: 'nil', via: 0 })

/** `s[2]`, `s[2, 4]`, `s[2..-2]`, of texts and lists. */
export function rubyItemAt(
  of: Value,
  [key, length]: readonly Value[],
): Value | undefined {
  if (of.kind !== 'text' && of.kind !== 'list') return undefined
  if (hasHoles(of) || !key) return undefined
  const size = of.kind === 'text' ? of.text.length : of.items.length
  const range = boundsOf(key)
  const at = range ? (range.from ? wholeOf(range.from) : 0) : wholeOf(key)
  if (at === undefined) return undefined
  const from = at < 0 ? size + at : at
  if (!range && !length) {
    if (from < 0 || from >= size) return nil()
    return of.kind === 'list' ? of.items[from] : text(of.text[from]!, of.via)
  }
  const to = endOf(range, length, from, size)
  if (to === undefined) return undefined
  if (from < 0 || from > size || (length && to < from)) return nil()
  return of.kind === 'list'
    ? list(of.items.slice(from, Math.max(from, to)), of.via)
    : text(of.text.slice(from, Math.max(from, to)), of.via)
}

function endOf(
  range: Bounds | undefined,
  length: Value | undefined,
  from: number,
  size: number,
): number | undefined {
  if (!range) {
    const n = length && wholeOf(length)
    return n === undefined ? undefined : from + n
  }
  if (!range.to) return size
  const to = wholeOf(range.to)
  if (to === undefined) return undefined
  return (to < 0 ? size + to : to) + (range.isOpen ? 0 : 1)
}
