// table: these columns, in this order.
import { someNames } from './options.ts'
import { names } from './parts.ts'
import type { Syntax } from './syntax.ts'

/** `table field {[","] field}` */
export const table: Syntax<'table'> = {
  words: ['table'],
  options: {},
  parse: (s) => ({ kind: 'table', fields: someNames(s) }),
  print: (c) => `table ${names(c.fields)}`,
}
