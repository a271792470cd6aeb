// A search names a field in its own words (`process_name`); where in an event is it? One list of places answers for both
// uses: a row takes the first place that has a value, a predicate is rewritten to ask the same places (resolved.ts).
import type { Value } from '../base/record.ts'

import type { Predicate } from './predicate.ts'

export type FieldSource =
  /** The event's own field. */
  | OfField<'field'>
  /** The last part of a path, whatever its separators. */
  | OfField<'basename'>
  /** The path without its last part. */
  | OfField<'dirname'>
  /** The first case that holds. How a field that no source has is derived from others. */
  | { readonly kind: 'cases'; readonly cases: readonly DerivedCase[] }
  | { readonly kind: 'constant'; readonly value: string }

interface OfField<K extends string> {
  readonly kind: K
  readonly name: string
}

export interface DerivedCase {
  readonly value: string
  readonly when: Predicate
}

/** Places in order of preference: the first that has a value. Null is none, and neither is an empty text, of which Splunk makes no field. */
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
      return ofField(source, get)
    case 'basename':
      return mapText(ofField(source, get), basename)
    case 'dirname':
      return mapText(ofField(source, get), dirname)
    case 'constant':
      return source.value
    case 'cases':
      return source.cases.find((c) => holds(c.when))?.value
  }
}

function ofField(
  { name }: OfField<string>,
  get: (field: string) => Value | undefined,
): Value | undefined {
  return filledValue(get(name))
}

/** A value without the texts in it that are empty. */
export function filledValue(value: Value | undefined): Value | undefined {
  if (!Array.isArray(value)) return value === '' ? undefined : value
  return value.includes('') ? value.filter((item) => item !== '') : value
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
