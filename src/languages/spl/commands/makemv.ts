// makemv: one text becomes several values.
import { checkPattern } from '../patterns.ts'
import { quote } from '../print-expression.ts'
import { off, type Options, takeOptions } from './options.ts'
import { name, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = {
  delim: 'text',
  tokenizer: 'text',
  allowempty: 'flag',
  setsv: { refused: 'a field is one text or several values', unless: off },
} as const

/** `makemv {option} field {option}` */
export const makemv: Syntax<'makemv'> = {
  words: ['makemv'],
  options,
  parse(s, { at }) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, 'makemv')
    const field = s.name('a field')
    takeOptions(s, options, found, 'makemv')
    const { tokenizer } = found
    if (tokenizer !== undefined) checkPattern(tokenizer, at)
    return {
      kind: 'makemv',
      field,
      ...(tokenizer === undefined
        ? { delim: found.delim ?? ' ' }
        : { tokenizer }),
      allowEmpty: found.allowempty ?? false,
    }
  },
  print: (c) =>
    words(
      'makemv',
      c.delim !== undefined && `delim=${quote(c.delim)}`,
      c.tokenizer !== undefined && `tokenizer=${quote(c.tokenizer)}`,
      `allowempty=${c.allowEmpty}`,
      name(c.field),
    ),
}
