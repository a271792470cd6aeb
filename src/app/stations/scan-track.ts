// The stations of `scan`. Those that are told of matches are a table: a new one is a file and a line.
import { openBases } from './bases.ts'
import { Findings } from './findings.ts'
import { type MatchConfig, Matching, type OpenMatchStation } from './match.ts'
import { openPicked } from './picked.ts'
import { Scope, type ScopeConfig } from './scope.ts'
import { Track } from './track.ts'
import { Twins } from './twins.ts'

/** Plain data: it crosses to worker threads as JSON. */
export type ScanConfig = MatchConfig & ScopeConfig

const ofMatches: readonly OpenMatchStation[] = [
  openBases,
  openPicked,
  (_config, _rules, full) => new Twins(full),
  (_config, _rules, full) => new Findings(full),
]

export function scanTrack(config: ScanConfig): Track {
  return new Track((full) => {
    const scope = new Scope(config)
    const matching = new Matching(config, ofMatches, full)
    return {
      stations: [matching],
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
