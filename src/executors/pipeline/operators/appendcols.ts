// appendcols: the rows of another search beside those that come in, first to first.
import { Held } from '../budget.ts'
import { maxHeldRows, maxJoinRows } from '../limit.ts'
import { Row } from '../row.ts'
import { joined } from './joined.ts'
import type { OperatorDefinition } from './operator.ts'

export const appendcols: OperatorDefinition<'appendcols'> = {
  start(op, emit, tools) {
    const others = () => tools.rowsOf(op.search)
    const rows: Row[] = []
    const held = new Held(tools.budget, maxHeldRows, '"appendcols": rows')
    return {
      push(row) {
        held.row(row)
        rows.push(row)
      },
      finish() {
        const all = others().slice(0, op.max ?? maxJoinRows)
        for (let i = 0; i < Math.max(rows.length, all.length); i++) {
          const row = rows[i]
          if (row) held.letGo(row)
          emit(joined(row ?? new Row(), all[i] ?? new Row(), op.override))
        }
      },
    }
  },
}
