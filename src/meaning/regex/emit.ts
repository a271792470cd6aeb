// A regular expression's tree in the words of an engine. Nothing of the author's spelling is left: every sign is written as
// its code point, every class as ranges and properties, every anchor as what it means in its dialect, so both engines
// agree. Letters fold by Unicode's simple folding. One difference remains: on RE2 a word boundary looks at ASCII only.
import {
  type Anchor,
  type NamedSet,
  nodesOf,
  type Range,
  type RegexNode,
} from './tree.ts'

/** The engine has no words for this. */
export class Unsayable extends Error {}

/** In Python, also in the tables of classes: L, N and the underscore. */
const word = '\\p{L}\\p{N}_'

/** `all`: every group of the author's can be asked for by `groupName`; `none`: only whether there is a match. */
export type Captures = 'all' | 'none'

export function groupName(number: number): string {
  return `g${number}`
}

/** A group that begins so takes in a line break that the match ends before (see `final`). */
export const finalPrefix = 'final'

/** How an engine writes what engines write differently. */
interface Words {
  code(code: number): string
  /** A node whose letters fold. */
  folded(text: string): string
  group(number: number, of: string): string
  anchor(at: Anchor, last: boolean): string
  /** A set with a negated class in it, which cannot stand inside plain brackets. */
  mixedSet(
    plain: string,
    complements: readonly string[],
    negated: boolean,
  ): string
  look(behind: boolean, negated: boolean, of: string): string
  atomic(of: string): string
  back(group: number): string
  readonly maxCount: number
}

export interface Emitted {
  readonly source: string
  /** Whether every letter folds: then the engine's flag is set instead. */
  readonly i: boolean
}

/** For V8, with the flag `v`. */
export function emitV8(root: RegexNode, captures: Captures): Emitted {
  let atomics = 0
  const referred = references(root)
  const fold = folding(root)
  const words: Words = {
    code: (code) => `\\u{${code.toString(16)}}`,
    folded: (text) => text,
    group: (number, of) =>
      captures === 'all' || referred.has(number)
        ? `(?<${groupName(number)}>${of})`
        : `(?:${of})`,
    anchor: (at) => v8Anchors[at],
    mixedSet: (plain, complements, negated) =>
      `[${negated ? '^' : ''}${plain}${complements.join('')}]`,
    look: (behind, negated, of) =>
      `(?${behind ? '<' : ''}${negated ? '!' : '='}${of})`,
    // What a lookahead has matched is never given back, and the reference takes it up.
    atomic: (of) => {
      const name = `atomic${++atomics}`
      return `(?:(?=(?<${name}>${of}))\\k<${name}>)`
    },
    back: (group) => `\\k<${groupName(group)}>`,
    maxCount: Number.POSITIVE_INFINITY,
  }
  const tree = fold === 'some' ? spellOut(root) : root
  return { source: emit(tree, words, true), i: fold === 'all' }
}

/** For RE2. Throws Unsayable for lookarounds, references, atomic groups and what RE2 bounds. */
export function emitRe2(root: RegexNode, captures: Captures): Emitted {
  const unsayable = (what: string) => () => {
    throw new Unsayable(what)
  }
  let finals = 0
  const i = folding(root) === 'all'
  const words: Words = {
    code: (code) => `\\x{${code.toString(16)}}`,
    folded: (text) => (i ? text : `(?i:${text})`),
    group: (number, of) =>
      captures === 'all' ? `(?P<${groupName(number)}>${of})` : `(?:${of})`,
    anchor: (at, last) => {
      if (at !== 'final') return re2Anchors[at]
      // RE2 cannot look ahead: the line break before the end is taken in, which only the last place allows.
      if (!last) throw new Unsayable('"$" before the end')
      return captures === 'all'
        ? `(?P<${finalPrefix}${++finals}>\\n?)\\z`
        : '\\n?\\z'
    },
    mixedSet: (plain, complements, negated) => {
      if (negated) throw new Unsayable('a negated set with a negated class')
      const sets = complements.map((c) => (c.startsWith('[') ? c : `[${c}]`))
      return `(?:${[...(plain ? [`[${plain}]`] : []), ...sets].join('|')})`
    },
    look: unsayable('lookaround'),
    atomic: unsayable('atomic groups'),
    back: unsayable('references'),
    maxCount: 1000,
  }
  return { source: emit(root, words, true), i }
}

const boundary = `(?:(?<=[${word}])(?![${word}])|(?<![${word}])(?=[${word}]))`
const inside = `(?:(?<=[${word}])(?=[${word}])|(?<![${word}])(?![${word}]))`

const v8Anchors: Readonly<Record<Anchor, string>> = {
  start: '^',
  end: '$',
  final: '(?=\\n?$)',
  'line-start': '(?<![^\\n])',
  'line-end': '(?![^\\n])',
  boundary,
  inside,
  'ascii-boundary': '\\b',
  'ascii-inside': '\\B',
}

const re2Anchors: Readonly<Record<Exclude<Anchor, 'final'>, string>> = {
  start: '\\A',
  end: '\\z',
  'line-start': '(?m:^)',
  'line-end': '(?m:$)',
  boundary: '\\b',
  inside: '\\B',
  'ascii-boundary': '\\b',
  'ascii-inside': '\\B',
}

