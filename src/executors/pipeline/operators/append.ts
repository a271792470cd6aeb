// append: the rows of another search behind those that come in.
import { maxJoinRows } from '../limit.ts'
import type { OperatorDefinition } from './operator.ts'

export const append: OperatorDefinition<'append'> = {
  start(op, emit, tools) {
    const others = () => tools.rowsOf(op.search)
    return {
      push: emit,
      finish() {
        for (const row of others().slice(0, op.max ?? maxJoinRows))
          emit(row.copy())
      },
      hints: () =>
        others().length > maxJoinRows
          ? [`only the first ${maxJoinRows} rows of the appended search count`]
          : [],
    }
  },
}
