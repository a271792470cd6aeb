// Does a search ask for what no single record says? Then the events that it may pick wait for the join, as those of rules do.
import { branchesOf } from '../../ir/condition.ts'
import { fieldsOf, type Predicate } from '../../ir/predicate.ts'
import type { DetectionRule } from '../../ir/rule.ts'

import type { PickPlan } from '../../executors/pipeline/index.ts'

import { lineageFields } from '../../enrich/lineage-fields.ts'
import { rarityFields } from '../../enrich/rarity/kinds.ts'

/**
 * Rules on which the events that the plans pick wait; empty: nothing of that kind is asked. `all`: every event does. Where one plan of a
 * search asks, the events of all wait: they are read once.
 */
export function rulesOfEnriched(
  plans: readonly { readonly plan: PickPlan }[],
  all: boolean,
): readonly DetectionRule[] {
  const picking = plans.map(({ plan }) => ({
    needed: plan.needed ?? [],
    branches: branchesOf({ kind: 'and', of: plan.conditions }),
  }))
  const asked = picking.flatMap(({ needed, branches }) => [
    ...needed,
    ...branches.flatMap(({ predicate }) => [...fieldsOf(predicate)]),
  ])
  const enriched = [...new Set(asked)].filter(
    (f) => lineageFields.includes(f) || rarityFields.has(f),
  )
  if (!enriched.length) return []
  const mark: Predicate = { kind: 'and', of: enriched.map(whateverItIs) }
  if (all) return [ruleOf({}, mark)]
  return picking.flatMap(({ branches }) =>
    branches.map(({ logSource, predicate }) =>
      ruleOf(logSource, { kind: 'and', of: [predicate, mark] }),
    ),
  )
}

/** Asks for a field and holds on all of its values: a row shows it. */
function whateverItIs(field: string): Predicate {
  const none: Predicate = { kind: 'null', field }
  return { kind: 'or', of: [none, { kind: 'not', of: none }] }
}

function ruleOf(
  logSource: DetectionRule['logSource'],
  condition: Predicate,
): DetectionRule {
  const meta = {
    id: 'search',
    title: 'search',
    level: 'informational',
    techniques: [],
    tags: [],
    falsePositives: [],
    references: [],
    mitigations: [],
    fields: [],
  } as const
  return { kind: 'detection', meta, logSource, condition, emits: false }
}
