import type { CorrelationRule } from '../../ir/rule.ts'

import type { AskedRules } from './asked-rules.ts'
import { Stretch } from './stretch.ts'
import type { Hit, TimedMatch, Window } from './window.ts'

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
export class OrderedWindow<T extends TimedMatch> implements Window<T> {
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
      const matches = this.#matches.slice(end, this.#firstOfTime(best.start))
      this.#hits.push({ matches, value: best.rules.size })
      this.#chains = this.#order.map(() => [])
    }
    this.#from = end
  }

  /** Where those begin that are of the same time: which of them stands first is a matter of chance. */
  #firstOfTime(at: number): number {
    const { time } = this.#matches.at(at)!
    let first = at
    while (this.#matches.at(first - 1)?.time === time) first--
    return first
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
