// What rarity is told by: sightings are counted where the events are, so that no event needs to be kept for it.
import { type Digest, digest, mixed } from '../../base/digest.ts'
import type { Value } from '../../base/record.ts'

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
import { type Entry, Remembered } from './remembered.ts'
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

/** Sightings are handed on when there are so many different ones. */
const maxHeld = 16_384

interface Plan {
  readonly row: SightedRow
  /** Of each field of the row: its place in the shape; -1: it has none of the name. */
  readonly places: readonly number[]
  /** By name, where the row has it. */
  readonly at: ReadonlyMap<string, number>
  readonly remembered: Remembered
}

export class SightingsStation implements Station {
  /** Events are counted. */
  isOpen = true
  readonly #full: () => void
  readonly #plans: ByShape<readonly Plan[]>
  #of = new Map<RarityKind, Sightings>()
  #held = 0
  /** Counts how often it began anew: what was opened before is gone. */
  #opened = 1
  readonly #values: (Value | undefined)[] = []
  #lastHost: string | undefined
  #lastName = ''
  #hostDigest: Digest = digest('')

  constructor(kinds: readonly RarityKind[], full: () => void) {
    const rows = rowsOf(kinds).map((row) => [row, new Remembered()] as const)
    this.#plans = new ByShape((shape) =>
      rows
        .filter(([row]) => isSightedBy(row, shape.logSource))
        .map(([row, remembered]) => planOf(row, shape, remembered)),
    )
    this.#full = full
  }

  ignores(shape: EventShape): boolean {
    return this.#plans.of(shape).length === 0
  }

  meet(event: Event): void {
    if (!this.isOpen) return
    const plans = this.#plans.of(event.shape)
    for (let i = 0; i < plans.length; i++) this.#see(event, plans[i]!)
  }

  drain(more = false): readonly SightingsPart[] | undefined {
    if (!this.#of.size || (more && this.#held < maxHeld)) return undefined
    const of = [...this.#of.values()].map((s) => s.part())
    this.#of = new Map()
    this.#held = 0
    this.#opened++
    return [{ kind: 'sightings', of }]
  }

  #see(event: Event, plan: Plan): void {
    const time = event.time()
    if (time === undefined) return
    const entry = this.#entryOf(event, plan)
    if (entry.key === '') return
    const host = this.#hostOf(event)
    const of = this.#sightings(plan.row.kind)
    if (entry.opened !== this.#opened) {
      entry.opened = this.#opened
      entry.sighting = of.open(entry.key)
      if (++this.#held >= maxHeld) this.#full()
    }
    const record = recordIdentity(recordOf(event), time, this.#hostDigest)
    of.seeOpen(entry.sighting, time, host, record)
  }

  #entryOf(event: Event, { row, places, at, remembered }: Plan): Entry {
    const values = this.#values
    values.length = 0
    for (const place of places)
      values.push(place < 0 ? undefined : event.value(place))
    const known = remembered.of(values)
    if (known) return known
    const parts = row.parts((name) => {
      const i = at.get(name)
      return i === undefined ? undefined : textOf(values[i])
    }, undefined)
    return remembered.add(values, parts ? keyOfParts(parts) : '')
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

function planOf(
  row: SightedRow,
  shape: EventShape,
  remembered: Remembered,
): Plan {
  const names = row.fields.split(' ')
  return {
    row,
    places: names.map((name) => shape.indexOf(name)),
    at: new Map(names.map((name, i) => [name, i])),
    remembered,
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
