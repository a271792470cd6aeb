// Moments as text in Splunk's formats, both ways: one table of variables. All times are UTC where a text names no zone; a
// moment is a number of seconds since 1970 with a fraction. Variables: Splunk's "Date and time format variables".
import { isoWeek } from '../base/time.ts'

const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'
const dayNames = days.split(' ')
const months =
  'January February March April May June July August September October November December'
const monthNames = months.split(' ')

/** What a text has told so far. */
interface Told {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  fraction: number
  pm: boolean | undefined
  /** Seconds east of Greenwich. */
  zone: number
  /** A region of the tz database, whose offset depends on the moment. */
  region: string | undefined
  epoch: number | undefined
}

interface Moment {
  readonly date: Date
  /** Whole seconds since 1970, and what is left. */
  readonly seconds: number
  readonly fraction: number
}

interface Variable {
  /** `digits`: the number between % and the letter. */
  readonly write: (m: Moment, digits: number | undefined) => string
  /** Sticky: what a text may have there. Without it the variable only writes. */
  readonly form?: RegExp
  /** Takes what was found; false: it means nothing. */
  readonly read?: (found: string, told: Told) => boolean
}

/** Variables that are short for others. */
const shorthands: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  '+': '%a %b %e %H:%M:%S %Z %Y',
  x: '%m/%d/%Y',
  X: '%H:%M:%S',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  R: '%H:%M',
  T: '%H:%M:%S',
}

type Clock = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'

function number(
  form: RegExp,
  set: Clock,
  write: (d: Date) => string,
  from: (n: number) => number = (n) => n,
): Variable {
  return {
    write: (m) => write(m.date),
    form,
    read: (found, told) => {
      told[set] = from(Number(found))
      return true
    },
  }
}

function name(write: (d: Date) => string): Variable {
  return { write: (m) => write(m.date), form: /[A-Za-z]+/y, read: () => true }
}

function month(write: (d: Date) => string): Variable {
  return {
    write: (m) => write(m.date),
    form: /[A-Za-z]+/y,
    read(found, told) {
      const wanted = found.toLowerCase()
      const i = monthNames.findIndex((n) =>
        [n.toLowerCase(), n.slice(0, 3).toLowerCase()].includes(wanted),
      )
      told.month = i + 1
      return i >= 0
    },
  }
}

/** Digits behind the second; without a count of its own the variable has `usual`. */
function subsecond(usual: number): Variable {
  return {
    write: (m, digits = usual) => {
      const scale = 10 ** digits
      const n = Math.min(scale - 1, Math.floor(m.fraction * scale + 1e-4))
      return String(n).padStart(digits, '0')
    },
    form: /\d{1,9}/y,
    read(found, told) {
      told.fraction = Number(`0.${found}`)
      return true
    },
  }
}

function offset(write: string): Variable {
  return {
    write: () => write,
    form: /Z|UTC|GMT|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?/y,
    read: readOffset,
  }
}

function readOffset(found: string, told: Told): boolean {
  const m = /([+-])(\d{2}):?(\d{2})?:?(\d{2})?/.exec(found)
  told.zone = m
    ? (m[1] === '-' ? -1 : 1) *
      (Number(m[2]) * 3600 + Number(m[3] ?? 0) * 60 + Number(m[4] ?? 0))
    : 0
  return true
}

/** Seconds east of Greenwich at a moment; undefined where there is no such region. */
function offsetIn(region: string, seconds: number): number | undefined {
  try {
    const text = new Intl.DateTimeFormat('en-US', {
      timeZone: region,
      timeZoneName: 'longOffset',
    }).format(seconds * 1000)
    const m = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(text)
    const east = Number(m?.[2] ?? 0) * 3600 + Number(m?.[3] ?? 0) * 60
    return m?.[1] === '-' ? -east : east
  } catch {
    return undefined
  }
}

/** Hours east of Greenwich of the zones that logs name by letters (tz database; of names used twice the American ones). */
const zoneHours: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  UT: 0,
  WET: 0,
  WEST: 1,
  BST: 1,
  CET: 1,
  MET: 1,
  CEST: 2,
  MEST: 2,
  EET: 2,
  SAST: 2,
  EEST: 3,
  MSK: 3,
  GST: 4,
  PKT: 5,
  IST: 5.5,
  HKT: 8,
  SGT: 8,
  AWST: 8,
  JST: 9,
  KST: 9,
  ACST: 9.5,
  AEST: 10,
  ACDT: 10.5,
  AEDT: 11,
  NZST: 12,
  NZDT: 13,
  BRT: -3,
  ART: -3,
  NST: -3.5,
  NDT: -2.5,
  AST: -4,
  ADT: -3,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  AKST: -9,
  AKDT: -8,
  HST: -10,
}

const two = (n: number) => String(n).padStart(2, '0')
const padded = (n: number) => String(n).padStart(2, ' ')

