// addtotals: sums of a row, or of its columns.
import { Held } from '../budget.ts'
import { maxHeldValues } from '../limit.ts'
import { type Lineage, LineageSum } from '../lineage.ts'
import { NameSet, Row, isInternal } from '../row.ts'
import { type Single, numberOf } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const addtotals: OperatorDefinition<'addtotals'> = {
  start(op, emit, { budget }) {
    const names = new NameSet(op.fields.length ? op.fields : ['*'])
    const totals = new Map<string, number>()
    const held = new Held(budget, maxHeldValues, '"addtotals": columns')
    const add = (name: string, n: number) => {
      if (!totals.has(name)) held.entry(name)
      totals.set(name, (totals.get(name) ?? 0) + n)
    }
    const lineages = new LineageSum()
    let lineage: Lineage | undefined
    return {
      push(row) {
        if (op.column) lineage = lineages.add(lineage, row.lineage)
        let sum = 0
        for (const [name, value] of row.values) {
          if (isInternal(name) || !names.has(name)) continue
          const n = Array.isArray(value) ? null : numberOf(value as Single)
          if (n === null) continue
          sum += n
          if (op.column) add(name, n)
        }
        if (op.row) row.set(op.fieldName, sum)
        if (op.row && op.column) add(op.fieldName, sum)
        emit(row)
      },
      finish() {
        if (!op.column) return
        const row = new Row(new Map(), lineage)
        for (const [name, n] of totals) row.set(name, n)
        if (op.labelField) row.set(op.labelField, op.label)
        emit(row)
        held.clear()
      },
    }
  },
}
