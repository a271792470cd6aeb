// mvexpand: one row for each value of a field.
import { maxMadeRows, tooManyRows } from '../limit.ts'
import { toList } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const mvexpand: OperatorDefinition<'mvexpand'> = {
  start(op, emit) {
    const { field, limit } = op
    let made = 0
    return {
      push(row) {
        const values = toList(row.get(field))
        if (values.length < 2) {
          emit(row)
          return
        }
        for (const v of limit ? values.slice(0, limit) : values) {
          if (++made > maxMadeRows)
            throw tooManyRows('mvexpand', 'use "mvexpand limit="')
          const copy = row.copy()
          copy.set(field, v)
          emit(copy)
        }
      },
    }
  },
}
