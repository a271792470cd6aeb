// The cells of a chart: aggregates by row and column.
import { grouped } from '../../../base/shown.ts'

import type { Aggregate } from '../../../ir/aggregate.ts'
import type { Chart } from '../../../ir/operator.ts'
import { Held } from '../budget.ts'
import { SearchRefusal, maxHeldValues } from '../limit.ts'
import { type Lineage, LineageSum } from '../lineage.ts'
import { Row } from '../row.ts'
import {
  type Single,
  type Value,
  compareForSort,
  numberOf,
  textOf,
} from '../values.ts'
import {
  type Accumulator,
  accumulator,
  type Input,
  inputOf,
} from './aggregates.ts'
import type { SharedContext } from './operator.ts'

interface CellRow {
  readonly over: Single
  readonly cells: Map<string, readonly Accumulator[]>
  lineage: Lineage | undefined
}

export class Cells {
  readonly #op: Chart
  readonly #inputs: readonly Input[]
  readonly #held: Held
  readonly #rows = new Map<string, CellRow>()
  readonly #lineages = new LineageSum()
  readonly #columns = new Set<string>()

  constructor(op: Chart, { now, budget }: SharedContext) {
    this.#op = op
    this.#held = new Held(budget, maxHeldValues, '"chart": values')
    this.#inputs = op.aggregates.map((a) => inputOf(a, now))
  }

  add(over: Single, column: string, source: Row): void {
    const key = textOf(over)
    let row = this.#rows.get(key)
    if (!row) {
      row = { over, cells: new Map(), lineage: undefined }
      this.#rows.set(key, row)
    }
    row.lineage = this.#lineages.add(row.lineage, source.lineage)
    let cell = row.cells.get(column)
    if (!cell) {
      this.#held.entry(column, this.#op.aggregates.length)
      cell = this.#op.aggregates.map((a) => accumulator(a, this.#held))
      row.cells.set(column, cell)
      this.#columns.add(column)
    }
    const time = numberOf(source.get('_time'))
    this.#inputs.forEach((input, i) => {
      for (const v of input(source)) cell[i]!.add(v, time)
    })
  }

  /** Nobody asks any more. */
  clear(): void {
    this.#rows.clear()
    this.#held.clear()
  }

  *totals(): Generator<[string, number]> {
    const totals = new Map<string, number>()
    for (const column of this.#columns) totals.set(column, 0)
    for (const row of this.#rows.values()) {
      for (const [column, cell] of row.cells) {
        const value = numberOf(cell[0]?.result() ?? null) ?? 0
        totals.set(column, totals.get(column)! + value)
      }
    }
    yield* totals
  }

  keys(): Single[] {
    return [...this.#rows.values()].map((r) => r.over).sort(compareForSort)
  }

  rows(keys: readonly Single[]): Row[] {
    const cells = keys.length * this.#columns.size * this.#op.aggregates.length
    if (cells > maxHeldValues) throw tooManyCells()
    const columns = [...this.#columns].sort(
      (a, b) => this.#rank(a) - this.#rank(b) || compareForSort(a, b),
    )
    return keys.map((over) => {
      const known = this.#rows.get(textOf(over))
      const row = new Row(new Map(), known?.lineage)
      row.set(this.#op.over, over)
      const cells = known?.cells
      for (const column of columns.length ? columns : ['']) {
        this.#op.aggregates.forEach((a, i) => {
          row.set(
            this.#name(a, column),
            cells?.get(column)?.[i]?.result() ?? emptyOf(a),
          )
        })
      }
      return row
    })
  }

  #name(a: Aggregate, column: string): string {
    const { by, aggregates, columnFormat, separator } = this.#op
    if (by === undefined) return a.as
    if (columnFormat !== undefined)
      return columnFormat.replaceAll(/\$(AGG|VAL)\$/g, (_, part) =>
        part === 'AGG' ? a.as : column,
      )
    return aggregates.length === 1 ? column : `${a.as}${separator}${column}`
  }

  /** Columns that are no value of their own come last. */
  #rank(column: string): number {
    const { nullText, otherText } = this.#op
    return column === nullText ? 2 : column === otherText ? 1 : 0
  }
}

function tooManyCells(): SearchRefusal {
  return new SearchRefusal(
    `"chart" would have more than ${grouped(maxHeldValues)} cells`,
    'state a smaller limit, or a longer span',
  )
}

/** Nothing counted is 0; anything else is null. */
function emptyOf(a: Aggregate): Value | null {
  return a.fn === 'count' || a.fn === 'dc' ? 0 : null
}
