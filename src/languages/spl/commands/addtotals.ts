// addtotals and addcoltotals: sums of rows and of columns.
import { quote } from '../print-expression.ts'
import { nameList, type Options, takeOptions } from './options.ts'
import { names, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = {
  row: 'flag',
  col: 'flag',
  fieldname: 'text',
  label: 'text',
  labelfield: 'text',
} as const

/** `("addtotals" | "addcoltotals") {option | field}` */
export const addtotals: Syntax<'addtotals'> = {
  words: ['addtotals', 'addcoltotals'],
  options,
  parse(s, { word }) {
    const columns = word === 'addcoltotals'
    const found: Options<typeof options> = {}
    const fields = nameList(s, [], 'a field', () =>
      takeOptions(s, options, found, word),
    )
    return {
      kind: 'addtotals',
      row: columns ? false : (found.row ?? true),
      column: columns || (found.col ?? false),
      fieldName: found.fieldname ?? 'Total',
      label: found.label ?? 'Total',
      ...(found.labelfield ? { labelField: found.labelfield } : {}),
      fields,
    }
  },
  print: (c) =>
    words(
      'addtotals',
      `row=${c.row} col=${c.column} fieldname=${quote(c.fieldName)} label=${quote(c.label)}`,
      c.labelField && `labelfield=${quote(c.labelField)}`,
      names(c.fields),
    ),
}
