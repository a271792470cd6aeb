// What a JSON dialect says of records whose flattened names are these: how they are called in the common vocabulary,
// and who wrote them. Asked once for a list of names; what it answers serves every record alike.
import type { Provenance, Value } from '../../base/record.ts'

import type { HeaderReader } from '../auditd/header.ts'
import { addField, type Fields } from '../flat/fields.ts'
import type { JsonObject } from '../flat/json-value.ts'
import type { Column, Derive, Lookup } from '../flat/shapes.ts'
import { textOrEmpty, writtenBy } from '../flat/written-by.ts'
import type { FieldsEvent, TextEvent } from '../inside/event-text.ts'

/** The flattened names of a record, and where their values stand. */
export class Names {
  readonly list: readonly string[]
  readonly #index = new Map<string, number>()

  constructor(list: readonly string[]) {
    this.list = list
    list.forEach((name, i) => {
      if (!this.#index.has(name)) this.#index.set(name, i)
    })
  }

  has(name: string): boolean {
    return this.#index.has(name)
  }

  hasAll(...names: readonly string[]): boolean {
    return names.every((n) => this.#index.has(n))
  }

  /** -1 where there is none. */
  indexOf(name: string): number {
    return this.#index.get(name) ?? -1
  }

  /** The position of the first of these names that is there. */
  firstOf(...names: readonly string[]): number {
    for (const name of names) {
      const i = this.#index.get(name)
      if (i !== undefined) return i
    }
    return -1
  }

  /** Is there a name that begins so? */
  under(prefix: string): boolean {
    return this.list.some((n) => n.startsWith(prefix))
  }
}

/** The values of one record in the order of its names; what stands behind them belongs to earlier records. */
export type Values = readonly Value[]

/** Fields under their own or new names, each from one value or made on demand. */
export interface Mapping {
  readonly kind: 'mapping'
  readonly columns: readonly Column[]
  readonly provenance: (values: Lookup) => Provenance
}

/** A record whose fields hide in text (XML or JSON within JSON), so that each record can have other names. */
export interface Expansion {
  readonly kind: 'expansion'
  /** undefined: it is not what was expected; the record is then taken as it is, as of an unknown shape. */
  expand(
    values: Values,
    object: JsonObject,
    headers: HeaderReader,
  ): Expanded | undefined
}

export type Expanded =
  | Omit<FieldsEvent, 'kind'>
  /** Events that were inside it, with what stands beside them. */
  | { readonly inside: readonly TextEvent[]; readonly beside: Fields }

/** A record with a piece of a text: joined with those of its stream until the text is whole, and then looked at again. */
export interface Piece {
  readonly kind: 'piece'
  /** The member with the text. */
  readonly text: string
  /** What pieces of one text have in common. */
  readonly stream: (values: Values) => string
  /** `unsure`: a text that ends without the line break that others of the source may have. */
  readonly isOpen: (values: Values) => boolean | 'unsure'
}

export type Plan = Mapping | Expansion | Piece

export interface Dialect {
  /** As in the summary: `NXLog JSON`. */
  readonly name: string
  /** Its records may carry events of others: `named` in members made for text, `anywhere`. Absent: they do not. */
  readonly carries?: 'named' | 'anywhere'
  recognises(names: Names): boolean
  plan(names: Names): Plan
}

export function asIs(names: Names): Column[] {
  return names.list.map((name, i) => ({ name, from: i }))
}

/** What an object says as it stands; `isMeant`: of these names alone. */
export function fieldsOf(
  { list }: Names,
  values: Values,
  isMeant: (name: string, i: number) => boolean = () => true,
): Fields {
  const fields: Fields = {}
  list.forEach((name, i) => {
    if (isMeant(name, i)) addField(fields, name, values[i]!)
  })
  return fields
}

/** Different ids that are remembered for one list of names. */
const maxKnownIds = 4096
/** Of id, provider and channel together, in UTF-16 units. */
const maxKnownLength = 512

/**
 * The provenance that three values tell, without building a key for each record: ids are few, and each comes with one
 * provider and channel, mostly.
 */
export function provenanceBy(
  family: Provenance['family'],
  provider: Derive,
  channel: Derive,
  id: Derive,
): (values: Lookup) => Provenance {
  interface Known {
    readonly provider: Value | undefined
    readonly channel: Value | undefined
    readonly is: Provenance
  }
  const byId = new Map<Value | undefined, Known>()
  return (values) => {
    const i = id(values)
    const p = provider(values)
    const c = channel(values)
    const known = byId.get(i)
    if (known && known.provider === p && known.channel === c) return known.is
    const is = writtenBy(family, p, c, i)
    const length =
      textOrEmpty(i).length + textOrEmpty(p).length + textOrEmpty(c).length
    const isFew = byId.size < maxKnownIds || known
    if (isFew && length <= maxKnownLength) {
      byId.set(i, { provider: p, channel: c, is })
    }
    return is
  }
}

/** The value at a position; of a negative position none. */
export function at(i: number): Derive {
  return i < 0 ? () => undefined : (values) => values.at(i)
}
