// What every operator is: rows come in one by one, rows go out to the next.
import type { Expression } from '../../../ir/expression.ts'
import type { OperatorKind } from '../../../ir/operator.ts'
import type {
  Condition,
  Operator,
  OperatorOf,
  Search,
} from '../../../ir/search.ts'
import type { Budget } from '../budget.ts'
import type { RowTest } from '../condition.ts'
import type { Places } from '../places.ts'
import type { Row } from '../row.ts'
import type { Tables } from './tables.ts'

export type Emit = (row: Row) => void

export interface OperatorRun {
  push(row: Row): void
  /** No more rows: what was held goes out. */
  finish?(): void
  /** true: nothing that comes in can change what goes out any more. */
  readonly done?: boolean
  /** What the operator noticed, for accounts. */
  hints?(): string[]
}

/** What the caller supplies to a search. */
export interface PipelineContext extends Tables {
  /** Seconds since 1970: what now() says. */
  readonly now: number
  /** Where addresses are; none is given where it is undefined. */
  readonly places?: Places | undefined
}

/** What all pipelines of one search share. */
export interface SharedContext extends PipelineContext {
  readonly budget: Budget
}

/** What an operator may ask for besides its rows. */
export interface Tools extends SharedContext {
  /** Rows of an inner search, complete by the time an operator finishes. */
  rowsOf(search: Search): readonly Row[]
  /** Whether a row meets a condition; what it asks of a search in brackets is known when the first row comes. */
  test(condition: Condition): RowTest
  /** What the rows of a search in brackets say in an expression; asked when the first row comes. */
  bracketValue(subsearch: number): Expression
  /** Starts an operator within another. */
  start(op: Operator, emit: Emit): OperatorRun
}

/** One kind of operator: how it runs, and what is worth watching to say why it keeps what it keeps. */
export interface OperatorDefinition<K extends OperatorKind> {
  start(op: OperatorOf<K>, emit: Emit, tools: Tools): OperatorRun
  watches?(op: OperatorOf<K>): Iterable<string>
}
