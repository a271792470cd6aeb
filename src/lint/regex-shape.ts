// What does the spelling of a regular expression give away? Repetitions that can be matched in very many ways, ranges
// that hold more than they seem to, and ends that are not tied to anything.

interface Atom {
  readonly kind: 'atom'
  readonly source: string
}
interface Group {
  readonly kind: 'group'
  readonly alternatives: readonly (readonly Piece[])[]
}
interface Piece {
  readonly of: Atom | Group
  readonly min: number
  readonly unbounded: boolean
}

/** Characters that stand for all others when two sets are compared. */
const samples = [
  ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)),
  '\n',
  '\t',
  'é',
]

/** In UTF-16 units, and in levels of parentheses. */
const maxLength = 4_096
const maxDepth = 50

/** A part under a repetition that can itself be split in many ways, in the author's words; undefined: none was found. */
export function ambiguousRepetition(source: string): string | undefined {
  if (source.length > maxLength) return undefined
  const parser = new ShapeParser(source)
  const alternatives = parser.alternatives(0)
  return findIn(alternatives)
}

function findIn(
  alternatives: readonly (readonly Piece[])[],
): string | undefined {
  for (const sequence of alternatives) {
    for (const piece of sequence) {
      if (piece.of.kind !== 'group') continue
      if (piece.unbounded && isAmbiguous(piece.of)) return printGroup(piece.of)
      const inner = findIn(piece.of.alternatives)
      if (inner) return inner
    }
  }
  return undefined
}

/** Repeated without bound, a text can be cut into its iterations in more than one way. */
function isAmbiguous(group: Group): boolean {
  const alternatives = group.alternatives.map((s) => s.flatMap(unwrapped))
  for (const sequence of alternatives) {
    const needed = sequence.filter((p) => p.min > 0)
    for (const piece of sequence) {
      if (!piece.unbounded) continue
      const others = needed.filter((p) => p !== piece)
      if (others.every((o) => overlap(o, piece))) return true
    }
  }
  // `(a|a)*`, `(\w|\d)*`
  return alternatives.some((a, i) =>
    alternatives
      .slice(0, i)
      .some((b) => a.length === 1 && b.length === 1 && overlap(a[0]!, b[0]!)),
  )
}

/** A group that stands once, or perhaps, is what stands in it. */
function unwrapped(piece: Piece): readonly Piece[] {
  if (piece.of.kind === 'atom' || piece.unbounded) return [piece]
  const [only, ...more] = piece.of.alternatives
  if (!only || more.length) return [piece]
  const inner = only.flatMap(unwrapped)
  return piece.min ? inner : inner.map((p) => ({ ...p, min: 0 }))
}

function overlap(a: Piece, b: Piece): boolean {
  if (a.of.kind === 'group' || b.of.kind === 'group') {
    const group = a.of.kind === 'group' ? a.of : (b.of as Group)
    const other = a.of.kind === 'group' ? b : a
    return group.alternatives.some((s) => s.every((p) => overlap(p, other)))
  }
  const x = test(a.of.source)
  const y = test(b.of.source)
  if (!x || !y) return false
  return samples.some((c) => x.test(c) && y.test(c))
}

const tests = new Map<string, RegExp | undefined>()
const maxTests = 4_096

function test(atom: string): RegExp | undefined {
  if (tests.has(atom)) return tests.get(atom)
  let made: RegExp | undefined
  try {
    // An assertion takes no character and overlaps with nothing.
    made = /^(?:\\[bB]|\^|\$)$/.test(atom)
      ? undefined
      : new RegExp(`^(?:${atom})$`)
  } catch {
    made = undefined
  }
  if (tests.size < maxTests) tests.set(atom, made)
  return made
}

function printGroup(group: Group): string {
  const text = (pieces: readonly Piece[]): string =>
    pieces
      .map((p) => {
        const inner = p.of.kind === 'atom' ? p.of.source : printGroup(p.of)
        if (p.unbounded) return `${inner}${p.min ? '+' : '*'}`
        return `${inner}${p.min ? '' : '?'}`
      })
      .join('')
  return `(${group.alternatives.map(text).join('|')})`
}

