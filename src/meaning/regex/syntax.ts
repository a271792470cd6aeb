// A regular expression as a tree, read as its dialect reads it: Python's `re`, with what PCRE writers are used to besides
// (`\h`, `\z`, `\R`, `\x{..}`, POSIX classes, possessive quantifiers, atomic groups), or PCRE itself. Flags are resolved
// here: each node knows whether its letters fold, whether its dot stops at line breaks, whether its anchors look at lines.
// What comes out can be given to any engine (emit.ts) and be judged (cost.ts, literals.ts).
import type { RegexDialect } from '../../ir/predicate.ts'

import { Cursor } from './cursor.ts'
import {
  type EscapeContext,
  readEscapedCode,
  readNamedSet,
  readSet,
} from './escape.ts'
import { anyLineBreak, type Spelling, spellings } from './tables.ts'
import {
  type Anchor,
  type RegexFlags,
  type RegexNode,
  RegexProblem,
  type RegexTree,
} from './tree.ts'

/** In UTF-16 units; the longest of the public rules has 500. */
export const maxRegexLength = 16_384
const maxNesting = 100
/** Python's own bound is 2^32, PCRE's 65,535; engines give up long before. */
const maxCount = 65_535

/** Throws RegexProblem. */
export function readRegex(
  source: string,
  flags: RegexFlags,
  dialect: RegexDialect,
): RegexTree {
  if (source.length > maxRegexLength)
    throw new RegexProblem(
      `it has ${source.length} characters; at most ${maxRegexLength} are read`,
    )
  return new RegexReader(source, flags, spellings[dialect]).read()
}

const noFlags: RegexFlags = { i: false, m: false, s: false }

/** What is wrong with it, for its author; undefined where it can be read. */
export function regexFault(
  source: string,
  dialect: RegexDialect,
): string | undefined {
  try {
    readRegex(source, noFlags, dialect)
    return undefined
  } catch (error) {
    if (error instanceof RegexProblem) return error.message
    throw error
  }
}

interface Flags extends RegexFlags {
  /** Blanks and comments between the parts say nothing. */
  readonly x: boolean
  /** Classes know ASCII only. */
  readonly ascii: boolean
}

