// How deep does flattening go, and what becomes of what is below?
import type { Value } from '../../base/record.ts'

export type JsonObject = { readonly [key: string]: unknown }

/** Objects deeper than this become JSON text. */
export const maxDepth = 32
/** Longer names are not remembered, in UTF-16 units. */
export const maxNameLength = 256

export function isEmpty(object: JsonObject): boolean {
  for (const _ in object) return false
  return true
}

/** A list of scalars as it is; anything else as JSON text. */
export function listOrText(value: object): Value {
  if (Array.isArray(value)) {
    let scalars = true
    for (let i = 0; i < value.length && scalars; i++) {
      scalars = typeof value[i] !== 'object' || value[i] === null
    }
    if (scalars) return value as Value
  }
  try {
    return JSON.stringify(value)
  } catch {
    // Nested deeper than the stack allows: hostile, and nobody's field.
    return '[nested too deeply]'
  }
}
