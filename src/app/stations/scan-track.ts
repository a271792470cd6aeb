// The stations of `scan`. Those that are told of matches are a table: a new one is a file and a line.
import type { FactName } from '../../enrich/facts/fact.ts'
import { demandsOfFacts } from '../../enrich/facts/fact-writer.ts'

import { openBases } from './bases.ts'
import { Facts } from './facts.ts'
import { Findings } from './findings.ts'
import { type MatchConfig, Matching, type OpenMatchStation } from './match.ts'
import { openPicked } from './picked.ts'
import { Scope, type ScopeConfig } from './scope.ts'
import { Track } from './track.ts'
import { Twins } from './twins.ts'
import { openWaiting } from './waiting.ts'

/** Plain data: it crosses to worker threads as JSON. */
export type ScanConfig = MatchConfig &
  ScopeConfig & {
    /** What the join asks for; absent: nothing is joined. */
    readonly facts?: readonly FactName[]
  }

const ofMatches: readonly OpenMatchStation[] = [
  openBases,
  openPicked,
  openWaiting,
  (_config, _rules, full) => new Twins(full),
  (_config, _rules, full) => new Findings(full),
]

export function scanTrack(config: ScanConfig): Track {
  return new Track((full) => {
    const scope = new Scope(config)
    const { facts = [] } = config
    const asked = demandsOfFacts(facts)
    const matching = new Matching(config, ofMatches, full, asked)
    return {
      stations: facts.length ? [matching, new Facts(facts, full)] : [matching],
      gate: matching.gate,
      ...(scope.narrows && { admits: (event) => scope.admits(event) }),
      met: () => ({
        ...matching.met(),
        outside: [...scope.outside],
        inside: scope.narrows ? scope.inside : undefined,
      }),
    }
  })
}
