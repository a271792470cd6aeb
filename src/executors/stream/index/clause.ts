// What must be true of an event, at the least, for a rule to hold? The necessary clause: a few facts about single fields,
// one of which is true whenever the rule is. The index watches for these facts, and only a rule that one of them wakes is
// evaluated. A fact is never a negated one: a field that is absent makes all facts about it false, and a rule
// that can hold without any of its facts has no clause and is always evaluated.
import {
  ANY,
  type And,
  type Keyword,
  type Leaf,
  type Or,
  type Pattern,
  type Predicate,
  type Text,
} from '../../../ir/predicate.ts'
import { always, isAlways } from '../../../ir/simplify.ts'
import { foldSigned } from '../../../ir/visit.ts'

import { decimalOf } from '../../../meaning/cell.ts'
import { keywordField } from '../../../meaning/frame.ts'
import { chanceOf } from '../../../meaning/rarity.ts'
import { requiredLiterals } from '../../../meaning/regex/regex.ts'
import { type Atom, atomOf } from './text-atoms.ts'
import { foldPattern } from '../../../meaning/pattern.ts'

/** A fact that wakes a rule. */
export type Waker = { readonly field: string } & (
  | { readonly kind: 'atom'; readonly atom: Atom }
  | { readonly kind: 'number'; readonly value: number }
  /** The field has a value that is not null. */
  | { readonly kind: 'filled' }
  /** The field is there. */
  | { readonly kind: 'present' }
)

export interface Clause {
  readonly wakers: readonly Waker[]
  /** The chance that an event wakes the rule, guessed; only for choosing. */
  readonly chance: number
  /** What is left to be tested once the rule is awake. */
  readonly residual: Predicate
}

type MaybeClause = Clause | undefined

/** undefined: the predicate can hold though every fact in it is false. */
export function clauseOf(p: Predicate): MaybeClause {
  return foldSigned<MaybeClause>(p, {
    all: cheapest,
    any: union,
    constant: (value) =>
      value ? undefined : { wakers: [], chance: 0, residual: always },
    leaf: (leaf, denied) =>
      denied ? clauseOfNegated(leaf) : clauseOfLeaf(leaf),
  })
}

/** All parts hold: any one of their clauses will do, and the others are left to be tested. */
function cheapest(
  clauses: readonly MaybeClause[],
  node: And | Or,
  denied: boolean,
): MaybeClause {
  let best: Clause | undefined
  let chosen = -1
  clauses.forEach((clause, i) => {
    if (clause && (!best || clause.chance < best.chance)) {
      best = clause
      chosen = i
    }
  })
  if (!best) return undefined
  const left = node.of.flatMap((part, i): Predicate[] => {
    if (i === chosen) return []
    return [denied ? { kind: 'not', of: part } : part]
  })
  if (!isAlways(best.residual)) left.unshift(best.residual)
  const residual: Predicate =
    left.length > 1 ? { kind: 'and', of: left } : (left[0] ?? always)
  return { ...best, residual }
}

/** Some part holds: all their clauses together, if each has one. */
function union(
  clauses: readonly MaybeClause[],
  node: And | Or,
  denied: boolean,
): MaybeClause {
  const wakers: Waker[] = []
  let chance = 0
  let decided = true
  for (const clause of clauses) {
    if (!clause) return undefined
    for (const waker of clause.wakers) wakers.push(waker)
    chance += clause.chance
    decided &&= isAlways(clause.residual)
  }
  const whole: Predicate = denied ? { kind: 'not', of: node } : node
  return { wakers, chance, residual: decided ? always : whole }
}

function clauseOfNegated(leaf: Leaf): Clause | undefined {
  if (leaf.kind !== 'null') return undefined
  const waker: Waker = { field: leaf.field, kind: 'filled' }
  const residual: Predicate = leaf.orEmpty ? { kind: 'not', of: leaf } : always
  return { wakers: [waker], chance: 1, residual }
}

