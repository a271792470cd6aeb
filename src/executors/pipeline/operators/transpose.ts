// transpose: rows become columns.
import { grouped } from '../../../base/shown.ts'

import { Held } from '../budget.ts'
import { SearchRefusal, maxColumns, maxMadeValues } from '../limit.ts'
import { LineageSum } from '../lineage.ts'
import { isInternal, Row } from '../row.ts'
import { textOfValue } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const transpose: OperatorDefinition<'transpose'> = {
  start(op, emit, { budget }) {
    const rows: Row[] = []
    const held = new Held(budget, maxColumns, '"transpose": columns')
    return {
      push(row) {
        if (op.limit && rows.length >= op.limit) return
        held.row(row)
        rows.push(row)
      },
      finish() {
        const names = new Set(rows.flatMap((r) => [...r.names()].filter(shown)))
        if (names.size * rows.length > maxMadeValues) throw tooManyValues()
        const columns = rows.map((row, i) => {
          const head = op.headerField && row.get(op.headerField)
          return head ? textOfValue(head) : `row ${i + 1}`
        })
        const lineages = new LineageSum()
        for (const name of names) {
          if (name === op.headerField) continue
          const out = new Row()
          out.set(op.columnName, name)
          rows.forEach((row, i) => {
            out.set(columns[i]!, row.get(name))
            out.lineage = lineages.add(out.lineage, row.lineage)
          })
          if (op.includeEmpty || out.values.size > 1) emit(out)
        }
        for (const row of rows) held.letGo(row)
      },
    }
  },
}

function shown(name: string): boolean {
  return name === '_time' || !isInternal(name)
}

function tooManyValues(): SearchRefusal {
  return new SearchRefusal(
    `"transpose" would set more than ${grouped(maxMadeValues)} values`,
    'transpose fewer rows',
  )
}
