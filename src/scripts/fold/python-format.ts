// `'{0:>8}{name!r}'.format(…)`, `f"{x:04d}"`: Python's own formats.
import type { Budget } from '../budget.ts'
import { pythonShown, pythonText } from './dialects/python.ts'
import { exponential, fixedPoint } from './printf.ts'
import {
  bitOf,
  concat,
  entriesOf,
  hasHoles,
  itemsOf,
  type NumberValue,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
  withVia,
} from './value.ts'

/** Parts of one format. */
const maxParts = 10_000
/** Letters that a part is made as wide as. */
const maxWidth = 4_096
/** Formats in formats. */
const maxWithin = 2

interface Spec {
  readonly fill: string
  readonly align: string
  readonly sign: string
  readonly mark: boolean
  readonly width: number
  readonly group: string
  readonly precision: number | undefined
  readonly type: string
}

const spec =
  /^(?:([^{}])?([<>=^]))?([-+ ])?(#)?(0)?(\d{1,5})?([,_])?(?:\.(\d{1,3}))?([bcdeEfFgGnosxX%])?$/su

function specOf(written: string): Spec | undefined {
  const found = spec.exec(written)
  if (!found) return undefined
  const [
    ,
    fill,
    align,
    sign = '',
    mark,
    zero,
    width,
    group = '',
    digits,
    type,
  ] = found
  const wide = Number(width ?? 0)
  if (wide > maxWidth) return undefined
  return {
    fill: fill ?? (zero && !align ? '0' : ' '),
    align: align ?? (zero ? '=' : ''),
    sign,
    mark: mark !== undefined,
    width: wide,
    group,
    precision: digits === undefined ? undefined : Number(digits),
    type: type ?? '',
  }
}

/** `format(value, written)`; undefined: nobody knows. */
export function pythonFormatted(
  value: Value,
  written: string,
): string | undefined {
  if (written === '') return pythonText(value)
  const how = specOf(written)
  if (!how) return undefined
  if (value.kind === 'text')
    return hasHoles(value) ? undefined : ofText(value.text, how)
  return value.kind === 'number' ? ofNumber(value, how) : undefined
}

function ofText(s: string, how: Spec): string | undefined {
  if (how.sign || how.mark || how.group || how.align === '=') return undefined
  if (how.type && how.type !== 's') return undefined
  const cut =
    how.precision === undefined
      ? s
      : Array.from(s).slice(0, how.precision).join('')
  return aligned(cut, '', how, '<')
}

const bases: Readonly<Record<string, readonly [number, string]>> = {
  b: [2, '0b'],
  o: [8, '0o'],
  x: [16, '0x'],
  X: [16, '0X'],
}

function ofNumber(value: NumberValue, how: Spec): string | undefined {
  const { number: n, isReal, word } = value
  if (word && !how.type) return undefined
  const { type, group } = how
  const plain = /^[eEfF%]$/.test(type)
    ? pointed(Math.abs(n), how)
    : isReal || /^[gGn]$/.test(type)
      ? undefined
      : wholeDigits(Math.abs(n), how)
  if (plain === undefined || !Number.isFinite(n)) return undefined
  if (group && how.fill === '0') return undefined
  const sign = n < 0 || Object.is(n, -0) ? '-' : how.sign.replace('-', '')
  const before = how.mark ? (bases[type]?.[1] ?? '') : ''
  return aligned(grouped(plain, group, type), sign + before, how, '>')
}

function wholeDigits(
  size: number,
  { type, precision }: Spec,
): string | undefined {
  if (precision !== undefined || !Number.isSafeInteger(size)) return undefined
  if (type === 'c')
    return size <= 0x10ffff ? String.fromCodePoint(size) : undefined
  if (type === 's') return undefined
  const digits = size.toString(bases[type]?.[0] ?? 10)
  return type === 'X' ? digits.toUpperCase() : digits
}

function pointed(
  size: number,
  { type, precision = 6, mark }: Spec,
): string | undefined {
  if (precision > 60 || size >= 1e21 || mark) return undefined
  if (type === '%') return `${fixedPoint(size * 100, precision)}%`
  const made = /f/i.test(type)
    ? fixedPoint(size, precision)
    : exponential(size, precision)
  return type === 'E' ? made?.toUpperCase() : made
}

function grouped(digits: string, sign: string, type: string): string {
  if (!sign) return digits
  const size = type && bases[type] ? 4 : 3
  const [whole = '', behind] = digits.split('.')
  const parts: string[] = []
  for (let end = whole.length; end > 0; end -= size)
    parts.unshift(whole.slice(Math.max(0, end - size), end))
  const made = parts.join(sign)
  return behind === undefined ? made : `${made}.${behind}`
}

function aligned(s: string, sign: string, how: Spec, usual: string): string {
  const missing = how.width - Array.from(sign + s).length
  if (missing <= 0) return sign + s
  switch (how.align || usual) {
    case '<':
      return sign + s + how.fill.repeat(missing)
    case '=':
      return sign + how.fill.repeat(missing) + s
    case '^': {
      const left = Math.floor(missing / 2)
      return how.fill.repeat(left) + sign + s + how.fill.repeat(missing - left)
    }
    default:
      return how.fill.repeat(missing) + sign + s
  }
}

/** What stands for one pair of braces. */
export function formattedPart(
  value: Value,
  conversion: string,
  written: string | undefined,
): Value {
  if (written === undefined) return unknown('', value.via)
  const meant =
    conversion === 'r'
      ? textFrom(pythonShown(value), value)
      : conversion === 's'
        ? textFrom(pythonText(value), value)
        : conversion
          ? undefined
          : value
  const made = meant && pythonFormatted(meant, written)
  if (made !== undefined) return text(made, value.via)
  // By the name that it has, where nothing is known of it.
  const isOpen =
    value.kind === 'unknown' || value.kind === 'object' || hasHoles(value)
  return isOpen && !written && !conversion ? value : unknown('', value.via)
}

function textFrom(s: string | undefined, of: Value): Value | undefined {
  return s === undefined ? undefined : text(s, of.via)
}

export interface FormatArguments {
  readonly args: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
  readonly budget: Budget
}

const place =
  /\{\{|\}\}|\{([^{}!:]{0,80})(?:!([a-z]))?(?::((?:[^{}]|\{[^{}]{0,40}\}){0,80}))?\}|[{}]/g

/** `format.format(…)`. */
export function pythonFormat(
  format: Value,
  given: FormatArguments,
  depth = 0,
): Value | undefined {
  const pattern = textOf(format)
  if (pattern === undefined || depth > maxWithin) return undefined
  let next = 0
  let done = 0
  const parts: Value[] = []
  const counted = () => String(next++)
  for (const found of pattern.matchAll(place)) {
    if (parts.length > maxParts) return undefined
    const { index } = found
    if (index > done) parts.push(text(pattern.slice(done, index)))
    const [all, field, conversion = '', written = ''] = found
    done = index + all.length
    if (all === '{{' || all === '}}') parts.push(text(all[0]!))
    else if (field === undefined) return undefined
    else {
      const value = fieldOf(field, given, counted)
      const inner = text(written.replace(/\{\}/g, () => `{${counted()}}`))
      const how = written.includes('{')
        ? pythonFormat(inner, given, depth + 1)
        : inner
      const isKnown = how && !hasHoles(how)
      parts.push(
        formattedPart(value, conversion, isKnown ? textOf(how) : undefined),
      )
    }
  }
  if (done < pattern.length) parts.push(text(pattern.slice(done)))
  const made = concat(parts.length ? parts : [text('')], given.budget)
  const via = viaOf([format, ...given.args]) | made.via
  // One place holder is how people write; several out of order hide a word.
  return withVia(made, isScrambled(pattern) ? via | bitOf('format') : via)
}

function isScrambled(pattern: string): boolean {
  const order = Array.from(pattern.matchAll(/\{(\d{1,3})\}/g), (m) =>
    Number(m[1]),
  )
  return order.some((n, i) => i > 0 && n < order[i - 1]!)
}

/** `0`, `name`, `0[1]`, `a.b`. */
function fieldOf(
  field: string,
  { args, named }: FormatArguments,
  counted: () => string,
): Value {
  const [, first = '', rest = ''] = /^([^.[]*)([\s\S]*)$/.exec(field) ?? []
  const name = first || counted()
  let value: Value | undefined = /^\d+$/.test(name)
    ? args[Number(name)]
    : named.get(name.toLowerCase())
  for (const [, key] of rest.matchAll(/\[([^\]]{1,40})\]/g)) {
    if (value?.kind === 'object')
      value = entriesOf(value).find(([k]) => k === key)?.[1]
    else value = /^\d+$/.test(key!) ? itemsOf(value)?.[Number(key)] : undefined
  }
  return rest.replace(/\[[^\]]{1,40}\]/g, '') || !value ? unknown(field) : value
}
