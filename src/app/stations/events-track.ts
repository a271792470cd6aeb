// The stations of `events`.
import type { FactName } from '../../enrich/facts/fact.ts'

import { EventText, type EventTextConfig } from './event-text.ts'
import { Facts } from './facts.ts'
import { type AskedNames, Names } from './names.ts'
import { Scope, type ScopeConfig } from './scope.ts'
import { Track } from './track.ts'

/** Plain data: it crosses to worker threads as JSON. */
export interface EventsConfig extends EventTextConfig, ScopeConfig {
  readonly asked: AskedNames
  /** What edges are made of; absent: none are asked for. */
  readonly facts?: readonly FactName[]
}

export function eventsTrack(config: EventsConfig): Track {
  const { facts = [], asked } = config
  const scope = new Scope(config)
  return new Track((full) => ({
    ...scope.road(),
    stations: [
      new EventText(config, full),
      new Names(asked),
      ...(facts.length ? [new Facts(facts, full)] : []),
    ],
  }))
}
