// Which of the loaded rules a run uses: by level, id or title, technique.
import {
  type DetectionRule,
  type Level,
  levels,
  type Rule,
  type RuleMeta,
} from '../../ir/rule.ts'
import type { SearchRule } from '../../ir/search.ts'

export interface RuleSelection {
  readonly minLevel?: Level
  /** Ids, names, or parts of titles (case ignored). */
  readonly rules: readonly string[]
  /** `T1559` takes its sub-techniques with it. */
  readonly techniques: readonly string[]
}

/** The selected rules, and the rules that selected correlations read (those emit nothing of their own). */
export function selectRules(
  rules: readonly Rule[],
  selection: RuleSelection,
): readonly Rule[] {
  const byId = new Map(rules.map((r) => [r.meta.id, r]))
  const chosen = new Set(rules.filter((r) => matches(r, selection)))
  const needed = new Set<Rule>()
  const need = (rule: Rule) => {
    if (needed.has(rule)) return
    needed.add(rule)
    if (rule.kind !== 'correlation') return
    for (const id of rule.rules) {
      const base = byId.get(id)
      if (base) need(base)
    }
  }
  for (const rule of chosen) need(rule)
  return rules
    .filter((r) => needed.has(r))
    .map((r) => (chosen.has(r) ? r : { ...r, emits: false }))
}

function matches(
  { meta }: { readonly meta: RuleMeta },
  s: RuleSelection,
): boolean {
  if (s.minLevel && levels.indexOf(meta.level) < levels.indexOf(s.minLevel)) {
    return false
  }
  if (s.rules.length && !s.rules.some((wanted) => named(meta, wanted))) {
    return false
  }
  return (
    s.techniques.length === 0 ||
    s.techniques.some((t) => {
      const wanted = t.toUpperCase()
      return meta.techniques.some(
        (id) => id === wanted || id.startsWith(`${wanted}.`),
      )
    })
  )
}

function named(meta: RuleMeta, wanted: string): boolean {
  const w = wanted.toLowerCase()
  return (
    meta.id.toLowerCase() === w ||
    meta.name?.toLowerCase() === w ||
    meta.title.toLowerCase().includes(w)
  )
}

/** The selected searches. */
export function selectSearches(
  searches: readonly SearchRule[],
  selection: RuleSelection,
): readonly SearchRule[] {
  return searches.filter((s) => matches(s, selection))
}

export function detections(rules: readonly Rule[]): DetectionRule[] {
  return rules.filter((r) => r.kind === 'detection')
}
