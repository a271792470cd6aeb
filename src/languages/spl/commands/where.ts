// where: an expression that must be true.
import { parseExpression } from '../parse-expression.ts'
import { printExpression } from '../print-expression.ts'
import type { Syntax } from './syntax.ts'

/** `where expression` */
export const where: Syntax<'where'> = {
  words: ['where'],
  options: {},
  parse(s) {
    if (s.atCommandEnd()) s.fail('"where" needs a condition', 'P010')
    return { kind: 'where', of: parseExpression(s) }
  },
  print: (c) => `where ${printExpression(c.of)}`,
}
