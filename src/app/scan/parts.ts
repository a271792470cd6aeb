// What rules in force need: a job for the threads, and collectors outside of them. `scan` and `watch` put the same together.
import type { RuleMeta } from '../../ir/rule.ts'

import type { RarityKind } from '../../enrich/rarity/kinds.ts'

import type { Collector, Outlet } from '../collectors/collector.ts'
import { CountsCollector } from '../collectors/counts.ts'
import { CorrelationCollector } from '../collectors/correlation.ts'
import type { Restatements } from '../collectors/restated.ts'
import { SearchesCollector } from '../collectors/searches.ts'
import { TwinsCollector } from '../collectors/twins.ts'
import { detections } from '../rules/selection.ts'
import type { Job } from '../stations/index.ts'
import type { ScanConfig } from '../stations/scan-track.ts'
import type { ScopeConfig } from '../stations/scope.ts'
import type { Join } from './join.ts'
import { refuseFailed, type RulesInForce } from './rules-in-force.ts'

/** What a join asks of threads. */
type OfJoin =
  | 'facts'
  | 'factsOf'
  | 'scripts'
  | 'names'
  | 'sightings'
  | 'countsLate'

export function jobOf(
  { rules, searches }: Pick<RulesInForce, 'rules' | 'searches'>,
  how: Omit<ScanConfig, 'rules' | 'picking' | OfJoin>,
  join?: Join,
  /** What may be rare is counted on the way: always, or where something waits for it and the rest can be read again. */
  counts?: 'always' | 'late',
): Extract<Job, { readonly kind: 'scan' }> {
  const picking = searches.map((s) => s.meta.id)
  return {
    kind: 'scan',
    rules: join?.inThreads ?? rules,
    ...(join && {
      facts: join.facts,
      names: join.names,
      ...(counts &&
        join.sightings.length && {
          sightings: join.sightings,
          countsLate: counts === 'late',
        }),
      ...(join.scripts && { scripts: join.scripts }),
    }),
    ...(join?.factsOf !== undefined && { factsOf: join.factsOf }),
    picking,
    ...how,
  }
}

/** A second reading of what was read uncounted, which counts. */
export function countingJob(
  sightings: readonly RarityKind[],
  { hosts, since, until }: ScopeConfig,
): Extract<Job, { readonly kind: 'scan' }> {
  return {
    kind: 'scan',
    rules: [],
    picking: [],
    index: true,
    routing: true,
    sightings,
    hosts,
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  }
}

/** In the order in which they move; a new collector is a file and a line. `now`: what now() means in searches, in seconds. */
export function collectorsOf(
  { rules, searches, tables, places, failed }: RulesInForce,
  now: number,
  join?: Join,
): (outlet: Outlet) => readonly Collector[] {
  const correlations = rules.filter((r) => r.kind === 'correlation')
  return (outlet) => [
    ...(join?.collectors(outlet) ?? []),
    new CorrelationCollector(correlations, outlet),
    new SearchesCollector(
      searches,
      { now, lookups: tables, places },
      outlet,
      (rule, refusal) => failed.push(refuseFailed(rule, refusal)),
    ),
    new TwinsCollector(outlet),
    ...(rules.some((r) => r.meta.counted) ? [new CountsCollector(outlet)] : []),
  ]
}

/** As stations number them, then the others. */
export function metasOf({ rules, searches }: RulesInForce): RuleMeta[] {
  return [...detections(rules), ...rules, ...searches].map((r) => r.meta)
}

export function restatements({ rules, searches }: RulesInForce): Restatements {
  return new Map(
    [...rules, ...searches].flatMap(({ meta }) =>
      meta.restates ? [[meta.id, meta.restates] as const] : [],
    ),
  )
}
