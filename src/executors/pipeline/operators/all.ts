// All operators by kind.
import type { OperatorKind } from '../../../ir/operator.ts'
import type { Operator } from '../../../ir/search.ts'
import { addtotals } from './addtotals.ts'
import { append } from './append.ts'
import { appendcols } from './appendcols.ts'
import { appendpipe } from './appendpipe.ts'
import { bin } from './bin.ts'
import { chart } from './chart.ts'
import { convert } from './convert.ts'
import { dedup } from './dedup.ts'
import { delta } from './delta.ts'
import { evaluate } from './eval.ts'
import { eventstats } from './eventstats.ts'
import { extract } from './extract.ts'
import { fields } from './fields.ts'
import { filldown } from './filldown.ts'
import { fillnull } from './fillnull.ts'
import { foreach } from './foreach.ts'
import { format } from './format.ts'
import { fromjson } from './fromjson.ts'
import { head } from './head.ts'
import { inputlookup } from './inputlookup.ts'
import { iplocation } from './iplocation.ts'
import { join } from './join.ts'
import { lookup } from './lookup.ts'
import { makemv } from './makemv.ts'
import { mvcombine } from './mvcombine.ts'
import { mvexpand } from './mvexpand.ts'
import { nomv } from './nomv.ts'
import type { OperatorDefinition } from './operator.ts'
import { outlier } from './outlier.ts'
import { regex } from './regex.ts'
import { rename } from './rename.ts'
import { replace } from './replace.ts'
import { returnRows } from './return.ts'
import { reverse } from './reverse.ts'
import { rex } from './rex.ts'
import { search } from './search.ts'
import { sed } from './sed.ts'
import { sort } from './sort.ts'
import { spath } from './spath.ts'
import { stats } from './stats.ts'
import { streamstats } from './streamstats.ts'
import { table } from './table.ts'
import { tail } from './tail.ts'
import { top } from './top.ts'
import { transaction } from './transaction.ts'
import { transpose } from './transpose.ts'
import { untable } from './untable.ts'
import { where } from './where.ts'
import { xmlkv } from './xmlkv.ts'

const definitions: { readonly [K in OperatorKind]: OperatorDefinition<K> } = {
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
  tail,
  top,
  transaction,
  transpose,
  untable,
  where,
  xmlkv,
}

/** The definition of an operator's kind: the table has exactly one for each, so the pair always fits. */
export function definitionOf(op: Operator): OperatorDefinition<OperatorKind> {
  return definitions[op.kind] as OperatorDefinition<OperatorKind>
}
