// What the values of a group of rows are summed up to.
import type { Expression } from './expression.ts'

export type AggregateName =
  | 'count'
  | 'dc'
  | 'sum'
  | 'sumsq'
  | 'avg'
  | 'min'
  | 'max'
  | 'range'
  | 'stdev'
  | 'stdevp'
  | 'var'
  | 'varp'
  | 'median'
  | 'mode'
  | 'perc'
  | 'values'
  | 'list'
  | 'first'
  | 'last'
  | 'earliest'
  | 'latest'
  | 'earliest_time'
  | 'latest_time'

export interface Aggregate {
  readonly fn: AggregateName
  /** Of `perc`: 0 to 100. */
  readonly percent?: number
  /** What is aggregated: a field (`*` stands for any characters) or an expression; neither counts rows. */
  readonly field?: string
  readonly of?: Expression
  readonly as: string
}

export interface GroupAggregates {
  readonly aggregates: readonly Aggregate[]
  readonly by: readonly string[]
  /** A field is summed up only where all its values are numbers. */
  readonly allNumbers?: boolean
  /** Between values of lists where they become one text. */
  readonly delim?: string
  /** A value that a by-field has twice counts once. */
  readonly distinctBy?: boolean
}
