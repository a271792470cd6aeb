// Commands that keep, drop, order or shape rows: dedup, sort, head, fields, rename and their like.
import type { SortKey } from '../../../ir/search.ts'
import type { Command } from '../ast.ts'
import { nameList, someNames, takeOptions } from './options.ts'
import type { Options } from './options.ts'
import { parseExpression } from '../parse-expression.ts'
import { SyntaxProblem } from '../report.ts'
import type { Scanner } from '../scanner.ts'

/** Rows that `sort` gives where no number is written. */
const sortLimit = 10_000

export function parseDedup(s: Scanner, at: number): Command {
  const spec = {
    keepevents: 'flag',
    keepempty: 'flag',
    consecutive: 'flag',
  } as const
  const options: Options<typeof spec> = {}
  takeOptions(s, spec, options, 'dedup')
  const count = takeCount(s) ?? 1
  if (count < 1) s.fail('expected a count of at least 1')
  const fields: string[] = []
  while (!s.atCommandEnd() && !s.seesWord('sortby', true)) {
    const before = s.pos
    takeOptions(s, spec, options, 'dedup')
    if (s.atCommandEnd() || s.seesWord('sortby', true)) break
    fields.push(s.name('a field'))
    s.take(',')
    if (s.pos === before) s.fail('expected a field')
  }
  if (!fields.length) s.fail('"dedup" needs a field', 'P010')
  const sortBy = s.takeWord('sortby', true) ? sortKeys(s) : []
  return {
    kind: 'dedup',
    count,
    fields,
    keepEvents: options.keepevents ?? false,
    keepEmpty: options.keepempty ?? false,
    consecutive: options.consecutive ?? false,
    sortBy,
    at,
  }
}

export function parseSort(s: Scanner, at: number): Command {
  const options: Options<{ limit: 'count' }> = {}
  takeOptions(s, { limit: 'count' }, options, 'sort')
  const limit = options.limit ?? takeCount(s) ?? sortLimit
  const keys = sortKeys(s)
  if (!keys.length) s.fail('"sort" needs a field', 'P010')
  const last = s.pos
  if (s.takeWord('desc', true) || s.takeWord('d')) {
    for (const [i, k] of keys.entries()) {
      keys[i] = { ...k, descending: !k.descending }
    }
  } else s.pos = last
  return { kind: 'sort', limit, keys, at }
}

function sortKeys(s: Scanner): SortKey[] {
  const keys: SortKey[] = []
  while (!s.atCommandEnd()) {
    if (keys.length && (s.seesWord('desc', true) || s.seesWord('d'))) break
    const sign = s.take('-') ? '-' : s.take('+') ? '+' : ''
    const word = s.quotedName() ?? s.string() ?? s.word()
    if (word === undefined) s.fail('expected a field')
    const how = /^(?:auto|num|str|ip)$/i.test(word) && s.take('(')
    const field = how ? s.name('a field') : word
    if (how) s.expect(')', 'behind the field')
    keys.push({
      field,
      descending: sign === '-',
      how: how ? (word.toLowerCase() as SortKey['how']) : 'auto',
    })
    s.take(',')
  }
  return keys
}

/** A whole number that stands alone. */
export function takeCount(s: Scanner): number | undefined {
  s.space()
  const at = s.pos
  const word = s.word()
  if (word !== undefined && /^\d{1,9}$/.test(word) && s.peek() !== '=') {
    return Number(word)
  }
  s.pos = at
  return undefined
}

export function parseHead(s: Scanner, at: number): Command {
  const spec = { limit: 'count', null: 'flag', keeplast: 'flag' } as const
  const options: Options<typeof spec> = {}
  takeOptions(s, spec, options, 'head')
  const count = takeCount(s)
  const condition = s.peek() === '(' ? parseExpression(s) : undefined
  takeOptions(s, spec, options, 'head')
  const limit = count ?? options.limit ?? (condition ? undefined : 10)
  return {
    kind: 'head',
    ...(limit === undefined ? {} : { count: limit }),
    ...(condition ? { while: condition } : {}),
    passNull: options.null ?? false,
    keepLast: options.keeplast ?? false,
    at,
  }
}

export function parseTail(s: Scanner, at: number): Command {
  return { kind: 'tail', count: takeCount(s) ?? 10, at }
}

export function parseReverse(_: Scanner, at: number): Command {
  return { kind: 'reverse', at }
}

export function parseTable(s: Scanner, at: number): Command {
  return { kind: 'table', fields: someNames(s), at }
}

export function parseFields(s: Scanner, at: number): Command {
  const remove = s.take('-')
  if (!remove) s.take('+')
  return { kind: 'fields', remove, fields: someNames(s), at }
}

export function parseRename(s: Scanner, at: number): Command {
  const pairs: { from: string; to: string }[] = []
  while (!s.atCommandEnd()) {
    const from = s.name('a field')
    if (!s.takeWord('as', true)) s.fail(`expected "as" behind "${from}"`)
    s.space()
    const behind = s.pos
    const to = s.name('a new name')
    if (stars(from) !== stars(to)) {
      throw new SyntaxProblem(
        'P001',
        `"${from}" and "${to}" have a different number of wildcards`,
        behind,
      )
    }
    pairs.push({ from, to })
    s.take(',')
  }
  if (!pairs.length) s.fail('"rename" needs a field', 'P010')
  return { kind: 'rename', pairs, at }
}

function stars(text: string): number {
  return text.split('*').length - 1
}

export function parseFillNull(s: Scanner, at: number): Command {
  const options: Options<{ value: 'text' }> = {}
  const fields = nameList(s, [], 'a field', () =>
    takeOptions(s, { value: 'text' }, options, 'fillnull'),
  )
  return { kind: 'fillnull', value: options.value ?? '0', fields, at }
}

export function parseTop(rare: boolean) {
  const spec = {
    limit: 'count',
    countfield: 'text',
    percentfield: 'text',
    showcount: 'flag',
    showperc: 'flag',
    useother: 'ignored',
    otherstr: 'ignored',
  } as const
  return (s: Scanner, at: number): Command => {
    const name = rare ? 'rare' : 'top'
    const options: Options<typeof spec> = {}
    const others = () => takeOptions(s, spec, options, name)
    others()
    const count = takeCount(s)
    const fields = someNames(s, ['by'], 'a field', others)
    const by = s.takeWord('by', true) ? someNames(s, [], 'a field', others) : []
    return {
      kind: 'top',
      rare,
      limit: count ?? options.limit ?? 10,
      fields,
      by,
      countField: options.countfield ?? 'count',
      percentField: options.percentfield ?? 'percent',
      showCount: options.showcount ?? true,
      showPercent: options.showperc ?? true,
      at,
    }
  }
}

export function parseAddTotals(s: Scanner, at: number): Command {
  const spec = {
    row: 'flag',
    col: 'flag',
    fieldname: 'text',
    label: 'text',
    labelfield: 'text',
  } as const
  const options: Options<typeof spec> = {}
  takeOptions(s, spec, options, 'addtotals')
  return {
    kind: 'addtotals',
    row: options.row ?? true,
    column: options.col ?? false,
    fieldName: options.fieldname ?? 'Total',
    label: options.label ?? 'Total',
    ...(options.labelfield ? { labelField: options.labelfield } : {}),
    fields: nameList(s),
    at,
  }
}
