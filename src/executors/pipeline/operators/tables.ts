// Tables that the caller supplies: found by name, their cells as rows.
import { SearchRefusal } from '../limit.ts'
import { Row } from '../row.ts'

/** Cells are made where they are asked for. */
export interface TableRows {
  readonly length: number
  /** '' where the row is shorter. */
  cell(row: number, column: number): string
}

/** A table that the caller supplies. */
export interface LookupTable {
  readonly columns: readonly string[]
  readonly rows: TableRows
  /** How a column is compared; exactly where nothing is said. */
  readonly match?: Readonly<Record<string, 'wildcard' | 'cidr'>>
  readonly ignoreCase?: boolean
  /** Rows that count for one row of the search. */
  readonly maxMatches?: number
  /** With fewer, `defaultMatch` stands in their place. */
  readonly minMatches?: number
  readonly defaultMatch?: string
}

function findTable(context: Tables, name: string): LookupTable | undefined {
  return (
    context.lookups.get(name) ??
    context.lookups.get(`${name}.csv`) ??
    context.lookups.get(name.replace(/\.csv$/, ''))
  )
}

export function tableOf(context: Tables, name: string): LookupTable {
  const table = findTable(context, name)
  if (table) return table
  throw new SearchRefusal(
    `there is no table "${name}"`,
    context.lookups.size
      ? `tables given: ${[...context.lookups.keys()].join(', ')}`
      : 'give it as a CSV file, in the folder of --lookups or beside the rules',
  )
}

export function columnOf(
  table: LookupTable,
  name: string,
  wanted: string,
): number {
  const at = table.columns.indexOf(wanted)
  if (at >= 0) return at
  throw new SearchRefusal(
    `table "${name}" has no column "${wanted}"`,
    `it has ${table.columns.slice(0, 20).join(', ')}`,
  )
}

/** A condition on a column that there is not would hold of no row. */
export function requireColumns(
  context: Tables,
  name: string,
  wanted: Iterable<string>,
): void {
  const table = tableOf(context, name)
  for (const column of wanted) columnOf(table, name, column)
}

export function* tableRows(context: Tables, name: string): Generator<Row> {
  const { columns, rows } = tableOf(context, name)
  for (let i = 0; i < rows.length; i++) {
    const row = new Row()
    for (const [at, column] of columns.entries()) {
      const cell = rows.cell(i, at)
      if (cell) row.set(column, cell)
    }
    yield row
  }
}

/** By name, with and without `.csv`. */
export interface Tables {
  readonly lookups: ReadonlyMap<string, LookupTable>
}
