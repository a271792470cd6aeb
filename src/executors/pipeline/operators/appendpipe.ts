// appendpipe: the rows pass, and copies of them go through inner commands, whose rows come behind.
import { Held } from '../budget.ts'
import { maxHeldRows } from '../limit.ts'
import type { Row } from '../row.ts'
import { Chain } from './chain.ts'
import type { OperatorDefinition } from './operator.ts'

export const appendpipe: OperatorDefinition<'appendpipe'> = {
  start(op, emit, { start, budget }) {
    const made: Row[] = []
    const held = new Held(budget, maxHeldRows, '"appendpipe": rows')
    const inner = new Chain(op.pipeline, start, (row) => {
      held.row(row)
      made.push(row)
    })
    return {
      push(row) {
        inner.push(row.copy())
        emit(row)
      },
      finish() {
        inner.finish()
        for (const row of made) {
          held.letGo(row)
          emit(row)
        }
      },
    }
  },
}
