// What do the loaded rules cover? By ATT&CK technique, and by the log sources that they need.
import { printSelector } from '../../event/log-source.ts'

import { detectionsOf } from '../../ir/condition.ts'
import { type Level, levels, type Rule } from '../../ir/rule.ts'
import type { SearchRule } from '../../ir/search.ts'

export type AnyRule = Rule | SearchRule

export interface TechniqueCoverage {
  readonly technique: string
  readonly rules: number
  readonly highest: Level
  readonly logSources: readonly string[]
}

export function coverage(rules: readonly AnyRule[]): TechniqueCoverage[] {
  const byTechnique = new Map<string, AnyRule[]>()
  for (const rule of rules) {
    const techniques = rule.meta.techniques.length
      ? rule.meta.techniques
      : ['(none)']
    for (const technique of techniques) {
      const list = byTechnique.get(technique)
      if (list) list.push(rule)
      else byTechnique.set(technique, [rule])
    }
  }
  return [...byTechnique]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([technique, list]) => ({
      technique,
      rules: list.length,
      highest: highestLevel(list),
      logSources: logSourcesOf(list),
    }))
}

/** The log sources that these rules state, each once; correlations have those of the rules they read. */
export function logSourcesOf(rules: readonly AnyRule[]): readonly string[] {
  const stated = rules.flatMap((r) => {
    if (r.kind === 'detection') return [printSelector(r.logSource)]
    if (r.kind === 'correlation') return []
    return detectionsOf(r).map((d) => printSelector(d.logSource))
  })
  return [...new Set(stated)].sort()
}

function highestLevel(rules: readonly AnyRule[]): Level {
  const at = rules.reduce(
    (most, r) => Math.max(most, levels.indexOf(r.meta.level)),
    0,
  )
  return levels[at]!
}
