// A search over what lineage and rarity say: the events that it may pick wait for the join, and are shown to it as the join gives them.
import type { Event } from '../../event/event.ts'

import type { DetectionRule } from '../../ir/rule.ts'

import type { Baseline } from '../../enrich/rarity/baseline.ts'

import type { Input } from '../input.ts'
import { openJoin } from '../scan/join.ts'
import { countingJob, jobOf } from '../scan/parts.ts'
import type { ScopeConfig } from '../stations/scope.ts'
import type { Part } from '../stations/station.ts'

export interface EnrichedPass {
  /** Of `rulesOfEnriched`. */
  readonly rules: readonly DetectionRule[]
  readonly scope: ScopeConfig
  /** Absent: what is rare is told by the input itself. */
  readonly baseline: Baseline | undefined
  problem(message: string): void
}

export interface EnrichedOutcome {
  /** How many events the person asked about; undefined: about all. */
  readonly inside: number | undefined
  /** Fields that were asked for and always unknown, each with why. */
  readonly unknown: ReadonlyMap<string, string>
}

export async function enrichedPass(
  input: Input,
  show: (event: Event) => void,
  { rules, scope, baseline, problem }: EnrichedPass,
  signal: AbortSignal,
): Promise<EnrichedOutcome> {
  const join = await openJoin(rules, {
    judging: baseline && { by: 'baseline', baseline },
  })
  const collectors =
    join?.collectors({
      finding: () => {},
      event: show,
      note: problem,
    }) ?? []
  const take = (parts: readonly Part[]) => {
    for (const part of parts)
      collectors.find((c) => c.takes === part.kind)?.take(part)
  }
  const how = { index: true, routing: true, ...scope }
  const found = { rules, searches: [] }
  const job = jobOf(found, how, join, input.repeats ? 'late' : 'always')
  const { inside } = await input.read(job, take, signal)
  const awaited = input.repeats ? (join?.awaited() ?? []) : []
  if (awaited.length && !signal.aborted)
    await input.readUncounted(countingJob(awaited, scope), take, signal)
  for (const collector of collectors)
    collector.advance(Number.POSITIVE_INFINITY)
  return { inside, unknown: join?.unknown() ?? new Map() }
}
