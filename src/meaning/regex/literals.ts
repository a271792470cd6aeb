// Which text must every match hold? Found so that an index can watch for it instead of trying the expression on every value.
import { fold } from '../fold.ts'
import { chanceOf } from '../rarity.ts'
import type { RegexNode } from './tree.ts'

/** Texts with a greater chance are in too many values to be worth watching. */
const commonest = 0.15
/** More alternatives than this are not watched. */
const maxAlternatives = 64

/** Folded texts, one of which every match holds; undefined where no good ones are known. */
export function literalsOf(root: RegexNode): string[] | undefined {
  return best([...candidates(root)])
}

type Literals = string[]

/** Sets of texts of each of which every match holds one. */
function* candidates(node: RegexNode): Generator<Literals> {
  switch (node.kind) {
    case 'char':
    case 'set':
    case 'seq':
      yield* ofSequence(node.kind === 'seq' ? node.of : [node])
      return
    case 'alt': {
      const branches = node.of.map((child) => best([...candidates(child)]))
      if (branches.some((b) => b === undefined)) return
      const all = branches.flatMap((b) => b!)
      if (all.length <= maxAlternatives) yield all
      return
    }
    case 'group':
    case 'atomic':
      yield* candidates(node.of)
      return
    case 'repeat':
      if (node.min > 0) yield* candidates(node.of)
      return
    default:
      return
  }
}

/** Runs of single letters, and what the other parts hold by themselves. */
function* ofSequence(parts: readonly RegexNode[]): Generator<Literals> {
  let run = ''
  for (const part of flatten(parts)) {
    const letter = letterOf(part)
    if (letter !== undefined) {
      run += letter
      continue
    }
    // Anchors and lookarounds take no room: letters on both sides are neighbours.
    if (part.kind === 'anchor' || part.kind === 'look') continue
    if (run !== '') yield [run]
    run = ''
    if (part.kind !== 'set' && part.kind !== 'char') yield* candidates(part)
  }
  if (run !== '') yield [run]
}

function* flatten(parts: readonly RegexNode[]): Generator<RegexNode> {
  for (const part of parts) {
    if (part.kind === 'seq') yield* flatten(part.of)
    else if (part.kind === 'group' && part.of.kind !== 'alt')
      yield* flatten([part.of])
    else if (part.kind === 'repeat' && part.min === part.max && part.min <= 8) {
      for (let k = 0; k < part.min; k++) yield* flatten([part.of])
    } else yield part
  }
}

/** The one folded letter that a node matches, if it is one: `[Pp]` is p. */
function letterOf(node: RegexNode): string | undefined {
  if (node.kind === 'char') return fold(String.fromCodePoint(node.code))
  if (node.kind !== 'set' || node.negated || node.named.length) return undefined
  const letters = new Set<string>()
  for (const [from, to] of node.ranges) {
    if (from !== to) return undefined
    letters.add(fold(String.fromCodePoint(from)))
  }
  return letters.size === 1 ? [...letters][0] : undefined
}

function best(all: readonly Literals[]): Literals | undefined {
  const chance = (literals: Literals) =>
    literals.reduce((sum, text) => sum + chanceOf(text), 0)
  let found: Literals | undefined
  for (const literals of all) {
    if (!found || chance(literals) < chance(found)) found = literals
  }
  const rare = found?.every(
    (text) => chanceOf(text) <= commonest || text.length >= 3,
  )
  return rare ? found : undefined
}
