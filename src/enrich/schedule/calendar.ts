// When is a maintenance window open? A calendar expression, read once, and asked what a clock on the wall shows.
//
// expression = [ months ] [ days ] hours                    words in this order, parted by blanks; letter case is ignored
// months     = month [ ".." month ] { "," ... }             Jan  Nov..Feb
// days       = day { "," day }                              every day where none is named
// day        = "daily" | "weekdays" | "weekends"
//            | weekday [ ".." weekday ]                      Mon  Fri..Sun
//            | weekday "#" ( "1" .. "5" | "last" )           Tue#2: the second of the month
//            | "day:" ( number [ ".." number ] | "last" )    day:1..7  day:last
//            | date [ ".." date ]                            2026-12-24..2026-12-26
// hours      = "all-day" | span { "," span }
// span       = time "-" time                                 22:00-04:00 ends on the next morning; 24:00 is the end of a day
//
// A cron expression says when something begins, not until when; a library of those would leave the other half to us. What is compared
// here is the wall clock of a zone, so summer time needs no rule: an hour that the clock shows twice is open twice, one that it leaves
// out is never asked for, and a window from 22:00 to 04:00 ends at 04:00 in each night of the year.

import { months, msPerDay } from '../../base/time.ts'

/** What a clock on the wall shows. */
export interface WallTime {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  /** 0: Monday. */
  readonly weekday: number
  /** Minutes since midnight. */
  readonly minute: number
}

export interface Calendar {
  /** As it was written. */
  readonly text: string
  isOpen(at: WallTime): boolean
}

type DayTest = (at: WallTime) => boolean

interface Span {
  readonly from: number
  readonly to: number
}

export class CalendarError extends Error {}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const minutesOfDay = 24 * 60
/** UTF-16 units of an expression. */
const maxUnits = 400

/** Throws `CalendarError`, which says what was found and what was expected. */
export function readCalendar(text: string): Calendar {
  const words = text.trim().toLowerCase().split(/\s+/)
  if (text.length > maxUnits || words.length > 3 || words[0] === '')
    throw new CalendarError(
      `expected months, days and hours, such as "Tue#2 22:00-04:00", found ${JSON.stringify(text.slice(0, 60))}`,
    )
  const spans = words.pop()!.split(',').flatMap(spanOf)
  const isMonth = (word: string) => months.includes(word.slice(0, 3))
  const inMonth =
    words.length && isMonth(words[0]!) ? monthTest(words.shift()!) : () => true
  if (words.length > 1)
    throw new CalendarError(`expected a month, found "${words[0]}"`)
  const onDay = words.length
    ? anyOf(words[0]!.split(',').map(dayTest))
    : () => true
  const begins = (at: WallTime) => inMonth(at) && onDay(at)
  return {
    text,
    isOpen: (at) => spans.some((span) => isIn(span, at, begins)),
  }
}

/** A span that ends on the next morning belongs to the day on which it begins. */
function isIn({ from, to }: Span, at: WallTime, begins: DayTest): boolean {
  const { minute } = at
  if (from < to) return minute >= from && minute < to && begins(at)
  return (
    (minute >= from && begins(at)) || (minute < to && begins(dayBefore(at)))
  )
}

function dayBefore(at: WallTime): WallTime {
  const before = new Date(midnight(at) - msPerDay)
  return {
    year: before.getUTCFullYear(),
    month: before.getUTCMonth() + 1,
    day: before.getUTCDate(),
    weekday: (at.weekday + 6) % 7,
    minute: at.minute,
  }
}

function midnight({ year, month, day }: WallTime): number {
  return Date.UTC(year, month - 1, day)
}

function spanOf(text: string): Span[] {
  if (text === 'all-day') return [{ from: 0, to: minutesOfDay }]
  const [, h1, m1, h2, m2] =
    /^(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)$/.exec(text) ?? []
  const from = Number(h1) * 60 + Number(m1)
  const to = Number(h2) * 60 + Number(m2)
  const isTime = from < minutesOfDay && to <= minutesOfDay && from !== to
  if (h1 === undefined || !isTime || Number(m1) > 59 || Number(m2) > 59)
    throw new CalendarError(
      `expected hours such as 22:00-04:00 or all-day, found "${text}"`,
    )
  return [{ from, to }]
}

