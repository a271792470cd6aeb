// mvexpand: one row for each value of a field.
import { type Options, takeOptions } from './options.ts'
import { name } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = { limit: 'count' } as const

/** `mvexpand field [option]` */
export const mvexpand: Syntax<'mvexpand'> = {
  words: ['mvexpand'],
  options,
  parse(s) {
    const found: Options<typeof options> = {}
    const field = s.name('a field')
    takeOptions(s, options, found, 'mvexpand')
    return { kind: 'mvexpand', field, limit: found.limit ?? 0 }
  },
  print: (c) => `mvexpand ${name(c.field)} limit=${c.limit}`,
}