const variables: Readonly<Record<string, Variable>> = {
  // years, months, days
  Y: number(/\d{4}/y, 'year', (d) => String(d.getUTCFullYear())),
  y: number(
    /\d{2}/y,
    'year',
    (d) => two(d.getUTCFullYear() % 100),
    (n) => (n < 69 ? 2000 + n : 1900 + n),
  ),
  C: { write: (m) => two(Math.floor(m.date.getUTCFullYear() / 100)) },
  G: { write: (m) => String(isoYear(m.date)) },
  g: { write: (m) => two(isoYear(m.date) % 100) },
  m: number(/\d{1,2}/y, 'month', (d) => two(d.getUTCMonth() + 1)),
  b: month((d) => monthNames[d.getUTCMonth()]!.slice(0, 3)),
  h: month((d) => monthNames[d.getUTCMonth()]!.slice(0, 3)),
  B: month((d) => monthNames[d.getUTCMonth()]!),
  d: number(/\s?\d{1,2}/y, 'day', (d) => two(d.getUTCDate())),
  e: number(/\s?\d{1,2}/y, 'day', (d) => padded(d.getUTCDate())),
  j: {
    write: (m) => String(dayOfYear(m.date)).padStart(3, '0'),
    form: /\d{1,3}/y,
    read(found, told) {
      // Day 60 of a year is the 60th of January, as a calendar rolls over.
      const at = new Date(Date.UTC(told.year, 0, Number(found)))
      told.month = at.getUTCMonth() + 1
      told.day = at.getUTCDate()
      return at.getUTCFullYear() === told.year && Number(found) > 0
    },
  },
  // weeks
  a: name((d) => dayNames[d.getUTCDay()]!.slice(0, 3)),
  A: name((d) => dayNames[d.getUTCDay()]!),
  w: { write: (m) => String(m.date.getUTCDay()), form: /[0-6]/y, read: taken },
  u: {
    write: (m) => String(m.date.getUTCDay() || 7),
    form: /[1-7]/y,
    read: taken,
  },
  V: { write: (m) => two(isoWeek(m.date)), form: /\d{1,2}/y, read: taken },
  U: {
    write: (m) =>
      two(Math.floor((dayOfYear(m.date) + 6 - m.date.getUTCDay()) / 7)),
    form: /\d{1,2}/y,
    read: taken,
  },
  W: {
    write: (m) =>
      two(
        Math.floor(
          (dayOfYear(m.date) + 6 - ((m.date.getUTCDay() + 6) % 7)) / 7,
        ),
      ),
    form: /\d{1,2}/y,
    read: taken,
  },
  // the clock
  H: number(/\s?\d{1,2}/y, 'hour', (d) => two(d.getUTCHours())),
  k: number(/\s?\d{1,2}/y, 'hour', (d) => padded(d.getUTCHours())),
  I: number(/\s?\d{1,2}/y, 'hour', (d) => two(d.getUTCHours() % 12 || 12)),
  l: number(/\s?\d{1,2}/y, 'hour', (d) => padded(d.getUTCHours() % 12 || 12)),
  M: number(/\d{1,2}/y, 'minute', (d) => two(d.getUTCMinutes())),
  S: number(/\d{1,2}/y, 'second', (d) => two(d.getUTCSeconds())),
  p: {
    write: (m) => (m.date.getUTCHours() < 12 ? 'AM' : 'PM'),
    form: /[AaPp]\.?[Mm]\.?/y,
    read(found, told) {
      told.pm = /^p/i.test(found)
      return true
    },
  },
  Q: subsecond(3),
  N: subsecond(9),
  f: subsecond(6),
  s: {
    write: (m) => String(m.seconds),
    form: /-?\d{1,12}/y,
    read(found, told) {
      told.epoch = Number(found)
      return true
    },
  },
  // zones
  z: offset('+0000'),
  ':z': offset('+00:00'),
  '::z': offset('+00:00:00'),
  ':::z': offset('+00'),
  Ez: {
    write: () => '+0',
    form: /[+-]?\d{1,4}/y,
    read(found, told) {
      told.zone = Number(found) * 60
      return true
    },
  },
  Z: {
    write: () => 'UTC',
    form: /[A-Za-z]{1,20}(?:\/[A-Za-z_+-]{1,30}){1,2}|[A-Za-z]{1,5}|[+-]\d{2}:?\d{2}/y,
    read(found, told) {
      if (found.includes('/')) {
        told.region = found
        return offsetIn(found, 0) !== undefined
      }
      if (/\d/.test(found)) return readOffset(found, told)
      const hours = zoneHours[found.toUpperCase()]
      told.zone = (hours ?? 0) * 3600
      return hours !== undefined
    },
  },
  '%': { write: () => '%', form: /%/y, read: taken },
  n: { write: () => '\n', form: /\s/y, read: taken },
  t: { write: () => '\t', form: /\s/y, read: taken },
}

function taken(): boolean {
  return true
}

