// Matches of single events, put together: what correlations make of them, as findings with several pieces of evidence.
import { digest } from '../../base/digest.ts'

import type { CorrelationRule } from '../../ir/rule.ts'

import { Correlator } from '../../executors/correlation/correlation.ts'
import type { CorrelationMatch } from '../../executors/correlation/item.ts'

import {
  commonHost,
  explain,
  type FindingPart,
  withPlaces,
} from '../../findings/assemble.ts'

import type { BaseMatch, BasesPart } from '../stations/bases.ts'
import type { Collector, Outlet } from './collector.ts'

/** Base matches kept, of usual size. The oldest go first, and are told of. */
const maxBaseMatches = 30_000

export class CorrelationCollector implements Collector {
  readonly takes = 'bases'
  readonly #correlator: Correlator<BaseMatch>
  readonly #titles: ReadonlyMap<string, string>
  readonly #outlet: Outlet

  constructor(rules: readonly CorrelationRule[], outlet: Outlet) {
    this.#correlator = new Correlator(rules, {
      maxMatches: maxBaseMatches,
      join: (kept, copy) => ({
        ...kept,
        evidence: withPlaces(kept.evidence, copy.evidence) ?? kept.evidence,
      }),
    })
    this.#titles = new Map(rules.map(({ meta }) => [meta.id, meta.title]))
    this.#outlet = outlet
  }

  take({ matches }: BasesPart): void {
    for (const match of matches) this.#correlator.add(match)
  }

  advance(watermark: number): number {
    for (const match of this.#correlator.advance(watermark)) {
      const { rule } = match
      if (rule.emits) {
        this.#outlet.finding(rule.meta.id, findingOf(match))
      }
    }
    if (watermark === Number.POSITIVE_INFINITY) {
      for (const note of this.#notes()) this.#outlet.note(note)
    }
    return this.#correlator.reached
  }

  #notes(): string[] {
    const notes: string[] = []
    const { evicted, late } = this.#correlator
    if (late) notes.push(`correlations: ${late} base matches came too late`)
    if (evicted) {
      notes.push(
        `correlations: over ${maxBaseMatches} base matches of usual size, the oldest ${Math.ceil(evicted)} took no part`,
      )
    }
    for (const a of this.#correlator.account()) {
      const why: string[] = []
      if (a.withoutTime) why.push(`${a.withoutTime} without a time`)
      if (a.withoutGroup) {
        why.push(`${a.withoutGroup} without a field to group by`)
      }
      if (!why.length) continue
      notes.push(
        `correlation "${this.#titles.get(a.rule)}": base matches that took no part: ${why.join(', ')}`,
      )
    }
    return notes
  }
}

function findingOf(match: CorrelationMatch<BaseMatch>): FindingPart {
  const { correlation, groupBy, meta, windowMs } = match.rule
  const rule = digest(meta.id)
  const held = [
    `${correlation} is ${match.value} within ${windowMs / 1000} s`,
    ...Object.entries(match.group).map(
      ([k, v]) => `${k} is ${JSON.stringify(v)}`,
    ),
  ]
  return {
    rule,
    time: match.to,
    host: commonHost(match.matches),
    evidence: match.matches.map((m) => m.evidence),
    explanation: explain({
      held,
      silence: groupBy,
      matches: match.matchCount,
    }),
  }
}
