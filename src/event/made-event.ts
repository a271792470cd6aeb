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
  const { shape } = event
  const { product, category, service } = shape.logSource
  return {
    names: shape.names,
    aside: shape.aside,
    values: shape.names.map((_, i) => event.value(i)),
    product,
    category,
    service,
    provenance: shape.provenance,
    origin: { ...event.origin },
    time: event.time(),
    host: event.host(),
  }
}

/** As JSON, which knows null alone: what the event lacks is left out. */
export function plainText({ names, values, ...rest }: PlainEvent): string {
  const there = names.map((_, i) => i).filter((i) => values[i] !== undefined)
  return JSON.stringify({
    ...rest,
    names: there.map((i) => names[i]),
    values: there.map((i) => values[i]),
  })
}

/** The event stays valid. */
export function madeEvent(plain: PlainEvent): Event {
  const { values, origin, time, host, madeOf } = plain
  const shape = shapeOf(plain)
  return {
    shape,
    origin,
    value: (i) => valueAt(shape, i, (at) => values[at]),
    time: () => time,
    host: () => host,
    ...(madeOf && { madeOf }),
  }
}

const shapes = new Map<string, EventShape>()
const budget = new NameBudget()

/** By the list of names itself: whoever makes many alike events gives the same one each time. */
const shapesOfNames = new WeakMap<
  readonly string[],
  Map<Provenance, EventShape>
>()

function shapeOf(plain: PlainEvent): EventShape {
  let known = shapesOfNames.get(plain.names)
  if (!known) {
    known = new Map()
    shapesOfNames.set(plain.names, known)
  }
  const last = known.get(plain.provenance)
  if (last && last.logSource.product === plain.product) return last
  const shape = sharedShapeOf(plain)
  known.set(plain.provenance, shape)
  return shape
}

/** Alike events share one: executors keep plans by it. */
function sharedShapeOf(plain: PlainEvent): EventShape {
  const { names, aside, product, category, service } = plain
  const { family, provider, channel, id } = plain.provenance
  const key = JSON.stringify([
    ...[product, category, service, family, provider, channel, id],
    names,
    aside,
  ])
  const known = shapes.get(key)
  if (known) return known
  if (budget.mustForget(names)) shapes.clear()
  const shape = new EventShape(
    names,
    logSource(product, category, service),
    provenance(family, provider, channel, id),
    aside,
  )
  shapes.set(key, shape)
  return shape
}
