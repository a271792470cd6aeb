// reverse: the rows from the last to the first.
import type { Syntax } from './syntax.ts'

/** `reverse` */
export const reverse: Syntax<'reverse'> = {
  words: ['reverse'],
  options: {},
  parse: () => ({ kind: 'reverse' }),
  print: () => 'reverse',
}
