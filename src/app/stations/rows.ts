// The rows that searches make of the events that they pick: their operators run where the rows of all threads come together.
import type { Event } from '../../event/event.ts'
import type { LogSource } from '../../event/log-source.ts'

import type { Demand } from '../../ir/demand.ts'

import {
  SearchRefusal,
  nothingSeen,
  Picker,
  type PickPlan,
  type Refusal,
  type Row,
  type Seen,
} from '../../executors/pipeline/index.ts'

import type { FactName } from '../../enrich/facts/fact.ts'
import { demandsOfFacts } from '../../enrich/facts/fact-writer.ts'

import { CopyMarker, type CopyMarks } from './copy-marks.ts'
import { gateOf, type PassedBy } from '../reading/gate.ts'
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
  /** Tell what is needed to know copies of an event by. */
  readonly copies?: boolean
  /** What edges are made of; absent: none are asked for. */
  readonly facts?: readonly FactName[]
}

export interface RowsPart extends Part {
  /** Of each row, where copies are asked for. */
  readonly marks?: CopyMarks
  readonly kind: 'rows'
  readonly search: number
  readonly rows: readonly Row['values'][]
  readonly seen: Seen
  /** Set where its events cannot be picked. */
  readonly refusal?: Refusal
}

/** Rows are handed on when there are so many. */
const maxHeld = 1_024

class Rows implements Station {
  readonly #search: number
  readonly #picker: Picker
  readonly #full: () => void
  /** Absent: copies are not asked for. */
  readonly #copies: CopyMarker | undefined
  #rows: Row['values'][] = []
  #refusal: Refusal | undefined
  #refused = false
  #said = nothingSeen

  constructor(
    { search, plan }: RowsConfig['searches'][number],
    copies: boolean,
    full: () => void,
  ) {
    this.#copies = copies ? new CopyMarker() : undefined
    this.#search = search
    this.#picker = new Picker(plan)
    this.#full = full
  }

  meet(event: Event): void {
    if (this.#refused) return
    try {
      if (!this.#picker.picks(event)) return
    } catch (error) {
      if (!(error instanceof SearchRefusal)) throw error
      const { message, hint } = error
      this.#refusal = { message, hint }
      this.#refused = true
      this.#full()
      return
    }
    this.#rows.push(this.#picker.row(event).values)
    this.#copies?.add(event)
    if (this.#rows.length >= maxHeld) this.#full()
  }

  passedBy(sources: readonly LogSource[], id: number): void {
    this.#picker.passedBy(sources, id)
  }

  drain(): RowsPart[] | undefined {
    const refusal = this.#refusal
    const { seen } = this.#picker
    const isNews = JSON.stringify(seen) !== JSON.stringify(this.#said)
    if (!this.#rows.length && !refusal && !isNews) return undefined
    this.#said = seen
    const rows = this.#rows
    this.#rows = []
    this.#refusal = undefined
    const search = this.#search
    const marks = this.#copies && { marks: this.#copies.drain() }
    const refused = refusal && { refusal }
    return [{ kind: 'rows', search, rows, seen, ...marks, ...refused }]
  }
}

export function rowsTrack(config: RowsConfig): Track {
  const { searches, demands, asked, copies = false, facts = [] } = config
  const scope = new Scope(config)
  return new Track((full) => {
    const rows = searches.map((s) => new Rows(s, copies, full))
    const passedBy: PassedBy = (sources, id) => {
      for (const station of rows) station.passedBy(sources, id)
    }
    return {
      ...scope.road(),
      stations: [
        ...rows,
        new Names(asked),
        ...(facts.length ? [new Facts(facts, full)] : []),
      ],
      ...(demands && {
        gate: gateOf([...demands, ...demandsOfFacts(facts)], passedBy),
      }),
    }
  })
}
