// The one tree that all languages of expressions are read into. What a language has besides stands in it as a call.

export interface Span {
  /** In UTF-16 units of the text. */
  readonly start: number
  readonly end: number
}

interface At extends Span {}

export type Node = At &
  (
    | {
        readonly kind: 'text'
        readonly value: string
        readonly via: number
        /** A regular expression, with its delimiters. */
        readonly isPattern?: true
      }
    | {
        readonly kind: 'number'
        readonly value: number
        /** It is written with a point or an exponent. */
        readonly isReal?: true
      }
    | { readonly kind: 'name'; readonly name: string }
    /** Its parts joined as text. */
    | {
        readonly kind: 'template'
        readonly parts: readonly Node[]
        /** It is a text, though it has one part. */
        readonly isJoined?: true
      }
    | {
        readonly kind: 'list'
        readonly items: readonly Node[]
        /** It stands in round brackets, or in none. */
        readonly isTuple?: true
      }
    | {
        readonly kind: 'map'
        readonly entries: readonly (readonly [Node, Node])[]
      }
    | { readonly kind: 'member'; readonly object: Node; readonly name: Node }
    | {
        readonly kind: 'index'
        readonly object: Node
        readonly args: readonly Node[]
      }
    | {
        readonly kind: 'call'
        readonly callee: Node
        readonly args: readonly Node[]
        readonly isNew?: true
      }
    | { readonly kind: 'named'; readonly name: string; readonly value: Node }
    | { readonly kind: 'unary'; readonly op: string; readonly operand: Node }
    | {
        readonly kind: 'binary'
        readonly op: string
        readonly left: Node
        readonly right: Node
      }
    | {
        readonly kind: 'assign'
        readonly target: Node
        readonly value: Node
        readonly op: string
        /** The name is one of this function's own. */
        readonly declares?: true
      }
    | {
        readonly kind: 'choice'
        readonly test: Node
        readonly yes: Node
        readonly no: Node
      }
    | {
        readonly kind: 'lambda'
        readonly params: readonly string[]
        readonly body: readonly Node[]
      }
    | {
        readonly kind: 'mapped'
        readonly variable: string
        readonly over: Node
        readonly value: Node
        /** What an item must be to be taken. */
        readonly test?: Node
        /** The value is a list of which every item is one. */
        readonly flat?: true
      }
    | { readonly kind: 'block'; readonly body: readonly Node[] }
    | {
        readonly kind: 'if'
        readonly test: Node
        readonly yes: readonly Node[]
        readonly no: readonly Node[]
      }
    | {
        readonly kind: 'each'
        readonly label?: string
        readonly variable: string
        readonly over: Node
        readonly body: readonly Node[]
      }
    | {
        readonly kind: 'count'
        readonly label?: string
        readonly variable: string
        readonly from: Node
        readonly to: Node
        readonly by: Node | undefined
        readonly body: readonly Node[]
      }
    | {
        readonly kind: 'while'
        readonly label?: string
        readonly first: readonly Node[]
        readonly test: Node
        readonly step: readonly Node[]
        readonly body: readonly Node[]
        /** The test stands behind it: the first turn is in any case. */
        readonly atEnd?: true
      }
    | {
        readonly kind: 'switch'
        readonly test: Node
        readonly cases: readonly {
          /** Absent: whatever no other case is for. */
          readonly of: Node | undefined
          readonly body: readonly Node[]
        }[]
      }
    | {
        readonly kind: 'try'
        readonly body: readonly Node[]
        /** What is thrown is called so; absent: by no name. */
        readonly name?: string
        readonly handler: readonly Node[]
        readonly last: readonly Node[]
      }
    | { readonly kind: 'throw'; readonly value: Node | undefined }
    /** Out of a loop, or to its next turn. */
    | {
        readonly kind: 'leave'
        readonly how: 'break' | 'continue'
        /** Of the loop that is meant; absent: the innermost. */
        readonly label?: string
      }
    | {
        readonly kind: 'define'
        readonly name: string
        readonly params: readonly string[]
        /** Those that are a copy of what is given; of the others it is changed: VB. */
        readonly byValue?: readonly string[]
        /** What an object of its class is where it is called itself: VB. */
        readonly isDefault?: boolean
        readonly body: readonly Node[]
      }
    | {
        readonly kind: 'class'
        readonly name: string
        readonly body: readonly Node[]
      }
    | { readonly kind: 'return'; readonly value: Node | undefined }
    /** VB's With: what a leading point means. A shell's group: what its commands read. */
    | {
        readonly kind: 'with'
        readonly object: Node
        readonly body: readonly Node[]
      }
    /** A program or a cmdlet with its words; `from`: what comes through the pipe. */
    | {
        readonly kind: 'command'
        readonly words: readonly Node[]
        readonly from?: Node
      }
  )

export type NodeKind = Node['kind']
export type NodeOf<K extends NodeKind> = Extract<Node, { readonly kind: K }>

/** `...list`, `*list`. */
export function isSpread(node: Node): boolean {
  return node.kind === 'unary' && node.op === 'spread'
}

export function noNode(at: number): Node {
  return { kind: 'name', name: '', start: at, end: at }
}

export function between(a: Node, b: Node): { start: number; end: number } {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) }
}

/** `a.b.c` as text; '' of anything else. */
export function pathOf(node: Node): string {
  if (node.kind === 'name') return node.name
  if (node.kind !== 'member') return ''
  const member: NodeOf<'member'> = node
  if (member.name.kind !== 'text') return ''
  const object = pathOf(member.object)
  return object ? `${object}.${member.name.value}` : ''
}
