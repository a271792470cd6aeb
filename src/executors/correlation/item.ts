// What correlations take: base matches, and what other correlations made of such.
import type { Value } from '../../base/record.ts'

import type { CorrelationRule } from '../../ir/rule.ts'

import { groupValue } from './group-by.ts'
import type { TimedMatch } from './window.ts'

/** A match of a rule that a correlation reads. */
export interface CorrelationInput {
  readonly rule: string
  /** Milliseconds since 1970. */
  readonly time: number | undefined
  readonly fields: Readonly<Record<string, Value>>
  /** Orders matches of one time the same way in every run; with the rule it names the match. */
  readonly order: string
  /** As many matches of usual size as it takes in memory, a whole number; absent: one. */
  readonly weight?: number
}

export interface CorrelationMatch<M> {
  readonly rule: CorrelationRule
  /** Times of the first and the last match in it. */
  readonly from: number
  readonly to: number
  readonly group: Readonly<Record<string, Value>>
  /** What was measured: a count, a sum, the number of different rules. */
  readonly value: number
  /** The base matches in it, of chained correlations theirs; at most `maxEvidence`, the last ones. */
  readonly matches: readonly M[]
  readonly matchCount: number
}

const maxEvidence = 100

export type Timed<M extends CorrelationInput> = M & { readonly time: number }

/** What a correlation made of several, for one that reads it. Only what it was grouped by is known of it. */
interface Chained<M> extends TimedMatch {
  readonly order: string
  readonly matches: readonly M[]
  readonly matchCount: number
}

/** A base match is its own item: there are many of them. */
export type Item<M extends CorrelationInput> = Timed<M> | Chained<M>

/** A hit, with what orders it among others of its time. */
export interface Found<M> {
  readonly match: CorrelationMatch<M>
  readonly order: string
}

export function itemOf<M>({ match, order }: Found<M>): Chained<M> {
  const { rule, to, group, matches, matchCount } = match
  const { id } = rule.meta
  return {
    rule: id,
    time: to,
    fields: group,
    order: `${id}\0${order}`,
    // It holds them all, and so do others.
    weight: Math.max(1, matches.length),
    matches,
    matchCount,
  }
}

export function matchOf<M extends CorrelationInput>(
  rule: CorrelationRule,
  items: readonly Item<M>[],
  value: number,
): CorrelationMatch<M> {
  const last = items.at(-1)!
  const group: Record<string, Value> = {}
  for (const name of rule.groupBy) {
    const of = groupValue(rule, name, last)
    if (of !== undefined) group[name] = of
  }
  const matches: M[] = []
  let matchCount = 0
  for (const item of items.toReversed()) {
    const isChained = 'matchCount' in item
    const of = isChained ? item.matches : [item]
    matchCount += isChained ? item.matchCount : 1
    for (let i = of.length - 1; i >= 0; i--) {
      if (matches.length >= maxEvidence) break
      matches.push(of[i]!)
    }
  }
  matches.reverse()
  const from = items[0]!.time
  return { rule, from, to: last.time, group, value, matches, matchCount }
}

export function byEnd<M>(a: Found<M>, b: Found<M>): number {
  return (
    a.match.to - b.match.to ||
    compareText(a.match.rule.meta.id, b.match.rule.meta.id) ||
    compareText(a.order, b.order)
  )
}

type Ordered = {
  readonly time: number
  readonly order: string
  readonly rule: string
}

export function byTime(a: Ordered, b: Ordered): number {
  return (
    a.time - b.time ||
    compareText(a.order, b.order) ||
    compareText(a.rule, b.rule)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
