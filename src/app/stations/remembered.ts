// What values make: the same programs load the same libraries again and again, and what they make needs to be worked out once. Values are
// looked up one by one, so that no long text is put together for it.
import type { Value } from '../../base/record.ts'

import type { Sighting } from '../../enrich/rarity/sighting.ts'

/** Lists of values that are remembered, and those of them that share their first two. */
const maxEntries = 16_384
const maxVariants = 8
/** Longer values are not remembered, in UTF-16 units. */
const maxUnits = 512

/** What values of a row make. */
export interface Entry {
  /** '' for what is no sighting. */
  readonly key: string
  /** Behind the first two. */
  readonly rest: readonly (Value | undefined)[]
  /** Where it is counted now, and when that was opened. */
  sighting: Sighting | undefined
  opened: number
}

export class Remembered {
  readonly #of = new Map<Value | undefined, Map<Value | undefined, Entry[]>>()
  #entries = 0

  of(values: readonly (Value | undefined)[]): Entry | undefined {
    const entries = this.#of.get(values[0])?.get(values[1])
    if (!entries) return undefined
    for (let i = 0; i < entries.length; i++) {
      if (isRest(entries[i]!.rest, values)) return entries[i]
    }
    return undefined
  }

  add(values: readonly (Value | undefined)[], key: string): Entry {
    const rest = values.slice(2)
    const entry: Entry = { key, rest, sighting: undefined, opened: 0 }
    if (values.some(isLong)) return entry
    if (this.#entries >= maxEntries) {
      this.#of.clear()
      this.#entries = 0
    }
    let bySecond = this.#of.get(values[0])
    if (!bySecond) {
      bySecond = new Map()
      this.#of.set(values[0], bySecond)
    }
    const entries = bySecond.get(values[1])
    if (!entries) bySecond.set(values[1], [entry])
    else if (entries.length < maxVariants) entries.push(entry)
    this.#entries++
    return entry
  }
}

function isRest(
  rest: readonly (Value | undefined)[],
  values: readonly (Value | undefined)[],
): boolean {
  for (let i = 0; i < rest.length; i++) {
    if (rest[i] !== values[i + 2]) return false
  }
  return true
}

function isLong(value: Value | undefined): boolean {
  return typeof value === 'string'
    ? value.length > maxUnits
    : typeof value === 'object'
}
