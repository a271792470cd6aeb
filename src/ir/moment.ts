// Moments and spans as a search states them: data, whatever the language wrote.

export type SpanUnit =
  | 'us'
  | 'ms'
  | 's'
  | 'm'
  | 'h'
  | 'd'
  | 'w'
  | 'mon'
  | 'q'
  | 'y'

/** `unit` absent: a plain number. */
export interface Span {
  readonly count: number
  readonly unit?: SpanUnit
}

export type TimeStep =
  /** So many units on, or back. */
  | { readonly kind: 'shift'; readonly count: number; readonly unit: SpanUnit }
  /** Back to where the unit begins. */
  | { readonly kind: 'snap'; readonly unit: SpanUnit }
  /** Back to where the last such day began; 0 is Sunday. */
  | { readonly kind: 'weekday'; readonly day: number }

/** Seconds since 1970, or the time at which the search runs, moved step by step. */
export interface Moment {
  readonly anchor: number | 'now'
  readonly steps: readonly TimeStep[]
}

/** From the first moment on, and before the second. */
export interface TimeRange {
  readonly earliest?: Moment
  readonly latest?: Moment
}
