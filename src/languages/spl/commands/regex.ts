// regex: keeps the rows in which a field matches.
import { checkPattern } from '../patterns.ts'
import { quote } from '../print-expression.ts'
import type { Scanner } from '../scanner.ts'
import { name } from './parts.ts'
import type { Syntax } from './syntax.ts'

/** `regex [field ("=" | "!=")] expression` */
export const regex: Syntax<'regex'> = {
  words: ['regex'],
  options: {},
  parse(s: Scanner) {
    s.space()
    let field = '_raw'
    let negated = false
    const back = s.pos
    const quoted = s.peek() === '"'
    const named = s.optionalName()
    if (named !== undefined && (s.take('!=') || s.peek() === '=')) {
      negated = s.text.startsWith('!=', s.pos - 2)
      if (!negated) s.take('=')
      field = named
    } else {
      s.pos = back
      if (!quoted)
        s.fail('"regex" needs a field or an expression in quotes', 'P010')
    }
    s.space()
    const start = s.pos
    const pattern = s.string() ?? s.word('|[]"')
    if (!pattern) s.fail('"regex" needs an expression in quotes', 'P010')
    checkPattern(pattern, start)
    return { kind: 'regex', field, negated, pattern }
  },
  print: (c) =>
    `regex ${name(c.field)}${c.negated ? '!=' : '='}${quote(c.pattern)}`,
}
