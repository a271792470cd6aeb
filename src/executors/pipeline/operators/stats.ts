// stats: one row for each group.
import { Row } from '../row.ts'
import { Dropped } from './dropped.ts'
import { Groups, compareKeys, keysOf, setKey } from './groups.ts'
import type { OperatorDefinition } from './operator.ts'

export const stats: OperatorDefinition<'stats'> = {
  start(op, emit, tools) {
    const groups = new Groups(op, 'stats', tools)
    const dropped = new Dropped(op.by)
    return {
      push(row) {
        const keys = keysOf(row, op.by, op.distinctBy)
        if (!keys.length) dropped.note(row)
        for (const key of keys) groups.add(groups.group(key), row)
      },
      finish() {
        if (!op.by.length && !groups.size)
          groups.group({ text: '', values: [] })
        // Sorted, so that the order of events does not show.
        for (const group of [...groups].sort((a, b) =>
          compareKeys(a.key, b.key),
        )) {
          const row = new Row(new Map(), group.lineage)
          setKey(row, op.by, group.key)
          groups.write(group, row)
          emit(row)
        }
        groups.clear()
      },
      hints: () => dropped.hints(),
    }
  },
}
