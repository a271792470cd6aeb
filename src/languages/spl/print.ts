// A search as text again. Parsing what is printed gives the same tree, so a tree can be shown, stored and compared.
import type { Aggregate, SedCommand, SortKey, Span } from '../../ir/search.ts'

import type {
  Command,
  CommandKind,
  Query,
  SearchNode,
  SearchValue,
  TransactionTest,
} from './ast.ts'
import { printExpression, quote } from './print-expression.ts'

export function printQuery(query: Query): string {
  return query.commands
    .map((c, i) => {
      const text = printCommand(c)
      return i === 0 && c.kind !== 'search' ? `| ${text}` : text
    })
    .join(' | ')
}

type Printer<K extends CommandKind> = (
  c: Extract<Command, { kind: K }>,
) => string

export function printCommand(c: Command): string {
  // The table has exactly one printer for each kind, so the pair always fits.
  const print = printers[c.kind] as (c: Command) => string
  return print(c)
}

const printers: { readonly [K in CommandKind]: Printer<K> } = {
  search: (c) => words('search', c.of && printSearch(c.of)),
  where: (c) => `where ${printExpression(c.of)}`,
  eval: (c) =>
    `eval ${c.set.map((s) => `${name(s.field)}=${printExpression(s.of)}`).join(', ')}`,
  stats: (c) => words('stats', aggregates(c.aggregates), by(c.by)),
  eventstats: (c) => words('eventstats', aggregates(c.aggregates), by(c.by)),
  streamstats: (c) =>
    words(
      'streamstats',
      `window=${c.window} current=${c.current} global=${c.global} reset_on_change=${c.resetOnChange}`,
      c.timeWindow && `time_window=${span(c.timeWindow)}`,
      c.resetBefore && `reset_before=(${printExpression(c.resetBefore)})`,
      c.resetAfter && `reset_after=(${printExpression(c.resetAfter)})`,
      aggregates(c.aggregates),
      by(c.by),
    ),
  chart: (c) =>
    words(
      c.continuous && c.over === '_time' ? 'timechart' : 'chart',
      `limit=${c.limit} useother=${c.useOther} usenull=${c.useNull}`,
      c.span && `span=${span(c.span)}`,
      c.bins && `bins=${c.bins}`,
      aggregates(c.aggregates),
      c.continuous && c.over === '_time' ? '' : `over ${name(c.over)}`,
      c.by && by([c.by]),
    ),
  bin: (c) =>
    words(
      'bin',
      c.span && `span=${span(c.span)}`,
      `bins=${c.bins}`,
      name(c.field),
      `as ${name(c.as)}`,
    ),
  dedup: (c) =>
    words(
      'dedup',
      `keepevents=${c.keepEvents} keepempty=${c.keepEmpty} consecutive=${c.consecutive} ${c.count}`,
      names(c.fields),
      c.sortBy.length > 0 && `sortby ${keys(c.sortBy)}`,
    ),
  sort: (c) => `sort ${c.limit} ${keys(c.keys)}`,
  head: (c) =>
    words(
      'head',
      c.count !== undefined && `limit=${c.count}`,
      `null=${c.passNull} keeplast=${c.keepLast}`,
      c.while && `(${printExpression(c.while)})`,
    ),
  tail: (c) => `tail ${c.count}`,
  reverse: () => 'reverse',
  top: (c) =>
    words(
      c.rare ? 'rare' : 'top',
      `limit=${c.limit} countfield=${quote(c.countField)} percentfield=${quote(c.percentField)} showcount=${c.showCount} showperc=${c.showPercent}`,
      names(c.fields),
      by(c.by),
    ),
  table: (c) => `table ${names(c.fields)}`,
  fields: (c) => `fields ${c.remove ? '-' : '+'} ${names(c.fields)}`,
  rename: (c) =>
    `rename ${c.pairs.map((p) => `${name(p.from)} as ${name(p.to)}`).join(', ')}`,
  rex: (c) =>
    words(
      'rex',
      `field=${quote(c.field)} max_match=${c.maxMatch}`,
      c.offsetField && `offset_field=${quote(c.offsetField)}`,
      quote(c.pattern),
    ),
  sed: (c) => `rex field=${quote(c.field)} mode=sed ${quote(sed(c.command))}`,
  regex: (c) =>
    `regex ${name(c.field)}${c.negated ? '!=' : '='}${quote(c.pattern)}`,
  fillnull: (c) =>
    words('fillnull', `value=${quote(c.value)}`, names(c.fields)),
  makemv: (c) =>
    words(
      'makemv',
      c.delim !== undefined && `delim=${quote(c.delim)}`,
      c.tokenizer !== undefined && `tokenizer=${quote(c.tokenizer)}`,
      `allowempty=${c.allowEmpty}`,
      name(c.field),
    ),
  mvexpand: (c) => `mvexpand ${name(c.field)} limit=${c.limit}`,
  mvcombine: (c) => `mvcombine delim=${quote(c.delim)} ${name(c.field)}`,
  nomv: (c) => `nomv ${name(c.field)}`,
  spath: (c) =>
    words(
      'spath',
      `input=${quote(c.input)}`,
      c.path !== undefined &&
        `output=${quote(c.output ?? c.path)} path=${quote(c.path)}`,
    ),
  xmlkv: (c) => `xmlkv ${name(c.field)}`,
  convert: (c) =>
    `convert timeformat=${quote(c.timeFormat)} ${c.conversions
      .map((v) => `${v.fn}(${name(v.field)}) as ${name(v.as)}`)
      .join(', ')}`,
  replace: (c) =>
    words(
      'replace',
      c.pairs.map((p) => `${quote(p.from)} with ${quote(p.to)}`).join(', '),
      c.fields.length > 0 && `in ${names(c.fields)}`,
    ),
  addtotals: (c) =>
    words(
      'addtotals',
      `row=${c.row} col=${c.column} fieldname=${quote(c.fieldName)} label=${quote(c.label)}`,
      c.labelField && `labelfield=${quote(c.labelField)}`,
      names(c.fields),
    ),
  lookup: (c) =>
    words(
      'lookup',
      name(c.table),
      c.match.map(pair).join(', '),
      c.output.length > 0 &&
        `${c.keep ? 'OUTPUTNEW' : 'OUTPUT'} ${c.output.map(pair).join(', ')}`,
    ),
  inputlookup: (c) =>
    words(
      'inputlookup',
      `append=${c.append} start=${c.start} max=${c.max}`,
      name(c.table),
      c.where && `where ${printSearch(c.where)}`,
    ),
  join: (c) =>
    words(
      'join',
      `type=${c.type} max=${c.max} overwrite=${c.overwrite}`,
      names(c.fields),
      brackets(c.query),
    ),
  append: (c) => `append ${brackets(c.query)}`,
  appendcols: (c) => `appendcols override=${c.override} ${brackets(c.query)}`,
  appendpipe: (c) => `appendpipe ${brackets(c.query)}`,
  transaction: (c) =>
    words(
      'transaction',
      names(c.fields),
      c.maxSpan && `maxspan=${span(c.maxSpan)}`,
      c.maxPause && `maxpause=${span(c.maxPause)}`,
      `maxevents=${c.maxEvents} keepevicted=${c.keepEvicted} mvlist=${c.mvList}`,
      c.startsWith && `startswith=${test(c.startsWith)}`,
      c.endsWith && `endswith=${test(c.endsWith)}`,
    ),
  foreach: (c) => `foreach ${names(c.fields)} ${brackets(c.query)}`,
  format: (c) => `format maxresults=${c.limit}`,
  return: (c) =>
    `return ${c.count} ${c.items
      .map((i) =>
        i.bare ? quote(`$${i.field}`) : `${name(i.as)}=${name(i.field)}`,
      )
      .join(' ')}`,
  makeresults: (c) => `makeresults count=${c.count}`,
  tstats: (c) =>
    words(
      'tstats',
      `append=${c.append}`,
      aggregates(c.aggregates),
      c.dataModel && `from datamodel=${name(c.dataModel)}`,
      c.where && `where ${printSearch(c.where)}`,
      by(c.by),
      c.span && `span=${span(c.span)}`,
    ),
}