function dayOfYear(d: Date): number {
  const newYear = Date.UTC(d.getUTCFullYear(), 0, 1)
  return Math.floor((d.getTime() - newYear) / 86_400_000) + 1
}

/** The year that the week belongs to: that of its Thursday. */
function isoYear(d: Date): number {
  const thursday = d.getTime() + (4 - (d.getUTCDay() || 7)) * 86_400_000
  return new Date(thursday).getUTCFullYear()
}

interface Part {
  /** Of a variable; else `text` stands for itself. */
  readonly variable: Variable | undefined
  readonly text: string
  readonly digits: number | undefined
  /** `%-d`: without leading zeros and blanks. */
  readonly bare: boolean
}

const form = /%(-?)(\d?)(:{1,3}z|Ez|[A-Za-z%+])/g

/** Formats whose parts are kept. */
const maxFormats = 1_000
const formats = new Map<string, readonly Part[]>()

function partsOf(format: string): readonly Part[] {
  const known = formats.get(format)
  if (known) return known
  const whole = format.replace(
    /%([c+xXDFRT])/g,
    (_, c: string) => shorthands[c]!,
  )
  const parts: Part[] = []
  let at = 0
  const literal = (text: string) => {
    if (text)
      parts.push({ variable: undefined, text, digits: undefined, bare: false })
  }
  for (const m of whole.matchAll(form)) {
    literal(whole.slice(at, m.index))
    at = m.index + m[0].length
    const letter = m[3]!
    parts.push({
      variable: Object.hasOwn(variables, letter)
        ? variables[letter]
        : undefined,
      text: m[0],
      digits: m[2] ? Number(m[2]) : undefined,
      bare: m[1] === '-',
    })
  }
  literal(whole.slice(at))
  if (formats.size >= maxFormats) formats.clear()
  formats.set(format, parts)
  return parts
}

/** What is wrong with a format, in a few words: undefined where every variable of it is known. */
export function formatProblem(
  format: string,
  use: 'write' | 'read',
): string | undefined {
  for (const { variable, text } of partsOf(format)) {
    if (!text.startsWith('%') || text === '%') continue
    if (!variable) return `"${text}" is no variable of a time format`
    if (use === 'read' && !variable.read) return `"${text}" cannot be read back`
  }
  return undefined
}

/** A moment as text; undefined where it is no moment that a calendar has. */
export function strftime(seconds: number, format: string): string | undefined {
  if (!(Math.abs(seconds * 1000) <= 8.64e15)) return undefined
  const whole = Math.floor(seconds)
  const moment: Moment = {
    date: new Date(whole * 1000),
    seconds: whole,
    fraction: seconds - whole,
  }
  let out = ''
  for (const { variable, text, digits, bare } of partsOf(format)) {
    const written = variable ? variable.write(moment, digits) : text
    out += bare ? written.replace(/^[0 ]+(?=\d)/, '') : written
  }
  return out
}

/** The moment that a text tells in a format; undefined where the text does not fit, or goes on behind it. */
export function strptime(text: string, format: string): number | undefined {
  const told: Told = {
    year: 1970,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    fraction: 0,
    pm: undefined,
    zone: 0,
    region: undefined,
    epoch: undefined,
  }
  let at = 0
  for (const part of partsOf(format)) {
    const end = part.variable
      ? readVariable(text, at, part.variable, told)
      : readLiteral(text, at, part.text)
    if (end === undefined) return undefined
    at = end
  }
  return at < text.trimEnd().length ? undefined : momentTold(told)
}

function readVariable(
  text: string,
  at: number,
  { form, read }: Variable,
  told: Told,
): number | undefined {
  if (!form || !read) return undefined
  form.lastIndex = at
  const found = form.exec(text)?.[0]
  return found !== undefined && read(found, told)
    ? at + found.length
    : undefined
}

/** White space stands for any of it, also none. */
function readLiteral(
  text: string,
  from: number,
  literal: string,
): number | undefined {
  let at = from
  for (const c of literal) {
    if (/\s/.test(c)) while (/\s/.test(text[at] ?? '')) at++
    else if (text.startsWith(c, at)) at += c.length
    else return undefined
  }
  return at
}

function momentTold(t: Told): number | undefined {
  if (t.epoch !== undefined) return t.epoch + t.fraction
  const hour = t.pm === undefined ? t.hour : (t.hour % 12) + (t.pm ? 12 : 0)
  if (t.month < 1 || t.month > 12 || t.day < 1 || hour > 24) return undefined
  if (t.minute > 59 || t.second > 60) return undefined
  const day = new Date(Date.UTC(t.year, t.month - 1, t.day))
  if (day.getUTCDate() !== t.day) return undefined
  const clock = hour * 3600 + t.minute * 60 + t.second
  const local = day.getTime() / 1000 + clock + t.fraction
  if (t.region === undefined) return local - t.zone
  // Asked of the moment that the first answer gives: right but for the hour that a change of clocks skips or repeats.
  const about = local - offsetIn(t.region, local)!
  return local - offsetIn(t.region, about)!
}
