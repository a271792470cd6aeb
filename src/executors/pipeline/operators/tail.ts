// tail: the last rows, the very last first.
import { Held, maxHeldRows } from '../limit.ts'
import type { Row } from '../row.ts'
import type { OperatorDefinition } from './operator.ts'

export const tail: OperatorDefinition<'tail'> = {
  start(op, emit) {
    const most = op.count
    let rows: Row[] = []
    const held = new Held(maxHeldRows, '"tail": rows')
    if (most > maxHeldRows) held.add(most)
    return {
      push(row) {
        rows.push(row)
        if (rows.length > most * 2 + 1_000) rows = rows.slice(-most)
      },
      finish() {
        for (const row of most ? rows.slice(-most).reverse() : []) emit(row)
      },
    }
  },
}
