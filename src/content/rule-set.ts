// A set of loaded rules, with what could not be loaded and why.
import type { Diagnostic } from '../base/diagnostic.ts'

import type { Rule } from '../ir/rule.ts'
import type { SearchRule } from '../ir/search.ts'

import type { RefusedRule } from '../rule-text/loaded.ts'

export interface RuleSet {
  readonly rules: readonly Rule[]
  /** Rules that are Splunk searches. */
  readonly searches: readonly SearchRule[]
  readonly refused: readonly RefusedRule[]
  /** Warnings and notes of rules that loaded. */
  readonly diagnostics: readonly Diagnostic[]
}
