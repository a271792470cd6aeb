// What a search computes for a row: `eval`, `where` and the arguments of aggregates, as a tree. Plain data.
//
// Three-valued: an operator or function that gets null gives null, a condition that is null is not true. Number-like text
// compares as a number. A field with several values compares true if any of them does.
import type { FunctionName } from './functions.ts'

interface Node {
  /** Offset in the author's text, for messages only; two trees that differ in it alone are equal. */
  readonly at?: number
}

export type Expression =
  | Literal
  | FieldValue
  | Call
  | Unary
  | Binary
  | Membership
  | SubsearchValue

export interface Literal extends Node {
  readonly kind: 'literal'
  readonly value: string | number
}
export interface FieldValue extends Node {
  readonly kind: 'field'
  readonly name: string
}
export interface Call extends Node {
  readonly kind: 'call'
  readonly name: FunctionName
  readonly of: readonly Expression[]
}
export interface Unary extends Node {
  readonly kind: 'unary'
  readonly op: 'not' | '-'
  readonly of: Expression
}
export interface Binary extends Node {
  readonly kind: 'binary'
  readonly op: BinaryOperator
  readonly left: Expression
  readonly right: Expression
}
/** The value equals one of the others. */
export interface Membership extends Node {
  readonly kind: 'in'
  readonly of: Expression
  readonly values: readonly Expression[]
}

/** What the rows of another search say, put in its place before the first row comes. */
export interface SubsearchValue extends Node {
  readonly kind: 'subsearch'
  /** Among the searches in brackets of the command, or of the search once it is lowered. */
  readonly index: number
  /** As it was written, brackets included. */
  readonly text: string
}

export type BinaryOperator =
  | 'and'
  | 'or'
  | 'xor'
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'like'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  /** Joins two texts. */
  | '.'

/** Every node of a tree, parents first. Chains of operators are as deep as they are long, so nothing is nested here. */
export function* nodesOf(e: Expression): Generator<Expression> {
  const ahead = [e]
  for (let node = ahead.pop(); node; node = ahead.pop()) {
    yield node
    const children = childrenOf(node)
    for (let i = children.length - 1; i >= 0; i--) ahead.push(children[i]!)
  }
}

function childrenOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'literal':
    case 'field':
    case 'subsearch':
      return []
    case 'call':
      return e.of
    case 'unary':
      return [e.of]
    case 'binary':
      return [e.left, e.right]
    case 'in':
      return [e.of, ...e.values]
  }
}

/** The fields that a tree reads. */
export function fieldsRead(e: Expression): Set<string> {
  const names = new Set<string>()
  for (const node of nodesOf(e)) if (node.kind === 'field') names.add(node.name)
  return names
}

/** The tree with each search in brackets replaced. */
export function mapSubsearches(
  e: Expression,
  change: (s: SubsearchValue) => Expression,
): Expression {
  const map = (child: Expression) => mapSubsearches(child, change)
  switch (e.kind) {
    case 'literal':
    case 'field':
      return e
    case 'subsearch':
      return change(e)
    case 'call':
      return { ...e, of: e.of.map(map) }
    case 'unary':
      return { ...e, of: map(e.of) }
    case 'binary':
      return { ...e, left: map(e.left), right: map(e.right) }
    case 'in':
      return { ...e, of: map(e.of), values: e.values.map(map) }
  }
}
