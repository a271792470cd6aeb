// `%-8s`, `%05.2f`: formats in the manner of C, with what each language makes of them.
import type { Budget } from '../budget.ts'
import {
  bitOf,
  concat,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
  holed,
  withVia,
} from './value.ts'

/** How a language takes what its formats are given. */
export interface FormatStyle {
  /** Letters of conversions that it has. */
  readonly letters: string
  /** As the number that `%d` is given; undefined: nobody knows. */
  numberOf(value: Value): number | undefined
  /** As the text that `%s` is given. */
  textOf(value: Value): string | undefined
  /** Python's `%r`. */
  shown?(value: Value): string | undefined
  /** How `%x` writes a number below zero: with its sign; undefined: in as many bits as the machine has. */
  readonly signed?: true
  /** `%#x` says of nothing too which numbers it writes. */
  readonly marksZero?: true
  /** What stands for what is not given; undefined: nobody knows. */
  readonly missing?: Value
}

/** Parts of one format. */
const maxParts = 10_000
/** Places of one part. */
const maxWidth = 4_096
/** Digits behind a point. */
const maxDigits = 60

const directive =
  /%(?:\((\w{1,64})\))?([-+ 0#]{0,8})(\*|\d{1,5})?(?:\.(\*|\d{1,4})?)?(?:hh|h|ll|l|q|L|j|z|t)?([A-Za-z%])|%/g

interface Directive {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
  readonly letter: string
}

/** undefined: what it makes is not known. */
export function formatted(
  format: Value,
  args: readonly Value[],
  style: FormatStyle,
  budget: Budget,
  named?: (name: string) => Value | undefined,
): Value | undefined {
  const pattern = textOf(format)
  if (pattern === undefined || !budget.make(pattern.length)) return undefined
  const parts: Value[] = []
  let next = 0
  let done = 0
  const taken = (): Value | undefined => args[next++] ?? style.missing
  for (const found of pattern.matchAll(directive)) {
    const { index } = found
    if (parts.length > maxParts) return undefined
    if (index > done) parts.push(text(pattern.slice(done, index)))
    done = index + found[0].length
    const [, name, flags = '', width = '', precise, letter] = found
    if (letter === undefined) return undefined
    if (letter === '%') {
      if (found[0] !== '%%') return undefined
      parts.push(text('%'))
      continue
    }
    const sizes = sizesOf(width, found[0].includes('.'), precise, taken, style)
    if (!sizes || !style.letters.includes(letter)) return undefined
    const value = name === undefined ? taken() : named?.(name)
    if (!value) return undefined
    parts.push(one(value, { flags, letter, ...sizes }, style))
  }
  if (done < pattern.length) parts.push(text(pattern.slice(done)))
  const made = concat(parts.length ? parts : [text('')], budget)
  const own = viaOf([format, ...args.slice(0, 64)])
  return withVia(made, own | (made.via & holed))
}

function sizesOf(
  width: string,
  hasPoint: boolean,
  precise: string | undefined,
  taken: () => Value | undefined,
  style: FormatStyle,
): { width: number; precision: number | undefined } | undefined {
  const sizeOf = (written: string): number | undefined => {
    if (written !== '*') return Number(written)
    const value = taken()
    const n = value && style.numberOf(value)
    return n !== undefined && Number.isInteger(n) && n >= 0 ? n : undefined
  }
  const wide = sizeOf(width)
  const precision = hasPoint ? sizeOf(precise ?? '0') : undefined
  if (wide === undefined || wide > maxWidth) return undefined
  if (hasPoint && precision === undefined) return undefined
  return { width: wide, precision }
}

function one(value: Value, how: Directive, style: FormatStyle): Value {
  const { letter, precision } = how
  if (letter === 's' || letter === 'r' || letter === 'a') {
    const s = letter === 's' ? style.textOf(value) : style.shown?.(value)
    if (s === undefined)
      return value.kind === 'unknown' || value.kind === 'object'
        ? value
        : unknown('', value.via)
    const cut = precision === undefined ? s : s.slice(0, precision)
    return text(padded(cut, how, ' '), value.via)
  }
  const n = style.numberOf(value)
  if (letter === 'c') return character(value, n, how)
  const made = n === undefined ? undefined : digitsOf(n, how, style)
  return made === undefined
    ? value.kind === 'unknown'
      ? value
      : unknown('', value.via)
    : text(made, value.via)
}

function character(value: Value, n: number | undefined, how: Directive): Value {
  const s =
    value.kind === 'text' && value.text.length === 1
      ? value.text
      : value.kind === 'number' && n! >= 0 && n! <= 0x10ffff
        ? String.fromCodePoint(n!)
        : undefined
  return s === undefined
    ? unknown('', value.via)
    : text(padded(s, how, ' '), value.via | bitOf('character codes'))
}

const bases: Readonly<Record<string, readonly [number, string]>> = {
  x: [16, '0x'],
  X: [16, '0X'],
  o: [8, '0'],
  b: [2, '0b'],
}

function digitsOf(
  n: number,
  how: Directive,
  style: FormatStyle,
): string | undefined {
  const { letter, flags, precision } = how
  if (!Number.isFinite(n)) return undefined
  if (/[eEfFgG]/.test(letter)) return pointed(n, how)
  const whole = Math.trunc(n)
  if (!Number.isSafeInteger(whole)) return undefined
  const [radix = 10, mark = ''] = bases[letter] ?? []
  if (letter === 'u' && whole < 0) return undefined
  if (radix !== 10 && whole < 0 && !style.signed) return undefined
  const digits = Math.abs(whole).toString(radix)
  const cased = letter === 'X' ? digits.toUpperCase() : digits
  const long = precision === undefined ? cased : cased.padStart(precision, '0')
  const isMarked = flags.includes('#') && (whole !== 0 || style.marksZero)
  const before = isMarked ? mark : ''
  const sign = whole < 0 ? '-' : radix === 10 ? signOf(flags) : ''
  const filling = precision === undefined && flags.includes('0') ? '0' : ' '
  return padded(long, how, filling, sign + before)
}

function signOf(flags: string): string {
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
}

/** With a point: `%f`, `%e`. */
function pointed(n: number, how: Directive): string | undefined {
  const { letter, flags, precision = 6 } = how
  if (precision > maxDigits || Math.abs(n) >= 1e21 || flags.includes('#'))
    return undefined
  const size = Math.abs(n)
  const plain = /f/i.test(letter)
    ? fixedPoint(size, precision)
    : /e/i.test(letter)
      ? exponential(size, precision)
      : undefined
  if (plain === undefined) return undefined
  const sign = n < 0 || Object.is(n, -0) ? '-' : signOf(flags)
  const cased = letter === 'E' ? plain.toUpperCase() : plain
  return padded(cased, how, flags.includes('0') ? '0' : ' ', sign)
}

/** Digits behind a point that are written at most: all that a half has. */
const allDigits = 100

/** A half is rounded to what is even. */
export function fixedPoint(size: number, digits: number): string {
  const exact = size.toFixed(allDigits)
  const at = exact.length - allDigits + digits
  const isHalf = /^50*$/.test(exact.slice(at))
  const isEven = /[02468]\.?$/.test(exact.slice(0, at))
  if (!isHalf || !isEven) return size.toFixed(digits)
  return exact.slice(0, digits === 0 ? at - 1 : at)
}

/** At least two digits stand behind its letter; undefined: of a half nobody knows. */
export function exponential(n: number, digits: number): string | undefined {
  const [all = ''] = n.toExponential(allDigits).split('e')
  if (/^50*$/.test(all.slice(digits + 2))) return undefined
  return n
    .toExponential(digits)
    .replace(/e([-+])(\d)$/, (_, sign: string, d: string) => `e${sign}0${d}`)
}

function padded(
  s: string,
  { flags, width }: Directive,
  filling: ' ' | '0',
  sign = '',
): string {
  if (flags.includes('-')) return (sign + s).padEnd(width, ' ')
  return filling === '0'
    ? sign + s.padStart(width - sign.length, '0')
    : (sign + s).padStart(width, ' ')
}

/** Of a language that takes a text for a number as far as it begins with one: Perl, awk. */
export function leadingNumber(value: Value): number | undefined {
  if (value.kind === 'number') return value.number
  const s = value.kind === 'text' && !(value.via & holed) && value.text
  if (s === false) return undefined
  const found = /^\s*([-+]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15}))/.exec(s)
  if (/^\s*[-+]?(?:\d{16}|inf|nan)/i.test(s) || /^\s*[-+]?[\d.]+e/i.test(s))
    return undefined
  return found ? Number(found[1]) : 0
}
