// Where edges meet rules before they end: each time that more is known of one. A rule tells of an edge once.
import { MadeFindings } from './made-findings.ts'
import { type Match, type MatchConfig, Matching } from './match.ts'
import type { Event } from '../../event/event.ts'
import type { Part } from './station.ts'
import { Track } from './track.ts'

export class PromptTrack {
  readonly #track: Track
  /** By what stands for an edge: the rules that told of it. */
  readonly #told = new WeakMap<object, Set<number>>()
  #of: object = {}

  /** `rules`: those that need not wait for the end of an edge. */
  constructor(config: MatchConfig) {
    const once = (full: () => void) => {
      const findings = new MadeFindings(full)
      return {
        matched: (match: Match) => {
          if (this.#isFirst(match.index)) findings.matched(match)
        },
        drain: () => findings.drain(),
      }
    }
    this.#track = new Track((full) => ({
      stations: [new Matching(config, [(_c, _r, full) => once(full)], full)],
    }))
  }

  /** `of`: one object for all that is told of an edge. */
  meet(edge: Event, of: object): void {
    this.#of = of
    this.#track.meet(edge)
  }

  get isFull(): boolean {
    return this.#track.isFull
  }

  drain(): Part[] {
    return this.#track.drain()
  }

  #isFirst(rule: number): boolean {
    const told = this.#told.get(this.#of)
    if (!told) this.#told.set(this.#of, new Set([rule]))
    else if (told.has(rule)) return false
    else told.add(rule)
    return true
  }
}
