// Which conditions on events does a rule stand on? A correlation on those of the rules that it reads, a search on those of its branches.
import { detectionsOf } from '../../ir/condition.ts'
import type { DetectionRule, Rule } from '../../ir/rule.ts'
import type { SearchRule } from '../../ir/search.ts'

export type AnyRule = Rule | SearchRule

/** The rules that a correlation reads, however far down, each once. */
export function readBy(
  rule: Rule,
  byId: ReadonlyMap<string, Rule>,
): readonly Rule[] {
  const found = new Set<Rule>()
  const add = (r: Rule) => {
    if (r.kind !== 'correlation') return
    for (const id of r.rules) {
      const base = byId.get(id)
      if (!base || found.has(base)) continue
      found.add(base)
      add(base)
    }
  }
  add(rule)
  return [...found]
}

/** `byId`: rules that correlations read. */
export function partsOf(
  rule: AnyRule,
  byId: ReadonlyMap<string, Rule>,
): readonly DetectionRule[] {
  return rule.kind === 'search'
    ? detectionsOf(rule)
    : [rule, ...readBy(rule, byId)].filter((r) => r.kind === 'detection')
}
