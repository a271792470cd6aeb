// What goes into a language, and what comes out where a rule cannot be loaded.
import type { Diagnostic } from '../base/diagnostic.ts'

export interface RuleFile {
  readonly path: string
  readonly text: string
}

export interface RefusedRule {
  readonly file: string
  readonly id?: string
  readonly title?: string
  /** At least one of them is an error. */
  readonly diagnostics: readonly Diagnostic[]
}
