// tail: the last rows, the very last first.
import { Held } from '../budget.ts'
import { maxHeldRows } from '../limit.ts'
import type { Row } from '../row.ts'
import type { OperatorDefinition } from './operator.ts'

export const tail: OperatorDefinition<'tail'> = {
  start(op, emit, { budget }) {
    const most = op.count
    let rows: Row[] = []
    const held = new Held(budget, maxHeldRows, '"tail": rows')
    const cut = () => {
      const from = Math.max(0, rows.length - most)
      for (const gone of rows.slice(0, from)) held.letGo(gone)
      rows = rows.slice(from)
    }
    return {
      push(row) {
        held.row(row)
        rows.push(row)
        // Twice as many at most are held, so that few are moved.
        if (rows.length > most * 2 + 1_000) cut()
      },
      finish() {
        cut()
        for (const row of rows.reverse()) {
          held.letGo(row)
          emit(row)
        }
      },
    }
  },
}
