// Moments as searches write them: `strftime` and `strptime`, `-1d@d`, spans. All times are UTC; a moment is a number of
// seconds since 1970 with a fraction. Variables: Splunk's "Date and time format variables".
import { type Span, type SpanUnit, spanUnitNames } from '../../ir/search.ts'

const dayNames = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
]
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

function two(n: number): string {
  return String(n).padStart(2, '0')
}

/** A moment as text; undefined where it is no moment that a calendar has. */
export function strftime(seconds: number, format: string): string | undefined {
  const ms = seconds * 1000
  if (!(Math.abs(ms) <= 8.64e15)) return undefined
  const whole = Math.floor(seconds)
  const d = new Date(whole * 1000)
  const fraction = seconds - whole
  return format.replace(
    /%(-?)(?:([369])?([a-zA-Z%+])|:z)/g,
    (
      all: string,
      dash: string,
      digits: string | undefined,
      c: string | undefined,
    ) => {
      if (c === undefined) return '+00:00'
      const text = variable(d, whole, fraction, c, digits)
      if (text === undefined) return all
      return dash ? text.replace(/^[0 ]+(?=\d)/, '') : text
    },
  )
}

function variable(
  d: Date,
  seconds: number,
  fraction: number,
  c: string,
  digits: string | undefined,
): string | undefined {
  switch (c) {
    case 'Y':
      return String(d.getUTCFullYear())
    case 'y':
      return two(d.getUTCFullYear() % 100)
    case 'm':
      return two(d.getUTCMonth() + 1)
    case 'd':
      return two(d.getUTCDate())
    case 'e':
      return String(d.getUTCDate()).padStart(2, ' ')
    case 'H':
      return two(d.getUTCHours())
    case 'k':
      return String(d.getUTCHours()).padStart(2, ' ')
    case 'I':
      return two(d.getUTCHours() % 12 || 12)
    case 'M':
      return two(d.getUTCMinutes())
    case 'S':
      return two(d.getUTCSeconds())
    case 'p':
      return d.getUTCHours() < 12 ? 'AM' : 'PM'
    case 'Q':
    case 'N':
      return subseconds(fraction, Number(digits ?? (c === 'Q' ? 3 : 9)))
    case 'f':
      return subseconds(fraction, 6)
    case 'F':
      return `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}`
    case 'T':
      return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`
    case 's':
      return String(seconds)
    case 'a':
      return dayNames[d.getUTCDay()]!.slice(0, 3)
    case 'A':
      return dayNames[d.getUTCDay()]!
    case 'b':
    case 'h':
      return monthNames[d.getUTCMonth()]!.slice(0, 3)
    case 'B':
      return monthNames[d.getUTCMonth()]!
    case 'w':
      return String(d.getUTCDay())
    case 'u':
      return String(d.getUTCDay() || 7)
    case 'j':
      return String(
        Math.floor(
          (d.getTime() - Date.UTC(d.getUTCFullYear(), 0, 1)) / 86_400_000,
        ) + 1,
      ).padStart(3, '0')
    case 'V':
      return two(isoWeek(d))
    case 'z':
      return '+0000'
    case 'Z':
      return 'UTC'
    case 'c':
      return strftime(seconds, '%a %b %e %H:%M:%S %Y')
    case 'x':
      return strftime(seconds, '%m/%d/%Y')
    case 'X':
      return strftime(seconds, '%H:%M:%S')
    case 'D':
      return strftime(seconds, '%m/%d/%y')
    case 'R':
      return strftime(seconds, '%H:%M')
    case '+':
      return strftime(seconds, '%a %b %e %H:%M:%S UTC %Y')
    case '%':
      return '%'
    default:
      return undefined
  }
}

function subseconds(fraction: number, digits: number): string {
  const scale = 10 ** digits
  return String(
    Math.min(scale - 1, Math.floor(fraction * scale + 1e-4)),
  ).padStart(digits, '0')
}

function isoWeek(d: Date): number {
  const day = new Date(
    Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate()),
  )
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7))
  return Math.ceil(
    ((day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) /
      7,
  )
}

/** The moment that a text tells in a format; undefined where the text does not fit. */
export function strptime(text: string, format: string): number | undefined {
  const t = {
    year: 1970,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    fraction: 0,
    pm: undefined as boolean | undefined,
    zone: 0,
    epoch: undefined as number | undefined,
  }
  let at = 0
  const take = (form: RegExp): string | undefined => {
    form.lastIndex = at
    const m = form.exec(text)
    if (!m) return undefined
    at = form.lastIndex
    return m[0]
  }
  const expanded = format
    .replaceAll('%F', '%Y-%m-%d')
    .replaceAll('%T', '%H:%M:%S')
    .replaceAll('%D', '%m/%d/%y')
    .replaceAll('%R', '%H:%M')
  const variables = /%(-?)(\d?)(:z|[a-zA-Z%])|\s+|[\s\S]/g
  for (const m of expanded.matchAll(variables)) {
    if (!m[3]) {
      if (/^\s/.test(m[0])) take(/\s*/y)
      else if (text[at++] !== m[0]) return undefined
      continue
    }
    if (!takeVariable(m[3], take, t)) return undefined
  }
  if (at < text.trimEnd().length) return undefined
  if (t.epoch !== undefined) return t.epoch + t.fraction
  if (t.pm !== undefined) t.hour = (t.hour % 12) + (t.pm ? 12 : 0)
  if (
    t.month > 12 ||
    t.day > 31 ||
    t.hour > 24 ||
    t.minute > 59 ||
    t.second > 60
  )
    return undefined
  const ms = Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute, t.second)
  const back = new Date(Date.UTC(t.year, t.month - 1, t.day))
  if (back.getUTCDate() !== t.day) return undefined
  return ms / 1000 + t.fraction - t.zone
}

interface Parts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  fraction: number
  pm: boolean | undefined
  zone: number
  epoch: number | undefined
}

function takeVariable(
  c: string,
  take: (form: RegExp) => string | undefined,
  t: Parts,
): boolean {
  const number = (form: RegExp, set: (n: number) => void): boolean => {
    const found = take(form)
    if (found === undefined) return false
    set(Number(found))
    return true
  }
  switch (c) {
    case 'Y':
      return number(/\d{4}/y, (n) => (t.year = n))
    case 'y':
      return number(/\d{2}/y, (n) => (t.year = n < 69 ? 2000 + n : 1900 + n))
    case 'm':
      return number(/\d{1,2}/y, (n) => (t.month = n))
    case 'd':
    case 'e':
      return number(/\s?\d{1,2}/y, (n) => (t.day = n))
    case 'H':
    case 'I':
    case 'k':
      return number(/\s?\d{1,2}/y, (n) => (t.hour = n))
    case 'M':
      return number(/\d{1,2}/y, (n) => (t.minute = n))
    case 'S':
      return number(/\d{1,2}/y, (n) => (t.second = n))
    case 'Q':
    case 'N':
    case 'f': {
      const found = take(/\d{1,9}/y)
      if (found === undefined) return false
      t.fraction = Number(`0.${found}`)
      return true
    }
    case 's':
      return number(/\d{1,12}/y, (n) => (t.epoch = n))
    case 'b':
    case 'B':
    case 'h': {
      const found = take(/[A-Za-z]+/y)?.toLowerCase()
      const i = monthNames.findIndex(
        (n) =>
          n.toLowerCase() === found || n.slice(0, 3).toLowerCase() === found,
      )
      t.month = i + 1
      return i >= 0
    }
    case 'a':
    case 'A':
      return take(/[A-Za-z]+/y) !== undefined
    case 'p': {
      const found = take(/[AaPp][Mm]/y)
      t.pm = found?.toLowerCase() === 'pm'
      return found !== undefined
    }
    case 'z':
    case ':z': {
      const found = take(/Z|[+-]\d{2}:?\d{2}/y)
      if (found === undefined) return false
      const m = /([+-])(\d{2}):?(\d{2})/.exec(found)
      t.zone = m
        ? (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 3600 + Number(m[3]) * 60)
        : 0
      return true
    }
    case 'Z':
      return take(/[A-Za-z]{1,5}/y) !== undefined
    case '%':
      return take(/%/y) !== undefined
    default:
      return false
  }
}

const seconds: Readonly<Partial<Record<SpanUnit, number>>> = {
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
}

/** Of a span of fixed length; a month counts 30 days, as for `maxspan`. */
export function spanSeconds(span: Span): number {
  if (!span.unit) return span.count
  const days = { mon: 30, q: 91, y: 365 } as const
  const unit =
    seconds[span.unit] ?? days[span.unit as 'mon' | 'q' | 'y'] * 86_400
  return span.count * unit
}

/** Where the bucket of a moment begins. Days begin at midnight UTC, weeks on Sunday. */
export function floorTime(t: number, span: Span): number {
  const months = { mon: 1, q: 3, y: 12 } as const
  if (span.unit && span.unit in months) {
    const d = new Date(t * 1000)
    const step =
      months[span.unit as 'mon' | 'q' | 'y'] *
      Math.max(1, Math.round(span.count))
    const month = d.getUTCFullYear() * 12 + d.getUTCMonth()
    const start = Math.floor(month / step) * step
    return Date.UTC(Math.floor(start / 12), start % 12) / 1000
  }
  const width = spanSeconds(span)
  if (span.unit === 'w') {
    // 1970-01-04 was the first Sunday.
    const sunday = 3 * 86_400
    return Math.floor((t - sunday) / width) * width + sunday
  }
  const start = Math.floor(t / width) * width
  return width < 1 ? Number(start.toFixed(6)) : start
}

/** The beginning of the next bucket. */
export function nextTime(start: number, span: Span): number {
  const months = { mon: 1, q: 3, y: 12 } as const
  if (span.unit && span.unit in months) {
    const d = new Date(start * 1000)
    const step =
      months[span.unit as 'mon' | 'q' | 'y'] *
      Math.max(1, Math.round(span.count))
    return Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + step) / 1000
  }
  return start + spanSeconds(span)
}

const modifier = /([+-])(\d{0,9})([a-z]+)|@(w[0-7]|[a-z]+)/y

/** `-1d@d`, `@w0+2h`, `now`: a moment relative to another. undefined: not written so. */
export function relativeTime(t: number, text: string): number | undefined {
  let at = text.startsWith('now') ? 3 : 0
  let result = t
  if (text.length > 100) return undefined
  while (at < text.length) {
    modifier.lastIndex = at
    const m = modifier.exec(text)
    if (!m) return undefined
    at = modifier.lastIndex
    const moved =
      m[4] === undefined
        ? shift(result, m[1]!, m[2]!, m[3]!)
        : snap(result, m[4])
    if (moved === undefined) return undefined
    result = moved
  }
  return text === '' ? undefined : result
}

function shift(
  t: number,
  sign: string,
  count: string,
  name: string,
): number | undefined {
  const unit = Object.hasOwn(spanUnitNames, name)
    ? spanUnitNames[name]
    : undefined
  if (!unit) return undefined
  const n = (sign === '-' ? -1 : 1) * Number(count || 1)
  const months = { mon: 1, q: 3, y: 12 } as const
  if (unit in months) {
    const d = new Date(t * 1000)
    const day = d.getUTCDate()
    d.setUTCDate(1)
    d.setUTCMonth(d.getUTCMonth() + n * months[unit as 'mon' | 'q' | 'y'])
    const last = new Date(
      Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 1, 0),
    ).getUTCDate()
    d.setUTCDate(Math.min(day, last))
    return d.getTime() / 1000 + (t - Math.floor(t * 1000) / 1000)
  }
  return t + n * spanSeconds({ count: 1, unit })
}

function snap(t: number, name: string): number | undefined {
  const weekday = /^w([0-7])$/.exec(name)
  if (weekday) {
    const day = floorTime(t, { count: 1, unit: 'd' })
    const back =
      (new Date(day * 1000).getUTCDay() - (Number(weekday[1]) % 7) + 7) % 7
    return day - back * 86_400
  }
  const unit = Object.hasOwn(spanUnitNames, name)
    ? spanUnitNames[name]
    : undefined
  return unit && floorTime(t, { count: 1, unit })
}
