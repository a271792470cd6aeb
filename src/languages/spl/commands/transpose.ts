// transpose: rows become columns.
import { quote } from '../print-expression.ts'
import { type Options, takeCount, takeOptions } from './options.ts'
import { words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = {
  column_name: 'text',
  header_field: 'text',
  include_empty: 'flag',
} as const

/** Rows where no number is written: Splunk's Search Reference, "transpose". */
const usualLimit = 5

/** `transpose [count] {option}` */
export const transpose: Syntax<'transpose'> = {
  words: ['transpose'],
  options,
  parse(s) {
    const found: Options<typeof options> = {}
    const others = () => takeOptions(s, options, found, 'transpose')
    others()
    const limit = takeCount(s) ?? usualLimit
    others()
    return {
      kind: 'transpose',
      limit,
      columnName: found.column_name ?? 'column',
      ...(found.header_field && { headerField: found.header_field }),
      includeEmpty: found.include_empty ?? true,
    }
  },
  print: (c) =>
    words(
      'transpose',
      `${c.limit}`,
      `column_name=${quote(c.columnName)}`,
      c.headerField !== undefined && `header_field=${quote(c.headerField)}`,
      `include_empty=${c.includeEmpty}`,
    ),
}
