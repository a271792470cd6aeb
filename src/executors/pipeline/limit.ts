import { grouped } from '../../base/shown.ts'
// A search that would hold too much ends with a message instead of taking all memory.

/** Bytes that all commands of one search hold together, as far as they can be told. */
export const maxHeldBytes = 160 * 1024 * 1024
/** Rows that one command may hold at a time. */
export const maxHeldRows = 500_000
/** Groups of one stats, dedup, top, transaction. */
export const maxGroups = 500_000
/** Distinct or listed values over all groups of one command. */
export const maxHeldValues = 2_000_000
/** Rows of a subsearch that become a condition. */
export const maxSubsearchRows = 10_000
/** Rows of the search in a join or append. */
export const maxJoinRows = 50_000
/** Values that `list()` keeps of one group. */
export const maxListValues = 100
/** Columns of a chart. */
export const maxColumns = 1_000
/** Buckets of a chart that shows empty ones too. */
export const maxBuckets = 50_000
/** Rows that one command may make out of nothing or out of other rows' values. */
export const maxMadeRows = 5_000_000
/** Values that one command may set in rows that lack them. */
export const maxMadeValues = 20_000_000
/** Cells of the rows that a search gives: a row for each, a column for each name. */
export const maxCells = 10_000_000
/** Characters of one text that an expression may build. */
export const maxTextLength = 10_000_000

/** A search cannot go on: a bound was reached, or what it asks for is not there. */
export class SearchRefusal extends Error {
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

export function tooManyRows(command: string, hint: string): SearchRefusal {
  return new SearchRefusal(
    `"${command}" would make more than ${grouped(maxMadeRows)} rows`,
    hint,
  )
}
