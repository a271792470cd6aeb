// format: all rows as one condition.
import { Held } from '../budget.ts'
import { SearchRefusal, maxHeldRows, maxTextLength } from '../limit.ts'
import { type Lineage, LineageSum } from '../lineage.ts'
import { conditionOf, words } from '../row-condition.ts'
import { Row } from '../row.ts'
import type { OperatorDefinition } from './operator.ts'

export const format: OperatorDefinition<'format'> = {
  start(op, emit, { budget }) {
    const { limit } = op
    const parts: string[] = []
    const held = new Held(budget, maxHeldRows, '"format": rows')
    const lineages = new LineageSum()
    let lineage: Lineage | undefined
    let length = 0
    return {
      push(row) {
        if (limit && parts.length >= limit) return
        lineage = lineages.add(lineage, row.lineage)
        parts.push(conditionOf(row, op))
        held.value(parts.at(-1)!)
        length += parts.at(-1)!.length
        if (length > maxTextLength) {
          throw new SearchRefusal(
            '"format" makes too long a text',
            'format fewer rows',
          )
        }
      },
      finish() {
        const row = new Row(new Map(), lineage)
        row.set(
          'search',
          parts.length
            ? words(op.parts[0], parts.join(` ${op.parts[4]} `), op.parts[5])
            : op.empty,
        )
        emit(row)
        held.clear()
      },
    }
  },
}
