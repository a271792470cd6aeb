// bin: numbers and times become the buckets that they are in.
import type { Span } from '../../../ir/moment.ts'
import { Held } from '../budget.ts'
import { maxHeldRows } from '../limit.ts'
import type { Row } from '../row.ts'
import { numberOf, toList } from '../values.ts'
import { alignment, bucket, spanFor } from './buckets.ts'
import type { OperatorDefinition } from './operator.ts'

/** Buckets where no number is written. */
const defaultBins = 100

export const bin: OperatorDefinition<'bin'> = {
  start(op, emit, { now, budget }) {
    const { buckets } = op
    const put = (row: Row, span: Span, start: number | undefined) => {
      const n = numberOf(toList(row.get(op.field))[0] ?? null)
      if (n !== null) row.set(op.as, bucket(op.field, n, span, start))
      emit(row)
    }
    if (buckets.span) {
      const { span } = buckets
      const start = alignment(buckets, now)
      return { push: (row) => put(row, span, start) }
    }
    // Without a span the range of all values decides, so all rows are needed first.
    const rows: Row[] = []
    const held = new Held(budget, maxHeldRows, '"bin" without a span: rows')
    return {
      push(row) {
        held.row(row)
        rows.push(row)
      },
      finish() {
        const bins = buckets.bins ?? defaultBins
        const span = spanFor(rows, op.field, buckets, bins)
        const start = alignment(buckets, now)
        for (const row of rows) {
          held.letGo(row)
          put(row, span, start)
        }
      },
    }
  },
}
