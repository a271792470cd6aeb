// Which rules does a correlation ask for, and do those that matched make its condition true? The work for a match does not grow with the
// rules that are listed; only an expression is asked whole.
import type { CorrelationRule, RuleExpression } from '../../ir/rule.ts'

import { boundsHold } from './measure.ts'

/** Rules that matched. */
export interface Matched {
  readonly size: number
  has(rule: string): boolean
}

/** Of one correlation, shared by its groups. */
export class AskedRules {
  readonly rule: CorrelationRule
  readonly #places: ReadonlyMap<string, number>
  /** Every one of them has to match. */
  readonly #wantsAll: boolean

  constructor(rule: CorrelationRule) {
    this.rule = rule
    const distinct = [...new Set(rule.rules)]
    this.#places = new Map(distinct.map((id, i) => [id, i]))
    this.#wantsAll = wantsAll(rule, this.#places)
  }

  get count(): number {
    return this.#places.size
  }

  /** -1: it is not asked for. */
  placeOf(rule: string): number {
    return this.#places.get(rule) ?? -1
  }

  /** Without a condition of its own a temporal rule wants all the rules it refers to. */
  hold(matched: Matched): boolean {
    const { condition } = this.rule
    if (this.#wantsAll) return matched.size === this.count
    if (matched.size === 0) return false
    return condition.kind === 'expression'
      ? expressionHolds(condition.of, matched)
      : boundsHold(condition.bounds, matched.size)
  }
}

function wantsAll(
  { condition }: CorrelationRule,
  rules: ReadonlyMap<string, number>,
): boolean {
  if (condition.kind === 'compare')
    return Object.keys(condition.bounds).length === 0
  const { of } = condition
  if (of.kind !== 'and' || !of.of.every((e) => e.kind === 'rule')) return false
  const named = new Set(of.of.map((e) => e.kind === 'rule' && e.id))
  return (
    named.size === rules.size && [...rules.keys()].every((r) => named.has(r))
  )
}

function expressionHolds(e: RuleExpression, matched: Matched): boolean {
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

/** How often something at a place was seen. */
export type Counts = number[] | Map<number, number>

/** Most groups hold one match and are many: numbers in a row take a quarter of what a map does, unless most of them stay 0. */
const maxInRow = 16

export function countsOf(places: number): Counts {
  return places > maxInRow ? new Map() : new Array<number>(places).fill(0)
}

export function countAt(counts: Counts, at: number): number {
  return (Array.isArray(counts) ? counts[at] : counts.get(at)) ?? 0
}

export function setCount(counts: Counts, at: number, count: number): void {
  if (Array.isArray(counts)) counts[at] = count
  else counts.set(at, count)
}
