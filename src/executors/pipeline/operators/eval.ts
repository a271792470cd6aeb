// eval: sets fields to what expressions give, one after the other.
import { lateExpression, storable } from '../expression.ts'
import type { OperatorDefinition } from './operator.ts'

export const evaluate: OperatorDefinition<'eval'> = {
  start(op, emit, tools) {
    const set = op.set.map(({ field, of }) => ({
      field,
      of: lateExpression(of, tools),
    }))
    return {
      push(row) {
        for (const { field, of } of set) row.set(field, storable(of(row)))
        emit(row)
      },
    }
  },
}
