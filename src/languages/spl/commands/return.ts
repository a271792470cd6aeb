// return: rows as a search in brackets gives them.
import type { Returned } from '../../../ir/operator.ts'
import { quote } from '../print-expression.ts'
import { takeCount } from './options.ts'
import { name } from './parts.ts'
import type { Syntax } from './syntax.ts'

/** `return [count] {"$" field | name "=" field | field}` */
export const returnRows: Syntax<'return'> = {
  words: ['return'],
  options: {},
  parse(s) {
    const count = takeCount(s) ?? 1
    const items: Returned[] = []
    while (!s.atCommandEnd()) {
      const word = s.name('a field')
      if (word.startsWith('$')) {
        const field = word.slice(1)
        items.push({ field, as: field, bare: true })
      } else {
        const field = s.take('=') ? s.name('a field') : word
        items.push({ field, as: word, bare: false })
      }
      s.takeCommas()
    }
    if (!items.length) s.fail('"return" needs a field', 'P010')
    return { kind: 'return', count, items }
  },
  print: (c) =>
    `return ${c.count} ${c.items
      .map((i) =>
        i.bare ? quote(`$${i.field}`) : `${name(i.as)}=${name(i.field)}`,
      )
      .join(' ')}`,
}
