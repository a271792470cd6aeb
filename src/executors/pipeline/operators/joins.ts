// Operators that bring other rows in, and those that make one row of many.
import type {
  InputLookup,
  Join,
  Lookup,
  RowTest,
  Transaction,
} from '../../../ir/search.ts'
import { compileNetwork } from '../../../meaning/network.ts'
import { compileExpression, truth } from '../expression.ts'
import { Held, LimitReached, maxHeldRows, maxJoinRows } from '../limit.ts'
import type {
  Emit,
  LookupTable,
  OperatorRun,
  OtherRows,
  PipelineContext,
} from './operator.ts'
import { findTable } from './operator.ts'
import { testOfRow } from '../condition.ts'
import { isInternal, Row, Wildcard } from '../row.ts'
import { spanSeconds } from '../time-format.ts'
import type { Single } from '../values.ts'
import { fromList, numberOf, textOf, toList } from '../values.ts'

/** Rows of a table that one value may match. */
const maxMatches = 1_000

function tableOf(context: PipelineContext, name: string): LookupTable {
  const table = findTable(context, name)
  if (table) return table
  throw new LimitReached(
    `there is no table "${name}"`,
    context.lookups.size
      ? `tables given: ${[...context.lookups.keys()].join(', ')}`
      : 'give it as a CSV file',
  )
}

export function runLookup(
  op: Lookup,
  emit: Emit,
  context: PipelineContext,
): OperatorRun {
  const table = tableOf(context, op.table)
  const find = tableIndex(table, op)
  const matched = new Set(op.match.map((p) => p.table))
  const output = op.output.length
    ? op.output
    : table.columns
        .filter((c) => !matched.has(c))
        .map((c) => ({ table: c, row: c }))
  const columns = output.map((p) => ({
    at: column(table, op.table, p.table),
    row: p.row,
  }))
  return {
    push(row) {
      const found = find(row)
      for (const { at, row: name } of columns) {
        if (op.keep && row.get(name) !== null) continue
        const values = found.map((r) => r[at] ?? '').filter((v) => v !== '')
        if (found.length) row.set(name, fromList([...new Set(values)]))
      }
      emit(row)
    },
  }
}

function column(table: LookupTable, name: string, wanted: string): number {
  const at = table.columns.indexOf(wanted)
  if (at >= 0) return at
  throw new LimitReached(
    `table "${name}" has no column "${wanted}"`,
    `it has ${table.columns.slice(0, 20).join(', ')}`,
  )
}

type TableRow = readonly string[]

/** Columns compared exactly are looked up; wildcards and networks are tried on what is left. */
function tableIndex(
  table: LookupTable,
  op: Lookup,
): (row: Row) => readonly TableRow[] {
  const change = table.ignoreCase
    ? (s: string) => s.toLowerCase()
    : (s: string) => s
  const match = op.match.map((p) => ({
    field: p.row,
    at: column(table, op.table, p.table),
    how: table.match?.[p.table],
  }))
  const exact = match.filter((m) => !m.how)
  const others = match.filter((m) => m.how)
  const byKey = new Map<
    string,
    { row: TableRow; tests: ((s: string) => boolean)[] }[]
  >()
  for (const row of table.rows) {
    const key = exact.map((m) => change(row[m.at] ?? '')).join('\0')
    const entry = {
      row,
      tests: others.map((m) => testOf(row[m.at] ?? '', m.how!, change)),
    }
    const list = byKey.get(key)
    if (list) list.push(entry)
    else byKey.set(key, [entry])
  }
  return (row) => {
    const keys = combinations(
      exact.map((m) => toList(row.get(m.field)).map((v) => change(textOf(v)))),
    )
    const values = others.map((m) =>
      toList(row.get(m.field)).map((v) => change(textOf(v))),
    )
    if (values.some((v) => !v.length)) return []
    const found: TableRow[] = []
    for (const key of keys) {
      for (const entry of byKey.get(key) ?? []) {
        if (entry.tests.every((t, i) => values[i]!.some(t)))
          found.push(entry.row)
        if (found.length >= maxMatches) return found
      }
    }
    return found
  }
}

