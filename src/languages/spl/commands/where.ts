// where: an expression that must be true.
import { parseExpression, withBrackets } from '../parse-expression.ts'
import { printExpression } from '../print-expression.ts'
import type { Syntax } from './syntax.ts'

/** `where expression` */
export const where: Syntax<'where'> = {
  words: ['where'],
  options: {},
  parse(s, { brackets: read }) {
    if (s.atCommandEnd()) s.fail('"where" needs a condition', 'P010')
    const { parsed, ...rest } = withBrackets(
      s,
      () => read(0),
      () => parseExpression(s),
    )
    return { kind: 'where', of: parsed, ...rest }
  },
  print: (c) => `where ${printExpression(c.of)}`,
}
