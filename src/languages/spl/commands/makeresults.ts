// makeresults: rows out of nothing.
import { off, type Options, takeOptions } from './options.ts'
import type { Syntax } from './syntax.ts'

const options = {
  count: 'count',
  annotate: { noted: 'a row that is made has no source', unless: off },
  splunk_server: 'harmless',
  splunk_server_group: 'harmless',
  format: { refused: 'write the values with eval' },
  data: { refused: 'write the values with eval' },
} as const

/** `makeresults {option}` */
export const makeresults: Syntax<'makeresults'> = {
  words: ['makeresults'],
  options,
  parse(s) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, 'makeresults')
    return { kind: 'makeresults', count: found.count ?? 1 }
  },
  print: (c) => `makeresults count=${c.count}`,
}
