// eventstats: what stats would say of a row's group, beside the row.
import { Held } from '../budget.ts'
import { maxHeldRows } from '../limit.ts'
import type { Row } from '../row.ts'
import { Groups, keysOf } from './groups.ts'
import type { OperatorDefinition } from './operator.ts'

export const eventstats: OperatorDefinition<'eventstats'> = {
  start(op, emit, tools) {
    const groups = new Groups(op, 'eventstats', tools)
    const rows: Row[] = []
    const held = new Held(tools.budget, maxHeldRows, '"eventstats": rows')
    return {
      push(row) {
        held.row(row)
        rows.push(row)
        for (const key of keysOf(row, op.by, op.distinctBy))
          groups.add(groups.group(key), row)
      },
      finish() {
        for (const row of rows) {
          held.letGo(row)
          const [key] = keysOf(row, op.by)
          const group = key && groups.find(key)
          if (group) groups.write(group, row)
          emit(row)
        }
        groups.clear()
      },
    }
  },
}
