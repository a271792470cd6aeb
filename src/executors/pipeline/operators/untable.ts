// untable: a row for each cell of a table.
import { maxMadeRows, tooManyRows } from '../limit.ts'
import { isInternal, Row } from '../row.ts'
import type { OperatorDefinition } from './operator.ts'

export const untable: OperatorDefinition<'untable'> = {
  start(op, emit) {
    let made = 0
    return {
      push(row) {
        const over = row.get(op.over)
        if (over === null) return
        for (const [name, value] of row.values) {
          if (name === op.over || isInternal(name)) continue
          if (++made > maxMadeRows) throw tooManyRows('untable', 'keep fewer')
          const out = new Row(new Map(), row.lineage)
          out.set(op.over, over)
          out.set(op.column, name)
          out.set(op.value, value)
          emit(out)
        }
      },
    }
  },
}
