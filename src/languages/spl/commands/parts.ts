// Parts of commands as text again: names, lists of them, spans, aggregates.
import type { Span } from '../../../ir/moment.ts'
import type { Aggregate } from '../../../ir/aggregate.ts'
import type { ColumnPair, SortKey } from '../../../ir/operator.ts'
import { printExpression, quote } from '../print-expression.ts'

export function words(
  ...parts: readonly (string | false | undefined | 0)[]
): string {
  return parts.filter(Boolean).join(' ')
}

/** Bare where it reads as one plain name; an option or a keyword in its place is quoted. */
export function name(text: string): string {
  return /^[A-Za-z_][\w.*]*$/.test(text) && !keyword.test(text)
    ? text
    : quote(text)
}
const keyword =
  /^(?:by|as|over|where|from|in|with|and|or|not|output|outputnew|sortby|desc|d|span|eval|groupby|auto|num|str|ip|case|term|limit|startswith|endswith)$/i

export function names(list: readonly string[]): string {
  return list.map(name).join(', ')
}

export function by(list: readonly string[]): string {
  return list.length ? `by ${names(list)}` : ''
}

export function sortKeys(list: readonly SortKey[]): string {
  return list
    .map((k) => {
      const field =
        k.how === 'auto' ? name(k.field) : `${k.how}(${name(k.field)})`
      return `${k.descending ? '-' : '+'}${field}`
    })
    .join(', ')
}

export function columns(list: readonly ColumnPair[]): string {
  return list.map((p) => `${name(p.table)} as ${name(p.row)}`).join(', ')
}

export function span(s: Span): string {
  return `${s.count}${s.unit ?? ''}`
}

export function aggregates(list: readonly Aggregate[]): string {
  return list.map(aggregate).join(', ')
}

function aggregate(a: Aggregate): string {
  const fn = a.fn === 'perc' ? `perc${a.percent}` : a.fn
  const argument = a.of
    ? `eval(${printExpression(a.of)})`
    : a.field === undefined
      ? ''
      : name(a.field)
  return `${fn}(${argument}) as ${name(a.as)}`
}
