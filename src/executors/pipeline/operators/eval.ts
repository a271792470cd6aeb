// eval: sets fields to what expressions give, one after the other.
import { rowExpression, storable } from '../expression.ts'
import type { OperatorDefinition } from './operator.ts'

export const evaluate: OperatorDefinition<'eval'> = {
  start(op, emit, { now }) {
    const set = op.set.map(({ field, of }) => ({
      field,
      of: rowExpression(of, now),
    }))
    return {
      push(row) {
        for (const { field, of } of set) row.set(field, storable(of(row)))
        emit(row)
      },
    }
  },
}