function clauseOfLeaf(leaf: Leaf): Clause | undefined {
  switch (leaf.kind) {
    case 'null':
      return undefined
    case 'exists': {
      const waker: Waker = { field: leaf.field, kind: 'present' }
      return { wakers: [waker], chance: 1, residual: always }
    }
    case 'text':
      return clauseOfText(leaf)
    case 'keyword':
      return clauseOfKeyword(leaf)
    case 'number': {
      const exact = leaf.op === 'eq' && isPlain(leaf.value)
      if (!exact) return filled(leaf, leaf.field, 0.5)
      const { field, value } = leaf
      const waker: Waker = { field, kind: 'number', value }
      return {
        wakers: [waker],
        chance: coarseFields.has(field) ? coarseChance : 0.03,
        residual: always,
      }
    }
    case 'boolean':
      return decided(leaf.field, { kind: 'equals', text: String(leaf.value) })
    case 'regex': {
      const literals = requiredLiterals(leaf)
      if (!literals) return filled(leaf, leaf.field, 0.9)
      const atoms = literals.map((text): Atom => ({ kind: 'contains', text }))
      return {
        wakers: atoms.map((atom) => ({
          field: leaf.field,
          kind: 'atom',
          atom,
        })),
        chance: sum(atoms.map((a) => chanceOf(a.text))),
        residual: leaf,
      }
    }
    case 'differs':
    case 'cidr':
    case 'time-part':
    case 'same-as':
      return filled(leaf, leaf.field, 0.9)
  }
}

function clauseOfText(leaf: Text): Clause {
  const folded = foldPattern(leaf.pattern)
  const atom = atomOf(folded)
  if (atom && !leaf.cased) return decided(leaf.field, atom)
  if (atom) return { ...decided(leaf.field, atom), residual: leaf }
  const literal = longestLiteral(folded)
  if (!literal) return filled(leaf, leaf.field, 0.9)
  const part: Atom = { kind: 'contains', text: literal }
  return { ...decided(leaf.field, part), residual: leaf }
}

/** Searched values are joined by NUL, so what holds a NUL is not looked for among them. */
function clauseOfKeyword(leaf: Keyword): Clause | undefined {
  const folded = foldPattern(leaf.pattern)
  const atom = atomOf(folded)
  if (atom?.kind === 'contains' && !atom.text.includes('\0')) {
    const clause = decided(keywordField, atom)
    return leaf.cased ? { ...clause, residual: leaf } : clause
  }
  const literal = longestLiteral(folded)
  if (!literal) return undefined
  const part: Atom = { kind: 'contains', text: literal }
  return { ...decided(keywordField, part), residual: leaf }
}

/** Fields of few values, which say only what kind of event it is. */
const coarseFields: ReadonlySet<string> = new Set([
  'EventID',
  'Channel',
  'Provider_Name',
  'type',
  'eventSource',
])
const coarseChance = 0.1

function decided(field: string, atom: Atom): Clause {
  const chance =
    atom.kind === 'equals' && coarseFields.has(field)
      ? coarseChance
      : chanceOf(atom.text)
  return {
    wakers: [{ field, kind: 'atom', atom }],
    chance,
    residual: always,
  }
}

function filled(leaf: Leaf, field: string, chance: number): Clause {
  return { wakers: [{ field, kind: 'filled' }], chance, residual: leaf }
}

/** The longest run of letters that every match holds, NULs cut out. */
function longestLiteral(folded: Pattern): string {
  let longest = ''
  for (const part of folded) {
    if (part === ANY || typeof part !== 'string') continue
    for (const run of part.split('\0')) {
      if (run.length > longest.length) longest = run
    }
  }
  return longest
}

/** Is the number's own text decimal, so that being equal as numbers is all there is to it? */
export function isPlain(value: number): boolean {
  return decimalOf(String(value)) === value
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
