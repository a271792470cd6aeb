// A search names a field in its own words (`process_name`); where in an event is it? One list of places answers for both
// uses: a row takes the first place that has a value, a predicate is rewritten to ask the same places.
import type { Value } from '../base/record.ts'

import type { Pattern, Predicate, Regex } from './predicate.ts'
import { ANY, ONE, pattern } from './predicate.ts'

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

/** What is asked of a field. `makes` builds the test for one field of the event. */
export interface FieldTest {
  /** For the event's own field. */
  readonly leaf: (field: string) => Predicate
  /** The same question as a pattern of text, where it is one: derived values need it. */
  readonly pattern?: Pattern
  /** What this question denies: a derived text differs where it is there and does not equal. */
  readonly denies?: FieldTest
  /** The same question of a value that is known. */
  readonly of: (value: string) => boolean
}

/** A predicate that asks the places as a row would read them. */
export function testResolved(r: Resolution, test: FieldTest): Predicate {
  const [first, ...rest] = r
  if (!first) return { kind: 'constant', value: false }
  const here = testSource(first, test)
  if (!rest.length) return here
  const after = testResolved(rest, test)
  if (isFalse(after)) return here
  return anyOf([here, allOf([absent(first), after])])
}

/** Holds where no place has a value. */
export function absentResolved(r: Resolution): Predicate {
  return allOf(r.map(absent))
}

function testSource(source: FieldSource, test: FieldTest): Predicate {
  if (
    test.denies &&
    (source.kind === 'basename' || source.kind === 'dirname')
  ) {
    return allOf([
      present(source.name),
      noneOf(testSource(source, test.denies)),
    ])
  }
  switch (source.kind) {
    case 'field':
      return test.leaf(source.name)
    case 'basename':
      return testBasename(source.name, test)
    case 'dirname':
      return testDirname(source.name, test)
    case 'constant':
      return { kind: 'constant', value: test.of(source.value) }
    case 'cases':
      return testCases(source.cases, test)
  }
}

function absent(source: FieldSource): Predicate {
  switch (source.kind) {
    case 'field':
    case 'basename':
    case 'dirname':
      return { kind: 'null', field: source.name }
    case 'constant':
      return { kind: 'constant', value: false }
    case 'cases':
      return {
        kind: 'not',
        of: anyOf(source.cases.map((c) => c.when)),
      }
  }
}

// The first case that holds decides, so each later one also needs its predecessors not to hold.
function testCases(cases: readonly DerivedCase[], test: FieldTest): Predicate {
  const branches: Predicate[] = []
  cases.forEach((c, i) => {
    if (!test.of(c.value)) return
    const before = cases
      .slice(0, i)
      .filter((b) => !test.of(b.value))
      .map((b): Predicate => ({ kind: 'not', of: b.when }))
    branches.push(allOf([c.when, ...before]))
  })
  return anyOf(branches)
}

function testBasename(field: string, test: FieldTest): Predicate {
  const p = test.pattern
  if (!p) return { kind: 'constant', value: false }
  if (p.length === 1 && p[0] === ANY) return present(field)
  const [only] = p
  if (p.length === 1 && typeof only === 'string') {
    if (/[\\/]/.test(only)) return { kind: 'constant', value: false }
    return anyOf([
      text(field, pattern([ANY, `\\${only}`])),
      text(field, pattern([ANY, `/${only}`])),
      text(field, [only]),
    ])
  }
  const [first, ...tail] = p
  if (first === ANY && tail.length === 1 && typeof tail[0] === 'string') {
    if (/[\\/]/.test(tail[0])) return { kind: 'constant', value: false }
    return text(field, p)
  }
  return regexOf(field, `(?:^|[\\\\/])${segment(p)}$`)
}

function testDirname(field: string, test: FieldTest): Predicate {
  const p = test.pattern
  if (!p) return { kind: 'constant', value: false }
  const source = p.map((part) => partSource(part, '[\\s\\S]')).join('')
  return regexOf(field, `^${source}[\\\\/][^\\\\/]*$`)
}

function segment(p: Pattern): string {
  return p.map((part) => partSource(part, '[^\\\\/]')).join('')
}

function partSource(part: Pattern[number], any: string): string {
  if (part === ANY) return `${any}*`
  if (part === ONE) return any
  if (typeof part === 'string') return escapeRegex(part)
  return `[${part.oneOf.replace(/[\\\]^-]/g, '\\$&')}]`
}

export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function regexOf(field: string, source: string): Regex {
  return {
    kind: 'regex',
    field,
    source,
    dialect: 'pcre',
    flags: { i: true, m: false, s: true },
  }
}

function text(field: string, p: Pattern): Predicate {
  return { kind: 'text', field, pattern: p, cased: false }
}

/** There, and not null. */
export function present(field: string): Predicate {
  return { kind: 'not', of: { kind: 'null', field } }
}

export function anyOf(of: readonly Predicate[]): Predicate {
  const kept = flatten('or', of).filter((p) => !isFalse(p))
  if (kept.some(isTrue)) return { kind: 'constant', value: true }
  if (!kept.length) return { kind: 'constant', value: false }
  return kept.length === 1 ? kept[0]! : { kind: 'or', of: kept }
}

export function allOf(of: readonly Predicate[]): Predicate {
  const kept = flatten('and', of).filter((p) => !isTrue(p))
  if (kept.some(isFalse)) return { kind: 'constant', value: false }
  if (!kept.length) return { kind: 'constant', value: true }
  return kept.length === 1 ? kept[0]! : { kind: 'and', of: kept }
}

export function noneOf(of: Predicate): Predicate {
  if (of.kind === 'constant') return { kind: 'constant', value: !of.value }
  if (of.kind === 'not') return of.of
  return { kind: 'not', of }
}

function flatten(
  kind: 'and' | 'or',
  of: readonly Predicate[],
): readonly Predicate[] {
  if (!of.some((p) => p.kind === kind && !p.label)) return of
  return of.flatMap((p) => (p.kind === kind && !p.label ? p.of : [p]))
}

function isTrue(p: Predicate): boolean {
  return p.kind === 'constant' && p.value
}
function isFalse(p: Predicate): boolean {
  return p.kind === 'constant' && !p.value
}

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
