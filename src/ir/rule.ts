// A rule in the form that executors run, whatever language it was written in.
import type { Predicate } from './predicate.ts'

export type Level = 'informational' | 'low' | 'medium' | 'high' | 'critical'

export const levels: readonly Level[] = [
  'informational',
  'low',
  'medium',
  'high',
  'critical',
]

/** What a rule says about itself, for findings and lists. */
export interface RuleMeta {
  /** Unique in a run: the rule's own id, or one derived from its file where it has none. */
  readonly id: string
  readonly name?: string
  readonly title: string
  readonly level: Level
  readonly status?: string
  readonly description?: string
  /** ATT&CK technique ids in upper case: `T1559.001`. */
  readonly techniques: readonly string[]
  readonly tags: readonly string[]
  readonly falsePositives: readonly string[]
  readonly references: readonly string[]
  /** ATT&CK mitigation ids that stop this, from the rule's own `mitigations` field. */
  readonly mitigations: readonly string[]
  /** Fields that the author wants to be shown in findings. */
  readonly fields: readonly string[]
  /** Fields that are shown besides: suppressions ask for them. */
  readonly besides?: readonly string[]
  /** Ids of rules that it says again: where both fire on a record, that is one finding. */
  readonly restates?: readonly string[]
  /** Fields that say who did what: findings of a host that share them within minutes are one, with a count. */
  readonly counted?: readonly string[]
  readonly author?: string
  /** When it was written and last changed: `2026-01-31`. */
  readonly date?: string
  readonly modified?: string
  /** Keys of the document that have no place above, as they were written. */
  readonly custom?: Readonly<Record<string, CustomValue>>
  /** Where it was read. */
  readonly file?: string
  /** Of the document within the file, 1-based. */
  readonly line?: number
}

export type CustomValue =
  | string
  | number
  | boolean
  | null
  | readonly CustomValue[]
  | { readonly [key: string]: CustomValue }

/** Sigma's three parts as the rule states them; `event/log-source.ts` says when one conflicts with an event. */
export interface RuleLogSource {
  readonly product?: string
  readonly category?: string
  readonly service?: string
}

/** Fires on each single event that its condition holds for. */
export interface DetectionRule {
  readonly kind: 'detection'
  readonly meta: RuleMeta
  readonly logSource: RuleLogSource
  readonly condition: Predicate
  /**
   * false: referenced by a correlation that does not generate its base rules' findings; it is evaluated, its matches
   * go to the correlation only.
   */
  readonly emits: boolean
  /**
   * Set where it was found that executors can run it, so that it need not be tried again: by expression, the texts one of which each match
   * holds (none: none are known).
   */
  readonly tried?: Readonly<Record<string, readonly string[]>>
}

export type CorrelationKind =
  | 'event_count'
  | 'value_count'
  | 'temporal'
  | 'temporal_ordered'
  | 'value_sum'
  | 'value_avg'
  | 'value_percentile'
  | 'value_median'

/** Combines matches of other rules within a sliding window of event time. */
export interface CorrelationRule {
  readonly kind: 'correlation'
  readonly meta: RuleMeta
  readonly correlation: CorrelationKind
  /** Ids of the rules it reads (detections or correlations), resolved. */
  readonly rules: readonly string[]
  /** Empty: one global group. */
  readonly groupBy: readonly string[]
  /** For a group-by name that is an alias: the field to read, by rule id. */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly windowMs: number
  readonly condition: CorrelationCondition
  readonly emits: boolean
}

export type CorrelationCondition =
  | {
      readonly kind: 'compare'
      /** All must hold: `{gte: 3, lte: 9}` is a range. */
      readonly bounds: Readonly<
        Partial<Record<'eq' | 'neq' | 'lt' | 'lte' | 'gt' | 'gte', number>>
      >
      /** Fields whose value (or tuple) is counted, summed or averaged; empty for event_count and temporal. */
      readonly fields: readonly string[]
      readonly percentile?: number
    }
  | {
      /** An expression over which rules matched in the window (temporal kinds). */
      readonly kind: 'expression'
      readonly of: RuleExpression
    }

export type RuleExpression =
  | { readonly kind: 'rule'; readonly id: string }
  | { readonly kind: 'not'; readonly of: RuleExpression }
  | { readonly kind: 'and' | 'or'; readonly of: readonly RuleExpression[] }

export type Rule = DetectionRule | CorrelationRule
