// Where does a field's value come from? Known from the template alone, or from slots of the record.
import type { Value } from '../../base/record.ts'

import type { Part } from './tree.ts'

export const sourceKind = {
  literal: 0,
  slot: 1,
  /** Several texts and slots, one after another. */
  parts: 2,
  /** Several values of one name. */
  list: 3,
  /** Several values as one text, a line each. */
  lines: 4,
  /** One text of an array slot. */
  item: 5,
  /** A slot whose text, if it is text, is a decimal number. */
  number: 6,
  /** A slot whose number, if it is one, is shown in hex. */
  bits: 7,
} as const

/** One class for all kinds, so that the code that evaluates it meets one shape of object. */
export class Source {
  readonly kind: number
  /** Counted over all templates of the record. */
  readonly slot: number
  /** Of an item within its array. */
  readonly item: number
  readonly value: Value | undefined
  readonly of: readonly Source[]
  /** What a slot without a value means: '' within event data, absent in an attribute. */
  readonly whenNull: '' | undefined

  constructor(
    kind: number,
    slot: number,
    item: number,
    value: Value | undefined,
    of: readonly Source[],
    whenNull: '' | undefined,
  ) {
    this.kind = kind
    this.slot = slot
    this.item = item
    this.value = value
    this.of = of
    this.whenNull = whenNull
  }
}

const nothing: readonly Source[] = []

export function literal(value: Value): Source {
  return new Source(sourceKind.literal, 0, 0, value, nothing, '')
}

export function fromSlot(
  slot: number,
  whenNull: '' | undefined,
  kind: number = sourceKind.slot,
): Source {
  return new Source(kind, slot, 0, undefined, nothing, whenNull)
}

export function fromItem(slot: number, item: number): Source {
  return new Source(sourceKind.item, slot, item, undefined, nothing, '')
}

export function fromMany(kind: number, of: readonly Source[]): Source {
  return new Source(kind, 0, 0, undefined, of, '')
}

/** undefined: no text at all. `base`: the number of the template's first slot in the record. */
export function fromParts(
  parts: readonly Part[],
  base: number,
  whenNull: '' | undefined,
): Source | undefined {
  const first = parts[0]
  if (!first) return undefined
  const one = (p: Part) =>
    p.kind === 'text' ? literal(p.value) : fromSlot(base + p.slot, whenNull)
  if (parts.length === 1) return one(first)
  return fromMany(sourceKind.parts, parts.map(one))
}
