// The ways through a condition, each written once: up from the leaves, up with negations pushed down to them, and down in
// the author's order. Consumers answer for each kind; a kind that is new does not compile until they do.
import type { And, Constant, Leaf, Not, Or, Predicate } from './predicate.ts'
import type { Condition, SourceIs, Subsearch } from './search.ts'

const leafKinds: Readonly<Record<Leaf['kind'], true>> = {
  text: true,
  differs: true,
  number: true,
  boolean: true,
  regex: true,
  cidr: true,
  null: true,
  exists: true,
  'same-as': true,
  keyword: true,
  'time-part': true,
}

export function isLeaf(c: Condition): c is Leaf {
  return Object.hasOwn(leafKinds, c.kind)
}

/** What each kind makes of the answers of its parts. */
export interface Fold<R> {
  and(parts: readonly R[], node: And): R
  or(parts: readonly R[], node: Or): R
  not(part: R, node: Not): R
  constant(node: Constant): R
  leaf(leaf: Leaf): R
}

/** From the leaves up. Every part is asked, in order. */
export function fold<R>(p: Predicate, f: Fold<R>): R {
  if (isLeaf(p)) return f.leaf(p)
  switch (p.kind) {
    case 'and':
      return f.and(foldAll(p.of, f), p)
    case 'or':
      return f.or(foldAll(p.of, f), p)
    case 'not':
      return f.not(fold(p.of, f), p)
    case 'constant':
      return f.constant(p)
  }
}

function foldAll<R>(of: readonly Predicate[], f: Fold<R>): R[] {
  return of.map((part) => fold(part, f))
}

/** As `Fold`, where a denied `and` is any of its denied parts and a denied `or` all of them. */
export interface SignedFold<R> {
  /** `node` is the author's own, which is denied as a whole where `denied`. */
  all(parts: readonly R[], node: And | Or, denied: boolean): R
  any(parts: readonly R[], node: And | Or, denied: boolean): R
  /** With the denial worked in. */
  constant(value: boolean): R
  leaf(leaf: Leaf, denied: boolean): R
}

export function foldSigned<R>(
  p: Predicate,
  f: SignedFold<R>,
  denied = false,
): R {
  if (isLeaf(p)) return f.leaf(p, denied)
  switch (p.kind) {
    case 'and':
    case 'or': {
      const parts = p.of.map((part) => foldSigned(part, f, denied))
      return (p.kind === 'and') !== denied
        ? f.all(parts, p, denied)
        : f.any(parts, p, denied)
    }
    case 'not':
      return foldSigned(p.of, f, !denied)
    case 'constant':
      return f.constant(p.value !== denied)
  }
}

/** A search's condition with its parts of one kind replaced. */
export function mapCondition(
  c: Condition,
  change: (part: SourceIs | Subsearch) => Condition,
): Condition {
  if (isLeaf(c)) return c
  switch (c.kind) {
    case 'and':
    case 'or':
      return { ...c, of: c.of.map((part) => mapCondition(part, change)) }
    case 'not':
      return { ...c, of: mapCondition(c.of, change) }
    case 'constant':
      return c
    case 'source':
    case 'subsearch':
      return change(c)
  }
}

export interface Visited<C> {
  readonly node: C
  /** Stands under an odd number of negations. */
  readonly denied: boolean
}

/** Every node, parents first, in the author's order. */
export function walk(p: Predicate): Generator<Visited<Predicate>>
export function walk(c: Condition): Generator<Visited<Condition>>
export function* walk(
  c: Condition,
  denied = false,
): Generator<Visited<Condition>> {
  yield { node: c, denied }
  if (isLeaf(c)) return
  switch (c.kind) {
    case 'and':
    case 'or':
      for (const part of c.of) yield* walkOn(part, denied)
      return
    case 'not':
      yield* walkOn(c.of, !denied)
      return
    case 'constant':
    case 'source':
    case 'subsearch':
      return
  }
}

const walkOn = walk as (
  c: Condition,
  denied: boolean,
) => Generator<Visited<Condition>>
