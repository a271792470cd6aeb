// Buckets of numbers and times: how wide, and which is the one of a value.
import type { Span } from '../../../ir/moment.ts'
import type { Buckets } from '../../../ir/operator.ts'
import { floorTime, momentOf, spanSeconds } from '../../../meaning/moment.ts'
import type { Row } from '../row.ts'
import type { Single } from '../values.ts'
import { numberOf, numberText, toList } from '../values.ts'

/** `_time` becomes the bucket's beginning, a number the bucket's two ends. */
export function bucket(
  field: string,
  n: number,
  span: Span,
  start?: number,
): Single {
  if (field === '_time' || span.unit) return floorTime(n, span, start)
  const low = Number((Math.floor(n / span.count) * span.count).toPrecision(15))
  return `${numberText(low)}-${numberText(Number((low + span.count).toPrecision(15)))}`
}

/** Where buckets of time begin, if it is said. */
export function alignment({ align }: Buckets, now: number): number | undefined {
  return typeof align === 'object' ? momentOf(align, now) : undefined
}

const timeSpans: readonly Span[] = [
  { count: 1, unit: 's' },
  { count: 5, unit: 's' },
  { count: 10, unit: 's' },
  { count: 30, unit: 's' },
  { count: 1, unit: 'm' },
  { count: 5, unit: 'm' },
  { count: 10, unit: 'm' },
  { count: 30, unit: 'm' },
  { count: 1, unit: 'h' },
  { count: 1, unit: 'd' },
  { count: 1, unit: 'mon' },
  { count: 1, unit: 'y' },
]

/** The least span by which all values fall into so many buckets. */
export function spanFor(
  rows: readonly Row[],
  field: string,
  b: Buckets,
  bins: number,
): Span {
  const { least, most } = rangeOf(rows, field, b)
  const narrowest = b.minSpan ? spanSeconds(b.minSpan) : 0
  const fits = (size: number) =>
    size >= narrowest &&
    Math.floor(most / size) - Math.floor(least / size) + 1 <= Math.max(2, bins)
  if (field === '_time') {
    return timeSpans.find((s) => fits(spanSeconds(s))) ?? timeSpans.at(-1)!
  }
  const width = most - least
  if (!(width > 0)) return { count: Math.max(1, narrowest) }
  let size = 10 ** Math.floor(Math.log10(width / Math.max(1, bins)))
  while (!fits(size)) size *= 10
  return { count: size }
}

function rangeOf(rows: readonly Row[], field: string, b: Buckets) {
  let least = b.start ?? Number.POSITIVE_INFINITY
  let most = b.end ?? Number.NEGATIVE_INFINITY
  for (const row of rows) {
    const n = numberOf(toList(row.get(field))[0] ?? null)
    if (n === null) continue
    least = Math.min(least, n)
    most = Math.max(most, n)
  }
  return { least, most }
}
