// Which matches of other rules, taken together, make a finding? Base matches are kept, only the fields that are asked for, until a
// watermark says that all of their time are there; then they are put in order of event time and judged. So it does not matter in
// which order files are read, by how many workers, how late a record was written, or in how many steps the watermark moves.
//
// A match without a time takes no part, nor does one that lacks a field to group by, nor one that comes behind the watermark: they
// are counted. Groups are told apart by the text of their fields, case folded, as rules compare values. The same match given twice
// counts once.
import type { Value } from '../../base/record.ts'

import { Due } from '../../base/due.ts'

import type { CorrelationRule } from '../../ir/rule.ts'

import { keyOf } from './measure.ts'
import {
  looksAhead,
  type TimedMatch,
  type Window,
  windowsOf,
} from './window.ts'

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

/** More base matches than this are not kept, by their weight: the oldest go first, and are counted. */
const maxMatches = 500_000
/** They are put in order to find the oldest, not with each that comes. */
const slack = 1.25
const maxEvidence = 100

/** A base match, or what a correlation made of several. */
interface Item<M> extends TimedMatch {
  readonly order: string
  readonly sources: readonly M[]
  readonly sourceCount: number
}

type Timed<M> = M & { readonly time: number }

export interface CorrelatorOptions<M> {
  readonly maxMatches?: number
  /** As how many of them one counts; absent: as one. */
  readonly weightOf?: (match: M) => number
  /** Of a match that was given twice: what stays. */
  readonly join?: (kept: M, copy: M) => M
}

export class Correlator<M extends CorrelationInput> {
  readonly #judges: readonly Judge<M>[]
  readonly #maxMatches: number
  readonly #join: (kept: M, copy: M) => M
  readonly #weightOf: (match: M) => number
  readonly #withoutTime = new Map<string, number>()
  #waiting: Timed<M>[] = []
  #waitingWeight = 0
  #watermark = Number.NEGATIVE_INFINITY
  #evicted = 0
  #late = 0

  constructor(
    rules: readonly CorrelationRule[],
    options: CorrelatorOptions<M> = {},
  ) {
    this.#judges = inOrderOfNeed(rules).map((rule) => new Judge(rule))
    this.#maxMatches = options.maxMatches ?? maxMatches
    this.#join = options.join ?? ((kept) => kept)
    this.#weightOf = options.weightOf ?? (() => 1)
  }

