// head: the first rows.
import { parseExpression } from '../parse-expression.ts'
import { printExpression } from '../print-expression.ts'
import { type Options, takeCount, takeOptions } from './options.ts'
import { words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = { limit: 'count', null: 'flag', keeplast: 'flag' } as const

/** Rows that `head` and `tail` give where no number is written. */
export const defaultRows = 10

/** `head {option} [count] ["(" expression ")"] {option}` */
export const head: Syntax<'head'> = {
  words: ['head'],
  options,
  parse(s) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, 'head')
    const count = takeCount(s)
    const condition = s.peek() === '(' ? parseExpression(s) : undefined
    takeOptions(s, options, found, 'head')
    const limit = count ?? found.limit ?? (condition ? undefined : defaultRows)
    return {
      kind: 'head',
      ...(limit === undefined ? {} : { count: limit }),
      ...(condition ? { while: condition } : {}),
      passNull: found.null ?? false,
      keepLast: found.keeplast ?? false,
    }
  },
  print: (c) =>
    words(
      'head',
      c.count !== undefined && `limit=${c.count}`,
      `null=${c.passNull} keeplast=${c.keepLast}`,
      c.while && `(${printExpression(c.while)})`,
    ),
}
