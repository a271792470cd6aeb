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
    const index = new TableIndex(table, op)
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
        const found = index.find(row)
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

interface Compared {
  readonly field: string
  readonly at: number
  readonly how: 'wildcard' | 'cidr' | undefined
}

interface Entry {
  readonly row: TableRow
  /** Of the columns that are not compared exactly. */
  readonly tests: readonly ((text: string) => boolean)[]
}

/** Columns compared exactly are looked up; wildcards and networks are tried on what is left. */
class TableIndex {
  readonly #exact: readonly Compared[]
  readonly #others: readonly Compared[]
  readonly #byKey = new Map<string, Entry[]>()
  readonly #change: (text: string) => string
  readonly #most: number

  constructor(table: LookupTable, op: Lookup) {
    this.#most = Math.min(table.maxMatches || maxMatches, maxMatches)
    this.#change = table.ignoreCase ? (s) => s.toLowerCase() : (s) => s
    const compared = op.match.map((p) => ({
      field: p.row,
      at: columnOf(table, op.table, p.table),
      how: table.match?.[p.table],
    }))
    this.#exact = compared.filter((m) => !m.how)
    this.#others = compared.filter((m) => m.how)
    for (const row of table.rows) this.#add(row)
  }

  #add(row: TableRow): void {
    const cell = ({ at }: Compared) => row[at] ?? ''
    const key = this.#exact.map((m) => this.#change(cell(m))).join('\0')
    const entry = {
      row,
      tests: this.#others.map((m) => testOf(cell(m), m.how!, this.#change)),
    }
    const list = this.#byKey.get(key)
    if (list) list.push(entry)
    else this.#byKey.set(key, [entry])
  }

  find(row: Row): readonly TableRow[] {
    const values = this.#others.map((m) => this.#valuesOf(row, m))
    if (values.some((v) => !v.length)) return []
    const found: TableRow[] = []
    const keys = combinations(this.#exact.map((m) => this.#valuesOf(row, m)))
    for (const key of keys) {
      for (const { row, tests } of this.#byKey.get(key) ?? []) {
        if (tests.every((t, i) => values[i]!.some(t))) found.push(row)
        if (found.length >= this.#most) return found
      }
    }
    return found
  }

  #valuesOf(row: Row, { field }: Compared): string[] {
    return toList(row.get(field)).map((v) => this.#change(textOf(v)))
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
