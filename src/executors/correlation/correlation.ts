// Which matches of other rules, taken together, make a finding? Base matches are kept, only the fields that are asked for, until a
// watermark says that all of their time are there; then they are put in order of event time and judged. So it does not matter in
// which order files are read, by how many workers, how late a record was written, or in how many steps the watermark moves.
//
// A match without a time takes no part, nor does one that lacks a field to group by, nor one that comes behind the watermark: they
// are counted. Groups are told apart by the text of their fields, case folded, as rules compare values. The same match given twice
// counts once.
import type { CorrelationRule } from '../../ir/rule.ts'

import {
  byEnd,
  byTime,
  type CorrelationInput,
  type CorrelationMatch,
  type Found,
  itemOf,
  type Timed,
} from './item.ts'
import { type CorrelationAccount, Judge } from './judge.ts'
import { weightOf } from './window.ts'

/** More base matches than this are not kept, by their weight: the oldest go first, and are counted. */
const maxMatches = 500_000
/** They are put in order to find the oldest, not with each that comes. */
const slack = 1.25

export interface CorrelatorOptions<M> {
  readonly maxMatches?: number
  /** Of a match that was given twice: what stays. */
  readonly join?: (kept: M, copy: M) => M
}

export class Correlator<M extends CorrelationInput> {
  readonly #judges: readonly Judge<M>[]
  readonly #maxMatches: number
  readonly #join: (kept: M, copy: M) => M
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
  }

  add(match: M): void {
    const { rule, time } = match
    if (time === undefined || Number.isNaN(time)) {
      this.#withoutTime.set(rule, (this.#withoutTime.get(rule) ?? 0) + 1)
    } else if (time < this.#watermark) this.#late++
    else {
      this.#waiting.push(match as Timed<M>)
      this.#waitingWeight += weightOf(match)
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
      for (const judge of readers.get(match.rule) ?? []) judge.take(match)
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
    this.#waitingWeight = this.#waiting.reduce((sum, m) => sum + weightOf(m), 0)
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
      this.#waitingWeight -= weightOf(this.#waiting[over++]!)
    this.#waiting = this.#waiting.slice(over)
    this.#evicted += over
  }
}

function least(numbers: readonly number[], most: number): number {
  return numbers.reduce((a, b) => Math.min(a, b), most)
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

function addTo<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key)
  if (list) list.push(item)
  else map.set(key, [item])
}
