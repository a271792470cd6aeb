// How does a table of text lie: what parts its cells, which row names them? Tools put lines before that row (`#TYPE …` of
// PowerShell, `sep=;` of Excel, titles of a portal).
import { parse } from 'csv-parse/sync'

import { unmarked } from './marked-cells.ts'
import { isShownTable } from './shown-cells.ts'

export interface TableLayout {
  readonly delimiter: string
  /** Rows before the first with data. */
  readonly skippedRows: number
  readonly columns: readonly string[]
  /** Columns whose heading says that their times are in UTC. */
  readonly utc: ReadonlySet<number>
  /** What stands in a cell of this table that says nothing, where such cells are not left empty. */
  readonly blank: string
  /** Its cells are as a page showed them: see shown-cells.ts. */
  readonly isShown: boolean
}

const delimiters = [',', '\t', ';', '|']
/** Rows of the beginning among which the names of the columns are looked for. */
export const triedRows = 16
/** UTF-16 units. */
const maxName = 128

/** undefined: it is no table. `isAll`: the text is the whole source, not its beginning. */
export function tableLayout(
  text: string,
  isAll: boolean,
): TableLayout | undefined {
  let best: TableLayout | undefined
  const named = separatorNamed(text)
  const tried =
    named === undefined ? delimiters : [...new Set([named, ...delimiters])]
  for (const delimiter of tried) {
    if (!text.includes(delimiter)) continue
    const found = layoutBy(delimiter, text, isAll)
    if (found && found.columns.length > (best?.columns.length ?? 1))
      best = found
  }
  return best
}

/** `sep=^` on the first line: Excel takes any one character. */
export function separatorNamed(text: string): string | undefined {
  return /^\ufeff?"?sep=([^"\r\n])"?\r?(?:\n|$)/iu.exec(text.slice(0, 16))?.[1]
}

export const parsing = {
  bom: true,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  record_delimiter: ['\r\n', '\n'] as string[],
} as const

function layoutBy(
  delimiter: string,
  text: string,
  isAll: boolean,
): TableLayout | undefined {
  const end = isAll ? text.length : text.lastIndexOf('\n') + 1
  const rows = firstRows(text.slice(0, end), delimiter, triedRows).map((row) =>
    unmarked(row, delimiter),
  )
  for (const [i, given] of rows.slice(0, -1).entries()) {
    const next = rows[i + 1]!
    // A column of numbers, or of messages, often has no heading.
    const row = given.at(-1) === '' ? given.slice(0, -1) : given
    const isOneMore = next.length === row.length + 1
    if (row.length < 2 || (next.length !== row.length && !isOneMore)) continue
    const named = row.filter((cell) => cell !== '')
    if (named.length < row.length - 1 || !named.every(isName)) continue
    if (new Set(named).size < named.length) continue
    const columns = namesOf(row, next)
    const utc = new Set(
      row.flatMap((cell, at) => (/ \[UTC\]\s*$/i.test(cell) ? [at] : [])),
    )
    const data = rows.slice(i + 1)
    const isShown = isShownTable(columns, data)
    const blank = isShown ? '-' : blankOf(data)
    return { delimiter, skippedRows: i + 1, columns, utc, blank, isShown }
  }
  return undefined
}

/** What programs write for no value: Kibana a dash, pandas `nan`, databases `NULL`. */
const blanks = [
  '-',
  '\u2013',
  '\u2014',
  'NULL',
  'null',
  '(null)',
  '(empty)',
  'None',
  'nan',
  'NaN',
  'N/A',
  'n/a',
]
/** Columns of a table whose rows cannot all have a value in each: events of several kinds in one table. */
const manyColumns = 12

/** One of them, if it fills a quarter of each row and nothing is left empty. */
function blankOf(rows: readonly (readonly string[])[]): string {
  const isFilled = (row: readonly string[], blank: string) =>
    row.length >= manyColumns &&
    !row.includes('') &&
    row.filter((cell) => cell === blank).length * 4 >= row.length
  const found = blanks.find((b) => rows.every((row) => isFilled(row, b)))
  return (rows.length && found) || ''
}

/** The rows of a text as far as they are whole: its last may be cut, also within quotes. */
export function firstRows(
  text: string,
  delimiter: string,
  to: number,
): readonly (readonly string[])[] {
  const plain = plainRows(text, delimiter, to)
  if (plain) return plain
  const rows: string[][] = []
  const on_record = (row: string[]) => {
    rows.push(row)
    return null
  }
  try {
    parse(text, { ...parsing, delimiter, to, on_record })
  } catch {
    // What came before is whole.
  }
  return rows
}

/** Lines without a quote are rows as they stand, and most tables begin with such; undefined: there is one. */
function plainRows(
  text: string,
  delimiter: string,
  to: number,
): readonly (readonly string[])[] | undefined {
  const rows: string[][] = []
  let from = text.startsWith('\ufeff') ? 1 : 0
  while (rows.length < to && from < text.length) {
    const at = text.indexOf('\n', from)
    const line = text.slice(from, at < 0 ? text.length : at)
    const row = at > 0 && line.endsWith('\r') ? line.slice(0, -1) : line
    if (row.includes('"')) return undefined
    if (row !== '') rows.push(row.split(delimiter))
    from += line.length + 1
  }
  return rows
}

function isName(cell: string): boolean {
  return cell.length <= maxName && /^[\p{L}_@#*][^=<>{}]*$/u.test(cell.trim())
}

/** Event Viewer's export gives the message no heading, and the others in the language of its machine. */
const eventViewer = [
  'Level',
  'Date and Time',
  'Source',
  'Event ID',
  'Task Category',
]

function namesOf(
  row: readonly string[],
  behind: readonly string[],
): readonly string[] {
  if (behind.length === row.length) return row.map(nameOf)
  const isEventViewer =
    row.length === eventViewer.length && /^\d{1,6}$/.test(behind[3]!)
  return [...(isEventViewer ? eventViewer : row.map(nameOf)), 'Message']
}

/** Portals write the zone behind the name. */
export function nameOf(cell: string, at: number): string {
  if (cell === '') return `column${at + 1}`
  return cell.trim().replace(/ \[(?:UTC|Local Time)[^\]]*\]$/i, '')
}
