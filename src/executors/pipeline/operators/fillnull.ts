// fillnull: a value where there is none.
import { grouped } from '../../../base/shown.ts'

import { Held } from '../budget.ts'
import { SearchRefusal, maxHeldRows, maxMadeValues } from '../limit.ts'
import type { Row } from '../row.ts'
import { numberOf } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const fillnull: OperatorDefinition<'fillnull'> = {
  start(op, emit, { budget }) {
    const value = numberOf(op.value) ?? op.value
    if (op.fields.length) {
      return {
        push(row) {
          for (const name of op.fields)
            if (row.get(name) === null) row.set(name, value)
          emit(row)
        },
      }
    }
    // Without a list, every field that any row has is filled in all of them.
    const rows: Row[] = []
    const names = new Set<string>()
    const held = new Held(
      budget,
      maxHeldRows,
      '"fillnull" without fields: rows',
    )
    return {
      push(row) {
        held.row(row)
        rows.push(row)
        for (const name of row.names()) names.add(name)
      },
      finish() {
        if (rows.length * names.size > maxMadeValues) throw tooManyFields()
        for (const row of rows) {
          held.letGo(row)
          for (const name of names)
            if (row.get(name) === null) row.set(name, value)
          emit(row)
        }
      },
    }
  },
}

function tooManyFields(): SearchRefusal {
  return new SearchRefusal(
    `"fillnull" would set more than ${grouped(maxMadeValues)} values`,
    'name the fields',
  )
}
