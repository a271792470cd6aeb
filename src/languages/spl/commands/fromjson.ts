// fromjson: the members of a JSON object become fields.
import { quote } from '../print-expression.ts'
import { type Options, takeOptions } from './options.ts'
import { name, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = { prefix: 'text' } as const

/** `fromjson {option} field {option}` */
export const fromjson: Syntax<'fromjson'> = {
  words: ['fromjson'],
  options,
  parse(s) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, 'fromjson')
    const field = s.name('a field')
    takeOptions(s, options, found, 'fromjson')
    return { kind: 'fromjson', field, prefix: found.prefix ?? '' }
  },
  print: (c) =>
    words('fromjson', c.prefix && `prefix=${quote(c.prefix)}`, name(c.field)),
}
