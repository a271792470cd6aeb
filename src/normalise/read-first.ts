// The first of several names that has a value, with the positions worked out beforehand.
import type { Shape, SourceRecord, Value } from '../base/record.ts'

/** The positions of those names that the shape has, in the order given. */
export function positionsOf(
  shape: Shape,
  names: readonly string[],
): readonly number[] {
  return names.map((n) => shape.indexOf(n)).filter((i) => i >= 0)
}

/** A reader of the first name that has a value, neither null nor empty; undefined where the shape has none of them. */
export function firstValue(
  shape: Shape,
  names: readonly string[],
): ((record: SourceRecord) => Value | undefined) | undefined {
  const positions = positionsOf(shape, names)
  if (!positions.length) return undefined
  return (record) => {
    for (const i of positions) {
      const value = record.value(i)
      if (value !== undefined && value !== null && value !== '') return value
    }
    return undefined
  }
}

/** A column of a table that this record does not fill. */
export function isBlank(value: Value | undefined): boolean {
  return value === undefined || value === null || value === '' || value === '-'
}

/** As `firstValue`, as text; of a list its first item. */
export function firstText(
  shape: Shape,
  names: readonly string[],
): ((record: SourceRecord) => string | undefined) | undefined {
  const read = firstValue(shape, names)
  return read && ((record) => textOf(read(record)))
}

export function textOf(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value)) return textOf(value[0])
  return String(value)
}
