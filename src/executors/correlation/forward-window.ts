import { Stretch } from './stretch.ts'
import type { Tracker } from './trackers.ts'
import type { Hit, TimedMatch, Window } from './window.ts'

/**
 * Looks ahead from each match: "fewer than five" can be said only when the window is over. Fires where the condition holds
 * and did not hold for the match before.
 */
export class ForwardWindow<T extends TimedMatch> implements Window<T> {
  readonly #tracker: Tracker
  readonly #windowMs: number
  readonly #matches = new Stretch<T>()
  /** Behind the last match that is in the window of the first. */
  #end = 0
  #coveredUntil = -1
  #held = false

  constructor(tracker: Tracker, windowMs: number) {
    this.#tracker = tracker
    this.#windowMs = windowMs
  }

  push(match: T): void {
    this.#matches.push(match)
  }

  advance(watermark: number): Hit<T>[] {
    const hits: Hit<T>[] = []
    const matches = this.#matches
    for (let m = matches.first; m; m = matches.first) {
      if (m.time + this.#windowMs >= watermark) break
      const hit = this.#judge(m)
      if (hit) hits.push(hit)
    }
    return hits
  }

  /** The window that begins at the first match. */
  #judge(first: T): Hit<T> | undefined {
    const matches = this.#matches
    const tracker = this.#tracker
    for (let m = matches.at(this.#end); m; m = matches.at(this.#end)) {
      if (m.time - first.time > this.#windowMs) break
      tracker.enter(m)
      this.#end++
    }
    const holds = tracker.holds()
    // The tail of a window that was judged whole is no window of its own.
    const last = this.#end - 1
    const tail =
      matches.start <= this.#coveredUntil && last <= this.#coveredUntil
    const hit =
      holds && !this.#held && !tail
        ? { matches: matches.slice(this.#end), value: tracker.value() }
        : undefined
    if (!tail) this.#held = holds
    this.#coveredUntil = Math.max(this.#coveredUntil, last)
    this.#drop(first)
    return hit
  }

  forget(before: number): void {
    const matches = this.#matches
    for (let m = matches.first; m && m.time < before; m = matches.first) {
      this.#drop(m)
    }
  }

  #drop(first: T): void {
    const matches = this.#matches
    if (matches.start < this.#end) this.#tracker.leave(first)
    else this.#end = matches.start + 1
    matches.dropFirst()
  }

  get weight(): number {
    return this.#matches.weight
  }
  get oldest(): number {
    return this.#matches.first?.time ?? Number.POSITIVE_INFINITY
  }
  get due(): number {
    return this.oldest + this.#windowMs
  }
  get idle(): boolean {
    return !this.#matches.size && !this.#held
  }
}
