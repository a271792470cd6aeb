// An event as plain data: one that crosses between threads, or one that is made of what other events said. It is met like any other.
import { NameBudget } from '../base/name-budget.ts'
import { type Provenance, provenance, type Value } from '../base/record.ts'

import {
  type Event,
  EventShape,
  type MadeOf,
  type Origin,
  valueAt,
} from './event.ts'
import { logSource } from './log-source.ts'

export interface PlainEvent {
  readonly names: readonly string[]
  readonly aside?: readonly string[]
  readonly values: readonly (Value | undefined)[]
  readonly product: string | undefined
  readonly category: readonly string[] | undefined
  readonly service: readonly string[] | undefined
  readonly provenance: Provenance
  readonly origin: Origin
  /** Milliseconds since 1970. */
  readonly time: number | undefined
  readonly host: string | undefined
  /** Of an event that is made of others. */
  readonly madeOf?: readonly MadeOf[]
}

export function plainEvent(event: Event): PlainEvent {
  const { shape, madeOf } = event
  return {
    ...(madeOf && { madeOf }),
    ...plainShape(shape),
    values: shape.names.map((_, i) => event.value(i)),
    origin: { ...event.origin },
    time: event.time(),
    host: event.host(),
  }
}

/** What an event says beside what its shape does. */
export type Content = Pick<
  PlainEvent,
  'values' | 'origin' | 'time' | 'host' | 'madeOf'
>

/** The event stays valid. */
export function madeEvent(plain: PlainEvent): Event {
  return new MadeEvent(shapeOf(plain), plain)
}

export class MadeEvent implements Event {
  readonly shape: EventShape
  readonly origin: Origin
  readonly madeOf?: readonly MadeOf[]
  readonly #content: Content

  /** `content`: its values as the shape names them. */
  constructor(shape: EventShape, content: Content) {
    this.shape = shape
    this.origin = content.origin
    this.#content = content
    if (content.madeOf) this.madeOf = content.madeOf
  }

  value(i: number): Value | undefined {
    const { values } = this.#content
    if (i < this.shape.names.length) return values[i]
    return valueAt(this.shape, i, (at) => values[at])
  }

  time(): number | undefined {
    return this.#content.time
  }

  host(): string | undefined {
    return this.#content.host
  }
}

/** An event with more than it has itself. Valid as long as the event is. */
export interface Added {
  /** One list for all alike. */
  readonly names: readonly string[]
  /** Of the name at `i`; undefined: nothing is said. */
  value(i: number): Value | undefined
  /** What is said of this name stands before what the event has. */
  readonly over?: string
}

/** What the event has stays. What is added is no content of its record: keywords pass it over. */
export function withAdded(event: Event, added: Added): Event {
  const { shape, own } = widened(event.shape, added.names)
  const last = event.shape.names.length
  const over = added.over === undefined ? -1 : shape.indexOf(added.over)
  const { madeOf } = event
  return {
    shape,
    origin: event.origin,
    value: (i) =>
      valueAt(shape, i, (at) => {
        const place = own[at]!
        if (at >= last) return added.value(place)
        if (place < 0) return event.value(at)
        if (at === over) return added.value(place) ?? event.value(at)
        return event.value(at) ?? added.value(place)
      }),
    time: () => event.time(),
    host: () => event.host(),
    ...(madeOf && { madeOf }),
  }
}

interface Widened {
  readonly shape: EventShape
  /** Of each name of the shape: its place among those that are added; -1: it is none of them. */
  readonly own: Int32Array
}

const widenedShapes = new WeakMap<EventShape, Map<readonly string[], Widened>>()

function widened(shape: EventShape, added: readonly string[]): Widened {
  let known = widenedShapes.get(shape)
  if (!known) {
    known = new Map()
    widenedShapes.set(shape, known)
  }
  const before = known.get(added)
  if (before) return before
  const more = added.filter((name) => !shape.names.includes(name))
  const names = [...shape.names, ...more]
  const made = {
    shape: new EventShape(names, shape.logSource, shape.provenance, [
      ...shape.aside,
      ...more,
    ]),
    own: Int32Array.from(names, (name) => added.indexOf(name)),
  }
  known.set(added, made)
  return made
}

const budget = new NameBudget()
/** By what is soon told; those of one entry are compared. */
const shapes = new Map<string, EventShape[]>()

/** What a shape says, as plain data. */
export type PlainShape = Pick<
  PlainEvent,
  'names' | 'aside' | 'product' | 'category' | 'service' | 'provenance'
>

export function plainShape(shape: EventShape): PlainShape {
  const { names, aside, provenance } = shape
  const { product, category, service } = shape.logSource
  return { names, aside, product, category, service, provenance }
}

/** Alike events share one: executors keep plans by it. */
export function shapeOf({
  names,
  aside = [],
  ...plain
}: PlainShape): EventShape {
  const { family, provider, channel, id } = plain.provenance
  const source = logSource(plain.product, plain.category, plain.service)
  const key = `${source.id} ${family} ${provider} ${id} ${names.join(' ')}`
  const alike = shapes.get(key)
  const known = alike?.find(
    (s) =>
      s.provenance.channel === channel &&
      s.provenance.provider === provider &&
      areSame(s.names, names) &&
      areSame(s.aside, aside),
  )
  if (known) return known
  if (budget.mustForget(names)) shapes.clear()
  const from = provenance(family, provider, channel, id)
  const shape = new EventShape(names, source, from, aside)
  shapes.set(key, [...(shapes.get(key) ?? []), shape])
  return shape
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i])
}
