// join: rows of another search beside those that agree in some fields.
import { Held } from '../budget.ts'
import { maxHeldRows, maxJoinRows, maxMadeRows, tooManyRows } from '../limit.ts'
import { type Row, isInternal } from '../row.ts'
import { textOf, toList } from '../values.ts'
import { joined } from './joined.ts'
import type { OperatorDefinition } from './operator.ts'

export const join: OperatorDefinition<'join'> = {
  start(op, emit, tools) {
    const others = () => tools.rowsOf(op.search)
    const rows: Row[] = []
    const held = new Held(tools.budget, maxHeldRows, '"join": rows')
    return {
      push(row) {
        held.row(row)
        rows.push(row)
      },
      finish() {
        const all = others().slice(0, maxJoinRows)
        const fields = op.fields.length ? op.fields : commonFields(rows, all)
        const byKey = new Map<string, Row[]>()
        for (const other of all) {
          const key = joinKey(other, fields)
          if (key === undefined) continue
          const list = byKey.get(key)
          if (list) list.push(other)
          else byKey.set(key, [other])
        }
        const most = op.max || maxJoinRows
        let made = 0
        for (const row of rows) {
          held.letGo(row)
          const key = joinKey(row, fields)
          const found = key === undefined ? undefined : byKey.get(key)
          if (!found) {
            if (op.type === 'left') emit(row)
            continue
          }
          for (const other of found.slice(0, most)) {
            if (++made > maxMadeRows) throw tooManyRows('join', 'state max=')
            emit(joined(row, other, op.overwrite))
          }
        }
      },
      hints: () =>
        others().length > maxJoinRows
          ? [`only the first ${maxJoinRows} rows of the joined search count`]
          : [],
    }
  },
}

function commonFields(rows: readonly Row[], others: readonly Row[]): string[] {
  const names = new Set(others.flatMap((r) => [...r.names()]))
  const found = new Set<string>()
  for (const row of rows)
    for (const n of row.names())
      if (names.has(n) && !isInternal(n)) found.add(n)
  return [...found]
}

function joinKey(row: Row, fields: readonly string[]): string | undefined {
  let key = ''
  for (const name of fields) {
    const [first] = toList(row.get(name))
    if (first === undefined) return undefined
    key += `${textOf(first)}\0`
  }
  return key
}
