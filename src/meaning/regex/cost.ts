// How many ways may a backtracking engine try before it gives up? Bounded from above by factor * length ^ degree: each
// unbounded repetition adds one to the degree, counted repetitions and alternatives multiply the factor, an ambiguous
// body under an unbounded repetition has no bound. The estimate is coarse and errs upwards; what it cannot vouch for
// goes to an engine that does not backtrack.
import { isTied } from './tied.ts'
import type { Anchor, RegexNode } from './tree.ts'

export interface Cost {
  readonly factor: number
  /** Infinity: exponential. */
  readonly degree: number
}

/** Of a search in a text: the expression may begin anywhere unless it is tied to the start. */
export function searchCost(root: RegexNode): Cost {
  const { factor, degree } = waysOf(root)
  return { factor, degree: degree + (isTied(root, start, 0) ? 0 : 1) }
}

const start: ReadonlySet<Anchor> = new Set(['start'])
const one: Cost = { factor: 1, degree: 0 }
const hopeless: Cost = { factor: 1, degree: Number.POSITIVE_INFINITY }

function waysOf(node: RegexNode): Cost {
  switch (node.kind) {
    case 'seq':
      return node.of.map(waysOf).reduce(times, one)
    case 'alt': {
      const ways = node.of.map(waysOf)
      const degree = ways.reduce((most, w) => Math.max(most, w.degree), 0)
      const factors = ways.map((w) => w.factor)
      // Where the first letter tells which branch it is, only one is ever tried in earnest.
      const factor = tellApart(node.of)
        ? factors.reduce((a, b) => Math.max(a, b), 0)
        : factors.reduce((a, b) => a + b, 0)
      return { factor, degree }
    }
    case 'group':
    case 'atomic':
    case 'look':
      return waysOf(node.of)
    case 'repeat':
      return repeated(node)
    default:
      return one
  }
}

function repeated(node: Extract<RegexNode, { kind: 'repeat' }>): Cost {
  const { min, max } = node
  const body = waysOf(node.of)
  const plain = body.factor === 1 && body.degree === 0
  if (max === Number.POSITIVE_INFINITY) {
    if (!plain || canBeEmpty(node.of)) return hopeless
    // A body of more than one letter may also be entered in the middle of what it repeats.
    return { factor: 1, degree: 1 }
  }
  if (max === 0) return one
  // Even with one way only, each try walks through all its copies.
  if (plain) return { factor: Math.max(max, max - min + 1), degree: 0 }
  return {
    factor: (max - min + 1) * body.factor ** max,
    degree: body.degree * max,
  }
}

function times(a: Cost, b: Cost): Cost {
  return { factor: a.factor * b.factor, degree: a.degree + b.degree }
}

export function canBeEmpty(node: RegexNode): boolean {
  switch (node.kind) {
    case 'char':
    case 'set':
    case 'dot':
      return false
    case 'seq':
      return node.of.every(canBeEmpty)
    case 'alt':
      return node.of.some(canBeEmpty)
    case 'group':
    case 'atomic':
      return canBeEmpty(node.of)
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.of)
    default:
      return true
  }
}

/** Does every branch begin with a letter of its own? */
function tellApart(branches: readonly RegexNode[]): boolean {
  const firsts = branches.map(firstLetter)
  return (
    firsts.every((f) => f !== undefined) &&
    new Set(firsts).size === firsts.length
  )
}

function firstLetter(node: RegexNode): string | undefined {
  switch (node.kind) {
    case 'char':
      return String.fromCodePoint(node.code).toLowerCase()
    case 'seq':
      return node.of[0] && firstLetter(node.of[0])
    case 'group':
      return firstLetter(node.of)
    default:
      return undefined
  }
}

/** Letters that an engine lays out for counted repetitions, at most. */
export function laidOut(node: RegexNode): number {
  switch (node.kind) {
    case 'seq':
    case 'alt':
      return node.of.reduce((sum, child) => sum + laidOut(child), 0)
    case 'group':
    case 'atomic':
    case 'look':
      return laidOut(node.of)
    case 'repeat': {
      const copies =
        node.max === Number.POSITIVE_INFINITY ? node.min + 1 : node.max
      return laidOut(node.of) * Math.max(1, copies)
    }
    default:
      return 1
  }
}
