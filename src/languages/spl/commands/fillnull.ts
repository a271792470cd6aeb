// fillnull: a value where there is none.
import { quote } from '../print-expression.ts'
import { nameList, type Options, takeOptions } from './options.ts'
import { names, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = { value: 'text' } as const

/** `fillnull {option | field}` */
export const fillnull: Syntax<'fillnull'> = {
  words: ['fillnull'],
  options,
  parse(s) {
    const found: Options<typeof options> = {}
    const fields = nameList(s, [], 'a field', () =>
      takeOptions(s, options, found, 'fillnull'),
    )
    return { kind: 'fillnull', value: found.value ?? '0', fields }
  },
  print: (c) => words('fillnull', `value=${quote(c.value)}`, names(c.fields)),
}
