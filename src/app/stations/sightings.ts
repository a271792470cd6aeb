// What rarity is told by: sightings are counted where the events are, so that no event needs to be kept for it.
import { type Digest, digest, mixed } from '../../base/digest.ts'

import { ByShape } from '../../event/by-shape.ts'
import type { Event, EventShape } from '../../event/event.ts'

import type { Demand } from '../../ir/demand.ts'

import { keyOfParts, type RarityKind } from '../../enrich/rarity/kinds.ts'
import {
  countedRows,
  isSightedBy,
  type SightedRow,
  textOf,
} from '../../enrich/rarity/sighted.ts'
import {
  type PlainSightings,
  Sightings,
} from '../../enrich/rarity/sightings.ts'
import { hostPart } from '../../enrich/rarity/template.ts'

import { recordOf } from './facts.ts'
import type { Part, Station } from './station.ts'

export interface SightingsPart extends Part {
  readonly kind: 'sightings'
  readonly of: readonly PlainSightings[]
}

/** What a gate must let through, so that these are counted. */
export function demandsOfSightings(
  kinds: readonly RarityKind[],
): readonly Demand[] {
  return rowsOf(kinds).map(({ logSource, fields }) => ({
    logSource,
    fields: fields.split(' ').sort(),
  }))
}

/** Of values that make one sighting or none, so many are remembered. */
const maxRemembered = 8_192
/** Longer values are not remembered, in UTF-16 units. */
const maxRememberedUnits = 1_024
/** Sightings are handed on when there are so many. */
const maxHeld = 16_384

interface Plan {
  readonly row: SightedRow
  /** Tells values of one row from those of another. */
  readonly mark: string
  /** In the shape; -1: it has none of the name. */
  readonly at: ReadonlyMap<string, number>
  readonly names: readonly string[]
}

export class SightingsStation implements Station {
  readonly #full: () => void
  readonly #plans: ByShape<readonly Plan[]>
  #of = new Map<RarityKind, Sightings>()
  #held = 0
  /** By row and values: the key that they make, '' for none. */
  readonly #remembered = new Map<string, string>()
  #lastHost: string | undefined
  #lastName = ''
  #hostDigest: Digest = digest('')

  constructor(kinds: readonly RarityKind[], full: () => void) {
    const rows = rowsOf(kinds)
    this.#plans = new ByShape((shape) =>
      rows
        .filter((row) => isSightedBy(row, shape.logSource))
        .map((row) => planOf(row, shape)),
    )
    this.#full = full
  }

  meet(event: Event): void {
    const plans = this.#plans.of(event.shape)
    for (let i = 0; i < plans.length; i++) this.#see(event, plans[i]!)
  }

  drain(): readonly SightingsPart[] | undefined {
    if (!this.#of.size) return undefined
    const of = [...this.#of.values()].map((s) => s.plain())
    this.#of = new Map()
    this.#held = 0
    return [{ kind: 'sightings', of }]
  }

  #see(event: Event, plan: Plan): void {
    const time = event.time()
    const key = time === undefined ? '' : this.#keyOf(event, plan)
    if (key === '') return
    const host = this.#hostOf(event)
    const record = recordIdentity(recordOf(event), time!, this.#hostDigest)
    this.#sightings(plan.row.kind).see(key, time!, host, record)
    if (++this.#held >= maxHeld) this.#full()
  }

  #keyOf(event: Event, { row, mark, at, names }: Plan): string {
    let values = mark
    for (const name of names)
      values += `\0${textOf(event.value(at.get(name)!)) ?? ''}`
    const known = this.#remembered.get(values)
    if (known !== undefined) return known
    const told = (name: string) => {
      const i = at.get(name)
      return i === undefined ? undefined : textOf(event.value(i))
    }
    const parts = row.parts(told)
    const key = parts ? keyOfParts(parts) : ''
    if (values.length <= maxRememberedUnits) {
      if (this.#remembered.size >= maxRemembered) this.#remembered.clear()
      this.#remembered.set(values, key)
    }
    return key
  }

  #sightings(kind: RarityKind): Sightings {
    let of = this.#of.get(kind)
    if (!of) {
      of = new Sightings(kind)
      this.#of.set(kind, of)
    }
    return of
  }

  #hostOf(event: Event): string {
    const host = event.host()
    if (host !== this.#lastHost || host === undefined) {
      this.#lastHost = host
      this.#lastName = hostPart(host)
      this.#hostDigest = digest(this.#lastName)
    }
    return this.#lastName
  }
}

function rowsOf(kinds: readonly RarityKind[]): readonly SightedRow[] {
  return countedRows.filter((row) => kinds.includes(row.kind))
}

function planOf(row: SightedRow, shape: EventShape): Plan {
  const names = row.fields.split(' ').filter((n) => shape.indexOf(n) >= 0)
  return {
    row,
    mark: String(countedRows.indexOf(row)),
    names,
    at: new Map(names.map((name) => [name, shape.indexOf(name)])),
  }
}

/** Equal for one record in several places. */
function recordIdentity(
  record: number,
  time: number,
  { a, b }: Digest,
): number {
  const moment = mixed(a ^ Math.floor(time / 2 ** 32), b ^ (time | 0))
  const low = mixed(moment, record | 0)
  return (low >>> 0) * 2 ** 21 + (record & 0x1fffff)
}
