// Up to which time have all events come? Nobody can know; so each source is believed to be in order but for a stated lateness, and one
// that is quiet holds nothing up. Times of events are compared with each other, never with this machine's clock: a replay of an old log
// moves as a live one does.

/** Milliseconds of this clock after which a source that gave nothing is not waited for. */
const quietMs = 10_000
/** Of event time: a source that stays farther behind the others has a clock of its own, and does not hold them up for ever. */
const maxLagMs = 10 * 60_000
/** Milliseconds of this clock that it is given to come up. */
const lagPatienceMs = 60_000
/** An event that is farther ahead of this machine's clock moves nothing: its clock is wrong. */
const maxAheadMs = 24 * 3_600_000

/** It moves in steps of so many milliseconds: each step costs the collectors a look at all that waits. */
const stepMs = 500

interface Seen {
  latest: number
  /** By this machine's clock: when it last gave something, and since when it is far behind; 0: it is not. */
  at: number
  behindSince: number
}

export class Watermark {
  readonly #latenessMs: number
  readonly #seen = new Map<number, Seen>()
  #value = Number.NEGATIVE_INFINITY
  /** Of all events. */
  latest = Number.NEGATIVE_INFINITY
  #latestAt = 0
  /** Events that came behind the watermark. */
  late = 0

  constructor(latenessMs: number, from = Number.NEGATIVE_INFINITY) {
    this.#latenessMs = latenessMs
    this.#value = from
  }

  get value(): number {
    return this.#value
  }

  /** true: it came late. */
  event(source: number, time: number, now: number): boolean {
    if (time > now + maxAheadMs) return false
    const seen = this.#seen.get(source)
    if (!seen) this.#seen.set(source, { latest: time, at: now, behindSince: 0 })
    else {
      seen.at = now
      if (time > seen.latest) seen.latest = time
    }
    if (time > this.latest) {
      this.latest = time
      this.#latestAt = now
    }
    const isLate = time < this.#value
    if (isLate) this.late++
    return isLate
  }

  /** Another run saw the source until then: it goes on from there. */
  resume(source: number, latest: number, now: number): void {
    this.#seen.set(source, { latest, at: now, behindSince: 0 })
  }

  /** Moves on as far as can be said now. */
  advance(now: number): number {
    if (this.latest === Number.NEGATIVE_INFINITY) return this.#value
    // Time goes on while nothing comes.
    let least = this.latest + Math.max(0, now - this.#latestAt)
    for (const seen of this.#seen.values()) {
      if (!this.#holdsUp(seen, now)) continue
      least = Math.min(least, seen.latest + Math.max(0, now - seen.at))
    }
    const exact = least - this.#latenessMs
    const reached = Math.floor(exact / stepMs) * stepMs
    if (reached > this.#value) this.#value = reached
    return this.#value
  }

  #holdsUp(seen: Seen, now: number): boolean {
    if (now - seen.at > quietMs) return false
    if (seen.latest >= this.latest - maxLagMs) seen.behindSince = 0
    else if (seen.behindSince === 0) seen.behindSince = now
    return seen.behindSince === 0 || now - seen.behindSince < lagPatienceMs
  }
}
