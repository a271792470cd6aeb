// One line of a provider's table: a canonical name and the provider's own names that it is made of.
import { Shape, type SourceRecord, type Value } from '../base/record.ts'

import type { Addition, Derive } from './provider.ts'
import { isBlank, textOf } from './read-first.ts'

export interface Row {
  readonly name: string
  /** The row is left out of a shape that lacks the first of them; the others may be missing. */
  readonly of: readonly string[]
  /** Any of them will do. */
  readonly any?: true
  /** Of their values. Absent: the value of the first that the record fills, as it is. */
  readonly make?: (...values: (Value | undefined)[]) => Value | undefined
  /** Where these values alone do not tell. */
  readonly derive?: Derive
  /** The record uses the name for something else. */
  readonly overrides?: true
}

/** Another name for a field: of several the first that a record fills. Costs nothing where the shape has one of them. */
export function alias(name: string, ...of: readonly string[]): Row {
  return { name, of, any: true }
}

export function derived(
  name: string,
  of: readonly string[],
  make: NonNullable<Row['make']>,
): Row {
  return { name, of, make }
}

/** As `derived`, where the shape has any of the names. */
export function ofAny(
  name: string,
  of: readonly string[],
  make: NonNullable<Row['make']>,
): Row {
  return { name, of, any: true, make }
}

/** Made of one field's text; absent where that is absent or empty. */
export function fromText(
  name: string,
  from: string,
  make: (text: string) => Value | undefined,
): Row {
  return derived(name, [from], (value) => {
    const text = textOf(value)
    return text ? make(text) : undefined
  })
}

/** Worked out of the whole record, where the shape has any of the names; of none always. */
export function worked(
  name: string,
  of: readonly string[],
  derive: Derive,
): Row {
  return { name, of, any: true, derive }
}

export function overriding(row: Row): Row {
  return { ...row, overrides: true }
}

/** The rows of names that stand below a prefix. */
export function below(prefix: string, rows: readonly Row[]): Row[] {
  return rows.map((row) => ({ ...row, of: row.of.map((n) => prefix + n) }))
}

/** What a shape can fill of the rows. Of rows with one name the first wins. */
export function additionsOf(rows: readonly Row[], shape: Shape): Addition[] {
  const add: Addition[] = []
  const taken = new Set<string>()
  for (const row of rows) {
    const from = taken.has(row.name) ? undefined : fromShape(row, shape)
    if (from === undefined) continue
    const { name, overrides } = row
    taken.add(name)
    add.push({ name, from, ...(overrides && { overrides }) })
  }
  return add
}

/** What a shape can fill of the rows, which may also be made of what is added `first`; that comes last. */
export function additionsUpon(
  first: readonly Addition[],
  rows: readonly Row[],
  shape: Shape,
): readonly Addition[] {
  if (!first.length) return additionsOf(rows, shape)
  const more = first.filter(({ name }) => shape.indexOf(name) < 0)
  const wide = new Shape([...shape.names, ...more.map(({ name }) => name)])
  const record = new WideRecord(shape, wide, first)
  const upon = additionsOf(rows, wide).map(({ from, ...addition }) => {
    if (typeof from === 'string') {
      const at = wide.indexOf(from)
      return { ...addition, from: (r: SourceRecord) => record.of(r).value(at) }
    }
    return { ...addition, from: (r: SourceRecord) => from(record.of(r)) }
  })
  return [...upon, ...first]
}

/** A record with what is added to it. */
class WideRecord implements SourceRecord {
  readonly shape: Shape
  readonly #ownNames: number
  /** By position; what the record fills itself stays. */
  readonly #added = new Map<number, Derive>()
  #record!: SourceRecord

  constructor(own: Shape, wide: Shape, first: readonly Addition[]) {
    this.shape = wide
    this.#ownNames = own.names.length
    for (const { name, from } of first) {
      const at = typeof from === 'string' ? own.indexOf(from) : -1
      const read: Derive = typeof from === 'string' ? (r) => r.value(at) : from
      this.#added.set(wide.indexOf(name), read)
    }
  }

  of(record: SourceRecord): this {
    this.#record = record
    return this
  }

  value(i: number): Value | undefined {
    const own = i < this.#ownNames ? this.#record.value(i) : undefined
    if (!isBlank(own)) return own
    const added = this.#added.get(i)
    return added ? added(this.#record) : own
  }

  get provenance() {
    return this.#record.provenance
  }
  get number() {
    return this.#record.number
  }
  get offset() {
    return this.#record.offset
  }
  get writtenAt() {
    return this.#record.writtenAt
  }
}

/** Names that the record has not itself: they say again what others say. */
export function addedTo(shape: Shape, add: readonly Addition[]): string[] {
  return add.map((a) => a.name).filter((name) => shape.indexOf(name) < 0)
}

/** Where a shape has several names of a field: the first that a record fills. */
function firstFilled(positions: readonly number[]): Derive | undefined {
  const there = positions.filter((i) => i >= 0)
  if (there.length < 2) return undefined
  return (record) => {
    const at = there.find((i) => !isBlank(record.value(i)))
    return record.value(at ?? there[0]!)
  }
}

function fromShape(row: Row, shape: Shape): Addition['from'] | undefined {
  const { of, any, make, derive } = row
  const positions = of.map((n) => shape.indexOf(n))
  const first = positions.findIndex((i) => i >= 0)
  if (of.length > 0 && (any ? first < 0 : first !== 0)) return undefined
  if (derive) return derive
  if (!make) return firstFilled(positions) ?? of[first]
  const [i, ...more] = positions
  if (i !== undefined && !more.length) return (r) => make(r.value(i))
  return (r) =>
    make(...positions.map((at) => (at < 0 ? undefined : r.value(at))))
}
