// How is a regular expression run so that no expression and no text can hang the process? It means what it means in its
// dialect (syntax.ts, emit.ts). V8 runs it where a bound on its backtracking is known and small enough for the length of the
// text at hand (cost.ts); re2js, which never backtracks, runs it elsewhere. What re2js has no words for (lookaround,
// references, atomic groups) runs on V8 alone, on as much of the text as its bound allows, and is refused if that is nothing.
import type { Regex } from '../../ir/predicate.ts'

import { laidOut, searchCost } from './cost.ts'
import {
  type Engine,
  isRe2Sayable,
  type RegexMatch,
  re2Engine,
  v8Engine,
} from './engines.ts'
import { literalsOf } from './literals.ts'
import { readRegex } from './syntax.ts'
import {
  childrenOf,
  nodesOf,
  type RegexNode,
  RegexProblem,
  type RegexTree,
} from './tree.ts'

export type RegexSpec = Pick<Regex, 'source' | 'flags' | 'dialect'>

export interface RunnableRegex {
  readonly kind: 'regex'
  /** Of a longer text than it `sees` only the beginning counts, as for `matches`. */
  test(text: string): boolean
  /** From the left, not overlapping, at most so many. */
  matches(text: string, most: number): RegexMatch[]
  /** Names of groups and their numbers, from 1. */
  readonly names: RegexTree['names']
  /** Whether a text of so many UTF-16 units is looked at as a whole. */
  sees(length: number): boolean
  /** Texts of so many UTF-16 units V8 looks at as a whole. */
  readonly reach: number
  /** Which engines run it. */
  readonly engines: readonly ('v8' | 're2')[]
  /** Folded texts one of which every match holds; undefined where none are worth knowing. */
  readonly literals: readonly string[] | undefined
}

export type CompiledRegex =
  | RunnableRegex
  | { readonly kind: 'refused'; readonly reason: string }

/** Ways that V8 may try for one text: some five milliseconds at the worst. */
const maxWays = 1 << 22
/** Letters of an expression times units of a text that re2js may walk: some half a second at the worst. */
const maxWalk = 1 << 25
/** No engine looks farther into a text, in UTF-16 units. */
const maxText = 1 << 20
/** For shorter text alone V8 is not worth keeping ready. */
const shortestText = 32
/** Letters that counted repetitions may lay out; both engines build programs of that size. */
const maxLaidOut = 20_000

/** Rules repeat expressions, and searches compute them; this many are remembered. */
const maxKnown = 4096
const known = new Map<string, CompiledRegex>()

export function compileRegex(spec: RegexSpec): CompiledRegex {
  const key = regexKey(spec)
  const before = known.get(key)
  if (before) return before
  if (known.size >= maxKnown) known.clear()
  const made = compile(spec)
  known.set(key, made)
  return made
}

export function regexKey({ source, flags, dialect }: RegexSpec): string {
  return `${dialect} ${flags.i ? 'i' : ''}${flags.m ? 'm' : ''}${flags.s ? 's' : ''}/${source}`
}

function compile({ source, flags, dialect }: RegexSpec): CompiledRegex {
  try {
    return choose(readRegex(source, flags, dialect))
  } catch (error) {
    if (error instanceof RegexProblem) return refuse(error.message)
    // The engine's own words: a property that Unicode does not have, and the like.
    if (error instanceof SyntaxError) return refuse(error.message)
    throw error
  }
}

function refuse(reason: string): CompiledRegex {
  return { kind: 'refused', reason }
}

const unbounded =
  'it could backtrack without bound; write it without lookaround and references, or with fewer repetitions'

