// The variables of Splunk's time formats: what each writes of a moment, and what it reads out of a text. Source: Splunk's "Date and
// time format variables".
import { zoneHours } from '../base/zone-letters.ts'
import { isoWeek } from '../base/time.ts'
import { zoneOf } from '../base/zone.ts'

const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'
const dayNames = days.split(' ')
const months =
  'January February March April May June July August September October November December'
const monthNames = months.split(' ')

/** What a text has told so far. */
export interface Told {
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

export interface Moment {
  readonly date: Date
  /** Whole seconds since 1970, and what is left. */
  readonly seconds: number
  readonly fraction: number
}

export interface Variable {
  /** `digits`: the number between % and the letter. */
  readonly write: (m: Moment, digits: number | undefined) => string
  /** Sticky: what a text may have there. Without it the variable only writes. */
  readonly form?: RegExp
  /** Takes what was found; false: it means nothing. */
  readonly read?: (found: string, told: Told) => boolean
}

/** Variables that are short for others. */
export const shorthands: Readonly<Record<string, string>> = {
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

const two = (n: number) => String(n).padStart(2, '0')
const padded = (n: number) => String(n).padStart(2, ' ')

export const variables: Readonly<Record<string, Variable>> = {
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
        return zoneOf(found) !== undefined
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
