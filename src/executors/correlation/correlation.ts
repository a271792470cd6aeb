// Which matches of other rules, taken together, make a finding? Base matches are kept, only the fields that are asked for,
// until all are there; then they are put in order of event time and judged. So it does not matter in which order files
// are read, by how many workers, or how late a record was written.
//
// A match without a time takes no part, nor does one that lacks a field to group by: both are counted. Groups are told
// apart by the text of their fields, case folded, as rules compare values. The same match given twice counts once.
import type { Value } from '../../base/record.ts'

import type { CorrelationRule } from '../../ir/rule.ts'

import { keyOf } from './measure.ts'
import { hitsOf, type TimedMatch } from './window.ts'

/** A match of a rule that a correlation reads. */
export interface CorrelationInput {
  readonly rule: string
  /** Milliseconds since 1970. */
  readonly time: number | undefined
  readonly fields: Readonly<Record<string, Value>>
  /** Orders matches of one time the same way in every run; with the rule it names the match. */
  readonly order: string
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

export interface CorrelationAccount {
  readonly rule: string
  /** Matches of its rules. */
  readonly met: number
  readonly withoutTime: number
  readonly withoutGroup: number
  readonly fired: number
}

/** More base matches than this are not kept: the oldest go first, and are counted. */
const maxMatches = 500_000
const maxEvidence = 100

/** A base match, or what a correlation made of several. */
interface Item<M> extends TimedMatch {
  readonly order: string
  readonly sources: readonly M[]
  readonly sourceCount: number
}

export interface CorrelatorOptions<M> {
  readonly maxMatches?: number
  /** Of a match that was given twice: what stays. */
  readonly join?: (kept: M, copy: M) => M
}

export class Correlator<M extends CorrelationInput> {
  readonly #rules: readonly CorrelationRule[]
  readonly #maxMatches: number
  readonly #join: (kept: M, copy: M) => M
  readonly #withoutTime = new Map<string, number>()
  readonly #accounts = new Map<string, CorrelationAccount>()
  #matches: (M & { readonly time: number })[] = []
  #evicted = 0
  #sorted = true

  constructor(
    rules: readonly CorrelationRule[],
    options: CorrelatorOptions<M> = {},
  ) {
    this.#rules = inOrderOfNeed(rules)
    this.#maxMatches = options.maxMatches ?? maxMatches
    this.#join = options.join ?? ((kept) => kept)
  }

  add(match: M): void {
    if (match.time === undefined || Number.isNaN(match.time)) {
      const n = this.#withoutTime.get(match.rule) ?? 0
      this.#withoutTime.set(match.rule, n + 1)
      return
    }
    this.#matches.push(match as M & { readonly time: number })
    this.#sorted = false
    if (this.#matches.length >= 2 * this.#maxMatches) this.#evict()
  }

  /** Base matches that were dropped because there were too many. */
  get evicted(): number {
    return this.#evicted
  }

  /** In order of time; also of rules that do not emit, for the caller to leave out. */
  finish(): CorrelationMatch<M>[] {
    this.#evict()
    const byRule = new Map<string, Item<M>[]>()
    for (const match of this.#withoutCopies()) {
      const { rule, time, fields, order } = match
      const sources = [match]
      addTo(byRule, rule, {
        rule,
        time,
        fields,
        order,
        sources,
        sourceCount: 1,
      })
    }
    const all: CorrelationMatch<M>[] = []
    for (const rule of this.#rules) {
      const found = this.#judge(rule, byRule)
      all.push(...found)
      byRule.set(
        rule.meta.id,
        found.map((match, i) => ({
          rule: rule.meta.id,
          time: match.to,
          // Of a chained correlation only what it was grouped by is known.
          fields: match.group,
          order: `${rule.meta.id}\0${String(i).padStart(9, '0')}`,
          sources: match.matches,
          sourceCount: match.matchCount,
        })),
      )
    }
    return all.sort(
      (a, b) => a.to - b.to || compareText(a.rule.meta.id, b.rule.meta.id),
    )
  }

  #withoutCopies(): (M & { readonly time: number })[] {
    const kept: (M & { readonly time: number })[] = []
    for (const match of this.#matches) {
      const before = kept.at(-1)
      if (before?.rule === match.rule && before.order === match.order) {
        kept[kept.length - 1] = {
          ...this.#join(before, match),
          time: before.time,
        }
      } else kept.push(match)
    }
    return kept
  }

  /** By correlation, after `finish`. */
  account(): CorrelationAccount[] {
    return this.#rules.flatMap((r) => this.#accounts.get(r.meta.id) ?? [])
  }

