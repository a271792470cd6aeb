// Commands that bring other rows in or turn rows into conditions: lookup, inputlookup, join, append, transaction, foreach,
// format, return, makeresults.
import type { FieldPair } from '../../../ir/search.ts'
import type { Command, TransactionTest } from '../ast.ts'
import { takeCount } from './rows.ts'
import { takeOptions } from './options.ts'
import type { Options } from './options.ts'
import { parseExpression } from '../parse-expression.ts'
import { parseSearch } from '../parse-search.ts'
import type { ParseBrackets } from '../parse-search.ts'
import { SyntaxProblem } from '../report.ts'
import { Scanner } from '../scanner.ts'

/** Events of one transaction where the search states no number. */
const transactionEvents = 1_000

export function parseLookup(s: Scanner, at: number): Command {
  takeOptions(
    s,
    { local: 'ignored', update: 'ignored', event_time_field: 'ignored' },
    {},
    'lookup',
  )
  const table = s.name('the name of a table')
  const ends = ['output', 'outputnew']
  const match = pairs(s, ends)
  if (!match.length) s.fail('"lookup" needs a field to look up', 'P010')
  const keep = s.seesWord('outputnew', true)
  const output = s.takeWord('output', true) || s.takeWord('outputnew', true)
  return {
    kind: 'lookup',
    table,
    match,
    output: output ? pairs(s, []) : [],
    keep,
    at,
  }
}

function pairs(s: Scanner, ends: readonly string[]): FieldPair[] {
  const list: FieldPair[] = []
  while (!s.atCommandEnd() && !ends.some((w) => s.seesWord(w, true))) {
    const table = s.name('a field')
    const row = s.takeWord('as', true) ? s.name('a field') : table
    list.push({ table, row })
    s.take(',')
  }
  return list
}

export function parseInputLookup(brackets: ParseBrackets) {
  const spec = {
    append: 'flag',
    start: 'count',
    max: 'count',
    strict: 'ignored',
  } as const
  return (s: Scanner, at: number): Command => {
    const options: Options<typeof spec> = {}
    takeOptions(s, spec, options, 'inputlookup')
    const table = s.name('the name of a table')
    takeOptions(s, spec, options, 'inputlookup')
    const where = s.takeWord('where', true)
      ? parseSearch(s, brackets)
      : undefined
    return {
      kind: 'inputlookup',
      table,
      append: options.append ?? false,
      where,
      start: options.start ?? 0,
      max: options.max ?? 0,
      at,
    }
  }
}

export function parseJoin(brackets: ParseBrackets) {
  const spec = {
    type: 'text',
    max: 'count',
    overwrite: 'flag',
    usetime: 'flag',
    earlier: 'ignored',
    left: 'ignored',
    right: 'ignored',
  } as const
  return (s: Scanner, at: number): Command => {
    const options: Options<typeof spec> = {}
    const fields: string[] = []
    while (s.peek() !== '[') {
      takeOptions(s, spec, options, 'join')
      if (s.peek() === '[' || s.atCommandEnd()) break
      fields.push(s.name('a field'))
      s.take(',')
    }
    const type = (options.type ?? 'inner').toLowerCase()
    if (!['inner', 'left', 'outer'].includes(type)) {
      throw new SyntaxProblem(
        'P009',
        `option "type" is "${options.type}", expected inner, left or outer`,
        at,
      )
    }
    if (options.usetime) {
      throw new SyntaxProblem('P012', '"join usetime=t" is not supported', at)
    }
    return {
      kind: 'join',
      type: type === 'inner' ? 'inner' : 'left',
      max: options.max ?? 1,
      overwrite: options.overwrite ?? true,
      fields,
      query: brackets(0),
      at,
    }
  }
}

export function parseAppend(
  kind: 'append' | 'appendpipe',
  brackets: ParseBrackets,
) {
  const spec = {
    extendtimerange: 'ignored',
    maxtime: 'ignored',
    maxout: 'ignored',
    timeout: 'ignored',
    run_in_preview: 'ignored',
  } as const
  return (s: Scanner, at: number): Command => {
    takeOptions(s, spec, {}, kind)
    return { kind, query: brackets(0), at }
  }
}

export function parseAppendCols(brackets: ParseBrackets) {
  const spec = {
    override: 'flag',
    maxtime: 'ignored',
    maxout: 'ignored',
    timeout: 'ignored',
  } as const
  return (s: Scanner, at: number): Command => {
    const options: Options<typeof spec> = {}
    takeOptions(s, spec, options, 'appendcols')
    return {
      kind: 'appendcols',
      override: options.override ?? false,
      query: brackets(0),
      at,
    }
  }
}

