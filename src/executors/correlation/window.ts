// Where in a group's matches, sorted by time, does a condition hold within the window? Windows slide: they begin or end at any
// match and are not cut at round times. A window of length w holds matches whose times differ by w at the most.
//
// Once a condition holds it fires, and not again until it has failed to hold in between: one finding for a burst, not one
// for each of its events.
import type {
  CorrelationCondition,
  CorrelationRule,
  RuleExpression,
} from '../../ir/rule.ts'

import {
  boundsHold,
  type Measure,
  type Measured,
  measureOf,
} from './measure.ts'

export interface TimedMatch extends Measured {
  /** The rule that matched. */
  readonly rule: string
  /** Milliseconds since 1970. */
  readonly time: number
}

/** A stretch of the group's matches, both ends inclusive, in which the condition came to hold. */
export interface Hit {
  readonly first: number
  readonly last: number
  /** The count, sum or whatever was measured; of temporal kinds how many different rules matched. */
  readonly value: number
}

export function hitsOf(
  rule: CorrelationRule,
  matches: readonly TimedMatch[],
): Hit[] {
  if (rule.correlation === 'temporal_ordered') return orderedHits(rule, matches)
  const condition = rule.condition
  const tracker: Tracker =
    rule.correlation === 'temporal' || condition.kind === 'expression'
      ? new RuleTracker(rule)
      : new MeasureTracker(measureOf(rule.correlation, condition), condition)
  return boundedAbove(condition)
    ? forwardHits(tracker, matches, rule.windowMs)
    : trailingHits(tracker, matches, rule.windowMs)
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
class RuleTracker implements Tracker {
  readonly #rule: CorrelationRule
  readonly #counts = new Map<string, number>()

  constructor(rule: CorrelationRule) {
    this.#rule = rule
  }

  enter(match: TimedMatch): void {
    this.#counts.set(match.rule, (this.#counts.get(match.rule) ?? 0) + 1)
  }
  leave(match: TimedMatch): void {
    const left = this.#counts.get(match.rule)! - 1
    if (left === 0) this.#counts.delete(match.rule)
    else this.#counts.set(match.rule, left)
  }
  holds(): boolean {
    return rulesHold(this.#rule, this.#counts)
  }
  value(): number {
    return this.#counts.size
  }
}

interface Rules {
  readonly size: number
  has(rule: string): boolean
}

/** Without a condition of its own a temporal rule wants all the rules it refers to. */
function rulesHold(rule: CorrelationRule, matched: Rules): boolean {
  const { condition } = rule
  if (condition.kind === 'expression')
    return matched.size > 0 && expressionHolds(condition.of, matched)
  if (Object.keys(condition.bounds).length === 0)
    return rule.rules.every((id) => matched.has(id))
  return matched.size > 0 && boundsHold(condition.bounds, matched.size)
}

function expressionHolds(e: RuleExpression, matched: Rules): boolean {
  switch (e.kind) {
    case 'rule':
      return matched.has(e.id)
    case 'not':
      return !expressionHolds(e.of, matched)
    case 'and':
      return e.of.every((child) => expressionHolds(child, matched))
    case 'or':
      return e.of.some((child) => expressionHolds(child, matched))
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
function trailingHits(
  tracker: Tracker,
  matches: readonly TimedMatch[],
  windowMs: number,
): Hit[] {
  const hits: Hit[] = []
  let first = 0
  let held = false
  for (let last = 0; last < matches.length; last++) {
    const { time } = matches[last]!
    for (; time - matches[first]!.time > windowMs; first++) {
      tracker.leave(matches[first]!)
    }
    // What has left may have ended one burst before this match begins the next.
    if (held) held = tracker.holds()
    tracker.enter(matches[last]!)
    const holds = tracker.holds()
    if (holds && !held) hits.push({ first, last, value: tracker.value() })
    held = holds
  }
  return hits
}

/**
 * Looks ahead from each match: "fewer than five" can be said only when the window is over. Fires where the condition holds
 * and did not hold for the match before.
 */
function forwardHits(
  tracker: Tracker,
  matches: readonly TimedMatch[],
  windowMs: number,
): Hit[] {
  const hits: Hit[] = []
  let end = 0
  let held = false
  let coveredUntil = -1
  for (let first = 0; first < matches.length; first++) {
    const { time } = matches[first]!
    for (
      ;
      end < matches.length && matches[end]!.time - time <= windowMs;
      end++
    ) {
      tracker.enter(matches[end]!)
    }
    const holds = tracker.holds()
    // The tail of a window that was judged whole is no window of its own.
    const tail = first <= coveredUntil && end - 1 <= coveredUntil
    if (holds && !held && !tail)
      hits.push({ first, last: end - 1, value: tracker.value() })
    if (!tail) held = holds
    coveredUntil = Math.max(coveredUntil, end - 1)
    tracker.leave(matches[first]!)
  }
  return hits
}

/** A rule may name so many rules in order; the work for a match grows with the square. */
const maxOrdered = 32

/** The best chain that ends in some rule of the order: begun as late as can be. */
interface Chain {
  readonly start: number
  readonly rules: ReadonlySet<string>
}

/**
 * Rules matched one after the other, in the order in which they are listed; equal times are in any order. A condition that
 * counts is held against the number of rules in the chain. What has fired is used up.
 */
function orderedHits(
  rule: CorrelationRule,
  matches: readonly TimedMatch[],
): Hit[] {
  const order = rule.rules.slice(0, maxOrdered)
  const hits: Hit[] = []
  let chains: (Chain | undefined)[][] = order.map(() => [])
  for (let from = 0; from < matches.length; ) {
    let to = from
    while (matches[to]?.time === matches[from]!.time) to++
    let fired: Hit | undefined
    // Among matches of one time a later one may come first in the order: as many rounds as there are rules.
    for (let round = to - from > 1 ? order.length : 1; round > 0; round--) {
      for (let at = from; at < to && !fired; at++) {
        const best = extend(chains, order, matches, at, rule.windowMs)
        if (best && rulesHold(rule, best.rules)) {
          const last = to - 1
          fired = { first: best.start, last, value: best.rules.size }
        }
      }
    }
    if (fired) {
      hits.push(fired)
      chains = order.map(() => [])
    }
    from = to
  }
  return hits
}

/** Lengthens chains by one match; gives the longest that it ends. `chains[k][n]`: of n + 1 rules, the last being order[k]. */
function extend(
  chains: (Chain | undefined)[][],
  order: readonly string[],
  matches: readonly TimedMatch[],
  at: number,
  windowMs: number,
): Chain | undefined {
  const { rule, time } = matches[at]!
  let longest: Chain | undefined
  for (let k = order.length - 1; k >= 0; k--) {
    if (order[k] !== rule) continue
    const mine = chains[k]!
    for (let n = k; n >= 0; n--) {
      const chain =
        n === 0
          ? { start: at, rules: new Set([rule]) }
          : latest(chains, matches, k, n - 1, time - windowMs)
      if (!chain) continue
      const before = mine[n]
      if (
        !before ||
        matches[before.start]!.time <= matches[chain.start]!.time
      ) {
        const rules = n === 0 ? chain.rules : new Set([...chain.rules, rule])
        mine[n] = { start: chain.start, rules }
      }
      if (!longest || mine[n]!.rules.size > longest.rules.size)
        longest = mine[n]!
    }
  }
  return longest
}

/** Of the chains of a length that end before rule k and began since `since`, the one that began last. */
function latest(
  chains: readonly (readonly (Chain | undefined)[])[],
  matches: readonly TimedMatch[],
  k: number,
  length: number,
  since: number,
): Chain | undefined {
  let found: Chain | undefined
  for (let j = 0; j < k; j++) {
    const chain = chains[j]![length]
    if (!chain || matches[chain.start]!.time < since) continue
    if (!found || matches[chain.start]!.time > matches[found.start]!.time)
      found = chain
  }
  return found
}