function words(...parts: readonly (string | false | undefined | 0)[]): string {
  return parts.filter(Boolean).join(' ')
}

/** Bare where it reads as one plain name; an option or a keyword in its place is quoted. */
function name(text: string): string {
  return /^[A-Za-z_][\w.*]*$/.test(text) && !keyword.test(text)
    ? text
    : quote(text)
}
const keyword =
  /^(?:by|as|over|where|from|in|with|and|or|not|output|outputnew|sortby|desc|d|span|eval|groupby|auto|num|str|ip|case|term|limit|startswith|endswith)$/i

function names(list: readonly string[]): string {
  return list.map(name).join(', ')
}

function by(list: readonly string[]): string {
  return list.length ? `by ${names(list)}` : ''
}

function keys(list: readonly SortKey[]): string {
  return list
    .map((k) => {
      const field =
        k.how === 'auto' ? name(k.field) : `${k.how}(${name(k.field)})`
      return `${k.descending ? '-' : '+'}${field}`
    })
    .join(', ')
}

function pair(p: { table: string; row: string }): string {
  return `${name(p.table)} as ${name(p.row)}`
}

function span(s: Span): string {
  return `${s.count}${s.unit ?? ''}`
}

function brackets(q: Query): string {
  return `[ ${printQuery(q)} ]`
}

