// A lookup table from CSV text (RFC 4180): the first line names the columns.
import type { LookupTable } from './operators/tables.ts'

/** Rows of one table. */
export const maxTableRows = 1_000_000

export interface ParsedTable {
  readonly table: LookupTable
  readonly problem?: string
}

export function parseLookup(
  text: string,
  options: Omit<LookupTable, 'columns' | 'rows'> = {},
): ParsedTable {
  const rows: string[][] = []
  let problem: string | undefined
  for (const row of csvRows(text.startsWith('\uFEFF') ? text.slice(1) : text)) {
    if (rows.length > maxTableRows) {
      problem = `the table has more than ${maxTableRows.toLocaleString('en-US')} rows: the others are not read`
      break
    }
    if (row.length > 1 || row[0] !== '') rows.push(row)
  }
  const [columns = [], ...cells] = rows
  return {
    table: { columns: columns.map((c) => c.trim()), rows: cells, ...options },
    ...(problem ? { problem } : {}),
  }
}

function* csvRows(text: string): Generator<string[]> {
  let row: string[] = []
  let at = 0
  while (at <= text.length) {
    let cell = ''
    if (text[at] === '"') {
      let end = at + 1
      for (;;) {
        const quote = text.indexOf('"', end)
        if (quote < 0) {
          cell += text.slice(end)
          end = text.length
          break
        }
        cell += text.slice(end, quote)
        end = quote + 1
        if (text[end] !== '"') break
        cell += '"'
        end++
      }
      at = end
    }
    const stop = nextStop(text, at)
    cell += text.slice(at, stop).replace(/\r$/, '')
    row.push(cell)
    at = stop + 1
    if (stop >= text.length || text[stop] === '\n') {
      yield row
      row = []
      if (stop >= text.length) return
    }
  }
}

function nextStop(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== ',' && text[at] !== '\n') at++
  return at
}