function monthTest(text: string): DayTest {
  const ranges = text.split(',').map((part) => rangeOf(part, months, 'a month'))
  return ({ month }) => ranges.some((within) => within(month - 1))
}

/** Of names that come round again: `Nov..Feb`. */
function rangeOf(
  text: string,
  names: readonly string[],
  what: string,
): (n: number) => boolean {
  const [first, last = first, ...rest] = text.split('..')
  const [a, b] = [names.indexOf(first!), names.indexOf(last!)]
  if (a < 0 || b < 0 || rest.length)
    throw new CalendarError(
      `expected ${what} (${names.join(', ')}) or a range of two, found "${text}"`,
    )
  return a <= b ? (n) => n >= a && n <= b : (n) => n >= a || n <= b
}

const dayWords: Readonly<Record<string, DayTest>> = {
  daily: () => true,
  weekdays: ({ weekday }) => weekday < 5,
  weekends: ({ weekday }) => weekday >= 5,
}

function dayTest(text: string): DayTest {
  if (Object.hasOwn(dayWords, text)) return dayWords[text]!
  if (text.includes('#')) return nthTest(text)
  if (text.startsWith('day:')) return monthDayTest(text)
  if (/^\d/.test(text)) return dateTest(text)
  const within = rangeOf(text, weekdays, 'daily, weekdays, weekends, a weekday')
  return ({ weekday }) => within(weekday)
}

function nthTest(text: string): DayTest {
  const [name, nth = '', ...rest] = text.split('#')
  const weekday = weekdays.indexOf(name!)
  if (weekday < 0 || !/^(?:[1-5]|last)$/.test(nth) || rest.length)
    throw new CalendarError(
      `expected a weekday of the month such as Tue#2 or Fri#last, found "${text}"`,
    )
  return (at) =>
    at.weekday === weekday &&
    (nth === 'last'
      ? at.day + 7 > daysIn(at)
      : Math.ceil(at.day / 7) === Number(nth))
}

function monthDayTest(text: string): DayTest {
  const own = text.slice('day:'.length)
  if (own === 'last') return (at) => at.day === daysIn(at)
  const [, a, b = a] = /^(\d{1,2})(?:\.\.(\d{1,2}))?$/.exec(own) ?? []
  const [first, last] = [Number(a), Number(b)]
  if (a === undefined || first < 1 || last > 31 || first > last)
    throw new CalendarError(
      `expected a day of the month such as day:1, day:1..7 or day:last, found "${text}"`,
    )
  return ({ day }) => day >= first && day <= last
}

function daysIn({ year, month }: WallTime): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function dateTest(text: string): DayTest {
  const [first, last = first, ...rest] = text.split('..')
  const [a, b] = [dateOf(first!), dateOf(last!)]
  if (a === undefined || b === undefined || a > b || rest.length)
    throw new CalendarError(
      `expected a date such as 2026-12-24, or two with .. between them, found "${text}"`,
    )
  return (at) => midnight(at) >= a && midnight(at) <= b
}

function dateOf(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined
  const ms = Date.parse(text)
  // A day that there is not would be another one.
  const isDay = new Date(ms || 0).toISOString().startsWith(text)
  return isDay ? ms : undefined
}

function anyOf(tests: readonly DayTest[]): DayTest {
  return (at) => tests.some((test) => test(at))
}

/** `offset`: minutes east of Greenwich that the clock shows at this moment. */
export function wallTime(ms: number, offset: number): WallTime {
  const there = new Date(ms + offset * 60_000)
  return {
    year: there.getUTCFullYear(),
    month: there.getUTCMonth() + 1,
    day: there.getUTCDate(),
    weekday: (there.getUTCDay() + 6) % 7,
    minute: there.getUTCHours() * 60 + there.getUTCMinutes(),
  }
}
