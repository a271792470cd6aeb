// reverse: the rows from the last to the first.
import { Held } from '../budget.ts'
import { maxHeldRows } from '../limit.ts'
import type { Row } from '../row.ts'
import type { OperatorDefinition } from './operator.ts'

export const reverse: OperatorDefinition<'reverse'> = {
  start(_, emit, { budget }) {
    const rows: Row[] = []
    const held = new Held(budget, maxHeldRows, '"reverse": rows')
    return {
      push(row) {
        held.row(row)
        rows.push(row)
      },
      finish() {
        for (const row of rows.reverse()) {
          held.letGo(row)
          emit(row)
        }
      },
    }
  },
}