  #judge(
    rule: CorrelationRule,
    byRule: ReadonlyMap<string, readonly Item<M>[]>,
  ): CorrelationMatch<M>[] {
    const ids = [...new Set(rule.rules)]
    const items = ids.flatMap((id) => byRule.get(id) ?? [])
    items.sort(byTime)
    const groups = new Map<string, Item<M>[]>()
    let withoutGroup = 0
    for (const item of items) {
      const key = groupKey(rule, item)
      if (key === undefined) withoutGroup++
      else addTo(groups, key, item)
    }
    const found: CorrelationMatch<M>[] = []
    for (const group of groups.values()) {
      for (const hit of hitsOf(rule, group)) {
        found.push(
          matchOf(rule, group.slice(hit.first, hit.last + 1), hit.value),
        )
      }
    }
    found.sort((a, b) => a.to - b.to)
    this.#accounts.set(rule.meta.id, {
      rule: rule.meta.id,
      met: items.length,
      withoutTime: ids.reduce(
        (n, id) => n + (this.#withoutTime.get(id) ?? 0),
        0,
      ),
      withoutGroup,
      fired: found.length,
    })
    return found
  }

  /** Sorts, and keeps the newest. */
  #evict(): void {
    if (!this.#sorted) this.#matches.sort(byTime)
    this.#sorted = true
    const over = this.#matches.length - this.#maxMatches
    if (over <= 0) return
    this.#matches = this.#matches.slice(over)
    this.#evicted += over
  }
}

/** For each rule that correlations read, the fields to be kept of its matches. */
export function baseFields(
  rules: readonly CorrelationRule[],
): Map<string, readonly string[]> {
  const fields = new Map<string, Set<string>>()
  for (const rule of rules) {
    const { condition } = rule
    const counted = condition.kind === 'compare' ? condition.fields : []
    for (const id of rule.rules) {
      const needed = fields.get(id) ?? new Set()
      for (const name of rule.groupBy) needed.add(fieldFor(rule, name, id))
      for (const name of counted) needed.add(name)
      fields.set(id, needed)
    }
  }
  return new Map([...fields].map(([id, names]) => [id, [...names]]))
}

/** A group-by name may be an alias that means another field for each rule. */
function fieldFor(rule: CorrelationRule, name: string, id: string): string {
  const alias = Object.hasOwn(rule.aliases, name) ? rule.aliases[name]! : {}
  return Object.hasOwn(alias, id) ? alias[id]! : name
}

function groupValue<M>(
  rule: CorrelationRule,
  name: string,
  item: Item<M>,
): Value | undefined {
  const field = fieldFor(rule, name, item.rule)
  if (Object.hasOwn(item.fields, field)) return item.fields[field]
  // A chained correlation is grouped by the alias itself.
  return Object.hasOwn(item.fields, name) ? item.fields[name] : undefined
}

function groupKey<M>(rule: CorrelationRule, item: Item<M>): string | undefined {
  let key = ''
  for (const name of rule.groupBy) {
    const part = keyOf(groupValue(rule, name, item))
    if (part === undefined) return undefined
    key += `${part.length}:${part}`
  }
  return key
}

function matchOf<M>(
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
    matchCount += item.sourceCount
    const room = maxEvidence - matches.length
    if (room > 0) matches.unshift(...item.sources.slice(-room))
  }
  const from = items[0]!.time
  return { rule, from, to: last.time, group, value, matches, matchCount }
}

/** Each correlation after those that it reads; of a circle, which the loader refuses, nothing is promised. */
function inOrderOfNeed(rules: readonly CorrelationRule[]): CorrelationRule[] {
  const byId = new Map(rules.map((rule) => [rule.meta.id, rule]))
  const done = new Set<string>()
  const ordered: CorrelationRule[] = []
  const visit = (rule: CorrelationRule) => {
    if (done.has(rule.meta.id)) return
    done.add(rule.meta.id)
    for (const id of rule.rules) {
      const needed = byId.get(id)
      if (needed) visit(needed)
    }
    ordered.push(rule)
  }
  for (const rule of rules) visit(rule)
  return ordered
}

type Ordered = {
  readonly time: number
  readonly order: string
  readonly rule: string
}

function byTime(a: Ordered, b: Ordered): number {
  return (
    a.time - b.time ||
    compareText(a.order, b.order) ||
    compareText(a.rule, b.rule)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function addTo<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key)
  if (list) list.push(item)
  else map.set(key, [item])
}
