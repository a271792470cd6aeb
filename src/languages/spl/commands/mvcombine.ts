// mvcombine: rows that differ in one field only become one.
import { quote } from '../print-expression.ts'
import { type Options, takeOptions } from './options.ts'
import { name, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = { delim: 'text' } as const

/** `mvcombine {option} field` */
export const mvcombine: Syntax<'mvcombine'> = {
  words: ['mvcombine'],
  options,
  parse(s) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, 'mvcombine')
    const field = s.name('a field')
    const { delim } = found
    return {
      kind: 'mvcombine',
      field,
      ...(delim === undefined ? {} : { delim }),
    }
  },
  print: (c) =>
    words(
      'mvcombine',
      c.delim !== undefined && `delim=${quote(c.delim)}`,
      name(c.field),
    ),
}
