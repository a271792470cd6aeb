// One correlation: what comes to it, told apart by groups, each with its window.
import { Due } from '../../base/due.ts'
import { flat } from '../../base/flat.ts'

import type { CorrelationRule } from '../../ir/rule.ts'

import { groupKey } from './group-by.ts'
import {
  byTime,
  type CorrelationInput,
  type Found,
  type Item,
  matchOf,
} from './item.ts'
import type { Window } from './window.ts'
import { looksAhead, windowsOf } from './windows.ts'

export interface CorrelationAccount {
  readonly rule: string
  /** Matches of its rules. */
  readonly met: number
  readonly withoutTime: number
  readonly withoutGroup: number
  readonly fired: number
}

/** The matches of one group. */
interface Group<M extends CorrelationInput> {
  readonly key: string
  readonly window: Window<Item<M>>
  /** It is among those that are looked at when their time is over. */
  isDue: boolean
}

/** One correlation: its groups, and what waits for them. Only groups that something comes to, or for which time is over, are looked at. */
export class Judge<M extends CorrelationInput> {
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
      const own = flat(key)
      group = { key: own, window: this.#open(), isDue: false }
      this.#groups.set(own, group)
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
