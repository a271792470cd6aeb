// tail: the last rows.
import { defaultRows } from './head.ts'
import { takeCount } from './options.ts'
import type { Syntax } from './syntax.ts'

/** `tail [count]` */
export const tail: Syntax<'tail'> = {
  words: ['tail'],
  options: {},
  parse: (s) => ({ kind: 'tail', count: takeCount(s) ?? defaultRows }),
  print: (c) => `tail ${c.count}`,
}
