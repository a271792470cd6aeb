// Operators in a row: what one emits is pushed into the next.
import type { Operator } from '../../../ir/search.ts'
import type { Row } from '../row.ts'
import type { Emit, OperatorRun } from './operator.ts'

export class Chain {
  readonly runs: readonly OperatorRun[]
  readonly #first: Emit

  constructor(
    operators: readonly Operator[],
    start: (op: Operator, emit: Emit) => OperatorRun,
    sink: Emit,
  ) {
    const runs: OperatorRun[] = []
    let emit = sink
    for (const op of operators.toReversed()) {
      const run = start(op, emit)
      runs.push(run)
      emit = (row) => run.push(row)
    }
    this.runs = runs.reverse()
    this.#first = emit
  }

  push(row: Row): void {
    this.#first(row)
  }

  finish(): void {
    for (const run of this.runs) run.finish?.()
  }
}
