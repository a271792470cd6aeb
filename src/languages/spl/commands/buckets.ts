// Options of bin, chart and timechart that say how wide buckets are and where they begin.
import type { Moment } from '../../../ir/moment.ts'
import type { Buckets } from '../../../ir/operator.ts'
import { parseMoment, printMoment } from '../moment.ts'
import { SyntaxProblem } from '../report.ts'
import type { Options } from './options.ts'
import { span, words } from './parts.ts'

export const bucketOptions = {
  span: 'span',
  minspan: 'span',
  bins: 'count',
  start: 'number',
  end: 'number',
  aligntime: 'text',
} as const

export function bucketsOf(
  found: Options<typeof bucketOptions>,
  at: number,
): Buckets {
  return {
    ...(found.span ? { span: found.span } : {}),
    ...(found.minspan ? { minSpan: found.minspan } : {}),
    ...(found.bins ? { bins: found.bins } : {}),
    ...(found.start === undefined ? {} : { start: found.start }),
    ...(found.end === undefined ? {} : { end: found.end }),
    ...(found.aligntime === undefined
      ? {}
      : { align: alignment(found.aligntime, at) }),
  }
}

function alignment(text: string, at: number): Moment {
  const moment = parseMoment(text)
  if (moment) return moment
  throw new SyntaxProblem(
    'P009',
    `option "aligntime" is "${text}", expected a time such as @h+10m or an epoch in seconds`,
    at,
  )
}

export function printBuckets(b: Buckets): string {
  return words(
    b.span && `span=${span(b.span)}`,
    b.minSpan && `minspan=${span(b.minSpan)}`,
    b.bins && `bins=${b.bins}`,
    b.start !== undefined && `start=${b.start}`,
    b.end !== undefined && `end=${b.end}`,
    b.align && `aligntime="${printMoment(b.align)}"`,
  )
}
