// Can a condition hold at all, and can it fail to? Told by pairs of statements about one field that stand under one `and`;
// an `or` of negations is the same question asked of what is denied.
import { fieldRow } from '../event/schema/index.ts'
import type { Leaf, Predicate } from '../ir/predicate.ts'
import { isLeaf } from '../ir/visit.ts'

import { exclude, implies, takesAnyValue } from './leaf-logic.ts'

/** What has to hold together: any of the leaves (or, denied, none of them). */
interface Statement {
  readonly field: string
  readonly leaves: readonly Leaf[]
  readonly denied: boolean
  readonly trail: Trail
}

/** Labels from the root down to a part. */
export type Trail = readonly string[]

export interface Conflict {
  readonly kind: 'never' | 'always'
  /** Of the part as a whole. */
  readonly trail: Trail
  /** A statement of each side. */
  readonly sides: readonly [Statement, Statement]
  /** Whether it is the whole condition. */
  readonly whole: boolean
}

/** Pairs of leaves that are compared for two statements. */
const maxPairs = 10_000
/** Statements about one field under one `and`. */
const maxStatements = 64
/** Parts of one rule that are looked at. */
const maxParts = 5_000

export function findConflicts(condition: Predicate): Conflict[] {
  const finder = new ConflictFinder()
  finder.whole(condition)
  return finder.found
}

class ConflictFinder {
  readonly found: Conflict[] = []
  #parts = 0

  whole(condition: Predicate) {
    const never = this.#conflict(condition, false, [])
    if (never) this.#add('never', [], never, true)
    const always = this.#conflict(condition, true, [])
    if (always) this.#add('always', [], always, true)
    if (!never && !always) this.#inside(condition, false, [])
  }

  #add(
    kind: Conflict['kind'],
    trail: Trail,
    sides: Conflict['sides'],
    whole: boolean,
  ) {
    this.found.push({ kind, trail, sides, whole })
  }

  /** Alternatives that can never be taken, and alternatives of which one always is. */
  #inside(p: Predicate, denied: boolean, trail: Trail) {
    if (this.#parts++ > maxParts) return
    if (p.kind === 'not') {
      this.#inside(p.of, !denied, labelled(p, trail))
      return
    }
    if (p.kind !== 'and' && p.kind !== 'or') return
    const here = labelled(p, trail)
    const alternatives = (p.kind === 'or') !== denied
    if (alternatives && p.of.length > 1) {
      const always = this.#conflict(p, !denied, trail)
      if (always) {
        this.#add('always', here, always, false)
        return
      }
    }
    for (const child of p.of) {
      const never =
        alternatives && child.kind !== 'not'
          ? this.#conflict(child, denied, here)
          : undefined
      if (never) this.#add('never', labelled(child, here), never, false)
      else this.#inside(child, denied, here)
    }
  }

  #conflict(p: Predicate, denied: boolean, trail: Trail) {
    const byField = new Map<string, Statement[]>()
    for (const s of statements(p, denied, trail)) {
      const list = byField.get(s.field)
      if (!list) byField.set(s.field, [s])
      else if (list.length < maxStatements) list.push(s)
    }
    for (const list of byField.values()) {
      for (const [i, a] of list.entries()) {
        for (const b of list.slice(0, i)) {
          if (conflict(a, b)) return [b, a] as const
        }
      }
    }
    return undefined
  }
}

/** What a part says of single fields; parts about several fields at once say nothing here. */
function* statements(
  p: Predicate,
  denied: boolean,
  trail: Trail,
): Generator<Statement> {
  const here = labelled(p, trail)
  if (p.kind === 'not') yield* statements(p.of, !denied, here)
  else if (p.kind === 'and' || p.kind === 'or') {
    if (p.of.length === 1 || (p.kind === 'and') !== denied) {
      for (const child of p.of) yield* statements(child, denied, here)
    } else {
      const leaves = p.of.flatMap(unwrapped)
      const field = leaves[0] && fieldOf(leaves[0])
      // `not (a and b)` denies neither: only alternatives of one kind are one statement.
      if (field !== undefined && !denied && leaves.length === p.of.length) {
        if (leaves.every((l) => fieldOf(l) === field)) {
          yield { field, leaves, denied, trail: here }
        }
      }
    }
  } else if (isLeaf(p)) {
    const field = fieldOf(p)
    if (field !== undefined) yield { field, leaves: [p], denied, trail: here }
  }
}

function unwrapped(p: Predicate): Leaf[] {
  if (p.kind === 'and' || p.kind === 'or') {
    return p.of.length === 1 ? unwrapped(p.of[0]!) : []
  }
  return isLeaf(p) ? [p] : []
}

function fieldOf(leaf: Leaf): string | undefined {
  return leaf.kind === 'keyword' || leaf.kind === 'same-as'
    ? undefined
    : leaf.field
}

function conflict(a: Statement, b: Statement): boolean {
  if (a.leaves.length * b.leaves.length > maxPairs) return false
  if (a.denied && b.denied) {
    // Present is denied, and so is absent.
    const none = (s: Statement) => s.leaves.some((l) => l.kind === 'null')
    const any = (s: Statement) => s.leaves.some(takesAnyValue)
    return (none(a) && any(b)) || (none(b) && any(a))
  }
  if (a.denied || b.denied) {
    const [said, denied] = a.denied ? [b, a] : [a, b]
    return said.leaves.every((x) => denied.leaves.some((y) => implies(x, y)))
  }
  if (holdsSeveral(a.field)) return false
  return a.leaves.every((x) => b.leaves.every((y) => exclude(x, y)))
}

/** A list can hold two values that one value cannot be. */
function holdsSeveral(field: string): boolean {
  return fieldRow(field)?.type === 'list'
}

function labelled(p: Predicate, trail: Trail): Trail {
  return p.label === undefined ? trail : [...trail, p.label]
}
