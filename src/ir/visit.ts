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

/** A search's condition with what no rule has in its conditions replaced. */
export function mapCondition<C extends Condition>(
  c: Condition,
  change: (part: SourceIs | Subsearch) => C,
): C | Predicate {
  const map = (part: Condition): Condition => {
    if (isLeaf(part)) return part
    switch (part.kind) {
      case 'and':
      case 'or':
        return { ...part, of: part.of.map(map) }
      case 'not':
        return { ...part, of: map(part.of) }
      case 'constant':
        return part
      case 'source':
      case 'subsearch':
        return change(part)
    }
  }
  // Whatever is left of the parts that were changed is of their new kind.
  return map(c) as C | Predicate
}

export interface Visited<C> {
  readonly node: C
  /** Stands under an odd number of negations. */
  readonly denied: boolean
  /** Labels from the root down to the node's own. */
  readonly trail: readonly string[]
}

/** Every node, parents first, in the author's order. */
export function walk(p: Predicate): Generator<Visited<Predicate>>
export function walk(c: Condition): Generator<Visited<Condition>>
export function walk(c: Condition): Generator<Visited<Condition>> {
  return walkFrom(c, false, [])
}

function* walkFrom(
  node: Condition,
  denied: boolean,
  above: readonly string[],
): Generator<Visited<Condition>> {
  const label = 'label' in node ? node.label : undefined
  const trail = label === undefined ? above : [...above, label]
  yield { node, denied, trail }
  if (isLeaf(node)) return
  switch (node.kind) {
    case 'and':
    case 'or':
      for (const part of node.of) yield* walkFrom(part, denied, trail)
      return
    case 'not':
      yield* walkFrom(node.of, !denied, trail)
      return
    case 'constant':
    case 'source':
    case 'subsearch':
      return
  }
}
