// nomv: several values become one text.
import { name } from './parts.ts'
import type { Syntax } from './syntax.ts'

/** `nomv field` */
export const nomv: Syntax<'nomv'> = {
  words: ['nomv'],
  options: {},
  parse: (s) => ({ kind: 'nomv', field: s.name('a field') }),
  print: (c) => `nomv ${name(c.field)}`,
}
