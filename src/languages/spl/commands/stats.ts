// Commands that sum rows up: stats, eventstats, streamstats, chart, timechart, bin, tstats.
import type { Span } from '../../../ir/search.ts'
import type { Command } from '../ast.ts'
import { parseSpan, someNames, takeOptions } from './options.ts'
import type { Options } from './options.ts'
import { parseAggregates } from './aggregates.ts'
import { parseExpression } from '../parse-expression.ts'
import { parseSearch } from '../parse-search.ts'
import type { ParseBrackets } from '../parse-search.ts'
import { SyntaxProblem } from '../report.ts'
import type { Scanner } from '../scanner.ts'

const statsOptions = {
  allnum: 'ignored',
  delim: 'ignored',
  partitions: 'ignored',
  dedup_splitvals: 'ignored',
} as const

export function parseStats(kind: 'stats' | 'eventstats') {
  return (s: Scanner, at: number): Command => {
    const others = () => takeOptions(s, statsOptions, {}, kind)
    others()
    const aggregates = parseAggregates(s, kind, ['by'])
    return { kind, aggregates, by: byClause(s, others), at }
  }
}

function byClause(s: Scanner, options: () => void): string[] {
  return s.takeWord('by', true) ? someNames(s, [], 'a field', options) : []
}

export function parseStreamStats(s: Scanner, at: number): Command {
  const spec = {
    window: 'count',
    time_window: 'span',
    current: 'flag',
    global: 'flag',
    reset_on_change: 'flag',
    allnum: 'ignored',
  } as const
  const options: Options<typeof spec> = {}
  const resets: Resets = {}
  const others = () =>
    takeResets(s, resets, () =>
      takeOptions(s, spec, options, 'streamstats', true),
    )
  others()
  const aggregates = parseAggregates(s, 'streamstats', ['by'], others)
  const by = byClause(s, others)
  return {
    kind: 'streamstats',
    aggregates,
    by,
    window: options.window ?? 0,
    ...(options.time_window ? { timeWindow: options.time_window } : {}),
    current: options.current ?? true,
    global: options.global ?? true,
    resetOnChange: options.reset_on_change ?? false,
    ...resets,
    at,
  }
}

interface Resets {
  resetBefore?: ReturnType<typeof parseExpression>
  resetAfter?: ReturnType<typeof parseExpression>
}

// `reset_before=(condition)`: their values are expressions, so they are no plain options.
function takeResets(s: Scanner, found: Resets, others: () => void): void {
  for (;;) {
    others()
    const key = s.seesWord('reset_before', true)
      ? 'resetBefore'
      : s.seesWord('reset_after', true)
        ? 'resetAfter'
        : undefined
    if (!key) return
    s.word()
    s.expect('=', 'behind the option')
    if (s.peek() !== '(') s.fail('expected a condition in parentheses')
    s.expect('(', '')
    found[key] = parseExpression(s)
    s.expect(')', 'behind the condition')
  }
}

const chartOptions = {
  limit: 'text',
  useother: 'flag',
  usenull: 'flag',
  span: 'span',
  bins: 'count',
  cont: 'flag',
  partial: 'ignored',
  agg: 'ignored',
  nullstr: 'ignored',
  otherstr: 'ignored',
  sep: 'ignored',
  format: 'ignored',
  fixedrange: 'ignored',
} as const

export function parseChart(kind: 'chart' | 'timechart') {
  return (s: Scanner, at: number): Command => {
    const options: Options<typeof chartOptions> = {}
    takeOptions(s, chartOptions, options, kind)
    const aggregates = parseAggregates(s, kind, ['by', 'over'])
    let over = kind === 'timechart' ? '_time' : undefined
    let by: string | undefined
    if (kind === 'chart' && s.takeWord('over', true)) {
      over = s.name('a field behind "over"')
      takeOptions(s, chartOptions, options, kind)
    }
    if (s.takeWord('by', true)) {
      const names = chartNames(s, options, kind)
      if (over === undefined) over = names.shift()
      by = names.shift()
      if (names.length)
        s.fail(`"${kind}" splits by one field, expected the end`)
    }
    if (over === undefined) s.fail('"chart" needs "over" or "by"', 'P010')
    return {
      kind: 'chart',
      aggregates,
      over,
      ...(by === undefined ? {} : { by }),
      ...(options.span ? { span: options.span } : {}),
      ...(options.bins ? { bins: options.bins } : {}),
      limit: chartLimit(s, options.limit),
      useOther: options.useother ?? true,
      useNull: options.usenull ?? true,
      continuous: kind === 'timechart' && (options.cont ?? true),
      at,
    }
  }
}

