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

export function conditionOf(
  row: Row,
  { parts, between }: Format,
  fieldName: (name: string) => string = searched,
): string {
  const [, open, and, close] = parts
  const fields: string[] = []
  for (const [name, value] of row.values) {
    if (isInternal(name)) continue
    const each = toList(value).map((v) =>
      isWords(name) ? textOf(v) : `${fieldName(name)}=${quoted(textOf(v))}`,
    )
    fields.push(
      each.length === 1 ? each[0]! : `( ${each.join(` ${between} `)} )`,
    )
  }
  return words(open, fields.join(` ${and} `), close)
}

/** One text for each row, and one for all rows that ask the same field alone: a list is looked up, conditions are tried. */
export function conditionsOf(
  rows: readonly Row[],
  how: Format,
  fieldName: (name: string) => string = searched,
): string[] {
  const lists = new Map<string, string[]>()
  const texts: string[] = []
  for (const row of rows) {
    const [only, ...more] = [...row.values].filter(([n]) => !isInternal(n))
    const listed = only && !more.length && !isWords(only[0])
    if (!listed) texts.push(conditionOf(row, how, fieldName))
    else {
      const [name, value] = only
      const list = lists.get(name) ?? []
      lists.set(name, list)
      for (const v of toList(value)) list.push(quoted(textOf(v)))
    }
  }
  for (const [name, list] of lists)
    texts.push(`${fieldName(name)} IN (${list.join(', ')})`)
  return texts
}

/** Fields whose values are conditions already. */
function isWords(name: string): boolean {
  return name === 'search' || name === 'query'
}

/** How `search` writes a name. */
function searched(name: string): string {
  return `"${name.replaceAll('"', '')}"`
}

/** How `eval` writes one. */
export function computed(name: string): string {
  return `'${name.replaceAll("'", '')}'`
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

/** Parts with blanks between them. */
export function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' ')
}
