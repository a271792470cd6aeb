// lookup: columns of a table beside the rows that match it.
import type { ColumnPair } from '../../../ir/operator.ts'
import type { Scanner } from '../scanner.ts'
import { takeOptions } from './options.ts'
import { columns, name, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = {
  local: 'harmless',
  update: 'harmless',
  event_time_field: { refused: 'tables here have no time' },
} as const

/** `lookup {option} table pair {pair} [("output" | "outputnew") pair {pair}]` */
export const lookup: Syntax<'lookup'> = {
  words: ['lookup'],
  options,
  parse(s) {
    takeOptions(s, options, {}, 'lookup')
    const table = s.name('the name of a table')
    const match = pairs(s, ['output', 'outputnew'])
    if (!match.length) s.fail('"lookup" needs a field to look up', 'P010')
    const keep = s.seesWord('outputnew', true)
    const output = s.takeWord('output', true) || s.takeWord('outputnew', true)
    return {
      kind: 'lookup',
      table,
      match,
      output: output ? pairs(s, []) : [],
      keep,
    }
  },
  print: (c) =>
    words(
      'lookup',
      name(c.table),
      columns(c.match),
      c.output.length > 0 &&
        `${c.keep ? 'OUTPUTNEW' : 'OUTPUT'} ${columns(c.output)}`,
    ),
}

/** `pair = column ["as" field] [","]` */
function pairs(s: Scanner, ends: readonly string[]): ColumnPair[] {
  const list: ColumnPair[] = []
  while (!s.atCommandEnd() && !ends.some((w) => s.seesWord(w, true))) {
    const table = s.name('a field')
    const row = s.takeWord('as', true) ? s.name('a field') : table
    list.push({ table, row })
    s.takeCommas()
  }
  return list
}
