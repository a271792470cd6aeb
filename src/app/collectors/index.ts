// Parts in, findings out: each part goes to the collector of its kind; events that collectors make go back to the stations.
import { invariant } from '../../base/invariant.ts'

import type { Part } from '../stations/station.ts'
import type { Track } from '../stations/track.ts'
import type { Collector, Outlet } from './collector.ts'
import type { FindingsCollector } from './findings.ts'

export interface CollectorsOptions {
  /** In the order in which they move: who makes events stands before those who read them. */
  readonly open: (outlet: Outlet) => readonly Collector[]
  /** Takes what they make; moves last. */
  readonly findings: FindingsCollector
  /** Meets events that were made. */
  readonly track?: Track
  readonly note: (message: string) => void
}

export class Collectors {
  readonly #all: readonly Collector[]
  readonly #byKind: ReadonlyMap<string, Collector>
  readonly #track: Track | undefined

  constructor({ open, findings, track, note }: CollectorsOptions) {
    this.#track = track
    const opened = open({
      finding: (rule, part) => findings.add(rule, part),
      event: (made) => {
        invariant(track, 'made events have a track to meet rules on')
        track.meet(made)
        if (track.isFull) this.take(track.drain())
      },
      note,
    })
    this.#all = [...opened, findings]
    this.#byKind = new Map(this.#all.map((c) => [c.takes, c]))
  }

  take(parts: readonly Part[]): void {
    for (const part of parts) {
      const collector = this.#byKind.get(part.kind)
      invariant(collector, 'each kind of part has a collector')
      collector.take(part)
    }
  }

  /** Events before the watermark (milliseconds since 1970) have all come; Infinity is the end. */
  advance(watermark: number): void {
    let reached = watermark
    for (const collector of this.#all) {
      reached = Math.min(reached, collector.advance(reached))
      if (this.#track) this.take(this.#track.drain())
    }
  }
}
