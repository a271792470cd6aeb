// dedup: keeps the first rows of each combination of values.
import { Held } from '../budget.ts'
import { maxGroups } from '../limit.ts'
import type { Row } from '../row.ts'
import { keysOf } from './groups.ts'
import type { OperatorDefinition } from './operator.ts'
import { sort } from './sort.ts'

export const dedup: OperatorDefinition<'dedup'> = {
  start(op, emit, tools) {
    const seen = new Map<string, number>()
    const held = new Held(tools.budget, maxGroups, '"dedup": groups')
    let last = ''
    let run = 0
    const remove = (row: Row) => {
      if (!op.keepEvents) return
      for (const name of op.fields) row.set(name, null)
      emit(row)
    }
    const pass = (row: Row) => {
      const [key] = keysOf(row, op.fields)
      if (!key) {
        if (op.keepEmpty) emit(row)
        return
      }
      let n: number
      if (op.consecutive) {
        run = key.text === last ? run + 1 : 1
        last = key.text
        n = run
      } else {
        n = (seen.get(key.text) ?? 0) + 1
        if (n === 1) held.entry(key.text)
        seen.set(key.text, n)
      }
      if (n <= op.count) emit(row)
      else remove(row)
    }
    const finish = () => held.clear()
    if (!op.sortBy.length) return { push: pass, finish }
    const sorted = sort.start(
      { kind: 'sort', limit: 0, keys: op.sortBy },
      pass,
      tools,
    )
    return {
      push: (row) => sorted.push(row),
      finish() {
        sorted.finish?.()
        finish()
      },
    }
  },
}
