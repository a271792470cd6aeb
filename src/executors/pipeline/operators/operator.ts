// What every operator is: rows come in one by one, rows go out to the next.
import type { Row } from '../row.ts'

export type Emit = (row: Row) => void

export interface OperatorRun {
  push(row: Row): void
  /** No more rows: what was held goes out. */
  finish?(): void
  /** true: nothing that comes in can change what goes out any more. */
  readonly done?: boolean
  /** What the operator noticed, for accounts. */
  hints?(): string[]
}

/** A table that the caller supplies, rows by column name. */
export interface LookupTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** How a column is compared; exactly where nothing is said. */
  readonly match?: Readonly<Record<string, 'wildcard' | 'cidr'>>
  readonly ignoreCase?: boolean
}

export interface PipelineContext {
  /** Seconds since 1970: what now() says. */
  readonly now: number
  /** Tables by name, with and without `.csv`. */
  readonly lookups: ReadonlyMap<string, LookupTable>
}

/** Rows of another search, complete by the time an operator finishes. */
export type OtherRows = () => readonly Row[]

export function findTable(
  context: PipelineContext,
  name: string,
): LookupTable | undefined {
  return (
    context.lookups.get(name) ??
    context.lookups.get(`${name}.csv`) ??
    context.lookups.get(name.replace(/\.csv$/, ''))
  )
}
