// The rows that searches make of the events that they pick: their operators run where the rows of all threads come together.
import type { Event } from '../../event/event.ts'

import type { Demand } from '../../ir/demand.ts'

import {
  LimitReached,
  Picker,
  type PickPlan,
  type Refusal,
  type Row,
} from '../../executors/pipeline/index.ts'

import type { FactName } from '../../enrich/facts/fact.ts'
import { demandsOfFacts } from '../../enrich/facts/fact-writer.ts'

import { gateOf } from '../reading/gate.ts'
import { Facts } from './facts.ts'
import { type AskedNames, Names } from './names.ts'
import { Scope, type ScopeConfig } from './scope.ts'
import type { Part, Station } from './station.ts'
import { Track } from './track.ts'

/** Plain data: it crosses to worker threads as JSON. */
export interface RowsConfig extends ScopeConfig {
  readonly searches: readonly {
    readonly search: number
    readonly plan: PickPlan
  }[]
  /** What they ask together; absent: every record is decoded. */
  readonly demands?: readonly Demand[]
  readonly asked: AskedNames
  /** What edges are made of; absent: none are asked for. */
  readonly facts?: readonly FactName[]
}

export interface RowsPart extends Part {
  readonly kind: 'rows'
  readonly search: number
  readonly rows: readonly Row['values'][]
  /** Set where its events cannot be picked. */
  readonly refusal?: Refusal
}

/** Rows are handed on when there are so many. */
const maxHeld = 1_024

class Rows implements Station {
  readonly #search: number
  readonly #picker: Picker
  readonly #full: () => void
  #rows: Row['values'][] = []
  #refusal: Refusal | undefined
  #refused = false

  constructor(
    { search, plan }: RowsConfig['searches'][number],
    full: () => void,
  ) {
    this.#search = search
    this.#picker = new Picker(plan)
    this.#full = full
  }

  meet(event: Event): void {
    if (this.#refused) return
    try {
      if (!this.#picker.picks(event)) return
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      const { message, hint } = error
      this.#refusal = { message, hint }
      this.#refused = true
      this.#full()
      return
    }
    this.#rows.push(this.#picker.row(event).values)
    if (this.#rows.length >= maxHeld) this.#full()
  }

  drain(): RowsPart[] | undefined {
    const refusal = this.#refusal
    if (!this.#rows.length && !refusal) return undefined
    const rows = this.#rows
    this.#rows = []
    this.#refusal = undefined
    const search = this.#search
    return [{ kind: 'rows', search, rows, ...(refusal && { refusal }) }]
  }
}

export function rowsTrack(config: RowsConfig): Track {
  const { searches, demands, asked, facts = [] } = config
  const scope = new Scope(config)
  return new Track((full) => ({
    ...scope.road(),
    stations: [
      ...searches.map((s) => new Rows(s, full)),
      new Names(asked),
      ...(facts.length ? [new Facts(facts, full)] : []),
    ],
    ...(demands && { gate: gateOf([...demands, ...demandsOfFacts(facts)]) }),
  }))
}