/** `last`: nothing follows the node in the expression. */
function emit(node: RegexNode, d: Words, last: boolean): string {
  switch (node.kind) {
    case 'char': {
      const text = d.code(node.code)
      return node.i && hasCase(node.code) ? d.folded(text) : text
    }
    case 'set': {
      const text = emitSet(node, d)
      return node.i ? d.folded(text) : text
    }
    case 'dot':
      return node.lines ? `[^${d.code(10)}]` : anything(d)
    case 'anchor':
      return d.anchor(node.at, last)
    case 'seq':
      return node.of
        .map((child, k) => {
          const text = emit(child, d, last && k === node.of.length - 1)
          return child.kind === 'alt' ? `(?:${text})` : text
        })
        .join('')
    case 'alt':
      return node.of.map((child) => emit(child, d, last)).join('|')
    case 'group':
      return d.group(node.number, emit(node.of, d, last))
    case 'repeat':
      return emitRepeat(node, d)
    case 'atomic':
      return d.atomic(emit(node.of, d, false))
    case 'look':
      return d.look(node.behind, node.negated, emit(node.of, d, false))
    case 'back':
      return d.back(node.group)
  }
}

function emitRepeat(
  node: Extract<RegexNode, { kind: 'repeat' }>,
  d: Words,
): string {
  const { min, max, lazy } = node
  if (Math.max(min, max === Number.POSITIVE_INFINITY ? 0 : max) > d.maxCount)
    throw new Unsayable(`a repetition beyond ${d.maxCount}`)
  const body = emit(node.of, d, false)
  const bound = max === Number.POSITIVE_INFINITY ? '' : String(max)
  const count =
    min === 0 && bound === ''
      ? '*'
      : min === 1 && bound === ''
        ? '+'
        : min === 0 && max === 1
          ? '?'
          : min === max
            ? `{${min}}`
            : `{${min},${bound}}`
  return `(?:${body})${count}${lazy ? '?' : ''}`
}

function emitSet(node: Extract<RegexNode, { kind: 'set' }>, d: Words): string {
  let plain = emitRanges(node.ranges, d)
  const complements: string[] = []
  for (const set of node.named) {
    if (set.negated) complements.push(complementOf(set, d))
    else plain += membersOf(set, d)
  }
  if (complements.length === 0) return `[${node.negated ? '^' : ''}${plain}]`
  // A set of one complement is that complement, or what it leaves out.
  if (plain === '' && node.named.length === 1) {
    const only = membersOf(node.named[0]!, d)
    return `[${node.negated ? '' : '^'}${only}]`
  }
  return d.mixedSet(plain, complements, node.negated)
}

function complementOf(set: NamedSet, d: Words): string {
  return `[^${membersOf(set, d)}]`
}

function membersOf({ members }: NamedSet, d: Words): string {
  const properties = members.properties.map((name) => `\\p{${name}}`)
  return emitRanges(members.ranges, d) + properties.join('')
}

function emitRanges(ranges: readonly Range[], d: Words): string {
  return ranges
    .map(([from, to]) =>
      from === to ? d.code(from) : `${d.code(from)}-${d.code(to)}`,
    )
    .join('')
}

function anything(d: Words): string {
  return `[${d.code(0)}-${d.code(0x10ffff)}]`
}

function hasCase(code: number): boolean {
  const text = String.fromCodePoint(code)
  return text.toLowerCase() !== text || text.toUpperCase() !== text
}

/** Do letters fold everywhere, nowhere, or here and there? */
function folding(root: RegexNode): 'all' | 'none' | 'some' {
  let folds = 0
  let keeps = 0
  for (const node of nodesOf(root)) {
    if (node.kind === 'set' && node.named.some(isOfOneCase)) keeps++
    const minds =
      (node.kind === 'char' && hasCase(node.code)) ||
      (node.kind === 'set' && node.ranges.length > 0) ||
      node.kind === 'back'
    if (minds) node.i ? folds++ : keeps++
  }
  if (folds === 0) return 'none'
  return keeps === 0 ? 'all' : 'some'
}

/** `\p{Lu}` is capitals only, whatever the flags say. */
function isOfOneCase({ members }: NamedSet): boolean {
  return members.properties.some((name) => /^(?:L[ult]|Upper|Lower)/.test(name))
}

/** The groups that references read. */
function references(root: RegexNode): ReadonlySet<number> {
  const groups = new Set<number>()
  for (const node of nodesOf(root))
    if (node.kind === 'back') groups.add(node.group)
  return groups
}

/** Wider ranges are not spelt out, in code points. */
const maxSpeltOut = 2048

/** Letters that fold become sets of all their forms, for an expression of which only a part folds. */
function spellOut(node: RegexNode): RegexNode {
  switch (node.kind) {
    case 'char': {
      if (!node.i || !hasCase(node.code)) return node
      const ranges = formsOf(node.code)
      return { kind: 'set', ranges, named: [], negated: false, i: false }
    }
    case 'set': {
      if (!node.i) return node
      const forms = node.ranges.flatMap(([from, to]) => {
        if (to - from > maxSpeltOut)
          throw new Unsayable('a wide set that folds')
        const all: Range[] = []
        for (let code = from; code <= to; code++)
          for (const form of formsOf(code)) all.push(form)
        return all
      })
      return { ...node, ranges: [...node.ranges, ...forms], i: false }
    }
    case 'seq':
    case 'alt':
      return { ...node, of: node.of.map(spellOut) }
    case 'group':
    case 'repeat':
    case 'atomic':
    case 'look':
      return { ...node, of: spellOut(node.of) }
    case 'back':
      if (node.i) throw new Unsayable('a reference that folds in a part')
      return node
    default:
      return node
  }
}

function formsOf(code: number): Range[] {
  const text = String.fromCodePoint(code)
  const forms = new Set([text, text.toLowerCase(), text.toUpperCase()])
  return [...forms]
    .filter((form) => [...form].length === 1)
    .map((form) => [form.codePointAt(0)!, form.codePointAt(0)!] as const)
}
