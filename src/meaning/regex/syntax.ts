// A regular expression as a tree, read as Python's `re` reads it, with what PCRE writers are used to besides: `\h`, `\z`,
// `\R`, `\x{..}`, POSIX classes, possessive quantifiers, atomic groups. Flags are resolved here: each node knows whether
// its letters fold, whether its dot stops at line breaks, whether its anchors look at lines. What comes out
// can be given to any engine (emit.ts) and be judged (cost.ts, literals.ts).

import {
  anchor,
  anchors,
  controls,
  lineBreak,
  type PosixSet,
  posixSets,
  withFlags,
} from './tables.ts'
import {
  type NamedSet,
  type Range,
  type RegexFlags,
  type RegexNode,
  RegexProblem,
  type RegexTree,
} from './tree.ts'

/** In UTF-16 units; the longest of the public rules has 500. */
const maxSource = 16_384
const maxNesting = 100
/** Python's own bound is 2^32; engines give up long before. */
const maxCount = 65_535

export function readRegex(source: string, flags: RegexFlags): RegexTree {
  if (source.length > maxSource)
    throw new RegexProblem(`longer than ${maxSource} characters`)
  return new RegexReader(source, flags).read()
}

class RegexReader {
  readonly #source: string
  #at = 0
  #flags: RegexFlags
  #nesting = 0
  #groups = 0
  readonly #names = new Map<string, number>()
  readonly #backs: { readonly group: number | string; readonly i: boolean }[] =
    []

  constructor(source: string, flags: RegexFlags) {
    this.#source = source
    this.#flags = flags
  }

