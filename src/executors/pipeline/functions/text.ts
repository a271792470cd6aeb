// Functions that read and make texts.
import { createHash } from 'node:crypto'

import { compileNetwork } from '../../../meaning/network.ts'
import { like } from '../compare.ts'
import { maxTextLength } from '../limit.ts'
import { compilePcre } from '../pcre.ts'
import type { Pcre } from '../pcre.ts'
import type { Fn, Functions, Result, Single } from '../values.ts'
import {
  bounded,
  fromList,
  isList,
  maxValuesOfField,
  numberOf,
  numberText,
  textOf,
  textOfValue,
  toList,
} from '../values.ts'

/** The text of a value; undefined for null and conditions. */
export function text(v: Result | undefined): string | undefined {
  if (v === null || v === undefined || typeof v === 'boolean') return undefined
  return textOfValue(v)
}

/** One text in, one value out; several values are taken one by one. */
export function eachText(change: (text: string) => Single | null): Fn {
  return ([v]) => {
    if (v === null || v === undefined || typeof v === 'boolean') return null
    if (!isList(v)) return change(textOf(v))
    return fromList(v.flatMap((x) => change(textOf(x)) ?? []))
  }
}

/** Replacements of one text. */
const maxReplacements = 1_000_000

export function replaceAll(
  source: string,
  regex: Pcre,
  replacement: string,
  most = maxReplacements,
  from = 1,
): string {
  let out = ''
  let at = 0
  regex.matches(source, most).forEach((m, i) => {
    out += source.slice(at, m.index)
    const whole = m.text
    out +=
      i + 1 < from
        ? whole
        : replacement.replace(/\\(\d)|\\\\/g, (_all, n: string | undefined) => {
            if (n === undefined) return '\\'
            return n === '0' ? whole : (m.groups[Number(n) - 1] ?? '')
          })
    at = m.index + whole.length
    if (out.length > maxTextLength) bounded(out)
  })
  return bounded(out + source.slice(at))
}

function trimmed(which: 'both' | 'left' | 'right'): Fn {
  return ([v, set]) => {
    const characters = text(set) ?? ' \t'
    return eachText((s) => {
      let from = 0
      let to = s.length
      if (which !== 'right')
        while (from < to && characters.includes(s[from]!)) from++
      if (which !== 'left')
        while (to > from && characters.includes(s[to - 1]!)) to--
      return s.slice(from, to)
    })([v!], { now: 0 })
  }
}

function digest(algorithm: string): Fn {
  return eachText((s) => createHash(algorithm).update(s).digest('hex'))
}

function urldecode(s: string): string {
  const bytes: number[] = []
  let out = ''
  const flush = () => {
    if (bytes.length) out += Buffer.from(bytes.splice(0)).toString('utf8')
  }
  for (let i = 0; i < s.length; i++) {
    const m =
      s[i] === '%' ? /^[0-9a-fA-F]{2}$/.exec(s.slice(i + 1, i + 3)) : null
    if (m) {
      bytes.push(Number.parseInt(m[0], 16))
      i += 2
    } else {
      flush()
      out += s[i]
    }
  }
  flush()
  return out
}

function toText([v, format]: readonly Result[]): Result {
  if (v === null || v === undefined) return null
  if (typeof v === 'boolean') return v ? 'True' : 'False'
  const how = text(format)
  const n = numberOf(v)
  if (how === undefined || n === null) return textOfValue(v)
  switch (how.toLowerCase()) {
    case 'hex':
      return `0x${Math.trunc(n).toString(16).toUpperCase()}`
    case 'binary':
      return Math.trunc(n).toString(2)
    case 'commas':
      return n.toLocaleString('en-US', { maximumFractionDigits: 2 })
    case 'duration':
      return duration(n)
    default:
      return null
  }
}

function duration(seconds: number): string {
  const two = (x: number) => String(x).padStart(2, '0')
  const whole = Math.floor(Math.abs(seconds))
  const days = Math.floor(whole / 86_400)
  const clock = `${two(Math.floor((whole % 86_400) / 3600))}:${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`
  return `${seconds < 0 ? '-' : ''}${days ? `${days}+` : ''}${clock}`
}

function toNumber([v, base]: readonly Result[]): Result {
  const s = text(v)?.trim()
  if (s === undefined) return null
  const radix = base === undefined ? 10 : numberOf(base)
  if (radix === null || radix < 2 || radix > 36) return null
  if (radix === 10) return numberOf(s)
  const digits = (radix === 16 ? s.replace(/^0x/i, '') : s).toLowerCase()
  if (digits.length > 64 || !/^-?[0-9a-z]+$/.test(digits)) return null
  const limit =
    radix <= 10
      ? String.fromCharCode(47 + radix)
      : String.fromCharCode(86 + radix)
  if ([...digits.replace('-', '')].some((c) => c > limit)) return null
  return Number.parseInt(digits, radix)
}

