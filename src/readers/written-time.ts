// Times as programs write them for people: what base/time does not read, because it is no format of a log.
import type { Value } from '../base/record.ts'
import { currentDates } from '../base/date-order.ts'
import { formatTime, months, parseTime } from '../base/time.ts'

const clock = String.raw`(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,](\d{1,9}))?)?(?: ?([AaPp])\.?[Mm]\.?)?`
const zone = String.raw`(?: ?(Z|UTC|GMT|[+-]\d\d:?\d\d))?`

/** `Mar 1, 2024 10:00:00 AM` of portals. */
const monthFirst = new RegExp(
  String.raw`^([A-Za-z]{3})[a-z]{0,6} (\d{1,2}),? (\d{4})(?:,| at| @)? ${clock}${zone}$`,
)
/** `Fri Mar  1 10:00:00 2024 UTC` of ctime. */
const yearLast =
  /^(?:[A-Za-z]{3} )?([A-Za-z]{3}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))? (?:([A-Z]{3,4}|[+-]\d{4}) )?(\d{4})(?: (UTC|GMT))?$/
/** `01 Mar 2024 10:00:00`, `01/Mar/2024:10:00:00 +0000`. */
const dayFirst = new RegExp(
  String.raw`^(?:[A-Za-z]{3}, )?(\d{1,2})[ /-]([A-Za-z]{3})[ /-](\d{4})[ :,]{1,2}${clock}${zone}$`,
)
/** `3/1/2024 10:00:00 AM`, `1.3.2024 10:00`, `1-3-2024 10:00:00`. */
const numbers = new RegExp(
  String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}),? {1,2}${clock}${zone}$`,
)
/** `2024-03-01 10:00:00 +0000`, and with a blank, a comma or an `@` where no log has them. */
const spaced =
  /^(\d{4}[-/]\d\d[-/]\d\d)(?:[T ]|, | @ )(\d\d:\d\d:\d\d(?:[.,]\d{1,9})?) ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/

/** `2024/3/1 9:05 PM` of forms and sheets. */
const yearFirst = new RegExp(
  String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T]${clock}${zone}$`,
)

/** `20260304112030.125000+060` of WMI: the offset in minutes. */
const ofWmi = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.(\d{6})([+-])(\d{3})$/

/** Longest text looked at, in UTF-16 units. */
const maxLength = 64

/** Milliseconds since 1970 UTC; no zone means that of base/local-time.ts. */
export function readTime(value: Value | undefined): number | undefined {
  const known = parseTime(value)
  if (known !== undefined || typeof value !== 'string') return known
  const text = value.trim()
  if (text.length > maxLength) return undefined
  return (
    readSpaced(text) ??
    readMonthFirst(text) ??
    readYearLast(text) ??
    readDayFirst(text) ??
    readNumbers(text) ??
    readWmi(text)
  )
}

/** ISO 8601 where it is a time, else as it was. */
export function asIsoTime(value: Value | undefined): Value | undefined {
  const ms = readTime(value)
  return ms === undefined ? value : formatTime(ms)
}

function readSpaced(text: string): number | undefined {
  const m = spaced.exec(text)
  if (m) return parseTime(`${m[1]} ${m[2]}${m[3] ?? ''}`)
  const other = yearFirst.exec(text)
  if (!other) return undefined
  const [, year, month, day, ...time] = other
  return join(Number(year), Number(month), Number(day), time)
}

function readMonthFirst(text: string): number | undefined {
  const m = monthFirst.exec(text)
  if (!m) return undefined
  return join(Number(m[3]), monthOf(m[1]!), Number(m[2]), m.slice(4))
}

function readDayFirst(text: string): number | undefined {
  const m = dayFirst.exec(text)
  if (!m) return undefined
  return join(Number(m[3]), monthOf(m[2]!), Number(m[1]), m.slice(4))
}

function readYearLast(text: string): number | undefined {
  const m = yearLast.exec(text)
  if (!m) return undefined
  const [, month, day, hour, minute, second, fraction, , year] = m
  const offset = /^[+-]/.test(m[7] ?? '') ? m[7] : undefined
  const parts = [hour, minute, second, fraction, undefined, offset]
  return join(Number(year), monthOf(month!), Number(day), parts)
}

function readNumbers(text: string): number | undefined {
  const m = numbers.exec(text)
  if (!m) return undefined
  const [a, b] = [Number(m[1]), Number(m[3])]
  const isDayFirst = currentDates().isDayFirst(a, b, m[2]!)
  const [month, day] = isDayFirst ? [b, a] : [a, b]
  return join(Number(m[4]), month!, day!, m.slice(5))
}

function readWmi(text: string): number | undefined {
  const m = ofWmi.exec(text)
  if (!m) return undefined
  const [, year, month, day, hour, minute, second, micros, sign, offset] = m
  const clock = [hour, minute, second, micros, undefined, 'Z']
  const ms = join(Number(year), Number(month), Number(day), clock)
  const east = Number(offset) * 60_000
  return ms === undefined ? undefined : sign === '-' ? ms + east : ms - east
}

function monthOf(name: string): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1
}

/** `parts`: hour, minute, second, fraction, a or p, zone. */
function join(
  year: number,
  month: number,
  day: number,
  parts: readonly (string | undefined)[],
): number | undefined {
  const [hourText, minute, second = '00', fraction, half, zoneText] = parts
  let hour = Number(hourText)
  if (half) hour = (hour % 12) + (/p/i.test(half) ? 12 : 0)
  const two = (n: number) => String(n).padStart(2, '0')
  const date = `${year}-${two(month)}-${two(day)}`
  const point = fraction ? `.${fraction}` : ''
  return parseTime(
    `${date} ${two(hour)}:${minute}:${second}${point}${zoneText ?? ''}`,
  )
}

/** What a sheet makes of a day. */
const midnight = /[T ]00:00(?::00(?:\.0{1,9})?)?$/

/** A day of which the clock stands in a column of its own; without it, it is no time. */
export function withClock(
  day: Value | undefined,
  clock: Value | undefined,
): Value | undefined {
  if (typeof day !== 'string') return day
  const isClock = typeof clock === 'string' && /^\d{1,2}:\d\d/.test(clock)
  if (isClock) return `${day.replace(midnight, '')} ${clock}`
  return day.includes(':') ? day : undefined
}
