// JSON that names the type of each value (OpenTelemetry's, MongoDB's): here it becomes the value.
// Sources: opentelemetry-proto, common.proto, AnyValue, the JSON encoding of OTLP; MongoDB Extended JSON v2.
import type { JsonObject } from '../flat/json-value.ts'

/** What MongoDB writes around a value, as its only member. */
export const typeNames: readonly string[] = [
  '$numberInt',
  '$numberLong',
  '$numberDouble',
  '$numberDecimal',
  '$date',
  '$oid',
]
const scalars = [
  'stringValue',
  'intValue',
  'doubleValue',
  'boolValue',
  'bytesValue',
  ...typeNames,
]
/** Values in values. */
const maxDepth = 16

/** The value that an AnyValue holds; anything else as it is. */
export function plainValue(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > maxDepth) {
    return value
  }
  const object = value as JsonObject
  let only: string | undefined
  for (const key in object) {
    if (only !== undefined) return value
    only = key
  }
  if (only === undefined) return value
  const inner = object[only]
  // A date may hold a number that names its type in turn.
  if (scalars.includes(only)) return plainValue(inner, depth + 1)
  const values = (inner as JsonObject | null | undefined)?.values
  if (!Array.isArray(values)) return value
  if (only === 'arrayValue') return values.map((v) => plainValue(v, depth + 1))
  return only === 'kvlistValue' ? pairsToObject(values, depth + 1) : value
}

/** `[{"key": "a", "value": {"stringValue": "b"}}]` */
export function pairsToObject(
  pairs: readonly unknown[],
  depth = 0,
): JsonObject {
  return Object.fromEntries(
    pairs
      .filter((p) => typeof p === 'object' && p !== null)
      .map((p) => p as JsonObject)
      .map((p) => [String(p.key), plainValue(p.value, depth + 1)]),
  )
}
