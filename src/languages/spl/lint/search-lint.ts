// What a lint of a search says.
import type { SplCode } from '../codes.ts'

export interface SearchLint {
  readonly code: SplCode
  /** Told as a warning, unless it says that nothing can come of the search. */
  readonly severity?: 'error'
  readonly message: string
  readonly at: number
  readonly hint?: string
}
