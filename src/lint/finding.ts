// What lint says of a rule.
import type { LogSourceSelector } from '../event/log-source.ts'

import type { Trail } from './contradiction.ts'

export type LintKind =
  | 'never'
  | 'always'
  | 'part-never'
  | 'part-always'
  | 'matches-everything'
  | 'holds-for-nothing'
  | 'unfilled-field'
  | 'unfilled-negation'
  | 'event-id-alone'
  | 'slow-regex'
  | 'regex-range'
  | 'unanchored-pipe'
  | 'access-as-text'
  | 'bare-file-name'
  | 'everyday-endpoint'
  | 'rarity-of-all'
  | 'misnamed-source'
  | 'unanchored-name'
  | 'foreign-event-id'
  | 'bare-placeholder'
  | 'path-as-regex'
  | 'bare-pipe-name'

export interface LintFinding {
  readonly kind: LintKind
  readonly message: string
  readonly hint?: string
  /** Labels from the root of the condition down to the part that is meant. */
  readonly trail: Trail
  /** Of the log source, which no condition holds. */
  readonly part?: keyof LogSourceSelector
}
