// When did it happen? Turns every way that telemetry writes a moment into milliseconds since 1970 UTC, and back.
// Written by hand: Date.parse takes text without a zone for local time, and cuts fractions to milliseconds.
import { entryOf } from './entry.ts'
import { utcOfLocal } from './local-time.ts'
import type { Value } from './record.ts'
import { zoneHours } from './zone-letters.ts'

/** Numbers below are counters or durations, not moments: 1e8 s is March 1973. */
const leastEpochSeconds = 1e8

/** A number's unit is told by its size; the bounds are in that unit's predecessor (1e11 s is the year 5138). */
const mostEpochSeconds = 1e11
const mostEpochMilliseconds = 1e14
const mostEpochMicroseconds = 1e17
const mostEpochNanoseconds = 1e20
/** Hundreds of nanoseconds since 1601, from 1995 to 2110: as nanoseconds since 1970 they were of a year that no log has. */
const leastFiletime = 1.243e17
const mostFiletime = 1.607e17
/** In milliseconds. */
const filetimeOf1970 = 11_644_473_600_000

/** Longest text looked at, in UTF-16 units; the longest known form has 37. */
const maxTimeText = 64

export const msPerDay = 86_400_000
const msPerHour = 3_600_000

/** As people shorten them, in lower case. */
export const months: readonly string[] = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
]

/**
 * `2020-10-13 04:24:51.699`, ISO 8601 with 0 to 9 fraction digits and any zone, epoch seconds to nanoseconds as a number
 * or as text, `/Date(1602562491699)/`. No zone means that of local-time.ts, or UTC where the field is one of UTC (`isUtc`). undefined
 * where it is none of these.
 */
export function parseTime(
  value: Value | undefined,
  isUtc = false,
): number | undefined {
  if (typeof value === 'number') return fromEpoch(value)
  if (typeof value !== 'string') {
    return Array.isArray(value) ? parseTime(value[0], isUtc) : undefined
  }
  const end = value.length
  if (end < 8 || end > maxTimeText) return undefined
  const separator = value.charCodeAt(4)
  if (separator === DASH || separator === SLASH)
    return parseCalendar(value, isUtc)
  if (value.startsWith('/Date(')) return fromDigits(value.slice(6, -2))
  return fromDigits(value)
}

/** ISO 8601 in UTC; microseconds are written only where there are any. */
export function formatTime(ms: number): string {
  const whole = Math.floor(ms)
  if (!(Math.abs(whole) <= 8.64e15)) return String(ms)
  let micros = Math.round((ms - whole) * 1000)
  let base = whole
  if (micros === 1000) {
    base++
    micros = 0
  }
  const text = new Date(base).toISOString()
  if (micros === 0) return text
  return `${text.slice(0, -1)}${String(micros).padStart(3, '0')}Z`
}

const twoDigits = Array.from({ length: 60 }, (_, n) =>
  String(n).padStart(2, '0'),
)
/** The day that was written last: neighbouring moments share it. */
let lastDay = Number.NaN
let lastDate = ''

/** ISO 8601 in UTC with milliseconds; null where it is no moment that a calendar has. Faster than Date, which is asked once a day. */
export function isoTime(ms: number | undefined): string | null {
  if (ms === undefined || !(Math.abs(ms) <= 8.64e15)) return null
  const day = Math.floor(ms / msPerDay)
  if (day !== lastDay) {
    lastDay = day
    lastDate = new Date(day * msPerDay).toISOString().slice(0, -14)
  }
  const rest = Math.floor(ms) - day * msPerDay
  const hours = Math.floor(rest / 3_600_000)
  const minutes = Math.floor(rest / 60_000) % 60
  const seconds = Math.floor(rest / 1000) % 60
  const millis = rest % 1000
  const zeros = millis < 10 ? '00' : millis < 100 ? '0' : ''
  return `${lastDate}T${twoDigits[hours]}:${twoDigits[minutes]}:${twoDigits[seconds]}.${zeros}${millis}Z`
}

/** The day in UTC on which the moment before this one lies: the last one of what is over then. */
export function lastDayBefore(ms: number): string {
  return new Date(ms - 1).toISOString().slice(0, 10)
}

/** ISO 8601: weeks begin on Monday, and the first is the one with the year's first Thursday. */
export function isoWeek(date: Date): number {
  const day = Date.UTC(
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
  )
  const thursday = day + (4 - (date.getUTCDay() || 7)) * msPerDay
  const newYear = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1)
  return Math.floor((thursday - newYear) / (7 * msPerDay)) + 1
}