function combinations(lists: readonly (readonly string[])[]): string[] {
  if (!lists.length) return ['']
  if (lists.some((l) => !l.length)) return []
  let keys = lists[0]!.slice(0, maxMatches)
  for (const list of lists.slice(1)) {
    keys = keys
      .flatMap((k) => list.map((v) => `${k}\0${v}`))
      .slice(0, maxMatches)
  }
  return [...keys]
}

function testOf(
  cell: string,
  how: 'wildcard' | 'cidr',
  change: (s: string) => string,
): (s: string) => boolean {
  if (how === 'cidr') {
    const test = compileNetwork(cell)
    return (s) => test?.(s) ?? false
  }
  const pattern = new Wildcard(change(cell))
  return (s) => pattern.match(s) !== undefined
}

export function* tableRows(
  context: PipelineContext,
  name: string,
): Generator<Row> {
  const table = tableOf(context, name)
  for (const cells of table.rows) {
    const row = new Row()
    table.columns.forEach((c, i) => {
      if (cells[i]) row.set(c, cells[i]!)
    })
    yield row
  }
}

/** Adds the rows of a table behind those that come in. */
export function runInputLookup(
  op: InputLookup,
  emit: Emit,
  context: PipelineContext,
): OperatorRun {
  const test = op.predicate && testOfRow(op.predicate)
  tableOf(context, op.table)
  return {
    push: emit,
    finish() {
      let at = 0
      let given = 0
      for (const row of tableRows(context, op.table)) {
        if (test && !test(row)) continue
        if (at++ < op.start) continue
        if (op.max && given++ >= op.max) return
        emit(row)
      }
    },
  }
}

