// untable: a row for each cell of a table.
import { name, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

/** `untable field [","] field [","] field` */
export const untable: Syntax<'untable'> = {
  words: ['untable'],
  options: {},
  parse(s) {
    const over = s.name('the field that stays')
    s.takeCommas()
    const column = s.name("a name for the columns' names")
    s.takeCommas()
    return { kind: 'untable', over, column, value: s.name('a name for values') }
  },
  print: (c) => words('untable', name(c.over), name(c.column), name(c.value)),
}
