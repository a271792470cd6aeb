// What JavaScript makes of values that it needs as texts or numbers, and what its operators do.
// https://tc39.es/ecma262/#sec-type-conversion
import type { Dialect } from '../dialects/dialect.ts'
import type { Operation } from '../operation.ts'
import { joinText, operators as common } from '../operate.ts'
import {
  bitOf,
  number,
  type NumberValue,
  shownOf,
  text,
  truth,
  unknown,
  type Value,
  viaOf,
  wholeText,
  withVia,
} from '../value.ts'

/** Lists within each other. */
const maxWithin = 8

export const jsTruth = (holds: boolean): NumberValue =>
  truth(holds ? 'true' : 'false', holds ? 1 : 0)

/** `undefined`, `null`; a call that says nothing is neither. */
export function isNothing(value: Value | undefined): boolean {
  return (
    value === undefined ||
    (value.kind === 'unknown' &&
      !value.isResult &&
      /^(?:undefined|null)$/.test(value.hint))
  )
}

/** undefined: nobody knows. */
export function jsText(
  value: Value | undefined,
  within = 0,
): string | undefined {
  switch (value?.kind) {
    case 'list': {
      if (within > maxWithin || value.items.length > 100_000) return undefined
      const parts = value.items.map((v) =>
        isNothing(v) ? '' : jsText(v, within + 1),
      )
      return parts.includes(undefined) ? undefined : parts.join(',')
    }
    case 'object':
      if (value.type !== 'map') return wholeText(value)
      // One that says itself how it is written.
      return value.entries.has('tostring') || value.entries.has('valueof')
        ? undefined
        : '[object Object]'
    case 'unknown':
      return isNothing(value) ? value.hint : undefined
    default:
      return wholeText(value)
  }
}

const decimal =
  /^[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?|Infinity)$/i

export function jsNumber(value: Value | undefined): number | undefined {
  if (value?.kind === 'number') return value.number
  if (value?.kind === 'unknown' && isNothing(value))
    return value.hint === 'null' ? 0 : Number.NaN
  const s = jsText(value)?.trim()
  if (s === undefined) return undefined
  if (s === '') return 0
  if (/^0[bo]/i.test(s)) return undefined
  return decimal.test(s) || /^0x[0-9a-f]+$/i.test(s) ? Number(s) : Number.NaN
}

/** A place or a count, as functions take it; `missing`: where nothing is given. */
export function jsInteger(
  value: Value | undefined,
  missing = 0,
): number | undefined {
  if (value === undefined) return missing
  const isMissing = value.kind === 'unknown' && value.hint === 'undefined'
  const n = isMissing ? missing : jsNumber(value)
  return n === undefined ? undefined : Number.isNaN(n) ? 0 : Math.trunc(n)
}

export function jsHolds(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'number':
      return value.number !== 0 && !Number.isNaN(value.number)
    case 'text':
      return value.text !== ''
    case 'unknown':
      return isNothing(value) ? false : undefined
    default:
      return true
  }
}

const isTextual = ({ kind }: Value): boolean =>
  kind === 'text' || kind === 'list' || kind === 'object' || kind === 'function'

const asText = (value: Value): Value => {
  if (value.kind !== 'list' && value.kind !== 'object') return value
  const s = jsText(value)
  return s === undefined ? value : text(s, value.via)
}

const plus: Operation = (a, b, context) => {
  if (a.kind === 'bytes' || b.kind === 'bytes')
    return common['+']!(a, b, { budget: context.budget })
  return isTextual(a) || isTextual(b)
    ? joinText(asText(a), asText(b), context)
    : numeric((x, y) => x + y)(a, b, context)
}

const numeric =
  (f: (a: number, b: number) => number): Operation =>
  (a, b) => {
    const x = jsNumber(a)
    const y = jsNumber(b)
    return x === undefined || y === undefined
      ? undefined
      : number(f(x, y), viaOf([a, b]))
  }

const primitive = (value: Value): boolean =>
  value.kind === 'text' || value.kind === 'number'

/** undefined: nobody knows. */
function isLoosely(a: Value, b: Value): boolean | undefined {
  if (isNothing(a) && isNothing(b)) return true
  if (isNothing(a) || isNothing(b))
    return a.kind === 'unknown' && b.kind === 'unknown' ? undefined : false
  if (a.kind === 'text' && b.kind === 'text') return isStrictly(a, b)
  // Two lists are the same where they are one.
  if (!primitive(a) && !primitive(b)) return a === b ? true : undefined
  if (!primitive(a) || !primitive(b)) {
    const one = jsText(primitive(a) ? b : a)
    const other = primitive(a) ? a : b
    if (one === undefined) return undefined
    return isLoosely(text(one), other)
  }
  const x = jsNumber(a)
  const y = jsNumber(b)
  return x === undefined || y === undefined ? undefined : x === y
}

