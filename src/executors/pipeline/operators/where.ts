// where: keeps the rows for which an expression is true.
import { fieldsRead } from '../../../ir/expression.ts'
import { lateExpression } from '../expression.ts'
import { truth } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const where: OperatorDefinition<'where'> = {
  start(op, emit, tools) {
    const of = lateExpression(op.of, tools)
    return {
      push(row) {
        if (truth(of(row)) === true) emit(row)
      },
    }
  },
  watches: (op) => fieldsRead(op.of),
}
