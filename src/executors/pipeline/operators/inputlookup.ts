// inputlookup append=t: the rows of a table behind those that come in.
import type { OperatorDefinition } from './operator.ts'
import { tableOf, tableRows } from './tables.ts'

export const inputlookup: OperatorDefinition<'inputlookup'> = {
  start(op, emit, tools) {
    const test = op.where && tools.test(op.where)
    tableOf(tools, op.table)
    return {
      push: emit,
      finish() {
        let at = 0
        let given = 0
        for (const row of tableRows(tools, op.table)) {
          if (test && !test(row)) continue
          if (at++ < op.start) continue
          if (op.max && given++ >= op.max) return
          emit(row)
        }
      },
    }
  },
}
