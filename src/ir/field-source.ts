// A search names a field in its own words (`process_name`); where in an event is it? One list of places answers for both
// uses: a row takes the first place that has a value, a predicate is rewritten to ask the same places (resolved.ts).
import type { Value } from '../base/record.ts'

import type { Predicate } from './predicate.ts'

export type FieldSource =
  /** The event's own field. */
  | { readonly kind: 'field'; readonly name: string }
  /** The last part of a path, whatever its separators. */
  | { readonly kind: 'basename'; readonly name: string }
  /** The path without its last part. */
  | { readonly kind: 'dirname'; readonly name: string }
  /** The first case that holds. How a field that no source has is derived from others. */
  | { readonly kind: 'cases'; readonly cases: readonly DerivedCase[] }
  | { readonly kind: 'constant'; readonly value: string }

export interface DerivedCase {
  readonly value: string
  readonly when: Predicate
}

/** Places in order of preference: the first that is neither absent nor null is the value. */
export type Resolution = readonly FieldSource[]

/** The last part of a path: `C:\a\b.exe` and `/a/b.exe` give `b.exe`. */
export function basename(path: string): string {
  const cut = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'))
  return path.slice(cut + 1)
}

export function dirname(path: string): string | undefined {
  const cut = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'))
  return cut < 0 ? undefined : path.slice(0, cut)
}

/** The value that a row reads at a place; undefined where there is none. `holds` decides derived cases. */
export function readSource(
  source: FieldSource,
  get: (field: string) => Value | undefined,
  holds: (p: Predicate) => boolean,
): Value | undefined {
  switch (source.kind) {
    case 'field':
      return get(source.name)
    case 'basename':
      return mapText(get(source.name), basename)
    case 'dirname':
      return mapText(get(source.name), dirname)
    case 'constant':
      return source.value
    case 'cases':
      return source.cases.find((c) => holds(c.when))?.value
  }
}

function mapText(
  value: Value | undefined,
  change: (text: string) => string | undefined,
): Value | undefined {
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value)) {
    return value.map((v) => (v === null ? null : (change(String(v)) ?? null)))
  }
  return change(String(value))
}
