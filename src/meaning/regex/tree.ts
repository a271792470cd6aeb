// The tree of a regular expression: the same for every engine, flags resolved, spelling forgotten.

export interface RegexFlags {
  readonly i: boolean
  readonly m: boolean
  readonly s: boolean
}

/** An inclusive range of code points. */
export type Range = readonly [number, number]

/** A class by its letter in a set: `\d`, `\w`, `\s`, `\h`, or a Unicode property as written. */
export type NamedSet = {
  readonly name: 'd' | 'w' | 's' | 'h' | { readonly property: string }
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
  | {
      readonly kind: 'anchor'
      /** `final`: at the end, or before a line break that ends the text (`$`). */
      readonly at:
        | 'start'
        | 'end'
        | 'final'
        | 'line-start'
        | 'line-end'
        | 'boundary'
        | 'inside'
    }
  | { readonly kind: 'seq'; readonly of: readonly RegexNode[] }
  | { readonly kind: 'alt'; readonly of: readonly RegexNode[] }
  | {
      readonly kind: 'group'
      /** From 1, in order of their opening. */
      readonly number: number
      readonly name: string | undefined
      readonly of: RegexNode
    }
  | {
      readonly kind: 'repeat'
      readonly of: RegexNode
      readonly min: number
      /** Infinity: no upper bound. */
      readonly max: number
      readonly lazy: boolean
    }
  | { readonly kind: 'atomic'; readonly of: RegexNode }
  | {
      readonly kind: 'look'
      readonly behind: boolean
      readonly negated: boolean
      readonly of: RegexNode
    }
  | { readonly kind: 'back'; readonly group: number; readonly i: boolean }

export interface RegexTree {
  readonly root: RegexNode
  readonly groups: number
}

/** Why an expression is not read. The message is for the rule's author. */
export class RegexProblem extends Error {}