/** Characters that one conversion of printf pads to. */
const maxPadding = 1_000

function printf(args: readonly Result[]): Result {
  const format = text(args[0])
  if (format === undefined) return null
  let next = 1
  let missing = false
  const out = format.replace(
    /%([-+ 0#]*)(\d{1,4})?(?:\.(\d{1,3}))?([diufFeEgGxXoscp%])/g,
    (
      _,
      flags: string,
      width: string | undefined,
      precision: string | undefined,
      c: string,
    ) => {
      if (c === '%') return '%'
      const value = args[next++] ?? null
      const shown = formatOne(
        value,
        c,
        precision === undefined ? undefined : Number(precision),
        flags,
      )
      if (shown === undefined) {
        missing = true
        return ''
      }
      const size = Math.min(Number(width ?? 0), maxPadding)
      if (flags.includes('-')) return shown.padEnd(size)
      const zero = flags.includes('0') && !'sc'.includes(c)
      const sign = zero && /^[+-]/.test(shown) ? shown[0]! : ''
      return zero
        ? sign + shown.slice(sign.length).padStart(size - sign.length, '0')
        : shown.padStart(size)
    },
  )
  return missing ? null : out
}

function formatOne(
  value: Result,
  c: string,
  precision: number | undefined,
  flags: string,
): string | undefined {
  if (c === 's') return text(value)?.slice(0, precision)
  if (c === 'c') return text(value)?.slice(0, 1)
  const n = numberOf(value)
  if (n === null) return undefined
  const sign = flags.includes('+') && n >= 0 ? '+' : ''
  switch (c) {
    case 'f':
    case 'F':
      return sign + n.toFixed(Math.min(precision ?? 6, 100))
    case 'e':
    case 'E':
      return sign + n.toExponential(Math.min(precision ?? 6, 100))
    case 'g':
    case 'G':
      return (
        sign +
        numberText(
          Number(n.toPrecision(Math.min(Math.max(precision ?? 6, 1), 100))),
        )
      )
    case 'x':
      return Math.trunc(n).toString(16)
    case 'X':
      return Math.trunc(n).toString(16).toUpperCase()
    case 'o':
      return Math.trunc(n).toString(8)
    default:
      return sign + String(Math.trunc(n))
  }
}

export const textFunctions = {
  len: eachText((s) => s.length),
  lower: eachText((s) => s.toLowerCase()),
  upper: eachText((s) => s.toUpperCase()),
  trim: trimmed('both'),
  ltrim: trimmed('left'),
  rtrim: trimmed('right'),
  urldecode: eachText(urldecode),
  md5: digest('md5'),
  sha1: digest('sha1'),
  sha256: digest('sha256'),
  sha512: digest('sha512'),
  tostring: toText,
  tonumber: toNumber,
  printf,
  like: ([v, p]) => like(v!, p!),
  match: ([v, p]) => {
    const pattern = text(p)
    if (
      v === null ||
      v === undefined ||
      typeof v === 'boolean' ||
      pattern === undefined
    )
      return null
    const regex = compilePcre(pattern)
    return toList(v).some((x) => regex.test(textOf(x)))
  },
  replace: ([v, p, r]) => {
    const pattern = text(p)
    const replacement = text(r)
    if (pattern === undefined || replacement === undefined) return null
    const regex = compilePcre(pattern)
    return eachText((s) => replaceAll(s, regex, replacement))([v!], { now: 0 })
  },
  substr: ([v, start, length]) => {
    const s = text(v)
    const from = numberOf(start!)
    if (s === undefined || from === null) return null
    // The first character is 1; a negative start counts from the end.
    const begin =
      from > 0 ? from - 1 : from < 0 ? Math.max(0, s.length + from) : 0
    if (length === undefined) return s.slice(begin)
    const n = numberOf(length)
    return n === null ? null : s.slice(begin, begin + Math.max(0, n))
  },
  split: ([v, d]) => {
    const s = text(v)
    const delim = text(d)
    if (s === undefined || delim === undefined) return null
    return fromList(s.split(delim, maxValuesOfField))
  },
  cidrmatch: ([network, v]) => {
    const range = text(network)
    if (
      range === undefined ||
      v === null ||
      v === undefined ||
      typeof v === 'boolean'
    )
      return null
    const test = compileNetwork(range)
    return test !== undefined && toList(v).some((x) => test(textOf(x)))
  },
} satisfies Functions
