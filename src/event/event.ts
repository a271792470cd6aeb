// The event: what rules see. Flat named fields, a time, a host, a log source, an origin. Lazy: nothing is
// decoded that nobody asks for.
import type { Provenance, Value } from '../base/record.ts'
import { Shape } from '../base/record.ts'
import type { SoughtTexts } from '../base/sought-texts.ts'

import { type Member, memberPath, memberValue } from './members.ts'
import type { LogSource } from './log-source.ts'

/** The names of an event's fields and its log source, shared among alike events; executors keep plans by it. */
export class EventShape extends Shape {
  readonly logSource: LogSource
  readonly provenance: Provenance
  /** Names that say where the event is from, or say again what another says: no content, so keywords pass them over. */
  readonly aside: readonly string[]
  /** So many names are the record's own; those behind them are made of these. */
  readonly ownNames: number

  constructor(
    names: readonly string[],
    logSource: LogSource,
    provenance: Provenance,
    aside: readonly string[] = [],
    ownNames: number = names.length,
  ) {
    super(names)
    this.ownNames = ownNames
    this.logSource = logSource
    this.provenance = provenance
    this.aside = aside
  }

  /** Also of a name within a list of objects (`users{}.type`): a place behind those of the names. */
  override indexOf(name: string): number {
    const own = super.indexOf(name)
    return own >= 0 || !name.includes('{') ? own : this.#memberAt(name)
  }

  /** What stands at a place behind the names. */
  member(at: number): Member | undefined {
    return this.#members[at - this.names.length]
  }

  readonly #members: Member[] = []
  readonly #memberPlaces = new Map<string, number>()

  #memberAt(name: string): number {
    const known = this.#memberPlaces.get(name)
    if (known !== undefined) return known
    const found = memberPath(name)
    const list = found ? super.indexOf(found.list) : -1
    if (!found || list < 0 || this.#members.length >= maxMembers) return -1
    const at = this.names.length + this.#members.length
    this.#members.push({ list, path: found.path })
    this.#memberPlaces.set(name, at)
    return at
  }
}

/** Names come from rules and searches; one shape is asked for so many within its lists. */
const maxMembers = 10_000

/** The value at any place of an event whose own values `own` gives. */
export function valueAt(
  shape: EventShape,
  i: number,
  own: (i: number) => Value | undefined,
): Value | undefined {
  if (i < shape.names.length) return own(i)
  const member = shape.member(i)
  return member && memberValue(own(member.list), member.path)
}

export interface Origin {
  /** The path as given; a member of an archive is `outer.zip!inner.json`. */
  readonly file: string
  /** EventRecordID in EVTX and Windows XML, the audit serial in auditd, the 1-based line elsewhere. */
  readonly record: number
  /** Of the record's first byte in the file or member. */
  readonly offset: number
  /** Where the record gives several events: what tells this one from the others, in every run. */
  readonly part?: string
}

/** A record that a made event rests on: evidence names it. */
export interface MadeOf {
  readonly origin: Origin
  readonly time: number
  readonly host: string | undefined
  readonly product: string | undefined
  readonly category: string | undefined
  readonly service: string | undefined
  readonly fields: Readonly<Record<string, Value>>
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
  /** false: none of the texts stands in any value, but for those that stand aside. undefined: nobody has looked. */
  mayHold?(texts: SoughtTexts): boolean | undefined
  /** Of an event that is made of others. */
  readonly madeOf?: readonly MadeOf[]
}

export function fieldOf(event: Event, name: string): Value | undefined {
  const i = event.shape.indexOf(name)
  return i < 0 ? undefined : event.value(i)
}

/** A copy that stays valid: every field decoded. */
export function keepEvent(event: Event): Event {
  const { shape } = event
  const values = shape.names.map((_, i) => event.value(i))
  const time = event.time()
  const host = event.host()
  return {
    shape,
    origin: { ...event.origin },
    value: (i) => valueAt(shape, i, (at) => values[at]),
    time: () => time,
    host: () => host,
  }
}
