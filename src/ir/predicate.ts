// The rule's condition as a tree of facts about fields. Both languages lower to it; executors, lint and explain read it.
// Plain data: it can be written as JSON and read back (the compiled-rule cache does).

/** In a pattern: any run of characters, line breaks included, also none. */
export const ANY = 0
/** In a pattern: exactly one character. */
export const ONE = 1

/** Literal text, a wildcard, or one character out of a set (`|windash`). */
export type PatternPart =
  | string
  | typeof ANY
  | typeof ONE
  | { readonly oneOf: string }

/**
 * A whole-value pattern: `['x']` equals, `[ANY, 'x', ANY]` contains, `['x', ANY]` starts with, `[ANY, 'x']` ends with;
 * `[]` or `['']` is the empty string. Neighbouring literals and neighbouring ANYs are merged by `pattern()`.
 */
export type Pattern = readonly PatternPart[]

export type Comparison = 'eq' | 'lt' | 'lte' | 'gt' | 'gte'

export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'

interface Node {
  /** The author's name for this part (`selection_img`, `CommandLine|contains|all`), for explanations only. */
  readonly label?: string
}

export type Predicate = Combination | Leaf

export type Combination = And | Or | Not | Constant

export interface And extends Node {
  readonly kind: 'and'
  readonly of: readonly Predicate[]
}
export interface Or extends Node {
  readonly kind: 'or'
  readonly of: readonly Predicate[]
}
export interface Not extends Node {
  readonly kind: 'not'
  readonly of: Predicate
}
export interface Constant extends Node {
  readonly kind: 'constant'
  readonly value: boolean
}

export type Leaf =
  | Text
  | Differs
  | NumberIs
  | BooleanIs
  | Regex
  | Cidr
  | Null
  | Exists
  | SameAs
  | Keyword
  | TimePartIs

/**
 * The value's text matches the whole pattern. Case is folded (beyond ASCII too) unless `cased`. Numbers and booleans are
 * compared by their text. A list matches if any of its items does; a missing field or null never matches.
 */
export interface Text extends Node {
  readonly kind: 'text'
  readonly field: string
  readonly pattern: Pattern
  readonly cased: boolean
}
/** Of the field's values (one, or a list's) some does not meet `from`, which asks the same field; a missing field has none. */
export interface Differs extends Node {
  readonly kind: 'differs'
  readonly field: string
  readonly from: Text | NumberIs | Cidr
}
/**
 * The value is a number, or decimal text (`^-?\d+(\.\d+)?$`, at most 400 characters), and compares so; `eq` besides matches
 * the number's own text. Hexadecimal text is text.
 */
export interface NumberIs extends Node {
  readonly kind: 'number'
  readonly field: string
  readonly op: Comparison
  readonly value: number
}
/** true/false as a boolean or as text in any case. */
export interface BooleanIs extends Node {
  readonly kind: 'boolean'
  readonly field: string
  readonly value: boolean
}
/** Whose rules an expression is read by: Python's `re` on text (Sigma), or PCRE in UTF mode (Splunk). */
export type RegexDialect = 'python' | 'pcre'

/** Unanchored search, case-sensitive unless `i`; `s`: the dot covers line breaks; `m`: ^ and $ at line breaks. */
export interface Regex extends Node {
  readonly kind: 'regex'
  readonly field: string
  readonly source: string
  readonly dialect: RegexDialect
  readonly flags: {
    readonly i: boolean
    readonly m: boolean
    readonly s: boolean
  }
}
/** An address within the network; false on anything that is no address. */
export interface Cidr extends Node {
  readonly kind: 'cidr'
  readonly field: string
  readonly network: string
}
/** Missing, or null. */
export interface Null extends Node {
  readonly kind: 'null'
  readonly field: string
  /** An empty text is no value either; nor is a list of nothing else. */
  readonly orEmpty?: true
}
/** The field is there, be it null or empty. */
export interface Exists extends Node {
  readonly kind: 'exists'
  readonly field: string
}
/** Both fields are there and their texts stand in this relation (`contains`: field contains other). */
export interface SameAs extends Node {
  readonly kind: 'same-as'
  readonly field: string
  readonly other: string
  readonly how: 'equals' | 'contains' | 'startswith' | 'endswith'
  readonly cased: boolean
}
/** Any one value of the event contains the pattern. `pattern` begins and ends with ANY. */
export interface Keyword extends Node {
  readonly kind: 'keyword'
  readonly pattern: Pattern
  readonly cased: boolean
}
/** A part of a date-time value (UTC) compares so. */
export interface TimePartIs extends Node {
  readonly kind: 'time-part'
  readonly field: string
  readonly part: TimePart
  readonly op: Comparison
  readonly value: number
}

/** What a comparison says of two numbers: every reader of the tree asks here. */
export function compares(a: number, op: Comparison, b: number): boolean {
  switch (op) {
    case 'eq':
      return a === b
    case 'lt':
      return a < b
    case 'lte':
      return a <= b
    case 'gt':
      return a > b
    case 'gte':
      return a >= b
  }
}

/** Merges neighbouring literals and ANYs, drops empty literals (but keeps one for the empty string). */
export function pattern(parts: Pattern): Pattern {
  const out: PatternPart[] = []
  for (const part of parts) {
    const last = out.at(-1)
    if (part === '') continue
    if (typeof part === 'string' && typeof last === 'string') {
      out[out.length - 1] = last + part
    } else if (!(part === ANY && last === ANY)) {
      out.push(part)
    }
  }
  return out.length ? out : ['']
}

export type PatternShape =
  | {
      readonly kind: 'equals' | 'contains' | 'startswith' | 'endswith'
      readonly text: string
    }
  | { readonly kind: 'anything' | 'wildcard' }

/** The simple form that a pattern has, if it has one. */
export function patternShape(p: Pattern): PatternShape {
  const [a, b, c] = p
  if (p.length === 1) {
    if (typeof a === 'string') return { kind: 'equals', text: a }
    if (a === ANY) return { kind: 'anything' }
  } else if (p.length === 2) {
    if (typeof a === 'string' && b === ANY)
      return { kind: 'startswith', text: a }
    if (a === ANY && typeof b === 'string') return { kind: 'endswith', text: b }
  } else if (p.length === 3) {
    if (a === ANY && typeof b === 'string' && c === ANY) {
      return { kind: 'contains', text: b }
    }
  }
  return { kind: 'wildcard' }
}

/** Every leaf of a tree, in order. */
export function* leaves(p: Predicate): Generator<Leaf> {
  switch (p.kind) {
    case 'and':
    case 'or':
      for (const child of p.of) yield* leaves(child)
      return
    case 'not':
      yield* leaves(p.of)
      return
    case 'constant':
      return
    default:
      yield p
  }
}

const knownFields = new WeakMap<Predicate, ReadonlySet<string>>()

/** The fields that a tree reads; keywords read all and name none. Many ask it of each rule. */
export function fieldsOf(p: Predicate): ReadonlySet<string> {
  const known = knownFields.get(p)
  if (known) return known
  const fields = new Set<string>()
  knownFields.set(p, fields)
  for (const leaf of leaves(p)) {
    if (leaf.kind === 'keyword') continue
    fields.add(leaf.field)
    if (leaf.kind === 'same-as') fields.add(leaf.other)
  }
  return fields
}
