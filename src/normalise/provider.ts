// What a provider's normaliser says: for one shape of record, once, which names to add and where the event is from.
import type { Provenance, Shape, SourceRecord, Value } from '../base/record.ts'

import type { LogSource } from '../event/log-source.ts'

/** How far the clock behind a name is ahead of UTC in one source, in milliseconds. */
export type Clocks = ReadonlyMap<string, number>

/** Works a value out of a record; called only when something asks, at most once an event. */
export type Derive = (record: SourceRecord) => Value | undefined

export interface Addition {
  /** The canonical name. Where the record has that name itself, its own value stays, unless `overrides`. */
  readonly name: string
  /** A name of the record, which then costs nothing for an event; dropped where the shape lacks it. Or a function. */
  readonly from: string | Derive
  /** The record uses the name for something else (4688's `ProcessId` is the creator). */
  readonly overrides?: true
}

export interface ProviderPlan {
  readonly add: readonly Addition[]
  /** Names of the record that are no content: see `EventShape.aside`. */
  readonly aside?: readonly string[]
  /** What is known of all events of this shape and provenance, whatever their values. */
  readonly logSource: LogSource
  /** Where the values decide (a connect to an inet or to a unix address): the log source of this event. Few distinct results. */
  readonly logSourceOf?: (record: SourceRecord) => LogSource
  readonly time?: (record: SourceRecord, clocks?: Clocks) => number | undefined
  readonly host?: (record: SourceRecord) => string | undefined
}

export interface ProviderNormaliser {
  applies(p: Provenance): boolean
  /** The `EventID` of all records of a provenance. Absent: a header tells too little to pass its records by unread. */
  eventId?(p: Provenance): string
  /** Called once for each shape and provenance: index look-ups belong here, not in what it returns. */
  plan(shape: Shape, p: Provenance): ProviderPlan
}
