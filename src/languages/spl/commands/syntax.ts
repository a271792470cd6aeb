// What a command is in the language: its words, its options, how it is read and how it is written again.
import type {
  CommandKind,
  CommandOf,
  PlainCommand,
  Query,
  SearchNode,
} from '../ast.ts'
import type { ParseBrackets } from '../parse-search.ts'
import type { Scanner } from '../scanner.ts'
import type { OptionSpec } from './options.ts'

/** Where a command is read. */
export interface Place {
  /** The command's name as it was written, in lower case. */
  readonly word: string
  readonly at: number
  /** Reads a search in brackets. */
  readonly brackets: ParseBrackets
}

/** Writes what commands hold of other trees. */
export interface Show {
  query(query: Query): string
  condition(node: SearchNode): string
}

export interface Syntax<K extends CommandKind> {
  /** Its names; none where another command's words can mean it. */
  readonly words: readonly string[]
  /** Every option that the manual gives the command, and what becomes of it here. */
  readonly options: OptionSpec
  /** Reads what follows the command's name. */
  readonly parse?: (s: Scanner, place: Place) => PlainCommand
  readonly print: (c: CommandOf<K>, show: Show) => string
}
