// search: keeps the rows that meet a condition.
import { inCondition } from '../../../ir/operator-fields.ts'
import type { OperatorDefinition } from './operator.ts'

export const search: OperatorDefinition<'search'> = {
  start(op, emit, tools) {
    const test = tools.test(op.of)
    return {
      push(row) {
        if (test(row)) emit(row)
      },
    }
  },
  watches: (op) => inCondition(op.of).reads,
}
