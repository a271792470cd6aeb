// A search as text becomes a tree. Every problem of every command is collected; an unknown command is never passed over.
import { didYouMean } from '../../base/did-you-mean.ts'

import type { Command, Query } from './ast.ts'
import * as joins from './commands/joins.ts'
import * as rows from './commands/rows.ts'
import * as stats from './commands/stats.ts'
import * as text from './commands/text.ts'
import { parseSearch } from './parse-search.ts'
import type { Report } from './report.ts'
import { SyntaxProblem } from './report.ts'
import { Scanner } from './scanner.ts'

/** Commands of one search, those in brackets included. */
const maxCommands = 500
/** Searches in brackets within one another. */
const maxBrackets = 16

type ParseCommand = (s: Scanner, at: number) => Command

/** Commands that Splunk has and this language refuses, with what to do instead. */
export const refusedCommands: Readonly<Record<string, string>> = {
  map: 'it runs a search for each row; use a subsearch or join',
  iplocation:
    'there is no table of places; use "lookup" with a CSV of networks',
  geostats: 'there is no table of places',
  apply: 'there are no machine-learning models',
  fit: 'there are no machine-learning models',
  anomalydetection: 'compare with eventstats avg() and stdev()',
  outlier: 'compare with eventstats avg() and stdev()',
  accum: 'use streamstats sum()',
  delta: 'use streamstats window=1 current=f',
  autoregress: 'use streamstats window=1 current=f',
  strcat: 'use eval with "."',
  rangemap: 'use eval case()',
  filldown: 'use streamstats last()',
  fieldformat: 'use eval',
  fieldsummary: 'use stats',
  highlight: 'rows are text here',
  iconify: 'rows are text here',
  abstract: 'rows are text here',
  erex: 'use rex',
  localop: 'everything runs here',
  predict: 'compare with eventstats avg() and stdev()',
  mstats: 'there are no metric indexes',
  mcollect: 'a search writes nothing',
  collect: 'a search writes nothing',
  outputlookup: 'a search writes nothing; use --format csv',
  outputcsv: 'a search writes nothing; use --format csv',
  sendemail: 'a search sends nothing',
  sendalert: 'a search sends nothing',
  script: 'a search runs no programs',
  run: 'a search runs no programs',
  rest: 'there is no server to ask',
  dbxquery: 'there is no database to ask',
  from: 'write the search itself, or "tstats ... from datamodel="',
  datamodel: 'write "tstats ... from datamodel="',
  pivot: 'use stats or chart',
  multisearch: 'use OR, or append',
  union: 'use OR, or append',
  set: 'use append and stats',
  selfjoin: 'use stats by',
  multikv: 'use rex',
  extract: 'use rex or spath',
  kv: 'use rex or spath',
  fromjson: 'use spath',
  tojson: 'use eval json_object()',
  cluster: 'use stats by',
  kmeans: 'use stats by',
  untable: 'use stats by',
  xyseries: 'use chart',
  transpose: 'use chart',
  metadata: 'use stats by sourcetype',
  loadjob: 'nothing is kept of earlier searches',
  savedsearch: 'nothing is kept of earlier searches; write a macro',
  gentimes: 'use makeresults and eval',
  localize: 'use earliest= and latest=',
  typeahead: 'there is no index',
}

function commandsWith(
  brackets: (depth: number) => Query,
): Readonly<Record<string, ParseCommand>> {
  return {
    search: (s, at) => ({ kind: 'search', of: parseSearch(s, brackets), at }),
    where: text.parseWhere,
    eval: text.parseEval,
    stats: stats.parseStats('stats'),
    eventstats: stats.parseStats('eventstats'),
    streamstats: stats.parseStreamStats,
    chart: stats.parseChart('chart'),
    timechart: stats.parseChart('timechart'),
    bin: stats.parseBin,
    bucket: stats.parseBin,
    tstats: stats.parseTstats(brackets),
    dedup: rows.parseDedup,
    sort: rows.parseSort,
    head: rows.parseHead,
    tail: rows.parseTail,
    reverse: rows.parseReverse,
    top: rows.parseTop(false),
    rare: rows.parseTop(true),
    table: rows.parseTable,
    fields: rows.parseFields,
    rename: rows.parseRename,
    fillnull: rows.parseFillNull,
    addtotals: rows.parseAddTotals,
    rex: text.parseRex,
    regex: text.parseRegex,
    makemv: text.parseMakeMv,
    mvexpand: text.parseMvExpand,
    mvcombine: text.parseMvCombine,
    nomv: text.parseNoMv,
    spath: text.parseSpath,
    xmlkv: text.parseXmlKv,
    convert: text.parseConvert,
    replace: text.parseReplace,
    lookup: joins.parseLookup,
    inputlookup: joins.parseInputLookup(brackets),
    join: joins.parseJoin(brackets),
    append: joins.parseAppend('append', brackets),
    appendcols: joins.parseAppendCols(brackets),
    appendpipe: joins.parseAppend('appendpipe', brackets),
    transaction: joins.parseTransaction(brackets),
    foreach: joins.parseForeach(brackets),
    format: joins.parseFormat,
    return: joins.parseReturn,
    makeresults: joins.parseMakeResults,
  }
}

