// The raw fields of an audit event by name, with positions looked up once for a shape.
import type { Shape, SourceRecord, Value } from '../../base/record.ts'

import { textOf } from '../read-first.ts'

export type Get<T> = (record: SourceRecord) => T | undefined

/** A field that several records of an event have (`name`) as the list of its items; nulls keep their place. */
export type Items = readonly (string | null)[]

export class View {
  readonly #shape: Shape

  constructor(shape: Shape) {
    this.#shape = shape
  }

  has(name: string): boolean {
    return this.#shape.indexOf(name) >= 0
  }

  value(name: string): Get<Value> {
    const i = this.#shape.indexOf(name)
    return i < 0 ? nothing : (r) => r.value(i)
  }

  /** The first item, without the placeholders `(null)`, `(none)` and `?`. */
  text(name: string): Get<string> {
    const i = this.#shape.indexOf(name)
    if (i < 0) return nothing
    return (r) => {
      const text = textOf(r.value(i))
      return text === undefined || placeholders.has(text) ? undefined : text
    }
  }

  /** A decimal number. */
  number(name: string): Get<number> {
    const text = this.text(name)
    return (r) => {
      const t = text(r)
      return t !== undefined && /^-?\d{1,15}$/.test(t) ? Number(t) : undefined
    }
  }

  /** A register: hex, with or without `0x`. */
  register(name: string): Get<number> {
    const text = this.text(name)
    return (r) => hexNumber(text(r))
  }

  items(name: string): (record: SourceRecord) => Items {
    const value = this.value(name)
    return (r) => itemsOf(value(r))
  }
}

function nothing(): undefined {
  return undefined
}

const placeholders = new Set(['(null)', '(none)', '?', '', 'unset'])

function itemsOf(value: Value | undefined): Items {
  if (value === undefined || value === null) return []
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.map((v) => (v === null ? null : String(v)))
}

export function hexNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^(?:0x)?[0-9a-f]{1,16}$/i.test(text)) {
    return undefined
  }
  return Number.parseInt(text, 16)
}
