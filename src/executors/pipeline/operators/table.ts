// table: these columns, in this order.
import { NameSet, Row, isInternal } from '../row.ts'
import type { OperatorDefinition } from './operator.ts'

export const table: OperatorDefinition<'table'> = {
  start(op, emit) {
    const sets = op.fields.map((f) => (f.includes('*') ? new NameSet([f]) : f))
    return {
      push(row) {
        const out = new Row(new Map(), row.lineage)
        for (const f of sets) {
          if (typeof f === 'string') out.set(f, row.get(f))
          else {
            for (const name of row.names()) {
              if (f.has(name) && !isInternal(name)) out.set(name, row.get(name))
            }
          }
        }
        emit(out)
      },
    }
  },
}
