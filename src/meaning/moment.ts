// Moments relative to another, and buckets of time. A moment is a number of seconds since 1970 with a fraction; days begin at
// midnight UTC, weeks on Sunday.
import type { Moment, Span, SpanUnit, TimeStep } from '../ir/moment.ts'

/** How units of time are written in spans and in time modifiers; spans have microseconds and milliseconds besides. */
const unitWords: Readonly<Record<Exclude<SpanUnit, 'us' | 'ms'>, string>> = {
  s: 's sec secs second seconds',
  m: 'm min mins minute minutes',
  h: 'h hr hrs hour hours',
  d: 'd day days',
  w: 'w week weeks',
  mon: 'mon month months',
  q: 'q qtr qtrs quarter quarters',
  y: 'y yr yrs year years',
}

const units: ReadonlyMap<string, SpanUnit> = new Map(
  Object.entries(unitWords).flatMap(([unit, words]) =>
    words.split(' ').map((word) => [word, unit as SpanUnit] as const),
  ),
)
const spanUnits: ReadonlyMap<string, SpanUnit> = new Map([
  ...units,
  ['us', 'us'],
  ['ms', 'ms'],
])

/** `5m`, `1mon`, `10`, `0.5`: undefined where it is no span. */
export function parseSpan(text: string): Span | undefined {
  const m = /^(\d{1,9}(?:\.\d{1,6})?)?([A-Za-z]{0,10})$/.exec(text)
  if (!m || (!m[1] && !m[2])) return undefined
  const count = m[1] ? Number(m[1]) : 1
  if (!(count > 0)) return undefined
  if (!m[2]) return { count }
  const unit = spanUnits.get(m[2].toLowerCase())
  return unit && { count, unit }
}

/** `1w@w1`: a span, and where its buckets begin. */
export function parseSnappedSpan(
  text: string,
): { span: Span; align?: Moment } | undefined {
  const at = text.indexOf('@')
  const span = parseSpan(at < 0 ? text : text.slice(0, at))
  if (!span || at < 0) return span && { span }
  const steps = parseSteps(text.slice(at))
  return steps && { span, align: { anchor: 'now', steps } }
}

/** Characters of one time modifier. */
const maxModifier = 100

const step = /([+-])(\d{0,9})([a-z]{1,10})|@(?:w([0-7])|([a-z]{1,10}))/y

/**
 * `-1d@d`, `@w0+2h`, `now`: undefined where it is not written so.
 *
 *     modifier = ["now"] { shift | snap }
 *     shift    = ("+" | "-") [count] unit
 *     snap     = "@" (unit | "w" weekday)
 */
export function parseSteps(text: string): TimeStep[] | undefined {
  if (text === '' || text.length > maxModifier) return undefined
  const steps: TimeStep[] = []
  let at = text.startsWith('now') ? 3 : 0
  while (at < text.length) {
    step.lastIndex = at
    const m = step.exec(text)
    if (!m) return undefined
    at = step.lastIndex
    const [, sign, count, shifted, weekday, snapped] = m
    if (weekday !== undefined) {
      steps.push({ kind: 'weekday', day: Number(weekday) % 7 })
      continue
    }
    const unit = units.get((shifted ?? snapped)!)
    if (!unit) return undefined
    if (snapped !== undefined) steps.push({ kind: 'snap', unit })
    else {
      const by = (sign === '-' ? -1 : 1) * Number(count || 1)
      steps.push({ kind: 'shift', count: by, unit })
    }
  }
  return steps
}

export function momentOf(moment: Moment, now: number): number {
  const { anchor, steps } = moment
  return moved(anchor === 'now' ? now : anchor, steps)
}

export function moved(t: number, steps: readonly TimeStep[]): number {
  return steps.reduce(afterStep, t)
}

function afterStep(t: number, step: TimeStep): number {
  switch (step.kind) {
    case 'shift':
      return shift(t, step.count, step.unit)
    case 'snap':
      return floorTime(t, { count: 1, unit: step.unit })
    case 'weekday':
      return lastWeekday(t, step.day)
  }
}

function shift(t: number, count: number, unit: SpanUnit): number {
  const months = monthsOf(unit)
  if (months === undefined) return t + count * spanSeconds({ count: 1, unit })
  const d = new Date(t * 1000)
  const day = d.getUTCDate()
  d.setUTCDate(1)
  d.setUTCMonth(d.getUTCMonth() + count * months)
  const last = new Date(
    Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 1, 0),
  ).getUTCDate()
  d.setUTCDate(Math.min(day, last))
  return d.getTime() / 1000 + (t - Math.floor(t * 1000) / 1000)
}

function lastWeekday(t: number, weekday: number): number {
  const day = floorTime(t, { count: 1, unit: 'd' })
  const back = (new Date(day * 1000).getUTCDay() - weekday + 7) % 7
  return day - back * 86_400
}

function monthsOf(unit: SpanUnit | undefined): number | undefined {
  if (unit === 'mon') return 1
  if (unit === 'q') return 3
  return unit === 'y' ? 12 : undefined
}

/** A month counts 30 days, as for `maxspan`. */
const unitSeconds: Readonly<Record<SpanUnit, number>> = {
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  mon: 30 * 86_400,
  q: 91 * 86_400,
  y: 365 * 86_400,
}

export function spanSeconds(span: Span): number {
  return span.unit ? span.count * unitSeconds[span.unit] : span.count
}

/** Where the bucket of a moment begins; buckets are counted from `start` where it is given. */
export function floorTime(t: number, span: Span, start?: number): number {
  const months = monthsOf(span.unit)
  if (months !== undefined) {
    const d = new Date(t * 1000)
    const step = months * Math.max(1, Math.round(span.count))
    const month = d.getUTCFullYear() * 12 + d.getUTCMonth()
    const first = Math.floor(month / step) * step
    return Date.UTC(Math.floor(first / 12), first % 12) / 1000
  }
  const width = spanSeconds(span)
  // 1970-01-04 was the first Sunday.
  const from = start ?? (span.unit === 'w' ? 3 * 86_400 : 0)
  const floor = Math.floor((t - from) / width) * width + from
  return width < 1 ? Number(floor.toFixed(6)) : floor
}

/** The beginning of the next bucket. */
export function nextTime(start: number, span: Span): number {
  const months = monthsOf(span.unit)
  if (months === undefined) return start + spanSeconds(span)
  const d = new Date(start * 1000)
  const step = months * Math.max(1, Math.round(span.count))
  return Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + step) / 1000
}
