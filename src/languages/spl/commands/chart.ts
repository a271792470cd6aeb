// chart and timechart: one field's values become rows, another's columns.
import { quote } from '../print-expression.ts'
import { SyntaxProblem } from '../report.ts'
import type { Scanner } from '../scanner.ts'
import { parseAggregates } from './aggregates.ts'
import { bucketOptions, bucketsOf, printBuckets } from './buckets.ts'
import { off, on, type Options, takeOptions } from './options.ts'
import { aggregates, by, name, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = {
  ...bucketOptions,
  limit: 'text',
  useother: 'flag',
  usenull: 'flag',
  otherstr: 'text',
  nullstr: 'text',
  sep: 'text',
  format: 'text',
  cont: 'flag',
  dedup_splitvals: 'flag',
  agg: {
    refused: 'columns are chosen by the sum of the first aggregate',
    unless: ['sum'],
  },
  partial: { noted: 'unfinished buckets at both ends are shown', unless: on },
  fixedrange: {
    noted: 'buckets go from the first to the last row',
    unless: off,
  },
} as const

/** Columns that a chart keeps where it states no number. */
const defaultLimit = 10

/**
 *     chart     = "chart" {option} aggregates ["over" field] ["by" field {"," field}]
 *     timechart = "timechart" {option} aggregates ["by" field]
 */
export const chart: Syntax<'chart'> = {
  words: ['chart', 'timechart'],
  options,
  parse(s, { word, at }) {
    const found: Options<typeof options> = {}
    const others = () => takeOptions(s, options, found, word)
    others()
    const list = parseAggregates(s, word, ['by', 'over'], others)
    const { over, by } = chartFields(s, word, others)
    return {
      kind: 'chart',
      aggregates: list,
      over,
      ...(by === undefined ? {} : { by }),
      buckets: bucketsOf(s, found, at),
      ...chartLimit(s, found.limit),
      useOther: found.useother ?? true,
      useNull: found.usenull ?? true,
      otherText: found.otherstr ?? 'OTHER',
      nullText: found.nullstr ?? 'NULL',
      separator: found.sep ?? ': ',
      ...(found.format === undefined ? {} : { columnFormat: found.format }),
      ...(found.dedup_splitvals ? { distinctBy: true } : {}),
      continuous: word === 'timechart' && (found.cont ?? true),
    }
  },
  print(c) {
    const time = c.continuous && c.over === '_time'
    return words(
      time ? 'timechart' : 'chart',
      `limit=${c.lowest ? 'bottom' : 'top'}${c.limit} useother=${c.useOther} usenull=${c.useNull}`,
      `otherstr=${quote(c.otherText)} nullstr=${quote(c.nullText)} sep=${quote(c.separator)}`,
      c.distinctBy && 'dedup_splitvals=true',
      c.columnFormat !== undefined && `format=${quote(c.columnFormat)}`,
      printBuckets(c.buckets),
      aggregates(c.aggregates),
      time ? '' : `over ${name(c.over)}`,
      c.by && by([c.by]),
    )
  },
}

function chartFields(
  s: Scanner,
  command: string,
  options: () => void,
): { over: string; by: string | undefined } {
  let over = command === 'timechart' ? '_time' : undefined
  let by: string | undefined
  if (over === undefined && s.takeWord('over', true)) {
    over = s.name('a field behind "over"')
    options()
  }
  if (s.takeWord('by', true)) {
    const names = splitFields(s, options)
    over ??= names.shift()
    by = names.shift()
    if (names.length)
      s.fail(`"${command}" splits by one field, expected the end`)
  }
  if (over === undefined) s.fail('"chart" needs "over" or "by"', 'P010')
  return { over, by }
}

function splitFields(s: Scanner, options: () => void): string[] {
  const names: string[] = []
  while (!s.atCommandEnd()) {
    names.push(s.name('a field'))
    options()
    s.takeCommas()
  }
  if (!names.length) s.fail('expected a field behind "by"', 'P010')
  return names
}

/** `limit = ["top" | "bottom"] count` */
function chartLimit(
  s: Scanner,
  text: string | undefined,
): { limit: number; lowest?: true } {
  if (text === undefined) return { limit: defaultLimit }
  const m = /^(top|bottom)?(\d{1,6})$/i.exec(text)
  if (m) {
    const lowest = m[1]?.toLowerCase() === 'bottom'
    return { limit: Number(m[2]), ...(lowest ? { lowest } : {}) }
  }
  throw new SyntaxProblem(
    'P009',
    `option "limit" is "${text}", expected a whole number`,
    s.pos,
  )
}
