// What did a search see, whatever it found? That it saw no event of the source that it names, or none of the ids, is no answer that
// nothing happened.
import type { Event } from '../../event/event.ts'
import { conflicts, type LogSource } from '../../event/log-source.ts'

import { branchesOf, predicateFor } from '../../ir/condition.ts'
import { type Demand, demandsOf } from '../../ir/demand.ts'
import type { Condition } from '../../ir/search.ts'

import type { Test } from '../../meaning/predicate.ts'

import { testOfEvent } from './condition.ts'

/** Plain data. */
export interface Seen {
  /** An event within the time range. */
  readonly inTime: boolean
  /** An event that is from where the search says. */
  readonly origin: boolean
  /** One that besides has an id that it asks for. */
  readonly id: boolean
  /** One that was not decoded, and would be from there if it had a field that says so. */
  readonly mayBe: boolean
  /** One that has such an id, and is not from there. */
  readonly elsewhere: boolean
}

export const nothingSeen: Seen = {
  inTime: false,
  origin: false,
  id: false,
  mayBe: false,
  elsewhere: false,
}

/** Where those that could be looked at are from elsewhere, those that could not are taken to be as well. */
export function isFromThere({ origin, mayBe, elsewhere }: Seen): boolean {
  return origin || (mayBe && !elsewhere)
}

export function bothSeen(a: Seen, b: Seen): Seen {
  return {
    inTime: a.inTime || b.inTime,
    origin: a.origin || b.origin,
    id: a.id || b.id,
    mayBe: a.mayBe || b.mayBe,
    elsewhere: a.elsewhere || b.elsewhere,
  }
}

export interface Sought {
  /** Where events are said to be from; absent: anywhere. */
  readonly origin?: Condition
  /** Ids one of which an event must have; absent: any. */
  readonly ids?: readonly number[]
}

/** The ids one of which an event must have to meet all conditions; undefined: any will do. */
export function idsSought(
  conditions: readonly Condition[],
): readonly number[] | undefined {
  const demands = demandsOn({ kind: 'and', of: conditions })
  const ids = demands.flatMap(({ eventIds }) => eventIds ?? [])
  const isAny = demands.some(({ eventIds }) => !eventIds)
  return isAny || !ids.length
    ? undefined
    : [...new Set(ids)].sort((a, b) => a - b)
}

function demandsOn(condition: Condition): readonly Demand[] {
  return demandsOf(
    branchesOf(condition).map(({ logSource, predicate }) => ({
      logSource,
      condition: predicate,
    })),
  )
}

/** What of an event that was not decoded is known besides its log source. */
const headFields = new Set(['EventID', 'Channel', 'Provider_Name'])

function isToldByHead({ logSource, fields }: Demand): boolean {
  const { product, category, service } = logSource
  const isNamed = (product ?? category ?? service) !== undefined
  return isNamed && fields.every((f) => headFields.has(f))
}

export class Sight {
  inTime = false
  #origin: boolean
  #id = false
  #mayBe = false
  #elsewhere = false
  readonly #sought: Sought
  readonly #origins: readonly Demand[]
  readonly #isFrom = new Map<LogSource, Test<Event>>()
  readonly #hasId: Test<Event>

  constructor(sought: Sought) {
    this.#sought = sought
    const { origin, ids } = sought
    this.#origin = origin === undefined
    this.#origins = origin ? demandsOn(origin) : []
    this.#hasId = testOfEvent({
      kind: 'or',
      of: (ids ?? []).map((value) => ({
        kind: 'number',
        field: 'EventID',
        op: 'eq',
        value,
      })),
    })
  }

  get seen(): Seen {
    return {
      inTime: this.inTime,
      origin: this.#origin,
      id: this.#id,
      mayBe: this.#mayBe,
      elsewhere: this.#elsewhere,
    }
  }

  see(event: Event): void {
    if (this.#id || (this.#origin && !this.#sought.ids)) return
    if (!this.#comesFrom(event)) {
      this.#elsewhere ||= this.#sought.ids !== undefined && this.#hasId(event)
      return
    }
    this.#origin = true
    if (this.#sought.ids && this.#hasId(event)) this.#id = true
  }

  /** An event that was not decoded, for what its head says: it may have been from there. */
  passedBy(sources: readonly LogSource[], id: number): void {
    const may = this.#origins.filter(
      ({ logSource, eventIds }) =>
        (!eventIds || eventIds.includes(id)) &&
        sources.some((s) => !conflicts(logSource, s)),
    )
    const isSure = !this.#sought.origin || may.some(isToldByHead)
    if (may.length) this.#mayBe = true
    if (!isSure) return
    this.#origin = true
    if (this.#sought.ids?.includes(id)) this.#id = true
  }

  #comesFrom(event: Event): boolean {
    const { origin } = this.#sought
    if (!origin) return true
    const source = event.shape.logSource
    let test = this.#isFrom.get(source)
    if (!test) {
      const isOf = predicateFor(origin, (s) => !conflicts(s, source))
      test = testOfEvent(isOf)
      this.#isFrom.set(source, test)
    }
    return test(event)
  }
}