export function runJoin(op: Join, emit: Emit, others: OtherRows): OperatorRun {
  const rows: Row[] = []
  const held = new Held(maxHeldRows, '"join": rows')
  return {
    push(row) {
      held.add()
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
      for (const row of rows) {
        const key = joinKey(row, fields)
        const found = key === undefined ? undefined : byKey.get(key)
        if (!found) {
          if (op.type === 'left') emit(row)
          continue
        }
        for (const other of found.slice(0, most))
          emit(joined(row, other, op.overwrite))
      }
    },
    hints: () =>
      others().length > maxJoinRows
        ? [`only the first ${maxJoinRows} rows of the joined search count`]
        : [],
  }
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

function joined(row: Row, other: Row, overwrite: boolean): Row {
  const out = row.copy()
  for (const [name, value] of other.values) {
    if (overwrite || out.get(name) === null) out.set(name, value)
  }
  return out
}

/** The rows of another search behind those that come in. */
export function runAppend(emit: Emit, others: OtherRows): OperatorRun {
  return {
    push: emit,
    finish() {
      for (const row of others().slice(0, maxJoinRows)) emit(row.copy())
    },
    hints: () =>
      others().length > maxJoinRows
        ? [`only the first ${maxJoinRows} rows of the appended search count`]
        : [],
  }
}

/** The rows of another search beside those that come in, first to first. */
export function runAppendCols(
  override: boolean,
  emit: Emit,
  others: OtherRows,
): OperatorRun {
  const rows: Row[] = []
  const held = new Held(maxHeldRows, '"appendcols": rows')
  return {
    push(row) {
      held.add()
      rows.push(row)
    },
    finish() {
      const all = others().slice(0, maxJoinRows)
      for (let i = 0; i < Math.max(rows.length, all.length); i++) {
        emit(joined(rows[i] ?? new Row(), all[i] ?? new Row(), override))
      }
    },
  }
}

interface Open {
  readonly rows: Row[]
  readonly values: Map<string, string>
  readonly start: number
  end: number
  begun: boolean
}

/** Open transactions that a row without all fields is compared with. */
const maxOpenTried = 1_000

/**
 * Rows in order of time that agree in all fields that both have, within the spans, from a beginning to an end. A
 * transaction that never reaches its end, or lacks its beginning, is evicted: not given unless asked for.
 */
export function runTransaction(
  op: Transaction,
  emit: Emit,
  now: number,
): OperatorRun {
  const rows: Row[] = []
  const held = new Held(maxHeldRows, '"transaction": rows')
  const starts = op.startsWith && rowTest(op.startsWith, now)
  const ends = op.endsWith && rowTest(op.endsWith, now)
  const maxSpan = op.maxSpan
    ? spanSeconds(op.maxSpan)
    : Number.POSITIVE_INFINITY
  const maxPause = op.maxPause
    ? spanSeconds(op.maxPause)
    : Number.POSITIVE_INFINITY
  return {
    push(row) {
      held.add()
      rows.push(row)
    },
    finish() {
      const timed = rows.map((row) => ({
        row,
        time: numberOf(row.get('_time')) ?? 0,
      }))
      timed.sort((a, b) => a.time - b.time)
      const open = new Map<string, Open>()
      const out: { row: Row; time: number }[] = []
      const close = (key: string, t: Open, complete: boolean) => {
        open.delete(key)
        if (complete || op.keepEvicted)
          out.push({ row: merged(t, complete, op.mvList), time: t.start })
      }
      for (const { row, time } of timed) {
        const values = new Map<string, string>()
        for (const f of op.fields) {
          const v = row.get(f)
          if (v !== null) values.set(f, toList(v).map(textOf).join('\n'))
        }
        if (op.fields.length && !values.size) continue
        let [key, t] = findOpen(open, values, op.fields)
        if (t && (time - t.start > maxSpan || time - t.end > maxPause)) {
          close(key, t, !ends)
          t = undefined
        }
        const begins = starts?.(row) ?? false
        if (t && begins) {
          close(key, t, !ends)
          t = undefined
        }
        if (!t) {
          t = {
            rows: [],
            values,
            start: time,
            end: time,
            begun: begins || !starts,
          }
          key = [...values].map(([f, v]) => `${f}=${v}`).join('\0')
          open.set(key, t)
        }
        t.rows.push(row)
        t.end = time
        for (const [f, v] of values) t.values.set(f, v)
        if (ends?.(row)) close(key, t, t.begun)
        else if (t.rows.length >= op.maxEvents) close(key, t, !ends && t.begun)
      }
      for (const [key, t] of [...open]) close(key, t, !ends && t.begun)
      out.sort((a, b) => b.time - a.time)
      for (const { row } of out) emit(row)
    },
  }
}

function findOpen(
  open: ReadonlyMap<string, Open>,
  values: ReadonlyMap<string, string>,
  fields: readonly string[],
): [string, Open | undefined] {
  const key = [...values].map(([f, v]) => `${f}=${v}`).join('\0')
  const same = open.get(key)
  if (same || fields.length < 2) return [key, same]
  let tried = 0
  for (const [other, t] of open) {
    if (++tried > maxOpenTried) break
    let shared = 0
    let differs = false
    for (const [f, v] of values) {
      const known = t.values.get(f)
      if (known === v) shared++
      else if (known !== undefined) differs = true
    }
    if (shared && !differs) return [other, t]
  }
  return [key, undefined]
}

function rowTest(test: RowTest, now: number): (row: Row) => boolean {
  if (test.kind === 'where') {
    const of = compileExpression(test.of)
    return (row) => truth(of({ now, get: (name) => row.get(name) })) === true
  }
  return testOfRow(test.predicate)
}

function merged(t: Open, complete: boolean, asList: boolean): Row {
  const out = new Row()
  const names = new Set(t.rows.flatMap((r) => [...r.names()]))
  for (const name of names) {
    if (name === '_time') continue
    const all: Single[] = t.rows.flatMap((r) => [...toList(r.get(name))])
    const distinct = [...new Map(all.map((v) => [textOf(v), v]))]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, v]) => v)
    out.set(name, fromList(asList ? all : distinct))
  }
  out.set('_time', t.start)
  out.set('duration', Number((t.end - t.start).toFixed(6)))
  out.set('eventcount', t.rows.length)
  out.set('closed_txn', complete ? 1 : 0)
  return out
}
