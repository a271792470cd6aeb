// format: all rows as one condition.
import { quote } from '../print-expression.ts'
import { type Options, takeOptions } from './options.ts'
import { words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = {
  maxresults: 'count',
  mvsep: 'text',
  emptystr: 'text',
} as const

/** Before all rows, before a row, between fields, behind a row, between rows, behind all. */
const usualParts = ['(', '(', 'AND', ')', 'OR', ')'] as const

/** `format {option} [six texts]` */
export const format: Syntax<'format'> = {
  words: ['format'],
  options,
  parse(s) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, 'format')
    const parts: string[] = []
    for (let text = s.string(); text !== undefined; text = s.string())
      parts.push(text)
    if (parts.length && parts.length !== usualParts.length)
      s.fail(
        `"format" takes six texts, ${parts.length} are given; expected them`,
      )
    return {
      kind: 'format',
      limit: found.maxresults ?? 0,
      parts: parts.length ? parts : usualParts,
      between: found.mvsep ?? 'OR',
      empty: found.emptystr ?? 'NOT ( * )',
    }
  },
  print: (c) =>
    words(
      'format',
      `maxresults=${c.limit} mvsep=${quote(c.between)} emptystr=${quote(c.empty)}`,
      c.parts.map(quote).join(' '),
    ),
}
