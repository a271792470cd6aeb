// Events that wait, or go from thread to thread, as text. What all alike say, their shape, is written once: events refer to it by a name that
// stands for all that it says, so that whoever reads needs to know nothing of who wrote.
import { createHash } from 'node:crypto'

import { NameBudget } from '../base/name-budget.ts'
import type { Value } from '../base/record.ts'

import type { Event, EventShape, Origin } from './event.ts'
import {
  type Content,
  MadeEvent,
  madeEvent,
  type PlainEvent,
  type PlainShape,
  plainEvent,
  plainShape,
  shapeOf,
} from './made-event.ts'

/** Of SHA-256, in hexadecimal digits: nobody can make two shapes of one name. */
const nameDigits = 32

interface Written {
  /** The name of its shape. */
  readonly s: string
  /** By the shape's names; null: the event lacks it. */
  readonly v: readonly (Value | null)[]
  /** Where null is what the event says. */
  readonly n?: readonly number[]
  readonly o: Origin
  readonly t?: number | undefined
  readonly h?: string | undefined
  readonly m?: PlainEvent['madeOf']
}

export class WaitingEvents {
  readonly #budget = new NameBudget()
  /** null: too many are named, its events are written whole. */
  readonly #names = new WeakMap<EventShape, string | null>()
  readonly #shapes = new Map<string, EventShape>()
  #fresh: string[] = []

  /** Nothing of it is a list at the top. */
  write(event: Event): string {
    const { shape, madeOf } = event
    const name = this.#nameOf(shape)
    if (name === null) return wholeText(plainEvent(event))
    const { length } = shape.names
    const values = new Array<Value | null>(length)
    let nulls: number[] | undefined
    for (let i = 0; i < length; i++) {
      const value = event.value(i)
      values[i] = value ?? null
      if (value === null) (nulls ??= []).push(i)
    }
    const written: Written = {
      s: name,
      v: values,
      o: event.origin,
      t: event.time(),
      h: event.host(),
      ...(nulls && { n: nulls }),
      ...(madeOf && { m: madeOf }),
    }
    return JSON.stringify(written)
  }

  /** Shapes that were named since the last call, as text: whoever reads is to `add` them before the events. */
  takeShapes(): readonly string[] {
    const fresh = this.#fresh
    if (fresh.length) this.#fresh = []
    return fresh
  }

  add(shapes: readonly string[]): void {
    for (const text of shapes) {
      const name = nameOf(text)
      if (this.#shapes.has(name)) continue
      this.#shapes.set(name, shapeOf(JSON.parse(text) as PlainShape))
    }
  }

  /** The event stays valid. */
  read(text: string): Event {
    const written = JSON.parse(text) as Written | PlainEvent
    if ('names' in written) return madeEvent(written)
    const { s, v, n, o, t, h, m } = written
    const values = v as (Value | undefined)[]
    for (let i = 0; i < values.length; i++) {
      if (values[i] === null && !n?.includes(i)) values[i] = undefined
    }
    const content: Content = { values, origin: o, time: t, host: h }
    return new MadeEvent(
      this.#shapes.get(s)!,
      m ? { ...content, madeOf: m } : content,
    )
  }

  #nameOf(shape: EventShape): string | null {
    let name = this.#names.get(shape)
    if (name !== undefined) return name
    name = null
    if (this.#budget.mayKeep(shape.names)) {
      const text = JSON.stringify(plainShape(shape))
      name = nameOf(text)
      if (!this.#shapes.has(name)) {
        this.#shapes.set(name, shape)
        this.#fresh.push(text)
      }
    }
    this.#names.set(shape, name)
    return name
  }
}

function nameOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, nameDigits)
}

/** JSON knows null alone: what the event lacks is left out. */
function wholeText({ names, values, ...rest }: PlainEvent): string {
  const there = names.map((_, i) => i).filter((i) => values[i] !== undefined)
  return JSON.stringify({
    ...rest,
    names: there.map((i) => names[i]),
    values: there.map((i) => values[i]),
  })
}
