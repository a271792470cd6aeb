// tstats: aggregates over a data model, or over all events.
import type { Span } from '../../../ir/moment.ts'
import { parseSpan } from '../../../meaning/moment.ts'
import { parseSearch } from '../parse-search.ts'
import { quote } from '../print-expression.ts'
import type { Scanner } from '../scanner.ts'
import { parseAggregates } from './aggregates.ts'
import { off, type Options, takeOptions, wrong } from './options.ts'
import { modelName } from './from.ts'
import { aggregates, by, name, span, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = {
  append: { refused: 'use append [ | tstats ... ]', unless: off },
  fillnull_value: 'text',
  prestats: {
    refused: 'partial results cannot be continued; leave prestats out',
    unless: off,
  },
  // Nothing is summarized here: everything is read.
  summariesonly: 'harmless',
  allow_old_summaries: 'harmless',
  chunk_size: 'harmless',
  include_reduced_buckets: 'harmless',
  local: 'harmless',
  use_summary_index_values: 'harmless',
} as const

/**
 *     tstats = "tstats" {option} aggregates ["from" "datamodel" ["="] model]
 *              ["where" condition] [("by" | "groupby") {field | "span" "=" span}]
 */
export const tstats: Syntax<'tstats'> = {
  words: ['tstats'],
  options,
  parse(s, { brackets }) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, 'tstats')
    const list = parseAggregates(s, 'tstats', [
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
    const fillNull = found.fillnull_value
    return {
      kind: 'tstats',
      aggregates: list,
      dataModel,
      where,
      ...(grouped ? groupedBy(s) : { by: [], span: undefined }),
      ...(fillNull === undefined ? {} : { fillNull }),
    }
  },
  print: (c, show) =>
    words(
      'tstats',
      c.fillNull !== undefined && `fillnull_value=${quote(c.fillNull)}`,
      aggregates(c.aggregates),
      c.dataModel && `from datamodel=${name(c.dataModel)}`,
      c.where && `where ${show.condition(c.where)}`,
      by(c.by),
      c.span && `span=${span(c.span)}`,
    ),
}

function dataModelName(s: Scanner): string {
  s.takeWord('datamodel', true)
  s.take('=')
  if (s.take(':')) s.space()
  return modelName(s)
}

function groupedBy(s: Scanner): { by: string[]; span: Span | undefined } {
  const by: string[] = []
  let span: Span | undefined
  while (!s.atCommandEnd()) {
    if (s.seesWord('span', true)) span = parseSpanOption(s)
    else by.push(s.name('a field'))
    s.takeCommas()
  }
  if (!by.length) s.fail('expected a field behind "by"', 'P010')
  return { by, span }
}

function parseSpanOption(s: Scanner): Span {
  s.word()
  s.expect('=', 'behind "span"')
  s.space()
  const at = s.pos
  const text = s.name('a span')
  return parseSpan(text) ?? wrong('span', text, 'a span, such as 5m', at)
}
