// Where in a group's matches, taken in order of time, does a condition hold within the window? Windows slide: they begin or end at
// any match and are not cut at round times. A window of length w holds matches whose times differ by w at the most.
//
// Once a condition holds it fires, and not again until it has failed to hold in between: one finding for a burst, not one
// for each of its events.
//
// A window moves with a watermark: what it gives does not depend on the number of steps. What no later match can need is let go.
import type {
  CorrelationCondition,
  CorrelationRule,
  RuleExpression,
} from '../../ir/rule.ts'

import {
  AskedRules,
  type Counts,
  countsOf,
  type Matched,
} from './asked-rules.ts'
import {
  boundsHold,
  type Measure,
  type Measured,
  measureOf,
} from './measure.ts'
import { Stretch } from './stretch.ts'

export interface TimedMatch extends Measured {
  /** The rule that matched. */
  readonly rule: string
  /** Milliseconds since 1970. */
  readonly time: number
  /** As many matches of usual size as it takes in memory. */
  readonly weight: number
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

/** Opens windows of a rule: a group has one. */
export function windowsOf<T extends TimedMatch>(
  rule: CorrelationRule,
): () => Window<T> {
  const { correlation, windowMs } = rule
  if (correlation === 'temporal_ordered') {
    const asked = new AskedRules(rule)
    return () => new OrderedWindow(asked)
  }
  const open = trackersOf(rule)
  return looksAhead(rule)
    ? () => new ForwardWindow(open(), windowMs)
    : () => new TrailingWindow(open(), windowMs)
}

function trackersOf(rule: CorrelationRule): () => Tracker {
  const { correlation, condition } = rule
  if (
    correlation === 'temporal' ||
    correlation === 'temporal_ordered' ||
    condition.kind === 'expression'
  ) {
    const asked = new AskedRules(rule)
    return () => new RuleTracker(asked)
  }
  return () => new MeasureTracker(measureOf(correlation, condition), condition)
}

/** What may still come decides: its windows look ahead from each match, and not back. */
export function looksAhead({
  correlation,
  condition,
}: CorrelationRule): boolean {
  return correlation !== 'temporal_ordered' && boundedAbove(condition)
}

/** Keeps account of the window's content. */
interface Tracker {
  enter(match: TimedMatch): void
  leave(match: TimedMatch): void
  holds(): boolean
  value(): number
}

class MeasureTracker implements Tracker {
  readonly #measure: Measure
  readonly #condition: Extract<CorrelationCondition, { kind: 'compare' }>

  constructor(
    measure: Measure,
    condition: Extract<CorrelationCondition, { kind: 'compare' }>,
  ) {
    this.#measure = measure
    this.#condition = condition
  }