export function parseTransaction(brackets: ParseBrackets) {
  const spec = {
    maxspan: 'span',
    maxpause: 'span',
    maxevents: 'count',
    keepevicted: 'flag',
    mvlist: 'flag',
    keeporphans: 'ignored',
    connected: 'ignored',
    unifyends: 'ignored',
    delim: 'ignored',
    nullstr: 'ignored',
    mvraw: 'ignored',
    maxopentxn: 'ignored',
    maxopenevents: 'ignored',
  } as const
  return (s: Scanner, at: number): Command => {
    const options: Options<typeof spec> = {}
    const tests: { startsWith?: TransactionTest; endsWith?: TransactionTest } =
      {}
    const fields: string[] = []
    while (!s.atCommandEnd()) {
      const key = s.seesWord('startswith', true)
        ? 'startsWith'
        : s.seesWord('endswith', true)
          ? 'endsWith'
          : undefined
      if (key) {
        s.word()
        s.expect('=', 'behind the option')
        tests[key] = transactionTest(s, brackets)
        continue
      }
      const before = s.pos
      takeOptions(s, spec, options, 'transaction', true)
      if (s.pos !== before) continue
      s.space()
      const start = s.pos
      const name = s.name('a field')
      if (s.peek() === '=') {
        throw new SyntaxProblem(
          'P008',
          `"transaction" has no option "${name}"`,
          start,
        )
      }
      fields.push(name)
      s.take(',')
    }
    return {
      kind: 'transaction',
      fields,
      ...(options.maxspan ? { maxSpan: options.maxspan } : {}),
      ...(options.maxpause ? { maxPause: options.maxpause } : {}),
      maxEvents: options.maxevents ?? transactionEvents,
      startsWith: tests.startsWith,
      endsWith: tests.endsWith,
      keepEvicted: options.keepevicted ?? false,
      mvList: options.mvlist ?? false,
      at,
    }
  }
}

/** `eval(condition)`, `(condition of search)`, or a quoted condition of search. */
function transactionTest(s: Scanner, brackets: ParseBrackets): TransactionTest {
  s.space()
  const at = s.pos
  if (s.takeWord('eval', true)) {
    s.expect('(', 'behind "eval"')
    const of = parseExpression(s)
    s.expect(')', 'behind the condition')
    return { kind: 'where', of }
  }
  if (s.peek() === '(') {
    const start = s.pos
    const end = closing(s, start)
    const inner = new Scanner(s.text.slice(0, end))
    inner.pos = start + 1
    const of = parseSearch(inner, brackets)
    if (!of) s.fail('expected a condition')
    s.pos = end + 1
    return { kind: 'search', of }
  }
  const text = s.name('a condition')
  const inner = new Scanner(text)
  try {
    const of = parseSearch(inner, brackets)
    if (of) return { kind: 'search', of }
  } catch (e) {
    if (!(e instanceof SyntaxProblem)) throw e
    throw new SyntaxProblem(e.code, e.message, at, e.hint)
  }
  throw new SyntaxProblem('P010', 'the condition is empty', at)
}

/** The parenthesis that closes the one at `open`. */
function closing(s: Scanner, open: number): number {
  let depth = 0
  for (let i = open; i < s.text.length; i++) {
    const c = s.text[i]
    if (c === '"') {
      i++
      while (i < s.text.length && s.text[i] !== '"')
        i += s.text[i] === '\\' ? 2 : 1
    } else if (c === '(') depth++
    else if (c === ')' && --depth === 0) return i
  }
  throw new SyntaxProblem('P003', 'a parenthesis is not closed', open)
}

export function parseForeach(brackets: ParseBrackets) {
  const spec = {
    fieldstr: 'ignored',
    matchstr: 'ignored',
    matchseg1: 'ignored',
    matchseg2: 'ignored',
    matchseg3: 'ignored',
    mode: 'text',
  } as const
  return (s: Scanner, at: number): Command => {
    const options: Options<typeof spec> = {}
    takeOptions(s, spec, options, 'foreach')
    if (options.mode && options.mode.toLowerCase() !== 'multifield') {
      throw new SyntaxProblem(
        'P012',
        `"foreach mode=${options.mode}" is not supported`,
        at,
        'use mvmap()',
      )
    }
    const fields: string[] = []
    while (s.peek() !== '[' && !s.atCommandEnd()) {
      fields.push(s.name('a field'))
      s.take(',')
    }
    if (!fields.length) s.fail('"foreach" needs a field', 'P010')
    const query = brackets(0)
    for (const c of query.commands) {
      if (!['eval', 'where', 'fillnull', 'rex', 'sed'].includes(c.kind)) {
        throw new SyntaxProblem(
          'P022',
          `"${c.kind}" cannot stand in foreach, only eval and its like`,
          c.at,
        )
      }
    }
    return { kind: 'foreach', fields, query, at }
  }
}

export function parseFormat(s: Scanner, at: number): Command {
  const spec = {
    maxresults: 'count',
    mvsep: 'ignored',
    emptystr: 'ignored',
  } as const
  const options: Options<typeof spec> = {}
  takeOptions(s, spec, options, 'format')
  if (!s.atCommandEnd()) {
    s.fail('"format" takes no row and column texts here, expected the end')
  }
  return { kind: 'format', limit: options.maxresults ?? 0, at }
}

export function parseReturn(s: Scanner, at: number): Command {
  const count = takeCount(s) ?? 1
  const items: { field: string; as: string; bare: boolean }[] = []
  while (!s.atCommandEnd()) {
    const name = s.name('a field')
    if (name.startsWith('$')) {
      items.push({ field: name.slice(1), as: name.slice(1), bare: true })
    } else if (s.take('=')) {
      items.push({ field: s.name('a field'), as: name, bare: false })
    } else items.push({ field: name, as: name, bare: false })
    s.take(',')
  }
  if (!items.length) s.fail('"return" needs a field', 'P010')
  return { kind: 'return', count, items, at }
}

export function parseMakeResults(s: Scanner, at: number): Command {
  const spec = { count: 'count', annotate: 'ignored' } as const
  const options: Options<typeof spec> = {}
  takeOptions(s, spec, options, 'makeresults')
  return { kind: 'makeresults', count: options.count ?? 1, at }
}
