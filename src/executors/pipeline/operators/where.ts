// where: keeps the rows for which an expression is true.
import { fieldsRead } from '../../../ir/expression.ts'
import { rowTest } from '../expression.ts'
import type { OperatorDefinition } from './operator.ts'

export const where: OperatorDefinition<'where'> = {
  start(op, emit, { now }) {
    const holds = rowTest(op.of, now)
    return {
      push(row) {
        if (holds(row)) emit(row)
      },
    }
  },
  watches: (op) => fieldsRead(op.of),
}
