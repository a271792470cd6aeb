// inputlookup append=t: the rows of a table behind those that come in.
import { inCondition } from '../../../ir/operator-fields.ts'

import type { OperatorDefinition } from './operator.ts'
import { requireColumns, tableRows } from './tables.ts'

export const inputlookup: OperatorDefinition<'inputlookup'> = {
  start(op, emit, tools) {
    const test = op.where && tools.test(op.where)
    requireColumns(tools, op.table, op.where ? inCondition(op.where).reads : [])
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