const name = '([A-Za-z_]\\w{0,63})'
const namedGroup = new RegExp(`P?<${name}>`, 'y')
const quotedGroup = new RegExp(`'${name}'`, 'y')
const namedBack = new RegExp(`P=${name}\\)`, 'y')
const namedReference = new RegExp(`\\\\k<${name}>`, 'y')
const perlReference = new RegExp(
  `\\\\(?:k\\{${name}\\}|k'${name}'|g\\{${name}\\})`,
  'y',
)
const relativeReference = /\\g(?:\{(-?\d{1,2})\}|(-?\d{1,2}))/y
const numberedReference = /\\([1-9]\d?)/y
const look = /(<?)([=!])/y
/** Braces that do not count are letters. */
const counted = /\{(\d{0,9})(,?)(\d{0,9})\}/y
const freeSpace = /(?:\s|#[^\n]*)+/y

class RegexReader {
  readonly #c: Cursor
  readonly #spelling: Spelling
  #flags: Flags
  #nesting = 0
  #groups = 0
  readonly #names = new Map<string, number>()
  /** Groups that have taken part in any match that comes as far as here. */
  #certain: ReadonlySet<number> = new Set()

  constructor(source: string, flags: RegexFlags, spelling: Spelling) {
    this.#c = new Cursor(source)
    this.#spelling = spelling
    this.#flags = { ...flags, x: false, ascii: spelling.ascii }
  }

  read(): RegexTree {
    const root = this.#alternatives()
    if (this.#c.next !== undefined)
      throw this.#c.problem('a ")" without its "("')
    return { root, groups: this.#groups, names: [...this.#names] }
  }

  /** `a|b|c` */
  #alternatives(): RegexNode {
    const before = this.#flags
    const certain = this.#certain
    const of = [this.#sequence()]
    while (this.#c.eat('|')) {
      this.#certain = certain
      of.push(this.#sequence())
    }
    this.#flags = before
    if (of.length === 1) return of[0]!
    this.#certain = certain
    return { kind: 'alt', of }
  }

  /** Atoms, each with its quantifier. */
  #sequence(): RegexNode {
    const of: RegexNode[] = []
    for (;;) {
      if (this.#flags.x) this.#c.take(freeSpace)
      const { next } = this.#c
      if (next === undefined || next === '|' || next === ')') break
      if (this.#spelling.perl && this.#c.eat('\\Q')) {
        this.#quoted(of)
        continue
      }
      if (this.#spelling.perl && this.#c.eat('\\E')) continue
      const from = this.#c.at
      const certain = this.#certain
      const atom = this.#atom()
      if (!atom) continue
      const node = this.#quantified(atom, from)
      if (canPassBy(node)) this.#certain = certain
      of.push(node)
    }
    return of.length === 1 ? of[0]! : { kind: 'seq', of }
  }

  /** `\Q...\E`: letters only. A quantifier behind it is the last one's. */
  #quoted(of: RegexNode[]): void {
    const { source } = this.#c
    const found = source.indexOf('\\E', this.#c.at)
    const end = found < 0 ? source.length : found
    let from = this.#c.at
    while (this.#c.at < end) {
      from = this.#c.at
      of.push(this.#char(this.#c.codePoint()))
    }
    this.#c.eat('\\E')
    const last = of.at(-1)
    if (last && from < end) of[of.length - 1] = this.#quantified(last, from)
  }

  /** `*`, `+`, `?`, `{2,5}`; then `?` for few, `+` for never giving back. */
  #quantified(atom: RegexNode, from: number): RegexNode {
    const end = this.#c.at
    if (this.#flags.x) this.#c.take(freeSpace)
    const bounds = this.#bounds()
    if (!bounds) return atom
    if (atom.kind === 'anchor')
      throw this.#c.problem('a quantifier with nothing to repeat')
    const [min, max] = bounds
    const lazy = this.#c.eat('?')
    const possessive = !lazy && this.#c.eat('+')
    if (/[*+?]/.test(this.#c.next ?? ''))
      throw this.#c.problem('a quantifier after a quantifier')
    const body = [from, end] as const
    const node: RegexNode = { kind: 'repeat', of: atom, min, max, lazy, body }
    return possessive ? { kind: 'atomic', of: node } : node
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#c.eat('*')) return [0, Number.POSITIVE_INFINITY]
    if (this.#c.eat('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.#c.eat('?')) return [0, 1]
    const before = this.#c.at
    const m = this.#c.take(counted)
    if (!m) return undefined
    const [, least = '', comma, most = ''] = m
    const bare = least === '' && (most === '' || !this.#spelling.countsFromNone)
    if (bare) {
      this.#c.at = before
      return undefined
    }
    const min = Number(least || '0')
    const open = most === '' ? Number.POSITIVE_INFINITY : Number(most)
    const max = comma ? open : min
    if (min > max)
      throw this.#c.problem('a repetition whose minimum is greater')
    if (min > maxCount || (max > maxCount && max !== Number.POSITIVE_INFINITY))
      throw this.#c.problem(`a repetition beyond ${maxCount}`)
    return [min, max]
  }

  /** undefined where the text stands for nothing (a comment, flags for what follows). */
  #atom(): RegexNode | undefined {
    const c = this.#c
    switch (c.next) {
      case '(':
        return this.#group()
      case '[':
        return readSet(c, this.#escapes())
      case '.':
        c.at++
        return { kind: 'dot', lines: !this.#flags.s }
      case '^':
        c.at++
        return anchor(this.#flags.m ? 'line-start' : 'start')
      case '$':
        c.at++
        return anchor(this.#flags.m ? 'line-end' : 'final')
      case '\\':
        return this.#escape()
      case '*':
      case '+':
      case '?':
        throw c.problem('a quantifier with nothing to repeat')
      default:
        return this.#char(c.codePoint())
    }
  }

  #group(): RegexNode | undefined {
    const open = this.#c.at++
    if (++this.#nesting > maxNesting)
      throw this.#c.problem(`groups nested deeper than ${maxNesting}`)
    const node = this.#c.eat('?')
      ? this.#special(open)
      : this.#capture(undefined)
    this.#nesting--
    return node
  }

  #capture(name: string | undefined): RegexNode {
    const number = ++this.#groups
    if (name !== undefined) {
      if (this.#names.has(name))
        throw this.#c.problem(`the group name "${name}" a second time`)
      this.#names.set(name, number)
    }
    const of = this.#body()
    this.#certain = new Set([...this.#certain, number])
    return { kind: 'group', number, of }
  }

  #body(): RegexNode {
    const of = this.#alternatives()
    if (!this.#c.eat(')')) throw this.#c.problem('a "(" without its ")"')
    return of
  }

  /** Behind `(?`: a name, a lookaround, a reference, `>`, a comment, flags. */
  #special(open: number): RegexNode | undefined {
    const c = this.#c
    const named =
      c.take(namedGroup) ??
      (this.#spelling.perl ? c.take(quotedGroup) : undefined)
    if (named) return this.#capture(named[1])
    const around = c.take(look)
    if (around) {
      const behind = around[1] === '<'
      const negated = around[2] === '!'
      return { kind: 'look', behind, negated, of: this.#body() }
    }
    const back = c.take(namedBack)
    if (back) return this.#backTo(back[1]!)
    if (c.eat('>')) return { kind: 'atomic', of: this.#body() }
    if (c.eat('#')) {
      const end = c.source.indexOf(')', c.at)
      if (end < 0) throw c.problem('a comment without its ")"')
      c.at = end + 1
      return undefined
    }
    return this.#flagged(open)
  }

  /** `(?i)` for what follows in the group, `(?i:...)` for its own body. */
  #flagged(open: number): RegexNode | undefined {
    const c = this.#c
    const m = c.take(this.#spelling.flags)
    if (!m) throw c.problem(`"${c.source.slice(open, open + 4)}" is not known`)
    const [, on = '', off = '', end] = m
    const before = this.#flags
    this.#flags = withFlags(withFlags(before, on, true), off, false)
    // Flags at the very beginning are the rule's; elsewhere they hold to the end of the group, as in PCRE.
    if (end === ')') return undefined
    const body = this.#body()
    this.#flags = before
    return body
  }

  #backTo(group: number | string): RegexNode {
    const number = typeof group === 'number' ? group : this.#names.get(group)
    if (number === undefined || number < 1 || number > this.#groups)
      throw this.#c.problem(`there is no group ${group} to refer to`)
    // Engines differ in what a group means that took no part.
    if (!this.#certain.has(number))
      throw this.#c.problem(`group ${group} may have taken no part here`)
    return { kind: 'back', group: number, i: this.#flags.i }
  }

  #escape(): RegexNode {
    const c = this.#c
    const letter = c.source[c.at + 1]
    if (letter === undefined) throw c.problem('a "\\" at the end')
    const at = this.#anchor(letter)
    if (at) {
      c.at += 2
      return anchor(at)
    }
    const back = this.#reference()
    if (back) return back
    if (c.eat('\\R')) return anyLineBreak
    if (this.#spelling.perl && c.eat('\\N')) return { kind: 'dot', lines: true }
    const set = readNamedSet(c, this.#escapes())
    if (set)
      return { kind: 'set', ranges: [], named: [set], negated: false, i: false }
    return this.#char(readEscapedCode(c, this.#spelling))
  }

  #anchor(letter: string): Anchor | undefined {
    const { ascii } = this.#flags
    if (letter === 'b') return ascii ? 'ascii-boundary' : 'boundary'
    if (letter === 'B') return ascii ? 'ascii-inside' : 'inside'
    return Object.hasOwn(this.#spelling.anchors, letter)
      ? this.#spelling.anchors[letter]
      : undefined
  }

  #reference(): RegexNode | undefined {
    const c = this.#c
    const numbered = c.take(numberedReference)
    if (numbered) return this.#backTo(Number(numbered[1]))
    const named = c.take(namedReference)
    if (named) return this.#backTo(named[1]!)
    if (!this.#spelling.perl) return undefined
    const perl = c.take(perlReference)
    if (perl) return this.#backTo(perl[1] ?? perl[2] ?? perl[3]!)
    const relative = c.take(relativeReference)
    if (!relative) return undefined
    const n = Number(relative[1] ?? relative[2])
    return this.#backTo(n < 0 ? this.#groups + 1 + n : n)
  }

  #escapes(): EscapeContext {
    const { i, ascii } = this.#flags
    return { spelling: this.#spelling, i, ascii }
  }

  #char(code: number): RegexNode {
    return { kind: 'char', code, i: this.#flags.i }
  }
}

/** Whether a match may come past the node without the groups in it. */
function canPassBy(node: RegexNode): boolean {
  if (node.kind === 'look') return node.negated
  if (node.kind === 'atomic') return canPassBy(node.of)
  return node.kind === 'repeat' && node.min === 0
}

function anchor(at: Anchor): RegexNode {
  return { kind: 'anchor', at }
}

/** Python's `a` and `u` say what `\w` knows; its `L` is for bytes only. */
function withFlags(flags: Flags, letters: string, on: boolean): Flags {
  const set = (letter: string, before: boolean) =>
    letters.includes(letter) ? on : before
  return {
    i: set('i', flags.i),
    m: set('m', flags.m),
    s: set('s', flags.s),
    x: set('x', flags.x),
    ascii: letters.includes('u') ? false : set('a', flags.ascii),
  }
}