function test(t: TransactionTest): string {
  return t.kind === 'where'
    ? `eval(${printExpression(t.of)})`
    : `(${printSearch(t.of)})`
}

function aggregates(list: readonly Aggregate[]): string {
  return list.map(aggregate).join(', ')
}

function aggregate(a: Aggregate): string {
  const fn = a.fn === 'perc' ? `perc${a.percent}` : a.fn
  const argument = a.of
    ? `eval(${printExpression(a.of)})`
    : a.field === undefined
      ? ''
      : name(a.field)
  return `${fn}(${argument}) as ${name(a.as)}`
}

function sed(c: SedCommand): string {
  if (c.kind === 'y') return `y/${slashes(c.from)}/${slashes(c.to)}/`
  const flags = `${c.nth ?? ''}${c.ignoreCase ? 'i' : ''}${c.global ? 'g' : ''}`
  return `s/${slashes(c.pattern)}/${slashes(c.replacement)}/${flags}`
}

function slashes(text: string): string {
  return text.replace(/\\[\s\S]|\//g, (m) => (m === '/' ? '\\/' : m))
}

export function printSearch(
  n: SearchNode,
  within: 'and' | 'or' | 'not' | '' = '',
): string {
  switch (n.kind) {
    case 'and': {
      const text = n.of.map((c) => printSearch(c, 'and')).join(' ')
      return within ? `(${text})` : text
    }
    case 'or': {
      const text = n.of.map((c) => printSearch(c, 'or')).join(' OR ')
      return within ? `(${text})` : text
    }
    case 'not':
      return `NOT ${printSearch(n.of, 'not')}`
    case 'compare':
      return `${name(n.field)}${n.op}${value(n.value)}`
    case 'in':
      return `${name(n.field)} IN (${n.values.map(value).join(', ')})`
    case 'term':
      return value(n.value)
    case 'subsearch':
      return brackets(n.query)
  }
}

function value(v: SearchValue): string {
  const text = quote(v.text)
  if (v.how === 'plain') return text
  return `${v.how === 'case' ? 'CASE' : 'TERM'}(${text})`
}
