// fields: keeps fields, or takes them away.
import { someNames } from './options.ts'
import { names } from './parts.ts'
import type { Syntax } from './syntax.ts'

/** `fields ["+" | "-"] field {[","] field}` */
export const fields: Syntax<'fields'> = {
  words: ['fields'],
  options: {},
  parse(s) {
    const remove = s.take('-')
    if (!remove) s.take('+')
    return { kind: 'fields', remove, fields: someNames(s) }
  },
  print: (c) => `fields ${c.remove ? '-' : '+'} ${names(c.fields)}`,
}