  enter(match: TimedMatch): void {
    if (this.#measure.takes(match)) this.#measure.enter(match)
  }
  leave(match: TimedMatch): void {
    if (this.#measure.takes(match)) this.#measure.leave(match)
  }
  holds(): boolean {
    return boundsHold(this.#condition.bounds, this.#measure.value())
  }
  value(): number {
    return this.#measure.value() ?? 0
  }
}

/** Which rules matched in the window. */
class RuleTracker implements Tracker, Matched {
  readonly #asked: AskedRules
  readonly #counts: Counts
  size = 0

  constructor(asked: AskedRules) {
    this.#asked = asked
    this.#counts = countsOf(asked.count)
  }

  enter({ rule }: TimedMatch): void {
    if (this.#add(rule, 1) === 1) this.size++
  }
  leave({ rule }: TimedMatch): void {
    if (this.#add(rule, -1) === 0) this.size--
  }
  #add(rule: string, more: number): number {
    const at = this.#asked.placeOf(rule)
    const count = (this.#counts.get(at) ?? 0) + more
    this.#counts.set(at, count)
    return count
  }
  has(rule: string): boolean {
    return (this.#counts.get(this.#asked.placeOf(rule)) ?? 0) > 0
  }
  holds(): boolean {
    return this.#asked.hold(this)
  }
  value(): number {
    return this.size
  }
}

/** Can more matches make the condition false? */
function boundedAbove(condition: CorrelationCondition): boolean {
  if (condition.kind === 'expression') return hasNot(condition.of)
  const { eq, neq, lt, lte } = condition.bounds
  return [eq, neq, lt, lte].some((bound) => bound !== undefined)
}

function hasNot(e: RuleExpression): boolean {
  return e.kind === 'not' || (e.kind !== 'rule' && e.of.some(hasNot))
}

/** Looks back from each match: fires with the match that makes the condition true. */
class TrailingWindow<T extends TimedMatch> implements Window<T> {
  readonly #tracker: Tracker
  readonly #windowMs: number
  readonly #matches = new Stretch<T>()
  #hits: Hit<T>[] = []
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
      this.#hits.push({ matches, value: tracker.value() })
    }
    this.#held = holds
  }

  advance(watermark: number): Hit<T>[] {
    this.forget(watermark - this.#windowMs)
    if (this.#held && !this.#matches.size) this.#held = this.#tracker.holds()
    const hits = this.#hits
    this.#hits = []
    return hits
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

/**
 * Looks ahead from each match: "fewer than five" can be said only when the window is over. Fires where the condition holds
 * and did not hold for the match before.
 */
class ForwardWindow<T extends TimedMatch> implements Window<T> {
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

/** A rule may name so many rules in order; the work for a match grows with the square. */
const maxOrdered = 32

/** The best chain that ends in some rule of the order: begun as late as can be. */
interface Chain {
  readonly start: number
  readonly startTime: number
  readonly rules: ReadonlySet<string>
}

/**
 * Rules matched one after the other, in the order in which they are listed; equal times are in any order. A condition that
 * counts is held against the number of rules in the chain. What has fired is used up.
 */
class OrderedWindow<T extends TimedMatch> implements Window<T> {
  readonly #asked: AskedRules
  readonly #rule: CorrelationRule
  readonly #order: readonly string[]
  readonly #matches = new Stretch<T>()
  /** `[k][n]`: of n + 1 rules, the last being order[k]. */
  #chains: (Chain | undefined)[][]
  /** Matches from here on are not judged: others of their time may come. */
  #from = 0
  #hits: Hit<T>[] = []

  constructor(asked: AskedRules) {
    this.#asked = asked
    this.#rule = asked.rule
    this.#order = this.#rule.rules.slice(0, maxOrdered)
    this.#chains = this.#order.map(() => [])
  }

  push(match: T): void {
    const waiting = this.#matches.at(this.#from)
    if (waiting && waiting.time < match.time) this.#judge()
    this.forget(match.time - this.#rule.windowMs)
    this.#matches.push(match)
  }

  advance(watermark: number): Hit<T>[] {
    const waiting = this.#matches.at(this.#from)
    if (waiting && waiting.time < watermark) this.#judge()
    this.forget(watermark - this.#rule.windowMs)
    const hits = this.#hits
    this.#hits = []
    return hits
  }

  /** Those that wait are all of one time. */
  #judge(): void {
    const { end } = this.#matches
    let best: Chain | undefined
    // Among matches of one time a later one may come first in the order: as many rounds as there are rules.
    const rounds = end - this.#from > 1 ? this.#order.length : 1
    for (let round = 0; round < rounds && !best; round++) {
      for (let at = this.#from; at < end && !best; at++) {
        const chain = this.#extend(at)
        if (chain && this.#asked.hold(chain.rules)) best = chain
      }
    }
    if (best) {
      const matches = this.#matches.slice(end, best.start)
      this.#hits.push({ matches, value: best.rules.size })
      this.#chains = this.#order.map(() => [])
    }
    this.#from = end
  }

  /** Lengthens chains by one match; gives the longest that it ends. */
  #extend(at: number): Chain | undefined {
    const { rule, time } = this.#matches.at(at)!
    let longest: Chain | undefined
    for (let k = this.#order.length - 1; k >= 0; k--) {
      if (this.#order[k] !== rule) continue
      const mine = this.#chains[k]!
      for (let n = k; n >= 0; n--) {
        const before =
          n === 0
            ? undefined
            : this.#latest(k, n - 1, time - this.#rule.windowMs)
        if (n > 0 && !before) continue
        const { start, startTime } = before ?? { start: at, startTime: time }
        const known = mine[n]
        if (!known || known.startTime <= startTime) {
          const rules = new Set([...(before?.rules ?? []), rule])
          mine[n] = { start, startTime, rules }
        }
        if (!longest || mine[n]!.rules.size > longest.rules.size) {
          longest = mine[n]!
        }
      }
    }
    return longest
  }

  /** Of the chains of a length that end before rule k and began since `since`, the one that began last. */
  #latest(k: number, length: number, since: number): Chain | undefined {
    let found: Chain | undefined
    for (let j = 0; j < k; j++) {
      const chain = this.#chains[j]![length]
      if (!chain || chain.startTime < since) continue
      if (!found || chain.startTime > found.startTime) found = chain
    }
    return found
  }

  forget(before: number): void {
    const matches = this.#matches
    while (matches.start < this.#from && matches.first!.time < before) {
      matches.dropFirst()
    }
  }

  get weight(): number {
    return this.#matches.weight
  }
  get oldest(): number {
    return this.#matches.at(this.#from)?.time ?? Number.POSITIVE_INFINITY
  }
  get due(): number {
    const { first } = this.#matches
    const leaves = first
      ? first.time + this.#rule.windowMs
      : Number.POSITIVE_INFINITY
    return Math.min(this.oldest, leaves)
  }
  get idle(): boolean {
    return !this.#matches.size
  }
}
