// Turns a record into an event: the record's own names, the canonical names besides, a log source, a time, a host.
// All of it is decided once for a shape and a provenance; an event costs two comparisons and no allocation.
import { NameBudget } from '../base/name-budget.ts'
import {
  type Provenance,
  Shape,
  type SourceRecord,
  type Value,
} from '../base/record.ts'

import { mayAnyHold, type SoughtTexts } from '../base/sought-texts.ts'

import { type Event, EventShape, type Origin, valueAt } from '../event/event.ts'
import type { LogSource } from '../event/log-source.ts'

import { providers } from './index.ts'
import type {
  Addition,
  Clocks,
  Derive,
  ProviderNormaliser,
  ProviderPlan,
} from './provider.ts'
import { isBlank } from './read-first.ts'

export { logSourcesOfEventId } from './windows/index.ts'

interface Plan {
  /** Of the provider: each plan has all three, so that a plan is like any other. */
  readonly time: ProviderPlan['time']
  readonly host: ProviderPlan['host']
  readonly logSourceOf: ProviderPlan['logSourceOf']
  readonly names: readonly string[]
  /** For each name: a position in the record, or a function. */
  readonly sources: readonly (number | Derive)[]
  /** How many names of the record come first, each at its own position. */
  readonly own: number
  /** Where a value is worked out that keywords search. */
  readonly made: readonly number[]
  readonly provenance: Provenance
  readonly shape: EventShape
}

export class Normaliser {
  readonly #plans = new Map<Shape, Map<Provenance, Plan>>()
  readonly #budget = new NameBudget()
  readonly #cursor = new Cursor()
  #lastShape: Shape | undefined
  #lastProvenance: Provenance | undefined
  #lastPlan: Plan | undefined

  /** Of the source that is read: see `ClockWatch`. */
  set clocks(clocks: Clocks | undefined) {
    this.#cursor.clocks = clocks
  }

  /** The event is the same object each time, valid until the next call; `keepEvent` makes one that stays. */
  event(record: SourceRecord, file: string): Event {
    const { shape, provenance } = record
    if (shape !== this.#lastShape || provenance !== this.#lastProvenance) {
      this.#lastPlan = this.#planOf(shape, provenance)
      this.#lastShape = shape
      this.#lastProvenance = provenance
    }
    this.#cursor.show(record, this.#lastPlan!, file)
    return this.#cursor
  }

  /** Has the shape of the record a name for a time or a host? */
  tellsWhenOrWhere({ shape, provenance }: SourceRecord): boolean {
    const { time, host } = this.#planOf(shape, provenance)
    return time !== undefined || host !== undefined
  }

  #planOf(shape: Shape, provenance: Provenance): Plan {
    let byProvenance = this.#plans.get(shape)
    const known = byProvenance?.get(provenance)
    if (known) return known
    if (shape.isPassing) return makePlan(shape, provenance)
    // Made anew, which is slower and still correct.
    if (this.#budget.mustForget(shape.names)) {
      this.#plans.clear()
      byProvenance = undefined
    }
    const plan = makePlan(shape, provenance)
    if (!byProvenance) {
      byProvenance = new Map()
      this.#plans.set(shape, byProvenance)
    }
    byProvenance.set(provenance, plan)
    return plan
  }
}

const noNames = new Shape([])

/** What is known of the log source of every record of a provenance, before any is decoded: a reader's gate asks this. */
export function logSourceOf(provenance: Provenance): LogSource {
  return planBy(noNames, provenance).logSource
}

/** The `EventID` of all records of a provenance; undefined where its header tells too little to pass them by unread. */
export function eventIdOf(provenance: Provenance): string | undefined {
  return providerOf(provenance).eventId?.(provenance)
}

function providerOf(provenance: Provenance): ProviderNormaliser {
  return providers.find((p) => p.applies(provenance))!
}

function planBy(shape: Shape, provenance: Provenance): ProviderPlan {
  return providerOf(provenance).plan(shape, provenance)
}

/** Sigma's name of the host that an event is of: every event that tells one has it. */
const hostField = 'Computer'

function additionsOf({ add, host }: ProviderPlan): readonly Addition[] {
  return host ? [...add, { name: hostField, from: host }] : add
}

/** What the record says under the name itself; where that is a column left blank, what its other names say. */
function ownOr(at: number, made: number | Derive): Derive {
  return (record) => {
    const own = record.value(at)
    if (!isBlank(own)) return own
    const other = typeof made === 'number' ? record.value(made) : made(record)
    return other ?? own
  }
}

