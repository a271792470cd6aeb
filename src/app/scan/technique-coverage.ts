// What the verdicts of a scan say of techniques, platform by platform.
import type { Rule } from '../../ir/rule.ts'

import type { CoverageRow, Sight } from '../../findings/sinks/sink.ts'

import { type AnyRule, partsOf } from '../rules/parts.ts'
import type { RuleVerdict, Verdict } from './verdict.ts'

const sightOf: Readonly<Record<Verdict['kind'], Sight>> = {
  fired: 'saw',
  quiet: 'can see',
  blind: 'blind',
}

/** In the order of the techniques' ids. */
export function techniqueCoverage(
  rules: readonly AnyRule[],
  verdicts: readonly RuleVerdict[],
): readonly CoverageRow[] {
  const kinds = new Map(verdicts.map((v) => [v.id, v.verdict.kind]))
  const byId = new Map(
    rules.flatMap((r) =>
      r.kind === 'search' ? [] : [[r.meta.id, r] as const],
    ),
  )
  const rows = new Map<string, Map<string, Record<Sight, number>>>()
  const counted = new Set<string>()
  for (const rule of rules) {
    const { id, techniques } = rule.meta
    const kind = kinds.get(id)
    if (!kind || counted.has(id)) continue
    counted.add(id)
    const platform = platformOf(rule, byId)
    for (const technique of techniques) {
      const row = rows.get(technique) ?? new Map()
      rows.set(technique, row)
      const counts = row.get(platform) ?? { saw: 0, 'can see': 0, blind: 0 }
      row.set(platform, counts)
      counts[sightOf[kind]]++
    }
  }
  return [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([technique, row]) => ({
      technique,
      platforms: Object.fromEntries(row),
    }))
}

/** Of what it reads; `any` where it does not say. */
export function platformOf(
  rule: AnyRule,
  byId: ReadonlyMap<string, Rule>,
): string {
  const products = new Set(
    partsOf(rule, byId).map((p) => p.logSource.product ?? 'any'),
  )
  const [first = 'any', ...others] = products
  return others.length ? 'any' : first
}