function isStrictly(a: Value, b: Value): boolean | undefined {
  if (a.kind === 'unknown' || b.kind === 'unknown')
    return isNothing(a) && isNothing(b) ? shownOf(a) === shownOf(b) : undefined
  if (!primitive(a) && !primitive(b)) return a === b ? true : undefined
  if (a.kind === 'number' && b.kind === 'number')
    return !a.word === !b.word && a.number === b.number
  if (a.kind !== b.kind) return false
  const s = wholeText(a)
  const t = wholeText(b)
  return s === undefined || t === undefined ? undefined : s === t
}

const asked =
  (f: (a: Value, b: Value) => boolean | undefined, wanted = true): Operation =>
  (a, b) => {
    const holds = f(a, b)
    return holds === undefined ? undefined : jsTruth(holds === wanted)
  }

const ordered =
  (
    ofTexts: (a: string, b: string) => boolean,
    ofNumbers: (a: number, b: number) => boolean,
  ): Operation =>
  (a, b) => {
    if (isTextual(a) && isTextual(b)) {
      const s = jsText(a)
      const t = jsText(b)
      return s === undefined || t === undefined
        ? undefined
        : jsTruth(ofTexts(s, t))
    }
    const x = jsNumber(a)
    const y = jsNumber(b)
    return x === undefined || y === undefined
      ? undefined
      : jsTruth(ofNumbers(x, y))
  }

export const javascriptOperators: Readonly<Record<string, Operation>> = {
  ...common,
  '+': plus,
  '-': numeric((x, y) => x - y),
  '*': numeric((x, y) => x * y),
  '/': numeric((x, y) => x / y),
  '%': numeric((x, y) => x % y),
  '**': numeric((x, y) => x ** y),
  '|': numeric((x, y) => x | y),
  bits: numeric((x, y) => x & y),
  '^': (a, b, context) => {
    const made = numeric((x, y) => x ^ y)(a, b, context)
    return made && withVia(made, bitOf('xor'))
  },
  '<<': numeric((x, y) => x << y),
  '>>': numeric((x, y) => x >> y),
  '>>>': numeric((x, y) => x >>> y),
  '==': asked(isLoosely),
  '!=': asked(isLoosely, false),
  '===': asked(isStrictly),
  '!==': asked(isStrictly, false),
  '<': ordered(
    (s, t) => s < t,
    (x, y) => x < y,
  ),
  '>': ordered(
    (s, t) => s > t,
    (x, y) => x > y,
  ),
  '<=': ordered(
    (s, t) => s <= t,
    (x, y) => x <= y,
  ),
  '>=': ordered(
    (s, t) => s >= t,
    (x, y) => x >= y,
  ),
  or: (a, b) => {
    const holds = jsHolds(a)
    return holds === undefined ? undefined : holds ? a : b
  },
  defined: (a, b) => (isNothing(a) ? b : a.kind === 'unknown' ? undefined : a),
  and: (a, b) => {
    const holds = jsHolds(a)
    return holds === undefined ? undefined : holds ? b : a
  },
}

const typeNames: Readonly<Partial<Record<Value['kind'], string>>> = {
  text: 'string',
  number: 'number',
  list: 'object',
  function: 'function',
}

export const javascriptUnary: Readonly<
  Record<string, (of: Value) => Value | undefined>
> = {
  '-': (of) => mapNumber(of, (n) => -n),
  '+': (of) => mapNumber(of, (n) => n),
  '~': (of) => mapNumber(of, (n) => ~n),
  not: (of) => {
    const holds = jsHolds(of)
    return holds === undefined ? undefined : jsTruth(!holds)
  },
  typeof: (of) => {
    if (of.kind === 'number' && of.word) return text('boolean')
    const isMap = of.kind === 'object' && of.type === 'map'
    const name = isMap ? 'object' : typeNames[of.kind]
    return name === undefined ? undefined : text(name)
  },
  void: () => unknown('undefined'),
  spread: (of) => of,
}

function mapNumber(of: Value, f: (n: number) => number): Value | undefined {
  const n = jsNumber(of)
  return n === undefined ? undefined : number(f(n), of.via)
}

export const javascriptDialect: Dialect = {
  isTrue: jsHolds,
  textOf: (value) => jsText(value),
  truth: jsTruth,
}
