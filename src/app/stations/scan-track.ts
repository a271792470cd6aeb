// The stations of `scan`. Those that are told of matches are a table: a new one is a file and a line.
import type { Event } from '../../event/event.ts'

import type { FactName } from '../../enrich/facts/fact.ts'
import { demandsOfFacts } from '../../enrich/facts/fact-writer.ts'
import type { RarityKind } from '../../enrich/rarity/kinds.ts'

import type { AskedActions } from '../rules/asked-scripts.ts'
import { openBases } from './bases.ts'
import { openCounts } from './counts.ts'
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
    /** It asks events of this product alone; absent: all. */
    readonly factsOf?: string
    /** Rules ask this of scripts: those in logs and on command lines are read. */
    readonly scripts?: AskedActions
    /** Scripts that events name are looked for. */
    readonly names?: boolean
    /** What is counted, so that it can be said what is rare; absent: nothing. */
    readonly sightings?: readonly RarityKind[]
    /** Only in pieces behind the one in which the first event waited for it: those before can be read again. */
    readonly countsLate?: boolean
  }

const ofMatches: readonly OpenMatchStation[] = [
  openBases,
  openCounts,
  openPicked,
  (_config, _rules, full) => new Twins(full),
  (_config, _rules, full) => new Findings(full),
]

export async function scanTrack(config: ScanConfig): Promise<Track> {
  // The code that reads scripts is large.
  const scripts = config.scripts ? await import('./scripts.ts') : undefined
  const names = config.names ? await import('./named-scripts.ts') : undefined
  const { sightings = [], countsLate = false } = config
  const counting = sightings.length ? await import('./sightings.ts') : undefined
  return new Track((full) => {
    const scope = new Scope(config)
    const { facts = [], factsOf } = config
    const asked = [
      ...demandsOfFacts(facts, factsOf),
      ...(scripts?.demandsOfScripts ?? []),
      ...(names?.demandsOfNames ?? []),
    ]
    let counts = !countsLate
    const waiting = openWaiting(() => {
      counts = true
    })
    const matching = new Matching(config, [waiting, ...ofMatches], full, asked)
    const sighted = counting && new counting.SightingsStation(sightings, full)
    const counted =
      counting &&
      matching.gateWith([...asked, ...counting.demandsOfSightings(sightings)])
    const meet = (event: Event) => matching.meet(event)
    return {
      stations: [
        matching,
        ...(facts.length ? [new Facts(facts, full, factsOf)] : []),
        ...(scripts ? [new scripts.Scripts(meet, full, config.scripts)] : []),
        ...(names ? [new names.NamedScripts(full)] : []),
        ...(sighted ? [sighted] : []),
      ],
      gate: matching.gate,
      ...(sighted &&
        counted && {
          begin: () => {
            sighted.isOpen = counts
            return { gate: counts ? counted : matching.gate, counts }
          },
        }),
      ...(scope.narrows && { admits: (event) => scope.admits(event) }),
      met: () => ({
        ...matching.met(),
        outside: [...scope.outside],
        inside: scope.narrows ? scope.inside : undefined,
      }),
    }
  })
}
