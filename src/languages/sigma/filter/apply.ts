// Which rules does a filter narrow, and how?
import { didYouMean } from '../../../base/did-you-mean.ts'
import type { Predicate } from '../../../ir/predicate.ts'
import type { RuleLogSource, RuleMeta } from '../../../ir/rule.ts'

import type { FilterDocument } from '../ast.ts'
import { quote } from '../../../rule-text/yaml/value.ts'

/** A rule in the IR, before correlations say whether it gives findings of its own. */
export interface LoweredRule {
  readonly kind: 'rule'
  readonly meta: RuleMeta
  readonly logSource: RuleLogSource
  condition: Predicate
}

/**
 * The rule holds where its own condition and the filter's hold. The filter's log source has to contain the rule's: what
 * the filter states, the rule states alike. Correlations are never filtered.
 */
export function applyFilter(
  filter: FilterDocument,
  condition: Predicate,
  rules: readonly LoweredRule[],
): void {
  const { problems } = filter
  const before = problems.count
  const targets = filter.rules
    ? named(filter.rules, rules, filter)
    : new Set(rules)
  let applied = 0
  for (const rule of targets) {
    if (!contains(filter.logSource, rule.logSource)) continue
    rule.condition = {
      kind: 'and',
      of: [rule.condition, { ...condition, label: filter.meta.title }],
    }
    applied++
  }
  if (applied || problems.count > before) return
  problems.report(
    'S067',
    { path: ['logsource'] },
    'the filter applies to no rule',
    'its logsource has to contain that of the rules it is meant for',
  )
}

function named(
  references: readonly string[],
  rules: readonly LoweredRule[],
  filter: FilterDocument,
): Set<LoweredRule> {
  const targets = new Set<LoweredRule>()
  for (const [i, reference] of references.entries()) {
    const found = rules.filter(
      ({ meta }) => meta.id === reference || meta.name === reference,
    )
    for (const rule of found) targets.add(rule)
    if (found.length) continue
    filter.problems.report(
      'S067',
      { path: ['filter', 'rules', i] },
      `the filter names ${quote(reference)}, which is no rule that was loaded`,
      didYouMean(
        reference,
        rules.flatMap(({ meta }) =>
          meta.name === undefined ? [meta.id] : [meta.id, meta.name],
        ),
      ),
    )
  }
  return targets
}

function contains(outer: RuleLogSource, inner: RuleLogSource): boolean {
  return (['product', 'category', 'service'] as const).every(
    (part) => outer[part] === undefined || outer[part] === inner[part],
  )
}
