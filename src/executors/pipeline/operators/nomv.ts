// nomv: several values become one text.
import { joinTexts, toList } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const nomv: OperatorDefinition<'nomv'> = {
  start(op, emit) {
    const { field } = op
    return {
      push(row) {
        const v = row.get(field)
        if (v !== null) row.set(field, joinTexts(toList(v), op.delim ?? '\n'))
        emit(row)
      },
    }
  },
}
