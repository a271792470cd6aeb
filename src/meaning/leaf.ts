// When does one fact about one field hold? Each leaf kind of the IR answers once, here; the comments at the kinds in
// `ir/predicate.ts` are the specification.
import {
  type BooleanIs,
  type Cidr,
  type Leaf,
  leaves,
  type NumberIs,
  type Predicate,
  type Regex,
  type SameAs,
  type Text,
  type TimePartIs,
  compares,
} from '../ir/predicate.ts'

import { anyItem, type Cell } from './cell.ts'
import { type AddressTest, compileNetwork } from './network.ts'
import { compileRegex, type RunnableRegex } from './regex/regex.ts'
import { compilePattern, foldPattern } from './pattern.ts'
import { timePartOf } from './time-part.ts'

/** Of one field. Of a list the test is asked as a whole and looks at the items itself. */
export type CellTest = (cell: Cell) => boolean

/** Leaves that read one field; the others need the event. */
export type FieldLeaf = Exclude<Leaf, { kind: 'keyword' | 'same-as' }>

/** Why a leaf cannot be run; the rule that has it is refused. */
export class RefusedLeaf extends Error {}

/** Is a single value (not a list) one that text tests look at? */
function isScalar(cell: Cell): boolean {
  return cell.value !== undefined && cell.value !== null
}

function isUnfilled(cell: Cell): boolean {
  return !isScalar(cell) || cell.value === ''
}

export function compileLeaf(leaf: FieldLeaf): CellTest {
  switch (leaf.kind) {
    case 'exists':
      return (cell) => cell.present
    case 'null':
      // A list is there, whatever its items are.
      return leaf.orEmpty
        ? (cell) => (cell.items ?? [cell]).every(isUnfilled)
        : (cell) => cell.items === undefined && !isScalar(cell)
    default: {
      const single = compileSingle(leaf)
      return (cell) => {
        if (cell.items === undefined) return isScalar(cell) && single(cell)
        return anyItem(cell, (c) => isScalar(c) && single(c))
      }
    }
  }
}

/** The test of a single value that is neither missing nor null. */
function compileSingle(
  leaf: Exclude<FieldLeaf, { kind: 'exists' | 'null' }>,
): CellTest {
  switch (leaf.kind) {
    case 'text':
      return textTest(leaf)
    case 'differs': {
      const alike = compileSingle(leaf.from)
      return (cell) => !alike(cell)
    }
    case 'number':
      return numberTest(leaf)
    case 'boolean':
      return booleanTest(leaf)
    case 'regex': {
      const regex = runnable(leaf)
      return (cell) => regex.test(cell.text)
    }
    case 'cidr': {
      const within = networkOf(leaf)
      return (cell) => within(cell.text)
    }
    case 'time-part':
      return timePartTest(leaf)
  }
}

/** An expression that may only look at the beginning of a value must at least see so much of it, in UTF-16 units. */
const leastText = 1024

function runnable(leaf: Regex): RunnableRegex {
  const regex = compileRegex(leaf)
  const refuse = (reason: string) =>
    new RefusedLeaf(`the regular expression /${leaf.source}/: ${reason}`)
  if (regex.kind === 'refused') throw refuse(regex.reason)
  // What re2js can run sees enough, and is not asked for its bound: that would compile it.
  if (
    regex.reach < leastText &&
    !regex.engines.includes('re2') &&
    !regex.sees(leastText)
  )
    throw refuse(
      'it could take too long on more than a few characters; write it without lookaround and references, or with fewer repetitions',
    )
  return regex
}

function networkOf(leaf: Cidr): AddressTest {
  const within = compileNetwork(leaf.network)
  if (within) return within
  throw new RefusedLeaf(`"${leaf.network}" is not a network address`)
}

/** What keeps a predicate from being run, if anything does: an expression or a network that no test can be made of. */
export function whyRefused(p: Predicate): string | undefined {
  try {
    for (const leaf of leaves(p)) {
      if (leaf.kind === 'regex') runnable(leaf)
      else if (leaf.kind === 'cidr') networkOf(leaf)
      else if (leaf.kind === 'differs') compileLeaf(leaf.from)
    }
    return undefined
  } catch (error) {
    if (error instanceof RefusedLeaf) return error.message
    throw error
  }
}

function textTest(leaf: Text): CellTest {
  if (leaf.cased) {
    const matches = compilePattern(leaf.pattern)
    return (cell) => matches(cell.text)
  }
  const matches = compilePattern(foldPattern(leaf.pattern))
  return (cell) => matches(cell.folded)
}

function numberTest(leaf: NumberIs): CellTest {
  const { op, value } = leaf
  if (op === 'eq') {
    const text = String(value)
    return (cell) => cell.number === value || cell.text === text
  }
  return (cell) => {
    const number = cell.number
    return number !== undefined && compares(number, op, value)
  }
}

function booleanTest(leaf: BooleanIs): CellTest {
  const text = String(leaf.value)
  return (cell) =>
    typeof cell.value === 'boolean'
      ? cell.value === leaf.value
      : typeof cell.value === 'string' && cell.folded === text
}

function timePartTest(leaf: TimePartIs): CellTest {
  return (cell) => {
    if (typeof cell.value !== 'string') return false
    const part = timePartOf(cell.text, leaf.part)
    return part !== undefined && compares(part, leaf.op, leaf.value)
  }
}

/** Both fields there, and some value of the one stands so to some value of the other. */
export function sameAs(leaf: SameAs, field: Cell, other: Cell): boolean {
  return anyItem(
    field,
    (a) =>
      isScalar(a) && anyItem(other, (b) => isScalar(b) && relates(leaf, a, b)),
  )
}

function relates(leaf: SameAs, a: Cell, b: Cell): boolean {
  const x = leaf.cased ? a.text : a.folded
  const y = leaf.cased ? b.text : b.folded
  switch (leaf.how) {
    case 'equals':
      return x === y
    case 'contains':
      return x.includes(y)
    case 'startswith':
      return x.startsWith(y)
    case 'endswith':
      return x.endsWith(y)
  }
}
