// The tree of a regular expression: the same for every dialect and every engine, flags resolved, spelling forgotten.

export interface RegexFlags {
  readonly i: boolean
  readonly m: boolean
  readonly s: boolean
}

/** An inclusive range of code points. */
export type Range = readonly [number, number]

/** Letters that have a name together: `\d`, `[:alpha:]`, a Unicode property. Both cases are in it where case is ignored. */
export interface LetterClass {
  readonly ranges: readonly Range[]
  /** Names of Unicode properties, as written. */
  readonly properties: readonly string[]
}

export interface NamedSet {
  readonly members: LetterClass
  readonly negated: boolean
}

export type RegexNode =
  | { readonly kind: 'char'; readonly code: number; readonly i: boolean }
  | {
      readonly kind: 'set'
      readonly ranges: readonly Range[]
      readonly named: readonly NamedSet[]
      readonly negated: boolean
      readonly i: boolean
    }
  /** `lines`: stops at a line break. */
  | { readonly kind: 'dot'; readonly lines: boolean }
  | { readonly kind: 'anchor'; readonly at: Anchor }
  | { readonly kind: 'seq'; readonly of: readonly RegexNode[] }
  | { readonly kind: 'alt'; readonly of: readonly RegexNode[] }
  | {
      readonly kind: 'group'
      /** From 1, in order of their opening. */
      readonly number: number
      readonly of: RegexNode
    }
  | {
      readonly kind: 'repeat'
      readonly of: RegexNode
      readonly min: number
      /** Infinity: no upper bound. */
      readonly max: number
      readonly lazy: boolean
      /** Where its body stands in the source, for messages. */
      readonly body: readonly [number, number]
    }
  | { readonly kind: 'atomic'; readonly of: RegexNode }
  | {
      readonly kind: 'look'
      readonly behind: boolean
      readonly negated: boolean
      readonly of: RegexNode
    }
  | { readonly kind: 'back'; readonly group: number; readonly i: boolean }

export type Anchor =
  | 'start'
  | 'end'
  /** At the end, or before a line break that ends the text (`$`). */
  | 'final'
  | 'line-start'
  | 'line-end'
  | 'boundary'
  | 'inside'
  /** As the two before, where only ASCII letters make words. */
  | 'ascii-boundary'
  | 'ascii-inside'

export interface RegexTree {
  readonly root: RegexNode
  readonly groups: number
  /** Names of groups and their numbers. */
  readonly names: readonly (readonly [string, number])[]
}

/** Why an expression is not read. The message is for the rule's author. */
export class RegexProblem extends Error {}

/** The nodes that a node is made of. */
export function childrenOf(node: RegexNode): readonly RegexNode[] {
  switch (node.kind) {
    case 'seq':
    case 'alt':
      return node.of
    case 'group':
    case 'repeat':
    case 'atomic':
    case 'look':
      return [node.of]
    case 'char':
    case 'set':
    case 'dot':
    case 'anchor':
    case 'back':
      return []
  }
}

/** Every node, parents first. */
export function* nodesOf(node: RegexNode): Generator<RegexNode> {
  yield node
  for (const child of childrenOf(node)) yield* nodesOf(child)
}