const DASH = 0x2d
const SLASH = 0x2f
const COLON = 0x3a
const PLUS = 0x2b
const SPACE = 0x20

function fromEpoch(n: number): number | undefined {
  if (!(n >= leastEpochSeconds)) return undefined
  if (n < mostEpochSeconds) return n * 1000
  if (n < mostEpochMilliseconds) return n
  if (n < mostEpochMicroseconds) return n / 1e3
  if (n > leastFiletime && n < mostFiletime) return n / 1e4 - filetimeOf1970
  return n < mostEpochNanoseconds ? n / 1e6 : undefined
}

function fromDigits(text: string): number | undefined {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if ((c < 0x30 || c > 0x39) && c !== 0x2e) return undefined
  }
  return fromEpoch(Number(text))
}

function parseCalendar(text: string, isUtc: boolean): number | undefined {
  const year = number(text, 0, 4)
  const month = number(text, 5, 2)
  const day = number(text, 8, 2)
  if (year < 0 || month < 1 || month > 12 || day < 1) return undefined
  if (text.charCodeAt(7) !== text.charCodeAt(4)) return undefined
  if (day > daysInMonth(year, month)) return undefined
  const days = daysFromCivil(year, month, day) * msPerDay
  if (text.length === 10) return isUtc ? days : utcOfLocal(days)
  const between = text.charCodeAt(10)
  if (between !== SPACE && between !== 0x54 && between !== 0x74)
    return undefined
  return parseClock(text, days, isUtc)
}

/** `04:24[:51[.699123456]][zone]` from position 11. */
function parseClock(
  text: string,
  days: number,
  isUtc: boolean,
): number | undefined {
  const hour = number(text, 11, 2)
  const minute = number(text, 14, 2)
  if (hour < 0 || hour > 24 || minute < 0 || minute > 59) return undefined
  if (text.charCodeAt(13) !== COLON) return undefined
  let ms = (hour * 60 + minute) * 60_000
  let at = 16
  if (text.charCodeAt(at) === COLON) {
    const second = number(text, 17, 2)
    if (second < 0 || second > 60) return undefined
    ms += second * 1000
    at = 19
    const point = text.charCodeAt(at)
    if (point === 0x2e || point === 0x2c) {
      let digits = 0
      let fraction = 0
      for (at = 20; at < text.length; at++) {
        const c = text.charCodeAt(at) - 0x30
        if (c < 0 || c > 9) break
        digits++
        fraction = fraction * 10 + c
      }
      if (digits === 0) return undefined
      ms += fraction / 10 ** (digits - 3)
    }
  }
  if (at === text.length) return isUtc ? days + ms : utcOfLocal(days + ms)
  const zone = parseZone(text, at)
  return zone === undefined ? undefined : days + ms - zone
}

/** Milliseconds east of Greenwich: `Z`, ` UTC`, ` CET`, `+02:00`, `+0200`, `+02`. */
function parseZone(text: string, at: number): number | undefined {
  let start = at
  if (text.charCodeAt(start) === SPACE) start++
  const rest = text.length - start
  const sign = text.charCodeAt(start)
  if (sign !== PLUS && sign !== DASH) {
    const name = text.slice(start).toUpperCase()
    if (name === 'Z') return 0
    const hours = entryOf(zoneHours, name)
    return hours === undefined ? undefined : hours * msPerHour
  }
  const hours = number(text, start + 1, 2)
  const colon = text.charCodeAt(start + 3) === COLON ? 1 : 0
  const minutes = rest === 3 ? 0 : number(text, start + 3 + colon, 2)
  if (hours < 0 || minutes < 0 || hours > 18 || minutes > 59) return undefined
  if (rest !== 3 && rest !== 5 + colon) return undefined
  const ms = (hours * 60 + minutes) * 60_000
  return sign === DASH ? -ms : ms
}

/** The decimal number of exactly `length` digits at `at`, -1 if it is none. */
function number(text: string, at: number, length: number): number {
  let n = 0
  for (let i = at; i < at + length; i++) {
    const c = text.charCodeAt(i) - 0x30
    if (!(c >= 0 && c <= 9)) return -1
    n = n * 10 + c
  }
  return n
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2)
    return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

// Days since 1970 in the proleptic Gregorian calendar, counting years from March so that a leap day comes last.
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
