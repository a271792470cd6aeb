// The event: what rules see. Flat named fields, a time, a host, a log source, an origin. Lazy: nothing is
// decoded that nobody asks for.
import type { Provenance, Value } from '../base/record.ts'
import { Shape } from '../base/record.ts'

import type { LogSource } from './log-source.ts'

/** The names of an event's fields and its log source, shared among alike events; executors keep plans by it. */
export class EventShape extends Shape {
  readonly logSource: LogSource
  readonly provenance: Provenance
  /** Names that say where the event is from, or say again what another says: no content, so keywords pass them over. */
  readonly aside: readonly string[]

  constructor(
    names: readonly string[],
    logSource: LogSource,
    provenance: Provenance,
    aside: readonly string[] = [],
  ) {
    super(names)
    this.logSource = logSource
    this.provenance = provenance
    this.aside = aside
  }
}

export interface Origin {
  /** The path as given; a member of an archive is `outer.zip!inner.json`. */
  readonly file: string
  /** EventRecordID in EVTX and Windows XML, the audit serial in auditd, the 1-based line elsewhere. */
  readonly record: number
  /** Of the record's first byte in the file or member. */
  readonly offset: number
}

/** Valid only until the consumer returns: the object is reused for the next event. `keepEvent` makes one that stays. */
export interface Event {
  readonly shape: EventShape
  readonly origin: Origin
  /** The value of the name at `i` of the shape; undefined where this event lacks it. */
  value(i: number): Value | undefined
  /** Milliseconds since 1970 UTC, with a fraction; undefined where the event tells no time. */
  time(): number | undefined
  host(): string | undefined
}

export function fieldOf(event: Event, name: string): Value | undefined {
  const i = event.shape.indexOf(name)
  return i < 0 ? undefined : event.value(i)
}

/** A copy that stays valid: every field decoded. */
export function keepEvent(event: Event): Event {
  const values = event.shape.names.map((_, i) => event.value(i))
  const time = event.time()
  const host = event.host()
  return {
    shape: event.shape,
    origin: { ...event.origin },
    value: (i) => values[i],
    time: () => time,
    host: () => host,
  }
}
