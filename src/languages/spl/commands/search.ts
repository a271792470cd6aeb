// search: conditions on fields, and words.
import { parseSearch } from '../parse-search.ts'
import { words } from './parts.ts'
import type { Syntax } from './syntax.ts'

/** `search [condition]` */
export const search: Syntax<'search'> = {
  words: ['search'],
  options: {},
  parse: (s, { brackets }) => ({
    kind: 'search',
    of: parseSearch(s, brackets),
  }),
  print: (c, show) => words('search', show.condition(c.of)),
}
