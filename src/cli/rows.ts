// Rows of a search as a table, as NDJSON, or as CSV.
import { csvLine } from '../base/csv-line.ts'
import { oneLine, shownJson } from '../base/shown.ts'
import { isoTime } from '../base/time.ts'
import { inZone, type Zone } from '../base/zone.ts'

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
  return shownJson(`${JSON.stringify(fields)}\n`)
}

function shownNames(row: Row): string[] {
  return [...row.names()].filter((n) => n === '_time' || !isInternal(n))
}

/** Columns of the terminal that one column may take, as long as there are others beside it. */
const maxColumn = 60

/** `width`: of the terminal; Infinity for whole values. */
export function rowTable(
  rows: readonly Row[],
  columns: readonly string[],
  width: number,
  zone?: Zone,
): string {
  const heads = columns.map(oneLine)
  const cells = rows.map((row) =>
    columns.map((c) => oneLine(cellText(row, c, zone, betweenValues))),
  )
  const most = columns.length > 1 && Number.isFinite(width) ? maxColumn : width
  const widths = heads.map((head, i) =>
    Math.min(
      most,
      cells.reduce((w, row) => Math.max(w, row[i]!.length), head.length),
    ),
  )
  const line = (values: readonly string[]) => {
    const text = values
      .map((v, i) => cut(v, widths[i]!).padEnd(widths[i]!))
      .join('  ')
      .trimEnd()
    return cut(text, width)
  }
  const rule = cut(widths.map((w) => '-'.repeat(w)).join('  '), width)
  return `${[line(heads), rule, ...cells.map(line)].join('\n')}\n`
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 3)}...` : text
}

export function rowCsv(
  rows: readonly Row[],
  columns: readonly string[],
  zone?: Zone,
): string {
  const cells = rows.map((row) => columns.map((c) => cellText(row, c, zone)))
  return [columns, ...cells].map(csvLine).join('')
}

/** In a cell of one line; in CSV values stand on lines of their own, as Splunk writes them. */
const betweenValues = ' | '

function cellText(
  row: Row,
  name: string,
  zone?: Zone,
  between?: string,
): string {
  const value = row.get(name)
  if (value === null) return ''
  const time = name === '_time' ? timeText(value) : undefined
  if (time === undefined) return textOfValue(value, between)
  return zone ? inZone(zone, time) : time
}

/** `_time` counts seconds; people read a date. */
function timeText(value: unknown): string | undefined {
  if (typeof value !== 'number') return undefined
  return isoTime(value * 1000) ?? undefined
}
