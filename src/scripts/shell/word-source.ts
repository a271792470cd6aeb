// What a word of a shell is read from.
import type { Node } from '../syntax/node.ts'

/** What a word needs of the parser that it stands in. */
export interface WordSource {
  readonly text: string
  readonly end: number
  at: number
  inside(start: number, end: number): Node[]
  arithmetic(start: number, end: number): Node
}

/** The word that stands here; with a range, all of it as within double quotes. */
export type ReadWord = (source: WordSource, from?: number, to?: number) => Node
