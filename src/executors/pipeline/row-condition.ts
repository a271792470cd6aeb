// A row as a condition of a search: what a search in brackets says to the one that it is in.
import type { Format } from '../../ir/operator.ts'
import { isInternal, type Row } from './row.ts'
import { textOf, toList } from './values.ts'

/** `( "a"="1" AND "b"="2" )` */
export const usualFormat: Format = {
  limit: 0,
  parts: ['(', '(', 'AND', ')', 'OR', ')'],
  between: 'OR',
  empty: 'NOT ( * )',
}

export function conditionOf(row: Row, { parts, between }: Format): string {
  const [, open, and, close] = parts
  const fields: string[] = []
  for (const [name, value] of row.values) {
    if (isInternal(name)) continue
    const each = toList(value).map((v) => {
      const quoted = `"${textOf(v).replace(/[\\"]/g, '\\$&')}"`
      return name === 'search' || name === 'query'
        ? textOf(v)
        : `"${name.replaceAll('"', '')}"=${quoted}`
    })
    fields.push(
      each.length === 1 ? each[0]! : `( ${each.join(` ${between} `)} )`,
    )
  }
  return words(open, fields.join(` ${and} `), close)
}

/** Parts with blanks between them. */
export function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' ')
}
