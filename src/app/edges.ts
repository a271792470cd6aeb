// Edges for those who ask for them in a search or in a list: facts of all threads, joined when all is read, met by a track of their own.
import { edgeKinds } from '../enrich/edges/edge.ts'
import { factsForEdges } from '../enrich/joiner.ts'

import { JoinerCollector } from './collectors/joiner.ts'
import type { FactsPart } from './stations/facts.ts'
import type { Part } from './stations/station.ts'
import type { Track } from './stations/track.ts'

export const factsOfAllEdges = factsForEdges(edgeKinds)

export class MadeEdges {
  readonly #joiner: JoinerCollector
  readonly #track: Track
  readonly #take: (part: Part) => void

  constructor(
    track: Track,
    take: (part: Part) => void,
    note: (message: string) => void,
  ) {
    this.#track = track
    this.#take = take
    this.#joiner = new JoinerCollector(edgeKinds, {
      event: (made) => {
        track.meet(made)
        if (track.isFull) this.#drain()
      },
      note,
    })
  }

  take(part: Part): void {
    if (part.kind === 'facts') this.#joiner.take(part as FactsPart)
    else this.#take(part)
  }

  /** All has been read. */
  finish(): void {
    this.#joiner.advance(Number.POSITIVE_INFINITY)
    this.#drain()
  }

  #drain(): void {
    for (const part of this.#track.drain()) this.#take(part)
  }
}
