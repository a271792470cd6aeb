// outlier: numbers far outside of the middle half of their field are cut to its edge, or go with their row.
import type { Outlier } from '../../../ir/operator.ts'
import { percentileOf } from '../../../meaning/percentile.ts'
import { Held } from '../budget.ts'
import { maxHeldRows } from '../limit.ts'
import { isInternal, NameSet, type Row } from '../row.ts'
import { numberOf, numberText, type Value } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const outlier: OperatorDefinition<'outlier'> = {
  start(op, emit, { budget }) {
    const rows: Row[] = []
    const held = new Held(budget, maxHeldRows, '"outlier": rows')
    return {
      push(row) {
        held.row(row)
        rows.push(row)
      },
      finish() {
        const ranges = rangesOf(op, rows)
        for (const row of rows) {
          held.letGo(row)
          if (within(op, ranges, row)) emit(row)
        }
      },
    }
  },
}

interface Range {
  readonly low: number
  readonly high: number
}

function rangesOf(op: Outlier, rows: readonly Row[]): Map<string, Range> {
  const names = new NameSet(op.fields.length ? op.fields : ['*'])
  const numbers = new Map<string, number[]>()
  for (const row of rows) {
    for (const [name, value] of row.values) {
      const n = singleNumber(value)
      if (n === null || isInternal(name) || !names.has(name)) continue
      const list = numbers.get(name)
      if (list) list.push(n)
      else numbers.set(name, [n])
    }
  }
  const ranges = new Map<string, Range>()
  for (const [name, list] of numbers) {
    list.sort((a, b) => a - b)
    const first = percentileOf(list, 25)
    const third = percentileOf(list, 75)
    const reach = op.factor * (third - first)
    ranges.set(name, {
      low: op.lower ? first - reach : Number.NEGATIVE_INFINITY,
      high: third + reach,
    })
  }
  return ranges
}

/** Cuts what is outside, unless such a row is to go: then false. */
function within(
  op: Outlier,
  ranges: ReadonlyMap<string, Range>,
  row: Row,
): boolean {
  for (const [name, { low, high }] of ranges) {
    const n = singleNumber(row.get(name))
    if (n === null || (n >= low && n <= high)) continue
    if (op.remove) return false
    const edge = n > high ? high : low
    row.set(name, op.mark ? `000${numberText(edge)}` : edge)
  }
  return true
}

function singleNumber(v: Value | null): number | null {
  return Array.isArray(v) ? null : numberOf(v as string | number | null)
}