/** Names of all commands that run. */
export const commandNames: readonly string[] = Object.keys(
  commandsWith(() => ({ commands: [] })),
)

/** Parses prepared text (fence, comments and macros already gone). Problems go to the report. */
export function parseQuery(source: string, report: Report): Query {
  const s = new Scanner(source)
  let commandsLeft = maxCommands
  const brackets = (): Query => {
    s.space()
    const open = s.pos
    s.expect('[', 'before a search')
    if (++nesting > maxBrackets) {
      throw new SyntaxProblem(
        'P016',
        `more than ${maxBrackets} searches stand within one another`,
        open,
      )
    }
    const query = parsePipeline(true)
    nesting--
    if (!s.take(']')) {
      throw new SyntaxProblem('P003', 'a bracket is not closed', open)
    }
    return query
  }
  let nesting = 0
  const table = commandsWith(brackets)

  const parsePipeline = (inBrackets: boolean): Query => {
    const commands: Command[] = []
    // In brackets a search begins with a command's name, as everywhere but at the very start.
    let first = !s.take('|') && !inBrackets
    for (;;) {
      const end = s.peek()
      if (end === '' || end === ']') break
      const start = s.pos
      const depth = nesting
      try {
        if (--commandsLeft < 0) {
          throw new SyntaxProblem(
            'P016',
            `the search has more than ${maxCommands} commands`,
            start,
          )
        }
        commands.push(parseCommand(first))
        const next = s.peek()
        if (next !== '' && next !== '|' && next !== ']') {
          s.fail('expected "|" or the end')
        }
      } catch (e) {
        if (!(e instanceof SyntaxProblem)) throw e
        report.error(e.code, e.message, e.at, e.hint || undefined)
        nesting = depth
        s.skipCommand(start)
        if (commandsLeft < 0) break
      }
      first = false
      if (!s.take('|')) break
    }
    return { commands }
  }

  const parseCommand = (first: boolean): Command => {
    s.space()
    const at = s.pos
    const word = /^[A-Za-z_]+(?=[\s([|\]]|$)/.exec(
      s.text.slice(at, at + 40),
    )?.[0]
    const name = word?.toLowerCase()
    const known = name !== undefined && Object.hasOwn(table, name)
    if (
      first &&
      !(known && name === 'search' && !followedByOperator(s, word!))
    ) {
      return { kind: 'search', of: parseSearch(s, brackets), at }
    }
    if (known) {
      s.pos += word!.length
      return table[name]!(s, at)
    }
    return unknownCommand(s, name, at)
  }

  const query = parsePipeline(false)
  const rest = s.peek()
  if (rest !== '' && !report.failed) {
    report.error(
      'P001',
      `expected the end of the search, found "${rest}"`,
      s.pos,
    )
  }
  return query
}

/** `search=x` is a condition on a field that is called search. */
function followedByOperator(s: Scanner, word: string): boolean {
  return /^\s*(?:!=|[=<>])/.test(
    s.text.slice(s.pos + word.length, s.pos + word.length + 40),
  )
}

function unknownCommand(
  s: Scanner,
  name: string | undefined,
  at: number,
): never {
  const shown = name ?? s.word() ?? s.peek()
  if (name && Object.hasOwn(refusedCommands, name)) {
    throw new SyntaxProblem(
      'P012',
      `command "${name}" is not supported: ${refusedCommands[name]}`,
      at,
    )
  }
  if (!shown || !/^\w/.test(shown)) s.fail('expected a command')
  throw new SyntaxProblem(
    'P004',
    `unknown command "${shown}"`,
    at,
    didYouMean(shown, commandNames) || undefined,
  )
}
