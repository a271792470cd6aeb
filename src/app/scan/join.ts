// What a scan needs where rules ask for edges or lineage: which facts threads shall take, who joins them, and where what is made of
// them meets rules. Where no rule asks, none of it is loaded.
import type { Rule } from '../../ir/rule.ts'

import type { FactName } from '../../enrich/facts/fact.ts'

import type { Collector, Outlet } from '../collectors/collector.ts'
import type { Capturing } from '../scripts/capture.ts'
import { splitRules } from '../rules/enriched-rules.ts'
import type { MatchConfig } from '../stations/match.ts'
import type { Track } from '../stations/track.ts'

export interface Join {
  /** What threads run. */
  readonly inThreads: readonly Rule[]
  /** Of each rule on made events: its place among all detections. */
  readonly places: readonly number[]
  readonly facts: readonly FactName[]
  /** Of events of this product alone; undefined: of all. */
  readonly factsOf: string | undefined
  /** Threads read the scripts that they come by. */
  readonly scripts: boolean
  /** Threads say which script files events name. */
  readonly names: boolean
  /** In the order in which they move. */
  collectors(outlet: Outlet): readonly Collector[]
  /** Where made events meet rules; `Collectors` is given it. */
  track(config: Omit<MatchConfig, 'rules'>): Track
}

/** Lineage rests on these. */
const ofLineage: readonly FactName[] = ['start', 'end', 'fork', 'logon']

/** undefined: no rule asks, and nothing is captured. */
export async function openJoin(
  rules: readonly Rule[],
  capturing?: Capturing,
): Promise<Join | undefined> {
  const split = splitRules(rules)
  const { onMade, edges, asksLineage, asksScripts, inThreads, places } = split
  const { lineageOf } = split
  if (!onMade.length && !capturing) return undefined
  const [{ factsForEdges }, joiner, found, made, blocks, captures] =
    await Promise.all([
      import('../../enrich/joiner.ts'),
      import('../collectors/joiner.ts'),
      import('../collectors/made-findings.ts'),
      import('../stations/made-track.ts'),
      asksScripts ? import('../collectors/script-blocks.ts') : undefined,
      capturing ? import('../collectors/captures.ts') : undefined,
    ])
  const lineage = asksLineage ? ofLineage : []
  return {
    inThreads,
    places,
    scripts: asksScripts,
    names: capturing !== undefined,
    factsOf: edges.length ? undefined : lineageOf,
    facts: [...new Set([...factsForEdges(edges), ...lineage])],
    collectors: (outlet) => [
      ...(blocks ? [new blocks.ScriptBlocksCollector(outlet)] : []),
      ...(captures && capturing
        ? [new captures.CapturesCollector(capturing, outlet)]
        : []),
      new joiner.JoinerCollector(edges, outlet),
      new found.MadeFindingsCollector(outlet),
    ],
    track: (config) => made.madeTrack({ ...config, rules: onMade }),
  }
}
