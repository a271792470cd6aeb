// Where in a group's matches, taken in order of time, does a condition hold within the window? Windows slide: they begin or end at
// any match and are not cut at round times. A window of length w holds matches whose times differ by w at the most.
//
// Once a condition holds it fires, and not again until it has failed to hold in between: one finding for a burst, not one
// for each of its events.
//
// A window moves with a watermark: what it gives does not depend on the number of steps. What no later match can need is let go.
import type { Measured } from './measure.ts'

export interface TimedMatch extends Measured {
  /** The rule that matched. */
  readonly rule: string
  /** Milliseconds since 1970. */
  readonly time: number
  /** As many matches of usual size as it takes in memory; absent: one. */
  readonly weight?: number
}

export function weightOf({ weight = 1 }: Pick<TimedMatch, 'weight'>): number {
  return weight
}

/** A stretch of the group's matches in which the condition came to hold. */
export interface Hit<T> {
  readonly matches: readonly T[]
  /** The count, sum or whatever was measured; of temporal kinds how many different rules matched. */
  readonly value: number
}

/** Of one rule and one group. */
export interface Window<T extends TimedMatch> {
  /** Matches come in order of time. */
  push(match: T): void
  /** All matches before the watermark were pushed: what can be said of them. */
  advance(watermark: number): Hit<T>[]
  /** Of the matches that are held. */
  readonly weight: number
  /** Lets the oldest go, too many being held: a hit with them is lost. */
  forget(before: number): void
  /** Time of the oldest match that a later hit may hold; Infinity: none. */
  readonly oldest: number
  /** Where nothing was pushed since the last, `advance` does nothing until the watermark is behind it; Infinity: nothing waits. */
  readonly due: number
  /** true: a new window would say the same. */
  readonly idle: boolean
}
