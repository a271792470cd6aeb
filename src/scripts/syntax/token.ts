// What a text of expressions is cut into.
import type { Node } from './node.ts'

export interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'op' | 'line' | 'end'
  readonly start: number
  readonly end: number
  /** Of a name and an operator as written (names of languages without case in lower case), of a text what it says. */
  readonly value: string
  readonly number?: number
  /** Of a number: it is written with a point or an exponent. */
  readonly isReal?: true
  /** How its text was hidden. */
  readonly via?: number
  /** Of a text with expressions in it. */
  readonly parts?: readonly Node[]
  /** A space stands before it. */
  readonly spaced: boolean
  /** A text that is a regular expression, with its delimiters. */
  readonly isPattern?: true
  /** A text that is a command to run: backticks. */
  readonly runs?: true
}

export function textNode(token: Token): Node {
  const { start, end, value, via = 0, parts, isPattern } = token
  if (parts) return { kind: 'template', parts, isJoined: true, start, end }
  const node = { kind: 'text', value, via, start, end } as const
  return isPattern ? { ...node, isPattern } : node
}

export function numberNode({ start, end, number, isReal }: Token): Node {
  const value = number ?? 0
  return { kind: 'number', value, ...(isReal && { isReal }), start, end }
}
