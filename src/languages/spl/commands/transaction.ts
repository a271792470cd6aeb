// transaction: rows that belong together become one.
import type { RowCondition } from '../../../ir/operator.ts'
import type { Written } from '../ast.ts'
import { parseExpression } from '../parse-expression.ts'
import type { ParseBrackets } from '../parse-search.ts'
import { parseSearch } from '../parse-search.ts'
import { printExpression, quote } from '../print-expression.ts'
import { SyntaxProblem } from '../report.ts'
import { Scanner } from '../scanner.ts'
import { type Options, takeOptions } from './options.ts'
import { names, span, words } from './parts.ts'
import type { Show, Syntax } from './syntax.ts'

/** Events of one transaction where the search states no number. */
const defaultEvents = 1_000

const options = {
  maxspan: 'span',
  maxpause: 'span',
  maxevents: 'count',
  keepevicted: 'flag',
  keeporphans: 'flag',
  connected: 'flag',
  mvlist: 'flag',
  nullstr: 'text',
  // How values are put together where they are shown as one text.
  delim: 'harmless',
  mvraw: 'harmless',
  unifyends: {
    noted:
      'rows that begin or end a transaction agree in its fields, as all others',
    unless: ['t', 'true', '1'],
  },
  maxopentxn: { noted: 'as many transactions are open as memory allows' },
  maxopenevents: { noted: 'as many rows are held as memory allows' },
  name: { refused: 'there are no transaction types; write their options' },
} as const

/** `transaction {option | test | field}` */
export const transaction: Syntax<'transaction'> = {
  words: ['transaction'],
  options,
  parse(s, { brackets }) {
    const found: Options<typeof options> = {}
    const tests: Tests = {}
    const fields: string[] = []
    while (!s.atCommandEnd()) {
      if (takeTest(s, tests, brackets)) continue
      const before = s.pos
      takeOptions(s, options, found, 'transaction', true)
      if (s.pos === before) fields.push(fieldName(s))
    }
    return {
      kind: 'transaction',
      fields,
      ...(found.maxspan ? { maxSpan: found.maxspan } : {}),
      ...(found.maxpause ? { maxPause: found.maxpause } : {}),
      maxEvents: found.maxevents ?? defaultEvents,
      ...tests,
      keepEvicted: found.keepevicted ?? false,
      keepOrphans: found.keeporphans ?? false,
      connected: found.connected ?? true,
      mvList: found.mvlist ?? false,
      nullText: found.nullstr ?? 'NULL',
    }
  },
  print: (c, show) =>
    words(
      'transaction',
      names(c.fields),
      c.maxSpan && `maxspan=${span(c.maxSpan)}`,
      c.maxPause && `maxpause=${span(c.maxPause)}`,
      `maxevents=${c.maxEvents} keepevicted=${c.keepEvicted} keeporphans=${c.keepOrphans} connected=${c.connected} mvlist=${c.mvList} nullstr=${quote(c.nullText)}`,
      c.startsWith && `startswith=${printTest(c.startsWith, show)}`,
      c.endsWith && `endswith=${printTest(c.endsWith, show)}`,
    ),
}

function fieldName(s: Scanner): string {
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
  s.takeCommas()
  return name
}

interface Tests {
  startsWith?: RowCondition<Written>
  endsWith?: RowCondition<Written>
}

/** `test = ("startswith" | "endswith") "=" row-condition` */
function takeTest(s: Scanner, found: Tests, brackets: ParseBrackets): boolean {
  const key = s.seesWord('startswith', true)
    ? 'startsWith'
    : s.seesWord('endswith', true)
      ? 'endsWith'
      : undefined
  if (!key) return false
  s.word()
  s.expect('=', 'behind the option')
  found[key] = parseRowCondition(s, brackets)
  return true
}

/** `row-condition = "eval" "(" expression ")" | "(" condition ")" | quoted condition` */
function parseRowCondition(
  s: Scanner,
  brackets: ParseBrackets,
): RowCondition<Written> {
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
    if (inner.atCommandEnd()) s.fail('expected a condition')
    const of = parseSearch(inner, brackets)
    s.pos = end + 1
    return { kind: 'search', of }
  }
  return { kind: 'search', of: quotedCondition(s, at, brackets) }
}

function quotedCondition(s: Scanner, at: number, brackets: ParseBrackets) {
  const inner = new Scanner(s.name('a condition'))
  if (inner.atCommandEnd())
    throw new SyntaxProblem('P010', 'the condition is empty', at)
  try {
    return parseSearch(inner, brackets)
  } catch (e) {
    if (!(e instanceof SyntaxProblem)) throw e
    throw new SyntaxProblem(e.code, e.message, at, e.hint)
  }
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

function printTest(t: RowCondition<Written>, show: Show): string {
  return t.kind === 'where'
    ? `eval(${printExpression(t.of)})`
    : `(${show.condition(t.of)})`
}
