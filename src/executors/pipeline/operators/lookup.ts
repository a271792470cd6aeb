// lookup: columns of a table beside the rows that match it.
import type { Lookup } from '../../../ir/operator.ts'
import { compileNetwork } from '../../../meaning/network.ts'
import { type Row, Wildcard } from '../row.ts'
import { fromList, textOf, toList, type Value } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'
import { columnOf, type LookupTable, tableOf } from './tables.ts'

export const lookup: OperatorDefinition<'lookup'> = {
  start(op, emit, tools) {
    const table = tableOf(tools, op.table)
    const find = tableIndex(table, op)
    const matched = new Set(op.match.map((p) => p.table))
    const output = op.output.length
      ? op.output
      : table.columns
          .filter((c) => !matched.has(c))
          .map((c) => ({ table: c, row: c }))
    const columns = output.map((p) => ({
      at: columnOf(table, op.table, p.table),
      row: p.row,
    }))
    const { minMatches = 0, defaultMatch } = table
    return {
      push(row) {
        const found = find(row)
        for (const { at, row: name } of columns) {
          if (op.keep && row.get(name) !== null) continue
          if (defaultMatch !== undefined && found.length < minMatches)
            row.set(name, defaultMatch)
          else if (found.length) row.set(name, cellsOf(found, at))
        }
        emit(row)
      },
    }
  },
}

/** The cells of a column, each once. */
function cellsOf(rows: readonly TableRow[], at: number): Value | null {
  const values = rows.map((r) => r[at] ?? '').filter((v) => v !== '')
  return fromList([...new Set(values)])
}

type TableRow = readonly string[]

/** Columns compared exactly are looked up; wildcards and networks are tried on what is left. */
function tableIndex(
  table: LookupTable,
  op: Lookup,
): (row: Row) => readonly TableRow[] {
  const most = Math.min(table.maxMatches || maxMatches, maxMatches)
  const change = table.ignoreCase
    ? (s: string) => s.toLowerCase()
    : (s: string) => s
  const match = op.match.map((p) => ({
    field: p.row,
    at: columnOf(table, op.table, p.table),
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
        if (found.length >= most) return found
      }
    }
    return found
  }
}

/** Rows of a table that one value may match. */
const maxMatches = 1_000

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
