// return: rows as a search in brackets gives them.
import { Row } from '../row.ts'
import { textOf, toList, type Value } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const returnRows: OperatorDefinition<'return'> = {
  start(op, emit) {
    let count = 0
    return {
      push(row) {
        if (count >= op.count) return
        count++
        const out = new Row(new Map(), row.lineage)
        const bare: string[] = []
        for (const { field, as, bare: only } of op.items) {
          const value: Value | null = row.get(field)
          if (value === null) continue
          if (only)
            for (const v of toList(value)) {
              bare.push(`"${textOf(v).replace(/[\\"]/g, '\\$&')}"`)
            }
          else out.set(as, value)
        }
        if (bare.length) out.set('search', bare.join(' OR '))
        emit(out)
      },
    }
  },
}