function chartNames(
  s: Scanner,
  options: Options<typeof chartOptions>,
  kind: string,
): string[] {
  const names: string[] = []
  while (!s.atCommandEnd()) {
    names.push(s.name('a field'))
    takeOptions(s, chartOptions, options, kind)
    s.take(',')
  }
  if (!names.length) s.fail('expected a field behind "by"', 'P010')
  return names
}

function chartLimit(s: Scanner, text: string | undefined): number {
  if (text === undefined) return 10
  const m = /^(?:top)?(\d{1,6})$/i.exec(text)
  if (m) return Number(m[1])
  throw new SyntaxProblem(
    'P009',
    `option "limit" is "${text}", expected a whole number`,
    s.pos,
  )
}

export function parseBin(s: Scanner, at: number): Command {
  const spec = {
    span: 'span',
    bins: 'count',
    minspan: 'ignored',
    aligntime: 'ignored',
    start: 'ignored',
    end: 'ignored',
  } as const
  const options: Options<typeof spec> = {}
  takeOptions(s, spec, options, 'bin')
  const field = s.name('a field')
  takeOptions(s, spec, options, 'bin')
  const as = s.takeWord('as', true) ? s.name('a name') : field
  takeOptions(s, spec, options, 'bin')
  return {
    kind: 'bin',
    field,
    as,
    ...(options.span ? { span: options.span } : {}),
    bins: options.bins ?? 100,
    at,
  }
}

export function parseTstats(brackets: ParseBrackets) {
  const spec = {
    summariesonly: 'ignored',
    allow_old_summaries: 'ignored',
    chunk_size: 'ignored',
    include_reduced_buckets: 'ignored',
    fillnull_value: 'ignored',
    local: 'ignored',
    prestats: 'flag',
    append: 'flag',
  } as const
  return (s: Scanner, at: number): Command => {
    const options: Options<typeof spec> = {}
    takeOptions(s, spec, options, 'tstats')
    if (options.prestats) {
      throw new SyntaxProblem(
        'P012',
        '"tstats prestats=t" is not supported: partial results cannot be continued',
        at,
        'leave prestats out',
      )
    }
    const aggregates = parseAggregates(s, 'tstats', [
      'from',
      'where',
      'by',
      'groupby',
    ])
    const dataModel = s.takeWord('from', true) ? dataModelName(s) : undefined
    const where = s.takeWord('where', true)
      ? parseSearch(s, brackets, ['by', 'groupby'])
      : undefined
    const grouped = s.takeWord('by', true) || s.takeWord('groupby', true)
    return {
      kind: 'tstats',
      aggregates,
      append: options.append ?? false,
      dataModel,
      where,
      ...(grouped ? tstatsBy(s) : { by: [], span: undefined }),
      at,
    }
  }
}

function dataModelName(s: Scanner): string {
  s.takeWord('datamodel', true)
  s.take('=')
  if (s.take(':')) s.space()
  return s.name('the name of a data model')
}

function tstatsBy(s: Scanner): { by: string[]; span: Span | undefined } {
  const by: string[] = []
  let span: Span | undefined
  while (!s.atCommandEnd()) {
    if (s.seesWord('span', true)) {
      s.word()
      s.expect('=', 'behind "span"')
      s.space()
      const at = s.pos
      const text = s.name('a span')
      span = parseSpan(text)
      if (!span) {
        throw new SyntaxProblem(
          'P009',
          `option "span" is "${text}", expected a span, such as 5m`,
          at,
        )
      }
    } else by.push(s.name('a field'))
    s.take(',')
  }
  if (!by.length) s.fail('expected a field behind "by"', 'P010')
  return { by, span }
}
