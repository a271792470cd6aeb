// search: keeps the rows that meet a condition.
import { fieldsOf } from '../../../ir/predicate.ts'
import { testOfRow } from '../condition.ts'
import type { OperatorDefinition } from './operator.ts'

export const search: OperatorDefinition<'search'> = {
  start(op, emit) {
    const test = testOfRow(op.of)
    return {
      push(row) {
        if (test(row)) emit(row)
      },
    }
  },
  watches: (op) => fieldsOf(op.of),
}
