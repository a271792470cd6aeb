// One line of a provider's table: a canonical name and the provider's own names that it is made of.
import type { Shape, Value } from '../../base/record.ts'

import type { Addition } from '../provider.ts'
import { textOf } from '../read-first.ts'

export interface Row {
  readonly name: string
  /** The first must be among the record's names, else the row is left out; the others may be missing. */
  readonly of: readonly string[]
  /** Absent: the value of the first as it is. */
  readonly make?: (...values: (Value | undefined)[]) => Value | undefined
}

/** Another name for a field; costs nothing. */
export function alias(name: string, from: string): Row {
  return { name, of: [from] }
}

export function derived(
  name: string,
  of: readonly string[],
  make: NonNullable<Row['make']>,
): Row {
  return { name, of, make }
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

/** The rows that a shape can fill. Of rows with one name the first wins. */
export function additionsOf(
  rows: readonly Row[],
  shape: Shape,
): readonly Addition[] {
  const add: Addition[] = []
  const taken = new Set<string>()
  for (const { name, of, make } of rows) {
    if (taken.has(name) || shape.indexOf(of[0]!) < 0) continue
    taken.add(name)
    if (!make) {
      add.push({ name, from: of[0]! })
      continue
    }
    const positions = of.map((n) => shape.indexOf(n))
    add.push({
      name,
      from: (r) =>
        make(...positions.map((i) => (i < 0 ? undefined : r.value(i)))),
    })
  }
  return add
}
