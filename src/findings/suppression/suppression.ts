// What people said not to want told: of which rules, on which hosts, under which conditions, until when, and who answers for it.
import type { Predicate } from '../../ir/predicate.ts'

/** A condition on one field. */
export interface SuppressionCondition {
  readonly field: string
  readonly predicate: Predicate
}

export interface Suppression {
  /** Its own, else its file and line. */
  readonly name: string
  readonly file: string
  readonly line: number
  /** Ids, beginnings of ids, names or parts of titles; empty: of all rules. */
  readonly rules: readonly string[]
  /** Names, also with `*` and `?`; empty: all hosts. */
  readonly hosts: readonly string[]
  /** All of them hold. */
  readonly when: readonly SuppressionCondition[]
  /** Milliseconds since 1970: from then on it silences nothing. */
  readonly until: number
  readonly owner: string
  readonly reason: string
}
