// Parts in, findings out: each part goes to the collector of its kind; events that collectors make go back to the stations.
import { invariant } from '../../base/invariant.ts'

import type { Event } from '../../event/event.ts'

import type { PromptTrack } from '../stations/prompt-track.ts'
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
  /** Meets edges before they end; absent: they are not told of before. */
  readonly prompt?: PromptTrack | undefined
  readonly note: (message: string) => void
}

export class Collectors {
  readonly #all: readonly Collector[]
  readonly #byKind: ReadonlyMap<string, Collector>
  readonly #tracks: readonly (Track | PromptTrack)[]

  constructor({ open, findings, track, prompt, note }: CollectorsOptions) {
    this.#tracks = [track, prompt].filter((t) => t !== undefined)
    const taken = (from: Track | PromptTrack) => {
      if (from.isFull) this.take(from.drain())
    }
    const opened = open({
      finding: (rule, part) => findings.add(rule, part),
      event: (made) => {
        invariant(track, 'made events have a track to meet rules on')
        track.meet(made)
        taken(track)
      },
      ...(prompt && {
        edgeSoFar: (made: Event, of: object) => {
          prompt.meet(made, of)
          taken(prompt)
        },
      }),
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
      for (const track of this.#tracks) this.take(track.drain())
    }
  }
}
