// What does the shape of a regular expression give away? Repetitions that can be matched in very many ways, ranges that
// hold more than they seem to, and ends that are not tied to anything.
import type { Regex } from '../ir/predicate.ts'

import { emitV8, Unsayable } from '../meaning/regex/emit.ts'
import { readRegex } from '../meaning/regex/syntax.ts'
import { isTied } from '../meaning/regex/tied.ts'
import {
  type Anchor,
  childrenOf,
  nodesOf,
  type RegexNode,
  RegexProblem,
} from '../meaning/regex/tree.ts'

export interface RegexShape {
  /** A part under a repetition that can itself be split in many ways, in the author's words; undefined: none was found. */
  readonly ambiguous: string | undefined
  /** `[+-@]`: a dash between two signs makes a range that hardly anyone means. */
  readonly range: string | undefined
  /** Which ends of every alternative are tied by `^`, `$` and their kin. */
  readonly tied: { readonly start: boolean; readonly end: boolean }
  /** It matches every text: `.*`, `^.*$`, `^`, nothing at all. */
  readonly matchesAll: boolean
}

/** Longer expressions are not looked at, in UTF-16 units. */
const maxLength = 4_096

/** undefined where the expression cannot be read. */
export function shapeOf(
  regex: Pick<Regex, 'source' | 'flags' | 'dialect'>,
): RegexShape | undefined {
  const { source, flags, dialect } = regex
  if (source.length > maxLength) return undefined
  try {
    const { root } = readRegex(source, flags, dialect)
    const body = ambiguousBody(root)
    return {
      ambiguous: body && source.slice(...body),
      range: surprisingRange(root),
      tied: { start: isTied(root, starts, 0), end: isTied(root, ends, -1) },
      matchesAll: matchesAll(root),
    }
  } catch (error) {
    if (error instanceof RegexProblem) return undefined
    throw error
  }
}

/** One letter or group of a sequence. */
interface Piece {
  readonly of: RegexNode
  readonly min: number
  readonly unbounded: boolean
}

function ambiguousBody(node: RegexNode): readonly [number, number] | undefined {
  if (node.kind === 'repeat' && node.max === Number.POSITIVE_INFINITY) {
    if (isAmbiguous(node.of)) return node.body
  }
  // What is possessive gives nothing back.
  const inner =
    node.kind === 'atomic' && node.of.kind === 'repeat' ? node.of : node
  for (const child of childrenOf(inner)) {
    const found = ambiguousBody(child)
    if (found) return found
  }
  return undefined
}

/** Repeated without bound, a text can be cut into its iterations in more than one way. */
function isAmbiguous(body: RegexNode): boolean {
  const alternatives = alternativesOf(body)
  for (const sequence of alternatives) {
    const needed = sequence.filter((p) => p.min > 0)
    for (const piece of sequence) {
      if (!piece.unbounded) continue
      const others = needed.filter((p) => p !== piece)
      if (others.every((o) => overlap(o.of, piece.of))) return true
    }
  }
  // `(a|a)*`, `(\w|\d)*`
  const single = alternatives.flatMap((s) => (s.length === 1 ? [s[0]!.of] : []))
  return single.some((a, i) => single.slice(0, i).some((b) => overlap(a, b)))
}

function alternativesOf(node: RegexNode): readonly (readonly Piece[])[] {
  if (node.kind === 'group') return alternativesOf(node.of)
  return node.kind === 'alt' ? node.of.map(piecesOf) : [piecesOf(node)]
}

/** A group that stands once, or perhaps, is what stands in it. */
function piecesOf(node: RegexNode): readonly Piece[] {
  switch (node.kind) {
    case 'seq':
      return node.of.flatMap(piecesOf)
    case 'group':
      return node.of.kind === 'alt' ? [once(node)] : piecesOf(node.of)
    case 'repeat': {
      const { of, min, max } = node
      if (max === Number.POSITIVE_INFINITY)
        return [{ of, min, unbounded: true }]
      const inner = piecesOf(of)
      return min ? inner : inner.map((p) => ({ ...p, min: 0 }))
    }
    default:
      return [once(node)]
  }
}

function once(of: RegexNode): Piece {
  return { of, min: 1, unbounded: false }
}

/** Some text of the one is a run of letters of the other. */
function overlap(a: RegexNode, b: RegexNode): boolean {
  const x = lettersOf(a)
  const y = lettersOf(b)
  if (x !== undefined && y !== undefined) return (x & y) !== 0n
  const [whole, other] = x === undefined ? [a, b] : [b, a]
  const joined =
    whole.kind === 'group' || whole.kind === 'alt' || whole.kind === 'seq'
  return (
    joined &&
    alternativesOf(whole).some((s) => s.every((p) => overlap(p.of, other)))
  )
}

/** Characters that stand for all others when two sets are compared. */
const samples = [
  ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)),
  '\n',
  '\t',
  'é',
]
const sampled = new WeakMap<RegexNode, bigint>()

/** Which samples a letter or set matches, a bit each; undefined for what is no single letter. */
function lettersOf(node: RegexNode): bigint | undefined {
  if (node.kind !== 'char' && node.kind !== 'set' && node.kind !== 'dot')
    return undefined
  let bits = sampled.get(node)
  if (bits === undefined) {
    const letter = letterTest(node)
    bits = 0n
    samples.forEach((c, i) => {
      if (letter?.test(c)) bits! |= 1n << BigInt(i)
    })
    sampled.set(node, bits)
  }
  return bits
}

function letterTest(node: RegexNode): RegExp | undefined {
  try {
    const { source, i } = emitV8(node, 'none')
    return new RegExp(`^(?:${source})$`, i ? 'iv' : 'v')
  } catch (error) {
    if (error instanceof Unsayable || error instanceof SyntaxError)
      return undefined
    throw error
  }
}

function surprisingRange(root: RegexNode): string | undefined {
  for (const node of nodesOf(root)) {
    if (node.kind !== 'set') continue
    for (const codes of node.ranges) {
      const [from, to] = codes.map((code) => String.fromCodePoint(code))
      const signs = [from!, to!].every((c) => /[^\w\s\\[\]]/.test(c))
      if (from !== to && signs) return `${from}-${to}`
    }
  }
  return undefined
}

const starts: ReadonlySet<Anchor> = new Set(['start', 'line-start'])
const ends: ReadonlySet<Anchor> = new Set(['end', 'final', 'line-end'])

function matchesAll(root: RegexNode): boolean {
  const parts = root.kind === 'seq' ? root.of : [root]
  const isAnchor = (set: ReadonlySet<Anchor>, node: RegexNode | undefined) =>
    node?.kind === 'anchor' && set.has(node.at)
  if (parts.length <= 1) {
    const [only] = parts
    if (!only || isAnchor(starts, only) || isAnchor(ends, only)) return true
  }
  const from = isAnchor(starts, parts[0]) ? 1 : 0
  const to = parts.length - (isAnchor(ends, parts.at(-1)) ? 1 : 0)
  const rest = parts.slice(from, to)
  return rest.length === 1 && isAnything(rest[0]!)
}

/** `.*` */
function isAnything(node: RegexNode): boolean {
  if (node.kind === 'group') return isAnything(node.of)
  return (
    node.kind === 'repeat' &&
    node.min === 0 &&
    node.max === Number.POSITIVE_INFINITY &&
    node.of.kind === 'dot'
  )
}
