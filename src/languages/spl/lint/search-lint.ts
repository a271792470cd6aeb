// What a lint of a search says.
import type { SplCode } from '../codes.ts'

export interface SearchLint {
  readonly code: SplCode
  readonly message: string
  readonly at: number
  readonly hint?: string
}