  add(match: M): void {
    const { rule, time } = match
    if (time === undefined || Number.isNaN(time)) {
      this.#withoutTime.set(rule, (this.#withoutTime.get(rule) ?? 0) + 1)
    } else if (time < this.#watermark) this.#late++
    else {
      this.#waiting.push(match as Timed<M>)
      this.#waitingWeight += this.#weightOf(match)
      if (this.#waitingWeight >= slack * this.#maxMatches) this.#evict()
    }
  }

  /** Base matches that were dropped because there were too many. */
  get evicted(): number {
    return this.#evicted
  }

  /** Base matches that came behind the watermark. */
  get late(): number {
    return this.#late
  }

  /** Matches that come later are not before this time. */
  get reached(): number {
    return this.#judges.reduce(
      (least, j) => Math.min(least, j.reached),
      this.#watermark,
    )
  }

  /**
   * All base matches before the watermark (milliseconds since 1970) were added; Infinity is the end. What correlations make of them,
   * in order of time; also of rules that do not emit, for the caller to leave out.
   */
  advance(watermark: number): CorrelationMatch<M>[] {
    this.#watermark = Math.max(this.#watermark, watermark)
    this.#evict()
    const readers = this.#readers()
    for (const match of this.#ready()) {
      const item = itemOfBase(match, this.#weightOf(match))
      for (const judge of readers.get(match.rule) ?? []) judge.take(item)
    }
    const found: Found<M>[] = []
    const reached = new Map<string, number>()
    for (const judge of this.#judges) {
      const { rules, meta } = judge.rule
      // A base match is there at once; what another correlation gives may be later than its watermark.
      const until = rules.map((r) => reached.get(r) ?? this.#watermark)
      for (const one of judge.advance(least(until, this.#watermark))) {
        found.push(one)
        for (const reader of readers.get(meta.id) ?? []) {
          reader.take(itemOf(one))
        }
      }
      reached.set(meta.id, judge.reached)
      this.#evicted += judge.forgetOver(this.#maxMatches, this.#watermark)
    }
    return found.sort(byEnd).map((f) => f.match)
  }

  /** By correlation, of what was judged so far. */
  account(): CorrelationAccount[] {
    return this.#judges.map((j) => ({
      ...j.account(),
      withoutTime: [...new Set(j.rule.rules)].reduce(
        (n, id) => n + (this.#withoutTime.get(id) ?? 0),
        0,
      ),
    }))
  }

  /** Which correlations read a rule. */
  #readers(): ReadonlyMap<string, readonly Judge<M>[]> {
    const readers = new Map<string, Judge<M>[]>()
    for (const judge of this.#judges) {
      for (const id of new Set(judge.rule.rules)) addTo(readers, id, judge)
    }
    return readers
  }

  /** Those before the watermark, in order, copies joined; they are let go. */
  #ready(): Timed<M>[] {
    const isReady = (m: Timed<M>) => m.time < this.#watermark
    const ready = this.#waiting.filter(isReady).sort(byTime)
    this.#waiting = this.#waiting.filter((m) => !isReady(m))
    this.#waitingWeight = this.#weightOfAll(this.#waiting)
    const kept: Timed<M>[] = []
    for (const match of ready) {
      const before = kept.at(-1)
      if (before?.rule === match.rule && before.order === match.order) {
        const { time } = before
        kept[kept.length - 1] = { ...this.#join(before, match), time }
      } else kept.push(match)
    }
    return kept
  }

  /** Keeps the newest. */
  #evict(): void {
    if (this.#waitingWeight <= this.#maxMatches) return
    this.#waiting.sort(byTime)
    let over = 0
    while (this.#waitingWeight > this.#maxMatches)
      this.#waitingWeight -= this.#weightOf(this.#waiting[over++]!)
    this.#waiting = this.#waiting.slice(over)
    this.#evicted += over
  }

  #weightOfAll(matches: readonly M[]): number {
    return matches.reduce((sum, m) => sum + this.#weightOf(m), 0)
  }
}

/** A hit, with what orders it among others of its time. */
interface Found<M> {
  readonly match: CorrelationMatch<M>
  readonly order: string
}

/** The matches of one group. */
interface Group<M> {
  readonly key: string
  readonly window: Window<Item<M>>
  /** It is among those that are looked at when their time is over. */
  isDue: boolean
}

/** One correlation: its groups, and what waits for them. Only groups that something comes to, or for which time is over, are looked at. */
class Judge<M> {
  readonly rule: CorrelationRule
  readonly #open: () => Window<Item<M>>
  /** It gives nothing before this time any more. */
  reached = Number.NEGATIVE_INFINITY
  readonly #groups = new Map<string, Group<M>>()
  readonly #due = new Due<Group<M>>()
  /** Weight of the matches in windows. */
  #held = 0
  #waiting: Item<M>[] = []
  #met = 0
  #withoutGroup = 0
  #fired = 0

  constructor(rule: CorrelationRule) {
    this.rule = rule
    this.#open = windowsOf(rule)
  }

  take(item: Item<M>): void {
    this.#waiting.push(item)
  }

  advance(watermark: number): Found<M>[] {
    const isReady = (item: Item<M>) => item.time < watermark
    const ready = this.#waiting.filter(isReady).sort(byTime)
    this.#waiting = this.#waiting.filter((item) => !isReady(item))
    const touched = new Set<Group<M>>()
    for (const item of ready) this.#push(item, touched)
    const found: Found<M>[] = []
    const look = (group: Group<M>) => {
      for (const hit of this.#advance(group, watermark)) found.push(hit)
    }
    for (const group of touched) look(group)
    for (;;) {
      const group = this.#due.takeBefore(watermark)
      if (!group) break
      group.isDue = false
      look(group)
    }
    this.reached = Math.min(watermark, this.#oldest())
    this.#fired += found.length
    return found
  }

  #advance(group: Group<M>, watermark: number): Found<M>[] {
    const { key, window } = group
    const before = window.weight
    const hits = window.advance(watermark)
    this.#held += window.weight - before
    if (!window.idle) this.#schedule(group)
    else if (this.#groups.get(key) === group) this.#groups.delete(key)
    return hits.map(({ matches, value }) => ({
      match: matchOf(this.rule, matches, value),
      order: `${key}\0${matches.at(-1)!.order}`,
    }))
  }

  #schedule(group: Group<M>): void {
    const { due } = group.window
    // It never comes earlier than it was.
    if (group.isDue || due === Number.POSITIVE_INFINITY) return
    group.isDue = true
    this.#due.add(due, group)
  }

  /** Of what windows may still give: those that look ahead are due when the first match of theirs is a window old. */
  #oldest(): number {
    return looksAhead(this.rule)
      ? this.#due.next - this.rule.windowMs
      : Number.POSITIVE_INFINITY
  }

  #push(item: Item<M>, touched: Set<Group<M>>): void {
    this.#met++
    const key = groupKey(this.rule, item)
    if (key === undefined) {
      this.#withoutGroup++
      return
    }
    let group = this.#groups.get(key)
    if (!group) {
      group = { key, window: this.#open(), isDue: false }
      this.#groups.set(key, group)
    }
    const { window } = group
    const before = window.weight
    window.push(item)
    this.#held += window.weight - before
    touched.add(group)
  }

  /** Lets the oldest matches in windows go until no more than so much is held; gives how much went. */
  forgetOver(most: number, watermark: number): number {
    const before = this.#held
    let span = this.rule.windowMs
    while (this.#held > most && span >= 1) {
      span /= 2
      for (const { window } of this.#groups.values()) {
        const held = window.weight
        window.forget(watermark - span)
        this.#held += window.weight - held
      }
    }
    return before - this.#held
  }

  account(): Omit<CorrelationAccount, 'withoutTime'> {
    return {
      rule: this.rule.meta.id,
      met: this.#met,
      withoutGroup: this.#withoutGroup,
      fired: this.#fired,
    }
  }
}

/** Member by member: objects that are spread into another have a layout each, which costs more than they do. */
function itemOfBase<M extends CorrelationInput>(
  match: Timed<M>,
  weight: number,
): Item<M> {
  const { rule, time, fields, order } = match
  const sources = [match]
  return { rule, time, fields, order, weight, sources, sourceCount: 1 }
}

/** For a correlation that reads this one. Only what it was grouped by is known of it. */
function itemOf<M>({ match, order }: Found<M>): Item<M> {
  const { rule, to, group, matches, matchCount } = match
  const { id } = rule.meta
  return {
    rule: id,
    time: to,
    fields: group,
    order: `${id}\0${order}`,
    // It holds them all, and so do others.
    weight: Math.max(1, matches.length),
    sources: matches,
    sourceCount: matchCount,
  }
}

function byEnd<M>(a: Found<M>, b: Found<M>): number {
  return (
    a.match.to - b.match.to ||
    compareText(a.match.rule.meta.id, b.match.rule.meta.id) ||
    compareText(a.order, b.order)
  )
}

function least(numbers: readonly number[], most: number): number {
  return numbers.reduce((a, b) => Math.min(a, b), most)
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
    const { sources } = item
    for (let i = sources.length - 1; i >= 0; i--) {
      if (matches.length >= maxEvidence) break
      matches.push(sources[i]!)
    }
  }
  matches.reverse()
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
