// filldown: where a row lacks a field, the value that it had last.
import { nameList } from './options.ts'
import { names, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

/** `filldown {field}` */
export const filldown: Syntax<'filldown'> = {
  words: ['filldown'],
  options: {},
  parse: (s) => ({ kind: 'filldown', fields: nameList(s) }),
  print: (c) => words('filldown', names(c.fields)),
}
