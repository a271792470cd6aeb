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
    const columns = op.output.length
      ? op.output.map((p) => ({
          at: columnOf(table, op.table, p.table),
          row: p.row,
        }))
      : othersOf(table, new Set(op.match.map((p) => p.table)))
    const { minMatches = 0, defaultMatch } = table
    return {
      push(row) {
        const found = index.find(row)
        for (const { at, row: name } of columns) {
          if (op.keep && row.get(name) !== null) continue
          if (defaultMatch !== undefined && found.length < minMatches)
            row.set(name, defaultMatch)
          else if (found.length) row.set(name, cellsOf(table, found, at))
        }
        emit(row)
      },
    }
  },
}

function othersOf(table: LookupTable, matched: ReadonlySet<string>) {
  return table.columns
    .map((column, at) => ({ at, row: column }))
    .filter(({ row }) => !matched.has(row))
}

/** The cells of a column, each once. */
function cellsOf(
  { rows }: LookupTable,
  found: readonly number[],
  at: number,
): Value | null {
  const values = found.map((r) => rows.cell(r, at)).filter((v) => v !== '')
  return fromList([...new Set(values)])
}

interface Compared {
  readonly field: string
  readonly at: number
  readonly how: 'wildcard' | 'cidr' | undefined
}

function howCompared({ match = {} }: LookupTable, column: string) {
  return Object.hasOwn(match, column) ? match[column] : undefined
}

type Test = (text: string) => boolean

/** Rows of which the tests are kept; those of others are made anew each time. */
const maxTests = 100_000

/** Columns compared exactly are looked up; wildcards and networks are tried on what is left. A row is its number, so that a million take little. */
class TableIndex {
  readonly #table: LookupTable
  readonly #exact: readonly Compared[]
  readonly #others: readonly Compared[]
  /** The first row of each key; `#next`: the one after a row, 0 for none, as all are counted from 1. */
  readonly #first = new Map<string, number>()
  readonly #next: Uint32Array
  /** By row, of the columns that are not compared exactly. */
  readonly #tests = new Map<number, readonly Test[]>()
  readonly #change: (text: string) => string
  readonly #most: number

  constructor(table: LookupTable, op: Lookup) {
    this.#table = table
    this.#most = Math.min(table.maxMatches || maxMatches, maxMatches)
    this.#change = table.ignoreCase ? (s) => s.toLowerCase() : (s) => s
    const compared = op.match.map((p) => ({
      field: p.row,
      at: columnOf(table, op.table, p.table),
      how: howCompared(table, p.table),
    }))
    this.#exact = compared.filter((m) => !m.how)
    this.#others = compared.filter((m) => m.how)
    const { length } = table.rows
    this.#next = new Uint32Array(length + 1)
    // From behind, so that the first of a key comes first.
    for (let row = length - 1; row >= 0; row--) {
      const key = this.#exact.map((m) => this.#cell(row, m)).join('\0')
      this.#next[row + 1] = this.#first.get(key) ?? 0
      this.#first.set(key, row + 1)
    }
  }

  #cell(row: number, { at }: Compared): string {
    return this.#change(this.#table.rows.cell(row, at))
  }

  #testsOf(row: number): readonly Test[] {
    if (!this.#others.length) return []
    let tests = this.#tests.get(row)
    if (!tests) {
      tests = this.#others.map((m) => testOf(this.#cell(row, m), m.how!))
      if (this.#tests.size < maxTests) this.#tests.set(row, tests)
    }
    return tests
  }

  find(row: Row): readonly number[] {
    const values = this.#others.map((m) => this.#valuesOf(row, m))
    if (values.some((v) => !v.length)) return []
    const found: number[] = []
    const keys = combinations(this.#exact.map((m) => this.#valuesOf(row, m)))
    for (const key of keys) {
      let at = this.#first.get(key) ?? 0
      for (; at > 0; at = this.#next[at]!) {
        const tests = this.#testsOf(at - 1)
        if (tests.every((t, i) => values[i]!.some(t))) found.push(at - 1)
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

function testOf(cell: string, how: 'wildcard' | 'cidr'): Test {
  if (how === 'cidr') {
    const test = compileNetwork(cell)
    return (s) => test?.(s) ?? false
  }
  const pattern = new Wildcard(cell)
  return (s) => pattern.match(s) !== undefined
}
