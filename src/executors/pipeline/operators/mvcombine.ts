// mvcombine: rows that differ in one field only become one.
import { Held } from '../budget.ts'
import { maxHeldValues } from '../limit.ts'
import { LineageSum } from '../lineage.ts'
import type { Row } from '../row.ts'
import { type Single, boundedList, fromList, toList } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const mvcombine: OperatorDefinition<'mvcombine'> = {
  start(op, emit, { budget }) {
    const { field } = op
    const groups = new Map<string, { row: Row; values: Single[] }>()
    const lineages = new LineageSum()
    const held = new Held(budget, maxHeldValues, '"mvcombine": rows and values')
    return {
      push(row) {
        const others = [...row.values].filter(
          ([name]) => name !== field && name !== '_raw',
        )
        for (const [, v] of others) boundedList(toList(v))
        const key = JSON.stringify(others)
        const group = groups.get(key)
        for (const v of toList(row.get(field))) held.value(v)
        if (group) {
          for (const v of toList(row.get(field))) group.values.push(v)
          group.row.lineage = lineages.add(group.row.lineage, row.lineage)
        } else {
          held.row(row)
          held.entry(key)
          // Its lineage grows, and may be another row's too.
          row.lineage = lineages.add(undefined, row.lineage)
          groups.set(key, { row, values: [...toList(row.get(field))] })
        }
      },
      finish() {
        for (const { row, values } of groups.values()) {
          held.letGo(row)
          row.set(field, fromList(values))
          emit(row)
        }
        held.clear()
      },
    }
  },
}
