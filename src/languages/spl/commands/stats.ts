// stats and eventstats: aggregates by groups.
import { parseAggregates } from './aggregates.ts'
import { byClause, type Options, takeOptions } from './options.ts'
import { aggregates, by, words } from './parts.ts'
import type { Place, Syntax } from './syntax.ts'
import type { GroupAggregates } from '../../../ir/aggregate.ts'
import { quote } from '../print-expression.ts'
import type { Scanner } from '../scanner.ts'

const options = {
  allnum: 'flag',
  delim: 'text',
  dedup_splitvals: 'flag',
  partitions: 'harmless',
} as const

/** `stats {option} aggregate {[","] aggregate} ["by" field {field}] {option}` */
export const stats: Syntax<'stats'> = {
  words: ['stats'],
  options,
  parse: (s, place) => ({ kind: 'stats', ...parseGroups(s, place) }),
  print: (c) => printGroups('stats', c),
}

/** As `stats`. */
export const eventstats: Syntax<'eventstats'> = {
  words: ['eventstats'],
  options,
  parse: (s, place) => ({ kind: 'eventstats', ...parseGroups(s, place) }),
  print: (c) => printGroups('eventstats', c),
}

function parseGroups(s: Scanner, { word }: Place): GroupAggregates {
  const found: Options<typeof options> = {}
  const others = () => takeOptions(s, options, found, word)
  others()
  const list = parseAggregates(s, word, ['by'])
  return {
    aggregates: list,
    by: byClause(s, others),
    ...(found.allnum ? { allNumbers: true } : {}),
    ...(found.delim === undefined ? {} : { delim: found.delim }),
    ...(found.dedup_splitvals ? { distinctBy: true } : {}),
  }
}

function printGroups(command: string, c: GroupAggregates): string {
  return words(
    command,
    c.allNumbers && 'allnum=true',
    c.delim !== undefined && `delim=${quote(c.delim)}`,
    c.distinctBy && 'dedup_splitvals=true',
    aggregates(c.aggregates),
    by(c.by),
  )
}
