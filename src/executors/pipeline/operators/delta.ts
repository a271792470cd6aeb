// delta: how much a number differs from that of a row before.
import { grouped } from '../../../base/shown.ts'

import { SearchRefusal } from '../limit.ts'
import { numberOf, toList } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

/** Rows that a row may be compared over. */
const maxPeriod = 10_000

export const delta: OperatorDefinition<'delta'> = {
  start(op, emit) {
    if (op.period > maxPeriod) {
      throw new SearchRefusal(
        `"delta p=${op.period}" looks back more than ${grouped(maxPeriod)} rows`,
        'look back fewer',
      )
    }
    const before: (number | null)[] = []
    return {
      push(row) {
        const own = numberOf(toList(row.get(op.field))[0] ?? null)
        const other = before.length < op.period ? null : before.shift()!
        before.push(own)
        if (own !== null && other !== null) row.set(op.as, own - other)
        emit(row)
      },
    }
  },
}