class ShapeParser {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  alternatives(depth: number): Piece[][] {
    const all: Piece[][] = [[]]
    while (this.#at < this.#source.length) {
      const c = this.#source[this.#at]!
      if (c === ')') break
      if (c === '|') {
        this.#at++
        all.push([])
        continue
      }
      all.at(-1)!.push(this.#quantified(this.#one(c, depth)))
    }
    return all
  }

  #one(c: string, depth: number): Atom | Group {
    if (c === '(' && depth < maxDepth) {
      this.#at++
      const head = /^\?(?:[:=!>]|<[=!]|P?<\w+>|[a-z-]+:?)/.exec(
        this.#source.slice(this.#at, this.#at + 64),
      )
      this.#at += head?.[0].length ?? 0
      const alternatives = this.alternatives(depth + 1)
      this.#at++
      return { kind: 'group', alternatives }
    }
    const length =
      c === '[' ? classLength(this.#source, this.#at) : c === '\\' ? 2 : 1
    const source = this.#source.slice(this.#at, this.#at + length)
    this.#at += length
    return { kind: 'atom', source }
  }

  #quantified(of: Atom | Group): Piece {
    const match = /^(?:[*+?]|\{(\d{0,6})(,?)(\d{0,6})\})[?+]?/.exec(
      this.#source.slice(this.#at, this.#at + 20),
    )
    if (!match) return { of, min: 1, unbounded: false }
    this.#at += match[0].length
    // What is possessive gives nothing back.
    const possessive = match[0].length > 1 && match[0].endsWith('+')
    const sign = match[0][0]!
    if (sign !== '{') {
      const unbounded = sign !== '?' && !possessive
      return { of, min: sign === '+' ? 1 : 0, unbounded }
    }
    const unbounded = match[2] === ',' && match[3] === '' && !possessive
    return { of, min: Number(match[1] || 0), unbounded }
  }
}

function classLength(source: string, from: number): number {
  let i = from + 1
  if (source[i] === '^') i++
  if (source[i] === ']') i++
  while (i < source.length && source[i] !== ']') i += source[i] === '\\' ? 2 : 1
  return i + 1 - from
}

/** `[+-@]`: a dash between two signs of different kinds makes a range that hardly anyone means. */
export function surprisingRange(source: string): string | undefined {
  for (const match of source.slice(0, maxLength).matchAll(/\\.|\[/gs)) {
    if (match[0] !== '[') continue
    const text = source.slice(
      match.index,
      match.index + classLength(source, match.index),
    )
    const range = /(?<!\\)(?:^\[\^?|[^[])*?([^\\[\]\w\s])-([^\]\\\w\s])/.exec(
      text,
    )
    if (range && range[1]! < range[2]!) return `${range[1]}-${range[2]}`
  }
  return undefined
}

/** Which ends of every alternative are tied by `^`, `$` and their kin. */
export function anchors(source: string): { start: boolean; end: boolean } {
  if (source.length > maxLength) return { start: true, end: true }
  const alternatives = new ShapeParser(source).alternatives(0)
  const start = new Set(['^', '\\A'])
  const end = new Set(['$', '\\z', '\\Z'])
  return {
    start: alternatives.every((s) => tied(s[0], start, 'first')),
    end: alternatives.every((s) => tied(s.at(-1), end, 'last')),
  }
}

function tied(
  piece: Piece | undefined,
  signs: ReadonlySet<string>,
  which: 'first' | 'last',
): boolean {
  if (!piece) return false
  if (piece.of.kind === 'atom') return signs.has(piece.of.source)
  return (
    piece.min > 0 &&
    piece.of.alternatives.every((s) =>
      tied(which === 'first' ? s[0] : s.at(-1), signs, which),
    )
  )
}

/** It matches every text: `.*`, `^.*$`, `^`, nothing at all. */
export function matchesAll(source: string): boolean {
  return /^(?:\^|\\A)?(?:\.\*\??|\(\.\*\)|\(\?:\.\*\))(?:\$|\\z)?$|^\^?$|^\$$/.test(
    source,
  )
}
