// sort: orders rows by keys and keeps the first of them.
import { readAddress } from '../../../base/address.ts'
import type { SortKey } from '../../../ir/operator.ts'
import { Held } from '../budget.ts'
import { maxHeldRows } from '../limit.ts'
import type { Row } from '../row.ts'
import {
  compareForSort,
  compareTexts,
  numberOf,
  type Single,
  textOf,
  toList,
} from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const sort: OperatorDefinition<'sort'> = {
  start(op, emit, { budget }) {
    const compare = comparer(op.keys)
    let rows: { row: Row; at: number }[] = []
    let count = 0
    const held = new Held(budget, maxHeldRows, '"sort": rows')
    const order = () =>
      rows.sort((a, b) => compare(a.row, b.row) || a.at - b.at)
    return {
      push(row) {
        held.row(row)
        rows.push({ row, at: count++ })
        // Twice the limit at most is held: what cannot come out any more goes.
        if (!op.limit || rows.length < op.limit * 2 + 1_000) return
        order()
        for (const gone of rows.slice(op.limit)) held.letGo(gone.row)
        rows = rows.slice(0, op.limit)
      },
      finish() {
        order()
        const most = op.limit || rows.length
        for (const gone of rows.slice(most)) held.letGo(gone.row)
        for (const { row } of rows.slice(0, most)) {
          held.letGo(row)
          emit(row)
        }
      },
      hints: () =>
        op.limit && count > op.limit
          ? [
              `${count - op.limit} rows are over the limit of ${op.limit} ("sort 0" keeps all)`,
            ]
          : [],
    }
  },
}

function comparer(keys: readonly SortKey[]): (a: Row, b: Row) => number {
  return (a, b) => {
    for (const key of keys) {
      const x = toList(a.get(key.field))[0]
      const y = toList(b.get(key.field))[0]
      if (x === undefined || y === undefined) {
        if (x === y) continue
        return x === undefined ? 1 : -1
      }
      const order = compareAs(x, y, key.how)
      if (order) return key.descending ? -order : order
    }
    return 0
  }
}

function compareAs(a: Single, b: Single, how: SortKey['how']): number {
  if (how === 'str') return compareTexts(textOf(a), textOf(b))
  if (how === 'num') return compareForSort(a, b)
  const numbers = how === 'auto' && (isNumber(a) || isNumber(b))
  return (numbers ? 0 : compareAddresses(a, b)) || compareForSort(a, b)
}

function isNumber(v: Single): boolean {
  return numberOf(v) !== null
}

/** Addresses by their bits, IPv4 first, and all of them before other texts. */
function compareAddresses(a: Single, b: Single): number {
  const x = readAddress(textOf(a))
  const y = readAddress(textOf(b))
  if (!x || !y) return x ? -1 : y ? 1 : 0
  if (x.version !== y.version) return x.version - y.version
  const at = x.groups.findIndex((g, i) => g !== y.groups[i])
  return at < 0 ? 0 : x.groups[at]! - y.groups[at]!
}
