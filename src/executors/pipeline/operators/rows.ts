// Operators that keep, drop, order or shape rows.
import type {
  AddTotals,
  Dedup,
  Fields,
  FillNull,
  Head,
  Rename,
  Sort,
  SortKey,
} from '../../../ir/search.ts'
import { compileExpression, truth } from '../expression.ts'
import { keysOf } from './groups.ts'
import { Held, maxGroups, maxHeldRows } from '../limit.ts'
import type { Emit, OperatorRun } from './operator.ts'
import type { RowTest } from '../condition.ts'
import { fillWildcards, isInternal, NameSet, Row, Wildcard } from '../row.ts'
import type { Single, Value } from '../values.ts'
import { compareForSort, numberOf, textOf, toList } from '../values.ts'

export function runFilter(test: RowTest, emit: Emit): OperatorRun {
  return {
    push(row) {
      if (test(row)) emit(row)
    },
  }
}

export function runDedup(op: Dedup, emit: Emit): OperatorRun {
  const seen = new Map<string, number>()
  const held = new Held(maxGroups, '"dedup": groups')
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
      if (n === 1) held.add()
      seen.set(key.text, n)
    }
    if (n <= op.count) emit(row)
    else remove(row)
  }
  if (!op.sortBy.length) return { push: pass }
  const sorted = runSort({ kind: 'sort', limit: 0, keys: op.sortBy }, pass)
  return sorted
}

export function runSort(op: Sort, emit: Emit): OperatorRun {
  const compare = comparer(op.keys)
  let rows: { row: Row; at: number }[] = []
  let count = 0
  const held = new Held(maxHeldRows, '"sort": rows')
  const order = () => rows.sort((a, b) => compare(a.row, b.row) || a.at - b.at)
  return {
    push(row) {
      rows.push({ row, at: count++ })
      if (!op.limit || op.limit > maxHeldRows / 2) held.add()
      // Twice the limit at most is held: what cannot come out any more goes.
      else if (rows.length >= op.limit * 2 + 1_000)
        rows = order().slice(0, op.limit)
    },
    finish() {
      order()
      const most = op.limit || rows.length
      for (const { row } of rows.slice(0, most)) emit(row)
    },
    hints: () =>
      op.limit && count > op.limit
        ? [
            `${count - op.limit} rows are over the limit of ${op.limit} ("sort 0" keeps all)`,
          ]
        : [],
  }
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
  if (how === 'str') {
    const x = textOf(a)
    const y = textOf(b)
    return x < y ? -1 : x > y ? 1 : 0
  }
  if (how === 'ip')
    return addressNumber(a) - addressNumber(b) || compareForSort(a, b)
  return compareForSort(a, b)
}

function addressNumber(v: Single): number {
  const m = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(textOf(v))
  return m
    ? m.slice(1).reduce((n, part) => n * 256 + Number(part), 0)
    : Number.MAX_SAFE_INTEGER
}

export function runHead(op: Head, emit: Emit, now: number): OperatorRun {
  const condition = op.while && compileExpression(op.while)
  let count = 0
  let done = op.count === 0
  return {
    get done() {
      return done
    },
    push(row) {
      if (done) return
      if (condition) {
        const holds = truth(condition({ now, get: (name) => row.get(name) }))
        if (holds === false || (holds === null && !op.passNull)) {
          done = true
          if (op.keepLast) emit(row)
          return
        }
      }
      emit(row)
      if (op.count !== undefined && ++count >= op.count) done = true
    },
  }
}

/** The last rows, the very last first. */
export function runTail(most: number, emit: Emit): OperatorRun {
  let rows: Row[] = []
  const held = new Held(maxHeldRows, '"tail": rows')
  if (most > maxHeldRows) held.add(most)
  return {
    push(row) {
      rows.push(row)
      if (rows.length > most * 2 + 1_000) rows = rows.slice(-most)
    },
    finish() {
      for (const row of most ? rows.slice(-most).reverse() : []) emit(row)
    },
  }
}

export function runReverse(emit: Emit): OperatorRun {
  const rows: Row[] = []
  const held = new Held(maxHeldRows, '"reverse": rows')
  return {
    push(row) {
      held.add()
      rows.push(row)
    },
    finish() {
      for (const row of rows.reverse()) emit(row)
    },
  }
}

export function runTable(fields: readonly string[], emit: Emit): OperatorRun {
  const sets = fields.map((f) => (f.includes('*') ? new NameSet([f]) : f))
  return {
    push(row) {
      const out = new Row()
      for (const f of sets) {
        if (typeof f === 'string') out.set(f, row.get(f))
        else {
          for (const name of row.names()) {
            if (f.has(name) && !isInternal(name)) out.set(name, row.get(name))
          }
        }
      }
      emit(out)
    },
  }
}

export function runFields(op: Fields, emit: Emit): OperatorRun {
  const names = new NameSet(op.fields)
  const kept = (name: string) =>
    op.remove ? !names.has(name) : names.has(name) || isInternal(name)
  return {
    push(row) {
      for (const name of [...row.names()]) if (!kept(name)) row.set(name, null)
      emit(row)
    },
  }
}

export function runRename(op: Rename, emit: Emit): OperatorRun {
  const pairs = op.pairs.map((p) => ({
    ...p,
    pattern: p.from.includes('*') ? new Wildcard(p.from) : undefined,
  }))
  return {
    push(row) {
      // All pairs look at the names that came in, so that two fields can change places.
      const out = new Row()
      const renamed: [string, Value][] = []
      for (const [name, value] of row.values) {
        const to = newName(name)
        if (to === undefined) out.set(name, value)
        else renamed.push([to, value])
      }
      for (const [name, value] of renamed) out.set(name, value)
      emit(out)
    },
  }

  function newName(name: string): string | undefined {
    for (const { from, to, pattern } of pairs) {
      if (!pattern) {
        if (name === from) return to
        continue
      }
      const m = pattern.match(name)
      if (!m || isInternal(name)) continue
      return fillWildcards(to, m)
    }
    return undefined
  }
}

export function runFillNull(op: FillNull, emit: Emit): OperatorRun {
  const value = numberOf(op.value) ?? op.value
  if (op.fields.length) {
    return {
      push(row) {
        for (const name of op.fields)
          if (row.get(name) === null) row.set(name, value)
        emit(row)
      },
    }
  }
  // Without a list, every field that any row has is filled in all of them.
  const rows: Row[] = []
  const names = new Set<string>()
  const held = new Held(maxHeldRows, '"fillnull" without fields: rows')
  return {
    push(row) {
      held.add()
      rows.push(row)
      for (const name of row.names()) names.add(name)
    },
    finish() {
      for (const row of rows) {
        for (const name of names)
          if (row.get(name) === null) row.set(name, value)
        emit(row)
      }
    },
  }
}

export function runAddTotals(op: AddTotals, emit: Emit): OperatorRun {
  const names = new NameSet(op.fields.length ? op.fields : ['*'])
  const totals = new Map<string, number>()
  return {
    push(row) {
      let sum = 0
      for (const [name, value] of row.values) {
        if (isInternal(name) || !names.has(name)) continue
        const n = Array.isArray(value) ? null : numberOf(value as Single)
        if (n === null) continue
        sum += n
        if (op.column) totals.set(name, (totals.get(name) ?? 0) + n)
      }
      if (op.row) row.set(op.fieldName, sum)
      emit(row)
    },
    finish() {
      if (!op.column) return
      const row = new Row()
      for (const [name, n] of totals) row.set(name, n)
      if (op.labelField) row.set(op.labelField, op.label)
      emit(row)
    },
  }
}
