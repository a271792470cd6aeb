import { Stretch } from './stretch.ts'
import type { Tracker } from './trackers.ts'
import type { Hit, TimedMatch, Window } from './window.ts'

const noHits: never[] = []

/** Looks back from each match: fires with the match that makes the condition true. */
export class TrailingWindow<T extends TimedMatch> implements Window<T> {
  readonly #tracker: Tracker
  readonly #windowMs: number
  readonly #matches = new Stretch<T>()
  #hits: Hit<T>[] | undefined
  #held = false

  constructor(tracker: Tracker, windowMs: number) {
    this.#tracker = tracker
    this.#windowMs = windowMs
  }

  push(match: T): void {
    const tracker = this.#tracker
    this.forget(match.time - this.#windowMs)
    // What has left may have ended one burst before this match begins the next.
    if (this.#held) this.#held = tracker.holds()
    this.#matches.push(match)
    tracker.enter(match)
    const holds = tracker.holds()
    if (holds && !this.#held) {
      const matches = this.#matches.slice()
      this.#hits ??= []
      this.#hits.push({ matches, value: tracker.value() })
    }
    this.#held = holds
  }

  advance(watermark: number): Hit<T>[] {
    this.forget(watermark - this.#windowMs)
    if (this.#held && !this.#matches.size) this.#held = this.#tracker.holds()
    const hits = this.#hits
    this.#hits = undefined
    return hits ?? noHits
  }

  forget(before: number): void {
    const matches = this.#matches
    for (let m = matches.first; m && m.time < before; m = matches.first) {
      this.#tracker.leave(m)
      matches.dropFirst()
    }
  }

  get weight(): number {
    return this.#matches.weight
  }
  get oldest(): number {
    return Number.POSITIVE_INFINITY
  }
  get due(): number {
    const { first } = this.#matches
    return first ? first.time + this.#windowMs : Number.POSITIVE_INFINITY
  }
  get idle(): boolean {
    return !this.#matches.size && !this.#held
  }
}