  read(): RegexTree {
    const root = this.#alternatives()
    if (this.#at < this.#source.length)
      throw this.#problem('a ")" without its "("')
    for (const { group } of this.#backs) {
      if (typeof group === 'number' && group > this.#groups)
        throw new RegexProblem(`there is no group ${group} to refer to`)
    }
    return { root, groups: this.#groups }
  }

  #alternatives(): RegexNode {
    const before = this.#flags
    const of = [this.#sequence()]
    while (this.#eat('|')) of.push(this.#sequence())
    this.#flags = before
    return of.length === 1 ? of[0]! : { kind: 'alt', of }
  }

  #sequence(): RegexNode {
    const of: RegexNode[] = []
    for (;;) {
      const c = this.#source[this.#at]
      if (c === undefined || c === '|' || c === ')') break
      const atom = this.#atom()
      if (atom) of.push(this.#quantified(atom))
    }
    return of.length === 1 ? of[0]! : { kind: 'seq', of }
  }

  #quantified(atom: RegexNode): RegexNode {
    let node = atom
    const bounds = this.#bounds()
    if (!bounds) return node
    if (atom.kind === 'anchor')
      throw this.#problem('a quantifier with nothing to repeat')
    const [min, max] = bounds
    const lazy = this.#eat('?')
    const possessive = !lazy && this.#eat('+')
    node = { kind: 'repeat', of: node, min, max, lazy }
    if (possessive) node = { kind: 'atomic', of: node }
    if (/[*+?]/.test(this.#source[this.#at] ?? ''))
      throw this.#problem('a quantifier after a quantifier')
    return node
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#eat('*')) return [0, Number.POSITIVE_INFINITY]
    if (this.#eat('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.#eat('?')) return [0, 1]
    // Braces that do not count are letters.
    const counted = /^\{(\d{0,9})(,?)(\d{0,9})\}/.exec(
      this.#source.slice(this.#at, this.#at + 24),
    )
    if (!counted || (!counted[1] && !counted[3])) return undefined
    this.#at += counted[0].length
    const min = Number(counted[1] || '0')
    const max = !counted[2]
      ? min
      : counted[3]
        ? Number(counted[3])
        : Number.POSITIVE_INFINITY
    if (min > max) throw this.#problem('a repetition whose minimum is greater')
    if (min > maxCount || (max > maxCount && max !== Number.POSITIVE_INFINITY))
      throw this.#problem(`a repetition beyond ${maxCount}`)
    return [min, max]
  }

  /** undefined where the text stands for nothing (a comment, flags for what follows). */
  #atom(): RegexNode | undefined {
    const c = this.#source[this.#at]!
    switch (c) {
      case '(':
        return this.#group()
      case '[':
        return this.#set()
      case '.':
        this.#at++
        return { kind: 'dot', lines: !this.#flags.s }
      case '^':
        this.#at++
        return anchor(this.#flags.m ? 'line-start' : 'start')
      case '$':
        this.#at++
        return anchor(this.#flags.m ? 'line-end' : 'final')
      case '\\':
        return this.#escape()
      case '*':
      case '+':
      case '?':
        throw this.#problem('a quantifier with nothing to repeat')
      default:
        return this.#char(this.#codePoint())
    }
  }

  #group(): RegexNode | undefined {
    const open = this.#at++
    if (++this.#nesting > maxNesting)
      throw this.#problem(`groups nested deeper than ${maxNesting}`)
    const node = this.#eat('?') ? this.#special(open) : this.#capture(undefined)
    this.#nesting--
    return node
  }

  #capture(name: string | undefined): RegexNode {
    const number = ++this.#groups
    if (name !== undefined) {
      if (this.#names.has(name))
        throw this.#problem(`the group name "${name}" a second time`)
      this.#names.set(name, number)
    }
    return { kind: 'group', number, name, of: this.#body() }
  }

  #body(): RegexNode {
    const of = this.#alternatives()
    if (!this.#eat(')')) throw this.#problem('a "(" without its ")"')
    return of
  }

  #special(open: number): RegexNode | undefined {
    const rest = this.#source.slice(this.#at, this.#at + 80)
    const named = /^P?<([A-Za-z_]\w{0,63})>/.exec(rest)
    if (named) {
      this.#at += named[0].length
      return this.#capture(named[1])
    }
    const look = /^(<?)([=!])/.exec(rest)
    if (look) {
      this.#at += look[0].length
      const behind = look[1] === '<'
      return {
        kind: 'look',
        behind,
        negated: look[2] === '!',
        of: this.#body(),
      }
    }
    const back = /^P=([A-Za-z_]\w{0,63})\)/.exec(rest)
    if (back) {
      this.#at += back[0].length
      return this.#backTo(back[1]!)
    }
    if (rest.startsWith('>')) {
      this.#at++
      return { kind: 'atomic', of: this.#body() }
    }
    if (rest.startsWith('#')) {
      const end = this.#source.indexOf(')', this.#at)
      if (end < 0) throw this.#problem('a comment without its ")"')
      this.#at = end + 1
      return undefined
    }
    return this.#flagged(rest, open)
  }

  /** `(?i)` for what follows in the group, `(?i:...)` for its own body. */
  #flagged(rest: string, open: number): RegexNode | undefined {
    const m = /^([aimsuLx]*)(?:-([imsx]+))?([:)])/.exec(rest)
    if (!m)
      throw this.#problem(
        `"${this.#source.slice(open, open + 4)}" is not known`,
      )
    const [text, on, off, end] = m as unknown as string[]
    if (`${on}${off ?? ''}`.includes('x'))
      throw this.#problem('the flag x (free spacing) is not supported')
    this.#at += text!.length
    const before = this.#flags
    this.#flags = withFlags(withFlags(before, on!, true), off ?? '', false)
    // Flags at the very beginning are the rule's; elsewhere they hold to the end of the group, as in PCRE.
    if (end === ')') return undefined
    const body = this.#body()
    this.#flags = before
    return body
  }

  #backTo(group: number | string): RegexNode {
    const number = typeof group === 'number' ? group : this.#names.get(group)
    if (number === undefined)
      throw this.#problem(`there is no group "${group}" to refer to`)
    this.#backs.push({ group: number, i: this.#flags.i })
    return { kind: 'back', group: number, i: this.#flags.i }
  }

  #escape(): RegexNode {
    const c = this.#source[this.#at + 1]
    if (c === undefined) throw this.#problem('a "\\" at the end')
    const at = anchors[c]
    if (at) {
      this.#at += 2
      return anchor(at)
    }
    if (c >= '1' && c <= '9') {
      const digits = /^\d{1,2}/.exec(this.#source.slice(this.#at + 1))![0]
      this.#at += 1 + digits.length
      return this.#backTo(Number(digits))
    }
    const named = /^\\k<([A-Za-z_]\w{0,63})>/.exec(
      this.#source.slice(this.#at, this.#at + 70),
    )
    if (named) {
      this.#at += named[0].length
      return this.#backTo(named[1]!)
    }
    if (c === 'R') {
      this.#at += 2
      return lineBreak
    }
    const set = this.#namedSet()
    if (set) {
      return { kind: 'set', ranges: [], named: [set], negated: false, i: false }
    }
    return this.#char(this.#escapedCode())
  }

  #namedSet(): NamedSet | undefined {
    const rest = this.#source.slice(this.#at, this.#at + 64)
    const m =
      /^\\(?:([dDwWsShH])|([pP])\{(\^?[A-Za-z_]{1,40}(?:=[A-Za-z_]{1,40})?)\}|([pP])([A-Z]))/.exec(
        rest,
      )
    if (!m) return undefined
    this.#at += m[0].length
    const letter = m[1] ?? m[2] ?? m[4]!
    const negated = letter === letter.toUpperCase()
    if (m[1])
      return { name: letter.toLowerCase() as 'd' | 'w' | 's' | 'h', negated }
    const property = m[3] ?? m[5]!
    return property.startsWith('^')
      ? { name: { property: property.slice(1) }, negated: !negated }
      : { name: { property }, negated }
  }

  /** A code point after a backslash, also within a set. */
  #escapedCode(): number {
    const rest = this.#source.slice(this.#at + 1, this.#at + 14)
    const hex =
      /^x\{([0-9A-Fa-f]{1,6})\}/.exec(rest) ??
      /^x([0-9A-Fa-f]{2})/.exec(rest) ??
      /^u([0-9A-Fa-f]{4})/.exec(rest) ??
      /^U([0-9A-Fa-f]{8})/.exec(rest)
    if (hex) {
      const code = Number.parseInt(hex[1]!, 16)
      if (code > 0x10ffff) throw this.#problem('a code point beyond Unicode')
      this.#at += 1 + hex[0].length
      return code
    }
    const octal = /^0[0-7]{0,2}/.exec(rest)
    if (octal) {
      this.#at += 1 + octal[0].length
      return Number.parseInt(octal[0], 8)
    }
    const control = controls[rest[0]!]
    if (control !== undefined) {
      this.#at += 2
      return control
    }
    this.#at++
    if (/[A-Za-z0-9]/.test(rest[0]!))
      throw this.#problem(`the escape "\\${rest[0]}" is not known`)
    return this.#codePoint()
  }

  #set(): RegexNode {
    this.#at++
    const negated = this.#eat('^')
    const ranges: Range[] = []
    const named: NamedSet[] = []
    for (let first = true; ; first = false) {
      const c = this.#source[this.#at]
      if (c === undefined) throw this.#problem('a "[" without its "]"')
      if (c === ']' && !first) break
      const posix = this.#posix()
      const set = posix === undefined ? this.#namedSet() : undefined
      if (posix) ranges.push(...posix.ranges)
      if (posix?.named) named.push(posix.named)
      if (set) named.push(set)
      if (posix || set) continue
      const from = this.#setCode()
      ranges.push([from, this.#rangeEnd(from)])
    }
    this.#at++
    return { kind: 'set', ranges, named, negated, i: this.#flags.i }
  }

  /** `[:alpha:]` within a set. */
  #posix(): PosixSet | undefined {
    const m = /^\[:([a-z]{2,8}):\]/.exec(
      this.#source.slice(this.#at, this.#at + 14),
    )
    if (!m) return undefined
    const known = posixSets[m[1]!]
    if (!known) throw this.#problem(`the class "[:${m[1]}:]" is not known`)
    this.#at += m[0].length
    return known
  }

  #setCode(): number {
    if (this.#source[this.#at] !== '\\') return this.#codePoint()
    if (this.#source[this.#at + 1] === 'b') {
      this.#at += 2
      return 8
    }
    return this.#escapedCode()
  }

  #rangeEnd(from: number): number {
    const next = this.#source[this.#at + 1]
    if (this.#source[this.#at] !== '-' || next === ']' || next === undefined)
      return from
    const before = this.#at
    this.#at++
    if (this.#namedSet()) {
      // `a-\d`: the dash is a letter.
      this.#at = before
      return from
    }
    const to = this.#setCode()
    if (to < from) throw this.#problem('a range that runs backwards')
    return to
  }

  #char(code: number): RegexNode {
    return { kind: 'char', code, i: this.#flags.i }
  }

  #codePoint(): number {
    const code = this.#source.codePointAt(this.#at)!
    this.#at += code > 0xffff ? 2 : 1
    return code
  }

  #eat(sign: string): boolean {
    if (this.#source[this.#at] !== sign) return false
    this.#at++
    return true
  }

  #problem(what: string): RegexProblem {
    return new RegexProblem(`${what}, at character ${this.#at + 1}`)
  }
}
