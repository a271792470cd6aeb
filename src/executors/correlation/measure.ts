// What is measured of the matches in a window? Each kind keeps its number up to date as matches come and go, so that a step
// of the window costs a constant time (sorted kinds: a binary search and a move).
import type { Scalar, Value } from '../../base/record.ts'

import type { CorrelationCondition, CorrelationKind } from '../../ir/rule.ts'

import { decimalOf } from '../../meaning/cell.ts'
import { fold } from '../../meaning/fold.ts'
import { percentileOf } from '../../meaning/percentile.ts'

/** What a measure needs to know of a match. */
export interface Measured {
  readonly fields: Readonly<Record<string, Value>>
}

export interface Measure {
  /** Whether the match counts: it has the fields that are counted. */
  takes(match: Measured): boolean
  enter(match: Measured): void
  leave(match: Measured): void
  /** undefined: nothing to measure. */
  value(): number | undefined
}

type Compare = Extract<CorrelationCondition, { kind: 'compare' }>

/** Where a percentile rule names none, in percent. */
const defaultPercentile = 50

export function measureOf(
  kind: Exclude<CorrelationKind, 'temporal' | 'temporal_ordered'>,
  condition: Compare,
): Measure {
  const { fields } = condition
  switch (kind) {
    case 'event_count':
      return new Count()
    case 'value_count':
      return new DistinctCount(fields)
    case 'value_sum':
      return new Sum(fields[0] ?? '', false)
    case 'value_avg':
      return new Sum(fields[0] ?? '', true)
    case 'value_median':
      return new Percentile(fields[0] ?? '', 50)
    case 'value_percentile':
      return new Percentile(
        fields[0] ?? '',
        condition.percentile ?? defaultPercentile,
      )
  }
}

export function boundsHold(
  bounds: Compare['bounds'],
  value: number | undefined,
): boolean {
  if (value === undefined) return false
  const { eq, neq, lt, lte, gt, gte } = bounds
  return (
    (eq === undefined || value === eq) &&
    (neq === undefined || value !== neq) &&
    (lt === undefined || value < lt) &&
    (lte === undefined || value <= lte) &&
    (gt === undefined || value > gt) &&
    (gte === undefined || value >= gte)
  )
}

class Count implements Measure {
  #count = 0

  takes(): boolean {
    return true
  }
  enter(): void {
    this.#count++
  }
  leave(): void {
    this.#count--
  }
  value(): number {
    return this.#count
  }
}

/** Values are told apart as rules compare them: by their text, case folded. Several fields count as one tuple. */
class DistinctCount implements Measure {
  readonly #fields: readonly string[]
  readonly #counts = new Map<string, number>()

  constructor(fields: readonly string[]) {
    this.#fields = fields
  }

  takes(match: Measured): boolean {
    return this.#fields.every((f) => keyOf(match.fields[f]) !== undefined)
  }
  enter(match: Measured): void {
    const key = this.#key(match)
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }
  leave(match: Measured): void {
    const key = this.#key(match)
    const left = this.#counts.get(key)! - 1
    if (left === 0) this.#counts.delete(key)
    else this.#counts.set(key, left)
  }
  value(): number {
    return this.#counts.size
  }

  #key(match: Measured): string {
    return this.#fields.map((f) => keyOf(match.fields[f])).join('\0')
  }
}

/**
 * Values leave in the order in which they came, and nothing is subtracted: one huge number would take the small ones beside it
 * with it for good. The older values are kept as sums up to the middle, the newer ones as one sum from there on.
 */
class Sum implements Measure {
  readonly #field: string
  readonly #mean: boolean
  /** Sums of the older values, each of those from one of them up to the middle; the oldest is last. */
  #older: number[] = []
  #newer: number[] = []
  #newerSum = 0

  constructor(field: string, mean: boolean) {
    this.#field = field
    this.#mean = mean
  }

  takes(match: Measured): boolean {
    return numberOf(match.fields[this.#field]) !== undefined
  }
  enter(match: Measured): void {
    const value = numberOf(match.fields[this.#field])!
    this.#newer.push(value)
    this.#newerSum += value
  }
  leave(): void {
    if (this.#older.length === 0) {
      let sum = 0
      while (this.#newer.length > 0) {
        sum += this.#newer.pop()!
        this.#older.push(sum)
      }
      this.#newerSum = 0
    }
    this.#older.pop()
  }
  value(): number | undefined {
    const count = this.#older.length + this.#newer.length
    if (count === 0) return undefined
    const sum = (this.#older.at(-1) ?? 0) + this.#newerSum
    return this.#mean ? sum / count : sum
  }
}

class Percentile implements Measure {
  readonly #field: string
  readonly #percent: number
  readonly #sorted: number[] = []

  constructor(field: string, percent: number) {
    this.#field = field
    this.#percent = Math.min(100, Math.max(0, percent))
  }

  takes(match: Measured): boolean {
    return numberOf(match.fields[this.#field]) !== undefined
  }
  enter(match: Measured): void {
    const value = numberOf(match.fields[this.#field])!
    this.#sorted.splice(this.#place(value), 0, value)
  }
  leave(match: Measured): void {
    this.#sorted.splice(this.#place(numberOf(match.fields[this.#field])!), 1)
  }
  value(): number | undefined {
    return this.#sorted.length
      ? percentileOf(this.#sorted, this.#percent)
      : undefined
  }

  /** The first place whose value is not less. */
  #place(value: number): number {
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#sorted[middle]! < value) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** A value as text that equal values share; undefined where there is none. Lists are equal if all their items are. */
export function keyOf(value: Value | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'object') return fold(String(value))
  return value.map((item: Scalar) => fold(String(item))).join('\u0001')
}

function numberOf(value: Value | undefined): number | undefined {
  if (typeof value === 'number')
    return Number.isFinite(value) ? value : undefined
  return typeof value === 'string' ? decimalOf(value) : undefined
}
