// Rows of a search as a table, as NDJSON, or as CSV.
import { oneLine } from '../base/shown.ts'
import { isoTime } from '../base/time.ts'

import type { Row } from '../executors/pipeline/index.ts'
import { isInternal, textOfValue } from '../executors/pipeline/index.ts'

export function rowJson(
  row: Row,
  columns: readonly string[] | undefined,
): string {
  const names = columns ?? shownNames(row)
  const fields: Record<string, unknown> = {}
  for (const name of names) {
    const own = row.get(name)
    if (own === null) continue
    const value = name === '_time' ? (timeText(own) ?? own) : own
    // Rows bear names from the input: one called __proto__ is a name like any other.
    Object.defineProperty(fields, name, { value, enumerable: true })
  }
  return `${JSON.stringify(fields)}\n`
}

function shownNames(row: Row): string[] {
  return [...row.names()].filter((n) => n === '_time' || !isInternal(n))
}

/** Columns are as wide as their widest cell, up to this. */
const maxColumn = 60

export function rowTable(
  rows: readonly Row[],
  columns: readonly string[],
): string {
  const cells = rows.map((row) => columns.map((c) => oneLine(cellText(row, c))))
  const widths = columns.map((c, i) =>
    Math.min(maxColumn, Math.max(c.length, ...cells.map((r) => r[i]!.length))),
  )
  const line = (values: readonly string[]) =>
    values
      .map((v, i) => {
        const w = widths[i]!
        return v.length > w ? `${v.slice(0, w - 3)}...` : v.padEnd(w)
      })
      .join('  ')
      .trimEnd()
  const rule = widths.map((w) => '-'.repeat(w)).join('  ')
  return `${[line(columns), rule, ...cells.map(line)].join('\n')}\n`
}

/**
 * RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe in front: what is hunted for here must not
 * run where it is looked at.
 */
export function rowCsv(
  rows: readonly Row[],
  columns: readonly string[],
): string {
  const line = (values: readonly string[]) =>
    `${values.map(csvCell).join(',')}\r\n`
  return [columns, ...rows.map((row) => columns.map((c) => cellText(row, c)))]
    .map(line)
    .join('')
}

function csvCell(text: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(text)
  const safe = !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function cellText(row: Row, name: string): string {
  const value = row.get(name)
  if (value === null) return ''
  return (name === '_time' && timeText(value)) || textOfValue(value)
}

/** `_time` counts seconds; people read a date. */
function timeText(value: unknown): string | undefined {
  if (typeof value !== 'number') return undefined
  return isoTime(value * 1000) ?? undefined
}
