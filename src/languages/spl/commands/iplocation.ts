// iplocation: where an address is.
import type { PlacePart } from '../../../ir/operator.ts'
import { type Options, takeOptions } from './options.ts'
import { quote } from '../print-expression.ts'
import { name, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = { prefix: 'text', allfields: 'flag', lang: 'text' } as const

/** Splunk's manual on iplocation, "allfields". */
const usual: readonly PlacePart[] = ['City', 'Country', 'Region', 'lat', 'lon']
const all: readonly PlacePart[] = [
  'City',
  'Continent',
  'Country',
  'MetroCode',
  'Region',
  'Timezone',
  'lat',
  'lon',
]

/** `iplocation {option} field {option}` */
export const iplocation: Syntax<'iplocation'> = {
  words: ['iplocation'],
  options,
  parse(s) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, 'iplocation')
    const field = s.name('a field')
    takeOptions(s, options, found, 'iplocation')
    return {
      kind: 'iplocation',
      field,
      prefix: found.prefix ?? '',
      parts: found.allfields ? all : usual,
      languages: (found.lang ?? '').split(/[\s,]+/).filter(Boolean),
    }
  },
  print: (c) =>
    words(
      'iplocation',
      c.prefix && `prefix=${quote(c.prefix)}`,
      c.parts.length > usual.length && 'allfields=true',
      c.languages.length > 0 && `lang=${quote(c.languages.join(','))}`,
      name(c.field),
    ),
}
