// What do the loaded rules cover? By ATT&CK technique, and by the log sources that they need.
import { printSelector } from '../../event/log-source.ts'

import { type Level, levels, type Rule } from '../../ir/rule.ts'

import { type AnyRule, partsOf } from './parts.ts'

export interface TechniqueCoverage {
  readonly technique: string
  readonly rules: number
  readonly highest: Level
  readonly logSources: readonly string[]
}

/** `byId`: rules that correlations read. */
export function coverage(
  rules: readonly AnyRule[],
  byId: ReadonlyMap<string, Rule>,
): TechniqueCoverage[] {
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
      logSources: logSourcesOf(list, byId),
    }))
}

/** The log sources that these rules state, each once; correlations have those of the rules they read. */
export function logSourcesOf(
  rules: readonly AnyRule[],
  byId: ReadonlyMap<string, Rule>,
): readonly string[] {
  const parts = rules.flatMap((r) => partsOf(r, byId))
  return [...new Set(parts.map((p) => printSelector(p.logSource)))].sort()
}

function highestLevel(rules: readonly AnyRule[]): Level {
  const at = rules.reduce(
    (most, r) => Math.max(most, levels.indexOf(r.meta.level)),
    0,
  )
  return levels[at]!
}
