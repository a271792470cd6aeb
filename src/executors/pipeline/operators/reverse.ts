// reverse: the rows from the last to the first.
import { Held, maxHeldRows } from '../limit.ts'
import type { Row } from '../row.ts'
import type { OperatorDefinition } from './operator.ts'

export const reverse: OperatorDefinition<'reverse'> = {
  start(_, emit) {
    const rows: Row[] = []
    const held = new Held(maxHeldRows, '"reverse": rows')
    return {
      push(row) {
        held.add()
        rows.push(row)
      },
      finish() {
        for (const row of rows.reverse()) emit(row)
      },
    }
  },
}
