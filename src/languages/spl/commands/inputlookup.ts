// inputlookup: the rows of a table.
import type { TableRows } from '../../../ir/operator.ts'
import type { Written } from '../ast.ts'
import { parseSearch } from '../parse-search.ts'
import { type Options, takeOptions } from './options.ts'
import { name, words } from './parts.ts'
import type { Show, Syntax } from './syntax.ts'

const options = {
  append: 'flag',
  start: 'count',
  max: 'count',
  strict: 'harmless',
} as const

/** `inputlookup {option} table {option} ["where" condition]` */
export const inputlookup: Syntax<'inputlookup'> = {
  words: ['inputlookup'],
  options,
  parse(s, { brackets }) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, 'inputlookup')
    const table = s.name('the name of a table')
    takeOptions(s, options, found, 'inputlookup')
    const rows = {
      table,
      ...(s.takeWord('where', true) ? { where: parseSearch(s, brackets) } : {}),
      start: found.start ?? 0,
      max: found.max ?? 0,
    }
    return found.append
      ? { kind: 'inputlookup', ...rows }
      : { kind: 'tablerows', ...rows }
  },
  print: (c, show) => printRows(c, true, show),
}

/** Written as `inputlookup` without `append=t`. */
export const tablerows: Syntax<'tablerows'> = {
  words: [],
  options: {},
  print: (c, show) => printRows(c, false, show),
}

function printRows(c: TableRows<Written>, append: boolean, show: Show): string {
  return words(
    'inputlookup',
    `append=${append} start=${c.start} max=${c.max}`,
    name(c.table),
    c.where && `where ${show.condition(c.where)}`,
  )
}