function choose(tree: RegexTree): CompiledRegex {
  const { root, names } = tree
  const size = laidOut(root)
  if (size > maxLaidOut) return refuse('its repetitions are too large')
  const { reach, v8 } = v8For(tree)
  const walk = Math.min(maxText, Math.floor(maxWalk / size))
  // Emitting for re2js, and compiling there, takes its time: where V8 does for most texts, both wait until they are needed.
  let words: { readonly found: boolean } | undefined
  const sayable = () =>
    (words ??= { found: reach < maxText && isRe2Sayable(tree) }).found
  let made: { readonly engine: Engine | undefined } | undefined
  const re2 = () =>
    sayable() ? (made ??= { engine: re2Engine(tree) }).engine : undefined
  const runs =
    v8 !== undefined || (isSmall(tree, size) ? sayable() : re2() !== undefined)
  if (!runs) return refuse(unbounded)
  const keeps = keepsGroups(root)
  const far = (text: string): readonly [Engine, string] => {
    const linear = re2()
    return linear ? [linear, cut(text, walk)] : [v8!, cut(text, reach)]
  }
  return {
    kind: 'regex',
    names,
    literals: literalsOf(root),
    get engines() {
      return [
        ...(v8 ? (['v8'] as const) : []),
        ...(sayable() ? (['re2'] as const) : []),
      ]
    },
    reach,
    sees: (length) =>
      length <= reach || (length <= walk && re2() !== undefined),
    test(text) {
      if (v8 && text.length <= reach) return v8.test(text)
      const [engine, seen] = far(text)
      return engine.test(seen)
    },
    matches(text, most) {
      if (v8 && text.length <= reach && (keeps || !re2()))
        return v8.matches(text, most)
      const [engine, seen] = far(text)
      return engine.matches(seen, most)
    },
  }
}

/** So far below the bounds of re2js (1000 copies, 1000 levels) that it surely compiles what it has words for. */
const smallTree = 1000

function isSmall({ root }: RegexTree, size: number): boolean {
  const nodes = [...nodesOf(root)]
  return (
    size <= smallTree &&
    nodes.length <= smallTree &&
    nodes.every(
      (node) =>
        node.kind !== 'set' ||
        // It may not know a property.
        node.named.every(({ members }) => members.properties.length === 0),
    )
  )
}

function cut(text: string, length: number): string {
  return text.length > length ? text.slice(0, length) : text
}

/** V8's engine, and the longest text for which factor * length ^ degree stays within the bound. */
function v8For(tree: RegexTree): {
  readonly reach: number
  readonly v8: Engine | undefined
} {
  const { factor, degree } = searchCost(tree.root)
  const reach =
    degree === Number.POSITIVE_INFINITY || factor > maxWays
      ? 0
      : degree === 0
        ? maxText
        : Math.min(maxText, Math.floor((maxWays / factor) ** (1 / degree)))
  const v8 = reach >= shortestText ? v8Engine(tree) : undefined
  return { reach: v8 ? reach : 0, v8 }
}

/**
 * Whether V8 says of groups what others say: at each turn of a repetition it forgets what groups in it held, where others
 * keep that until the group takes part again. It shows only where a turn can pass by a group.
 */
export function keepsGroups(node: RegexNode): boolean {
  if (node.kind !== 'repeat' || node.max <= 1)
    return childrenOf(node).every(keepsGroups)
  const inside = [...nodesOf(node.of)]
  const groups = inside.some(({ kind }) => kind === 'group')
  return !groups || !inside.some(canPassBy)
}

function canPassBy(node: RegexNode): boolean {
  return node.kind === 'alt' || (node.kind === 'repeat' && node.min === 0)
}

const keptLiterals = new Map<string, readonly string[]>()

/** What `requiredLiterals` gave in an earlier run, by `regexKey`; empty where it gave none. */
export function keepLiterals(
  literals: Readonly<Record<string, readonly string[]>>,
): void {
  for (const key in literals) {
    if (keptLiterals.size < maxKnown) keptLiterals.set(key, literals[key]!)
  }
}

/**
 * Texts one of which every match holds, folded; undefined where none is known. No engine is asked: most expressions of an index are never
 * run.
 */
export function requiredLiterals(
  spec: RegexSpec,
): readonly string[] | undefined {
  const key = regexKey(spec)
  const kept = keptLiterals.get(key)
  if (kept) return kept.length ? kept : undefined
  const before = known.get(key)
  if (before) return before.kind === 'regex' ? before.literals : undefined
  const { source, flags, dialect } = spec
  try {
    return literalsOf(readRegex(source, flags, dialect).root)
  } catch (error) {
    if (error instanceof RegexProblem) return undefined
    throw error
  }
}
