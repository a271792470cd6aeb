// Which rules does a filter narrow, and how?
import { didYouMean } from '../../../base/did-you-mean.ts'

import type { Predicate } from '../../../ir/predicate.ts'
import type { RuleLogSource, RuleMeta } from '../../../ir/rule.ts'

import { quote } from '../../../rule-text/yaml/value.ts'

import type { FilterDocument } from '../ast.ts'

/** A rule in the IR, before correlations say whether it gives findings of its own. */
export interface LoweredRule {
  readonly kind: 'rule'
  readonly meta: RuleMeta
  readonly logSource: RuleLogSource
  readonly condition: Predicate
}

/** Says which rules a filter narrows: each then holds where its own condition and the filter's hold. */
export class FilterTargets {
  readonly #rules: readonly LoweredRule[]
  readonly #byReference = new Map<string, Set<LoweredRule>>()

  constructor(rules: readonly LoweredRule[]) {
    this.#rules = rules
    for (const rule of rules) {
      for (const reference of [rule.meta.id, rule.meta.name]) {
        if (reference === undefined) continue
        const known = this.#byReference.get(reference)
        if (known) known.add(rule)
        else this.#byReference.set(reference, new Set([rule]))
      }
    }
  }

  /**
   * The filter's log source has to contain the rule's: what the filter states, the rule states alike. Correlations are
   * never filtered.
   */
  of(filter: FilterDocument): readonly LoweredRule[] {
    const { problems } = filter
    const before = problems.count
    const named = filter.rules ? this.#named(filter.rules, filter) : this.#rules
    const targets = named.filter((rule) =>
      contains(filter.logSource, rule.logSource),
    )
    if (!targets.length && problems.count === before) {
      problems.report(
        'S067',
        { path: ['logsource'] },
        'the filter applies to no rule',
        'its logsource has to contain that of the rules it is meant for',
      )
    }
    return targets
  }

  #named(
    references: readonly string[],
    filter: FilterDocument,
  ): readonly LoweredRule[] {
    const targets = new Set<LoweredRule>()
    for (const [i, reference] of references.entries()) {
      const found = this.#byReference.get(reference)
      for (const rule of found ?? []) targets.add(rule)
      if (found) continue
      filter.problems.report(
        'S067',
        { path: ['filter', 'rules', i] },
        `the filter names ${quote(reference)}, which is no rule that was loaded`,
        () => didYouMean(reference, this.#byReference.keys()),
      )
    }
    return [...targets]
  }
}

function contains(outer: RuleLogSource, inner: RuleLogSource): boolean {
  return (['product', 'category', 'service'] as const).every(
    (part) => outer[part] === undefined || outer[part] === inner[part],
  )
}
