// Where events that collectors make meet rules: in one place, beside the threads.
import { openBases } from './bases.ts'
import { openCounts } from './counts.ts'
import { MadeFindings } from './made-findings.ts'
import { type MatchConfig, Matching, type OpenMatchStation } from './match.ts'
import { openPicked } from './picked.ts'
import { Track } from './track.ts'
import { Twins } from './twins.ts'

const ofMatches: readonly OpenMatchStation[] = [
  openBases,
  openCounts,
  openPicked,
  (_config, _rules, full) => new Twins(full),
  (_config, _rules, full) => new MadeFindings(full),
]

export function madeTrack(config: MatchConfig): Track {
  return new Track((full) => {
    const matching = new Matching(config, ofMatches, full)
    return {
      stations: [matching],
      met: () => ({ ...matching.met(), outside: [], inside: undefined }),
    }
  })
}
