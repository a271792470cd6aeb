// All commands: by their kind to be written, by their words to be read.
import { addtotals } from './addtotals.ts'
import { append, appendcols } from './append.ts'
import { appendpipe } from './appendpipe.ts'
import { bin } from './bin.ts'
import { chart } from './chart.ts'
import { convert } from './convert.ts'
import { dedup } from './dedup.ts'
import { delta } from './delta.ts'
import { evaluate } from './eval.ts'
import { extract } from './extract.ts'
import { fields } from './fields.ts'
import { filldown } from './filldown.ts'
import { fillnull } from './fillnull.ts'
import { foreach } from './foreach.ts'
import { format } from './format.ts'
import { from } from './from.ts'
import { fromjson } from './fromjson.ts'
import { head } from './head.ts'
import { inputlookup, tablerows } from './inputlookup.ts'
import { iplocation } from './iplocation.ts'
import { join } from './join.ts'
import { lookup } from './lookup.ts'
import { makemv } from './makemv.ts'
import { makeresults } from './makeresults.ts'
import { mvcombine } from './mvcombine.ts'
import { mvexpand } from './mvexpand.ts'
import { nomv } from './nomv.ts'
import { outlier } from './outlier.ts'
import { regex } from './regex.ts'
import { rename } from './rename.ts'
import { replace } from './replace.ts'
import { returnRows } from './return.ts'
import { reverse } from './reverse.ts'
import { rex } from './rex.ts'
import { search } from './search.ts'
import { sed } from './sed.ts'
import { shorthands } from './shorthands.ts'
import { sort } from './sort.ts'
import { spath } from './spath.ts'
import { eventstats, stats } from './stats.ts'
import { streamstats } from './streamstats.ts'
import { table } from './table.ts'
import { tail } from './tail.ts'
import { top } from './top.ts'
import { transaction } from './transaction.ts'
import { transpose } from './transpose.ts'
import { tstats } from './tstats.ts'
import { combinations } from './union.ts'
import { untable } from './untable.ts'
import { where } from './where.ts'
import { xmlkv } from './xmlkv.ts'
import type { CommandKind } from '../ast.ts'
import type { Syntax } from './syntax.ts'

export const commands: { readonly [K in CommandKind]: Syntax<K> } = {
  addtotals,
  append,
  appendcols,
  appendpipe,
  bin,
  chart,
  convert,
  dedup,
  delta,
  eval: evaluate,
  eventstats,
  extract,
  fields,
  filldown,
  fillnull,
  foreach,
  format,
  fromjson,
  head,
  inputlookup,
  iplocation,
  join,
  lookup,
  makemv,
  makeresults,
  model: from,
  mvcombine,
  mvexpand,
  nomv,
  outlier,
  regex,
  rename,
  replace,
  return: returnRows,
  reverse,
  rex,
  search,
  sed,
  sort,
  spath,
  stats,
  streamstats,
  table,
  tablerows,
  tail,
  top,
  transaction,
  transpose,
  tstats,
  untable,
  where,
  xmlkv,
}

type Parse = NonNullable<Syntax<CommandKind>['parse']>

export const parsers: ReadonlyMap<string, Parse> = new Map([
  ...Object.values(commands).flatMap(({ words, parse }) =>
    parse ? words.map((word) => [word, parse] as const) : [],
  ),
  ...Object.entries(shorthands).map(
    ([word, { parse }]) => [word, parse] as const,
  ),
])

/** Names of all commands that run. */
export const commandNames: readonly string[] = [
  ...parsers.keys(),
  ...Object.keys(combinations),
]
