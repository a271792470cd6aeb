// xmlkv: every leaf of an XML text becomes a field.
import { type Options, takeOptions } from './options.ts'
import { name } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = { maxinputs: 'harmless' } as const

/** `xmlkv [field] {option}` */
export const xmlkv: Syntax<'xmlkv'> = {
  words: ['xmlkv'],
  options,
  parse(s) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, 'xmlkv')
    const field = s.optionalName() ?? '_raw'
    takeOptions(s, options, found, 'xmlkv')
    return { kind: 'xmlkv', field }
  },
  print: (c) => `xmlkv ${name(c.field)}`,
}
