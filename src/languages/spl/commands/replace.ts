// replace: whole values by others.
import type { Renaming } from '../../../ir/operator.ts'
import { quote } from '../print-expression.ts'
import { nameList } from './options.ts'
import { names, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

/** `replace text "with" text {[","] text "with" text} ["in" field {field}]` */
export const replace: Syntax<'replace'> = {
  words: ['replace'],
  options: {},
  parse(s) {
    const pairs: Renaming[] = []
    while (!s.atCommandEnd() && !s.seesWord('in', true)) {
      const from = s.name('a text')
      if (!s.takeWord('with', true)) s.fail(`expected "with" behind "${from}"`)
      pairs.push({ from, to: s.name('a text') })
      s.takeCommas()
    }
    if (!pairs.length) s.fail('"replace" needs "text WITH text"', 'P010')
    const fields = s.takeWord('in', true) ? nameList(s) : []
    return { kind: 'replace', pairs, fields }
  },
  print: (c) =>
    words(
      'replace',
      c.pairs.map((p) => `${quote(p.from)} with ${quote(p.to)}`).join(', '),
      c.fields.length > 0 && `in ${names(c.fields)}`,
    ),
}
