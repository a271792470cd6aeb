// How much may a search hold? All its commands charge one budget of bytes with what they keep: rows, groups, the values of
// aggregates, the rows that it gives. What passes through costs nothing.
import { grouped } from '../../base/shown.ts'

import { SearchRefusal, maxHeldBytes } from './limit.ts'
import type { Row } from './row.ts'
import { isList, type Single, type Value } from './values.ts'

/** Bytes that a thing of its kind takes besides its texts, in V8 on 64 bits, rounded up. */
const bytesOf = {
  row: 160,
  field: 48,
  value: 24,
  entry: 128,
  group: 500,
  aggregate: 600,
} as const
/** Characters up to which a text is taken for two bytes each without looking. */
const shortText = 64

export class Budget {
  readonly #most: number
  readonly #whole: Budget | undefined
  #held = 0
  /** Lists that several rows share are charged once. */
  readonly #lists = new WeakMap<readonly Single[], number>()

  /** `whole`: it is a part of that, which others share. */
  constructor(bytes = maxHeldBytes, whole?: Budget) {
    this.#most = bytes
    this.#whole = whole
  }

  /** Bytes that are held now. */
  get held(): number {
    return this.#held
  }

  get most(): number {
    return Math.min(this.#most, this.#whole?.most ?? this.#most)
  }

  /** false: there is no room for it. */
  charge(bytes: number): boolean {
    this.#held += bytes
    const isRoom = this.#whole?.charge(bytes) ?? true
    return isRoom && this.#held <= this.#most
  }

  /** What was held is gone. */
  close(): void {
    this.#whole?.charge(-this.#held)
    this.#held = 0
  }

  /** Bytes of a row, of lists only those that no other row has charged. */
  charged(row: Row): number {
    return sizeOf(row, (list) => {
      const users = this.#lists.get(list) ?? 0
      this.#lists.set(list, users + 1)
      return users === 0
    })
  }

  /** Bytes that become free where the row is let go. */
  freed(row: Row): number {
    return sizeOf(row, (list) => {
      const users = this.#lists.get(list) ?? 0
      this.#lists.set(list, users - 1)
      return users === 1
    })
  }
}

function sizeOf(
  { values, lineage }: Row,
  counts: (list: readonly Single[]) => boolean,
): number {
  let bytes: number = bytesOf.row + (lineage?.bytes ?? 0)
  for (const value of values.values())
    bytes += bytesOf.field + sizeOfValue(value, counts)
  return bytes
}

function sizeOfValue(
  value: Value,
  counts: (list: readonly Single[]) => boolean,
): number {
  if (!isList(value)) return sizeOfSingle(value)
  if (!counts(value)) return 0
  let bytes: number = bytesOf.value
  for (const v of value) bytes += 8 + sizeOfSingle(v)
  return bytes
}

function sizeOfSingle(v: Single): number {
  if (typeof v === 'number') return 0
  return (
    bytesOf.value +
    (v.length <= shortText ? 2 * v.length : Buffer.byteLength(v))
  )
}

/** What one command holds: a number of pieces, bounded by itself, and their bytes. */
export class Held {
  #count = 0
  #bytes = 0
  readonly #budget: Budget
  readonly #most: number
  readonly #what: string

  constructor(budget: Budget, most: number, what: string) {
    this.#budget = budget
    this.#most = most
    this.#what = what
  }

  row(row: Row): void {
    this.#one()
    this.#charge(this.#budget.charged(row))
  }

  /** The row has not been changed since it was charged. */
  letGo(row: Row): void {
    this.#count--
    this.#charge(-this.#budget.freed(row))
  }

  /** An entry of a table under a key, with what aggregates of it begin with. */
  entry(key: string, aggregates = 0): void {
    this.#one()
    const group = aggregates
      ? bytesOf.group + aggregates * bytesOf.aggregate
      : 0
    this.#charge(bytesOf.entry + sizeOfSingle(key) + group)
  }

  value(v: Single): void {
    this.#one()
    this.#charge(bytesOf.value + sizeOfSingle(v))
  }

  /** What is held has grown. */
  more(bytes: number): void {
    this.#charge(bytes)
  }

  /** One value stands in another's place. */
  swap(before: Single | undefined, now: Single): void {
    const old = before === undefined ? 0 : sizeOfSingle(before)
    this.#charge(sizeOfSingle(now) - old)
  }

  /** Nothing but entries and values were held, and they are gone. */
  clear(): void {
    this.#charge(-this.#bytes)
    this.#count = 0
  }

  #one(): void {
    if (++this.#count > this.#most) throw this.#tooMuch(grouped(this.#most))
  }

  #charge(bytes: number): void {
    this.#bytes += bytes
    if (!this.#budget.charge(bytes))
      throw this.#tooMuch(megabytes(this.#budget.most))
  }

  #tooMuch(most: string): SearchRefusal {
    return new SearchRefusal(
      `${this.#what} would hold more than ${most}`,
      'narrow the search, keep fewer fields ("fields", "table"), or drop some from "by"',
    )
  }
}

function megabytes(bytes: number): string {
  return `${bytes / 1024 / 1024} MB with what else is held`
}
