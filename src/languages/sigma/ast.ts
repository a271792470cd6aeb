// A Sigma document as its author wrote it, checked in its parts but not yet brought into the rule IR.
import type { CorrelationKind, RuleLogSource, RuleMeta } from '../../ir/rule.ts'

import type { Path } from '../../rule-text/yaml/locate.ts'
import type { YamlScalar } from '../../rule-text/yaml/value.ts'

import type { ConditionNode } from './condition/parse.ts'
import type { ModifierSet } from './detection/modifiers.ts'
import type { Problems } from './problems.ts'

interface DocumentBase {
  readonly meta: RuleMeta
  readonly problems: Problems
}

export interface RuleDocument extends DocumentBase {
  readonly kind: 'rule'
  readonly logSource: RuleLogSource
  readonly detection: Detections
}

/** The selections under their names and what is said about them; `conditions` are alternatives. */
export interface Detections {
  /** undefined: broken, and reported. */
  readonly selections: ReadonlyMap<string, Selection | undefined>
  readonly conditions: readonly Condition[]
  /** Of the mapping that holds the selections: `detection` or `filter`. */
  readonly path: Path
}

export interface Condition {
  readonly node: ConditionNode
  readonly path: Path
}

export type Selection =
  /** A mapping: every item holds. */
  | { readonly kind: 'all'; readonly of: readonly Item[] }
  /** A list with mappings in it: any of them holds. */
  | { readonly kind: 'any'; readonly of: readonly Selection[] }
  /** A text or a list of texts: searched in the whole event. */
  | { readonly kind: 'keywords'; readonly item: Item }

/** `Field|modifier|modifier: value or list`. */
export interface Item {
  /** undefined: the whole event. */
  readonly field: string | undefined
  readonly modifiers: ModifierSet
  readonly values: readonly YamlScalar[]
  /** Whether the author wrote a list. */
  readonly isList: boolean
  /** The key as written; the condition shows it in explanations. */
  readonly label: string | undefined
  readonly path: Path
}

export interface CorrelationDocument extends DocumentBase {
  readonly kind: 'correlation'
  readonly correlation: CorrelationKind
  /** As written: ids or names. */
  readonly rules: readonly string[]
  readonly groupBy: readonly string[]
  /** alias -> rule as written -> field */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly windowMs: number
  readonly condition: CorrelationTest
  /** The referenced rules give findings of their own, too. */
  readonly generate: boolean
}

export type CorrelationTest =
  | {
      readonly kind: 'compare'
      readonly bounds: Bounds
      readonly fields: readonly string[]
      readonly percentile: number | undefined
    }
  | { readonly kind: 'expression'; readonly node: ConditionNode }
  /** A temporal correlation without a condition. */
  | { readonly kind: 'every-rule' }

export type Bounds = Readonly<
  Partial<Record<'eq' | 'neq' | 'lt' | 'lte' | 'gt' | 'gte', number>>
>

export interface FilterDocument extends DocumentBase {
  readonly kind: 'filter'
  readonly logSource: RuleLogSource
  /** undefined: every rule of the log source. */
  readonly rules: readonly string[] | undefined
  readonly detection: Detections
}

export type SigmaDocument = RuleDocument | CorrelationDocument | FilterDocument