function makePlan(shape: Shape, provenance: Provenance): Plan {
  const provider = planBy(shape, provenance)
  const names = [...shape.names]
  const sources: (number | Derive)[] = names.map((_, i) => i)
  const positions = new Map(names.map((n, i) => [n, i]))
  let own = names.length
  for (const { name, from, overrides } of additionsOf(provider)) {
    const at = positions.get(name)
    const isOwn = at !== undefined && !overrides
    if (isOwn && (name === hostField || at >= shape.names.length)) continue
    const made = typeof from === 'string' ? shape.indexOf(from) : from
    if (made === -1 || made === at) continue
    const source = isOwn ? ownOr(at, made) : made
    const i = at ?? names.length
    positions.set(name, i)
    names[i] = name
    sources[i] = source
    if (i < own) own = i
  }
  const aside =
    shape.indexOf(hostField) < 0
      ? [...(provider.aside ?? []), hostField]
      : (provider.aside ?? [])
  return {
    time: provider.time,
    host: provider.host,
    logSourceOf: provider.logSourceOf,
    names,
    sources,
    own,
    made: sources.flatMap((s, i) =>
      typeof s === 'number' || aside.includes(names[i]!) ? [] : [i],
    ),
    provenance,
    shape: sharedShape(
      names,
      provider.logSource,
      provenance,
      aside,
      shape.names.length,
      shape.isPassing,
    ),
  }
}

let eventShapes = new Map<string, EventShape>()
const eventShapeBudget = new NameBudget()
const provenanceIds = new WeakMap<Provenance, number>()
let nextProvenanceId = 0

// Readers of different files make shapes of the same names: their events share one shape all the same, since executors
// keep their own plans by it.
function sharedShape(
  names: readonly string[],
  source: LogSource,
  provenance: Provenance,
  aside: readonly string[],
  ownNames: number,
  isPassing: boolean,
): EventShape {
  const make = () => new EventShape(names, source, provenance, aside, ownNames)
  if (isPassing) {
    const made = make()
    made.isPassing = true
    return made
  }
  let id = provenanceIds.get(provenance)
  if (id === undefined) {
    id = nextProvenanceId++
    provenanceIds.set(provenance, id)
  }
  const key = `${source.id} ${id} ${ownNames} ${aside.join()} ${names.join('\0')}`
  const known = eventShapes.get(key)
  if (known) return known
  const made = make()
  if (eventShapeBudget.mustForget(names)) eventShapes = new Map()
  eventShapes.set(key, made)
  return made
}

class Cursor implements Event {
  clocks: Clocks | undefined
  shape!: EventShape
  readonly origin: { -readonly [K in keyof Origin]: Origin[K] } = {
    file: '',
    record: 0,
    offset: 0,
  }
  #record!: SourceRecord
  #plan!: Plan
  /** Derived values of this event, by name position; valid where the stamp is the current one. */
  #derived: (Value | undefined)[] = []
  #stamps: number[] = []
  #stamp = 0

  show(record: SourceRecord, plan: Plan, file: string) {
    this.#record = record
    this.#plan = plan
    this.#stamp++
    this.origin.file = file
    this.origin.record = record.number
    this.origin.offset = record.offset
    const { logSourceOf } = plan
    this.shape = logSourceOf ? variant(plan, logSourceOf(record)) : plan.shape
  }

  value(i: number): Value | undefined {
    const plan = this.#plan
    if (i < plan.own) return this.#record.value(i)
    const source = plan.sources[i]
    if (typeof source === 'number') return this.#record.value(source)
    if (source === undefined) return this.#member(i)
    if (this.#stamps[i] !== this.#stamp) {
      this.#derived[i] = source(this.#record)
      this.#stamps[i] = this.#stamp
    }
    return this.#derived[i]
  }

  #member(i: number): Value | undefined {
    return i < this.shape.names.length
      ? undefined
      : valueAt(this.shape, i, (at) => this.value(at))
  }

  time(): number | undefined {
    const { time } = this.#plan
    return time?.(this.#record, this.clocks) ?? this.#record.writtenAt
  }

  mayHold(texts: SoughtTexts): boolean | undefined {
    const may = this.#record.mayHold?.(texts)
    if (may !== false) return may
    return mayAnyHold(this.#plan.made, this, texts)
  }

  host(): string | undefined {
    return this.#plan.host?.(this.#record)
  }
}

const variants = new WeakMap<EventShape, Map<LogSource, EventShape>>()

/** The shape of a plan's names under a log source that its values decided. */
function variant(plan: Plan, source: LogSource): EventShape {
  if (source === plan.shape.logSource) return plan.shape
  let known = variants.get(plan.shape)
  if (!known) {
    known = new Map()
    variants.set(plan.shape, known)
  }
  let made = known.get(source)
  if (!made) {
    const { names, provenance, shape } = plan
    made = sharedShape(
      names,
      source,
      provenance,
      shape.aside,
      shape.ownNames,
      shape.isPassing,
    )
    known.set(source, made)
  }
  return made
}
