// Options of bin, chart and timechart that say how wide buckets are and where they begin.
import type { Span } from '../../../ir/moment.ts'
import type { Buckets } from '../../../ir/operator.ts'
import { parseMoment, printMoment } from '../moment.ts'
import { SyntaxProblem } from '../report.ts'
import type { Scanner } from '../scanner.ts'
import type { Options } from './options.ts'
import { span, words } from './parts.ts'

export const bucketOptions = {
  span: 'snapped-span',
  minspan: 'span',
  bins: 'count',
  start: 'number',
  end: 'number',
  aligntime: 'text',
} as const

export function bucketsOf(
  s: Scanner,
  found: Options<typeof bucketOptions>,
  at: number,
): Buckets {
  const { aligntime } = found
  const aligned = aligntime !== undefined && !isCalendar(found.span?.span)
  if (aligntime !== undefined && !aligned)
    s.note(
      'P048',
      `"aligntime=${aligntime}" is passed over: days and longer buckets begin where the calendar says`,
      at,
    )
  return {
    ...found.span,
    ...(found.minspan ? { minSpan: found.minspan } : {}),
    ...(found.bins ? { bins: found.bins } : {}),
    ...(found.start === undefined ? {} : { start: found.start }),
    ...(found.end === undefined ? {} : { end: found.end }),
    ...(aligned ? { align: alignment(aligntime, at) } : {}),
  }
}

type Aligned = NonNullable<Buckets['align']>

/** Splunk's manual on bin. */
function isCalendar(span: Span | undefined): boolean {
  return ['d', 'mon', 'q', 'y'].includes(span?.unit ?? '')
}

function alignment(text: string, at: number): Aligned {
  const end = text.toLowerCase()
  if (end === 'earliest' || end === 'latest') return end
  const moment = parseMoment(text)
  if (moment) return moment
  throw new SyntaxProblem(
    'P009',
    `option "aligntime" is "${text}", expected a time such as @h+10m, an epoch in seconds, earliest or latest`,
    at,
  )
}

/** Of a span with a snap: what follows `now`. */
function snap({ span, align }: Buckets): string {
  if (typeof align !== 'object') return ''
  const [first] = align.steps
  const snapped = span && align.anchor === 'now' && first?.kind !== 'shift'
  return snapped ? printMoment(align).slice('now'.length) : ''
}

export function printBuckets(b: Buckets): string {
  return words(
    b.span && `span=${span(b.span)}${snap(b)}`,
    b.minSpan && `minspan=${span(b.minSpan)}`,
    b.bins && `bins=${b.bins}`,
    b.start !== undefined && `start=${b.start}`,
    b.end !== undefined && `end=${b.end}`,
    b.align &&
      !snap(b) &&
      `aligntime="${typeof b.align === 'string' ? b.align : printMoment(b.align)}"`,
  )
}
