// bin, chart and timechart: values become buckets, values of one field become columns.
import type { Aggregate, Bin, Chart, Span } from '../../../ir/search.ts'
import { accumulator, inputOf } from './aggregates.ts'
import {
  Held,
  LimitReached,
  maxBuckets,
  maxColumns,
  maxHeldRows,
  maxHeldValues,
} from '../limit.ts'
import type { Emit, OperatorRun } from './operator.ts'
import { Row } from '../row.ts'
import { floorTime, nextTime, spanSeconds } from '../time-format.ts'
import type { Single, Value } from '../values.ts'
import {
  compareForSort,
  numberOf,
  numberText,
  textOf,
  toList,
} from '../values.ts'

export function runBin(op: Bin, emit: Emit): OperatorRun {
  const put = (row: Row, span: Span) => {
    const n = numberOf(toList(row.get(op.field))[0] ?? null)
    if (n !== null) row.set(op.as, bucket(op.field, n, span))
    emit(row)
  }
  if (op.span) {
    const { span } = op
    return { push: (row) => put(row, span) }
  }
  // Without a span the range of all values decides, so all rows are needed first.
  const rows: Row[] = []
  const held = new Held(maxHeldRows, '"bin" without a span: rows')
  return {
    push(row) {
      held.add()
      rows.push(row)
    },
    finish() {
      const span = spanFor(rows, op.field, op.bins)
      for (const row of rows) put(row, span)
    },
  }
}

/** `_time` becomes the bucket's beginning, a number the bucket's two ends. */
function bucket(field: string, n: number, span: Span): Single {
  if (field === '_time' || span.unit) return floorTime(n, span)
  const start = Number(
    (Math.floor(n / span.count) * span.count).toPrecision(15),
  )
  return `${numberText(start)}-${numberText(Number((start + span.count).toPrecision(15)))}`
}

const timeSpans: readonly Span[] = [
  { count: 1, unit: 's' },
  { count: 5, unit: 's' },
  { count: 10, unit: 's' },
  { count: 30, unit: 's' },
  { count: 1, unit: 'm' },
  { count: 5, unit: 'm' },
  { count: 10, unit: 'm' },
  { count: 30, unit: 'm' },
  { count: 1, unit: 'h' },
  { count: 1, unit: 'd' },
  { count: 1, unit: 'mon' },
  { count: 1, unit: 'y' },
]

function spanFor(rows: readonly Row[], field: string, bins: number): Span {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const row of rows) {
    const n = numberOf(toList(row.get(field))[0] ?? null)
    if (n === null) continue
    least = Math.min(least, n)
    most = Math.max(most, n)
  }
  const width = Math.max(0, most - least)
  const fits = (size: number) =>
    Math.floor(most / size) - Math.floor(least / size) + 1 <= Math.max(2, bins)
  if (field === '_time') {
    return timeSpans.find((s) => fits(spanSeconds(s))) ?? timeSpans.at(-1)!
  }
  if (!(width > 0)) return { count: 1 }
  let size = 10 ** Math.floor(Math.log10(width / Math.max(1, bins)))
  while (!fits(size)) size *= 10
  return { count: size }
}

/** Buckets that a time chart without a span aims at. */
const timeChartBins = 100

interface Point {
  readonly over: Single
  readonly column: string
  readonly row: Row
}

export function runChart(op: Chart, emit: Emit, now: number): OperatorRun {
  const rows: Row[] = []
  const held = new Held(maxHeldRows, '"chart": rows')
  const keep = [op.over, ...(op.by ? [op.by] : []), '_time']
  return {
    push(row) {
      if (row.get(op.over) === null) return
      held.add()
      rows.push(slim(row, keep, op.aggregates))
    },
    finish() {
      const time = op.over === '_time'
      const span =
        op.span ??
        (time
          ? spanFor(rows, '_time', op.bins ?? timeChartBins)
          : op.bins
            ? spanFor(rows, op.over, op.bins)
            : undefined)
      const points = rows.flatMap((row) => pointsOf(op, row, span))
      for (const row of table(op, points, span, now)) emit(row)
    },
  }
}

/** The fields that the chart reads, so that whole events are not held. */
function slim(
  row: Row,
  keep: readonly string[],
  aggregates: readonly Aggregate[],
): Row {
  if (aggregates.some((a) => a.of)) return row
  const out = new Row()
  for (const name of [...keep, ...aggregates.map((a) => a.field ?? '')]) {
    if (name) out.set(name, row.get(name))
  }
  return out
}

function pointsOf(op: Chart, row: Row, span: Span | undefined): Point[] {
  const overs = toList(row.get(op.over)).map((v) => {
    const n = numberOf(v)
    return span && n !== null ? bucket(op.over, n, span) : v
  })
  const by = op.by === undefined ? [] : toList(row.get(op.by)).map(textOf)
  const columns =
    op.by === undefined ? [''] : by.length ? by : op.useNull ? ['NULL'] : []
  return overs.flatMap((over) =>
    columns.map((column) => ({ over, column, row })),
  )
}

function table(
  op: Chart,
  points: readonly Point[],
  span: Span | undefined,
  now: number,
): Row[] {
  const kept = op.by === undefined ? undefined : keptColumns(op, points, now)
  const cells = new Cells(op, now)
  for (const p of points) {
    const column =
      !kept || kept.has(p.column) ? p.column : op.useOther ? 'OTHER' : undefined
    if (column !== undefined) cells.add(p.over, column, p.row)
  }
  return cells.rows(continuousKeys(op, cells.keys(), span))
}

/** The columns with the largest sums. */
function keptColumns(
  op: Chart,
  points: readonly Point[],
  now: number,
): Set<string> | undefined {
  const cells = new Cells(op, now)
  for (const p of points) cells.add(p.over, p.column, p.row)
  const totals = [...cells.totals()].sort(
    (a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1),
  )
  const most = op.limit || maxColumns
  if (!op.limit && totals.length > maxColumns) {
    throw new LimitReached(
      `"chart" would have more than ${maxColumns} columns`,
      'state a limit',
    )
  }
  return new Set(totals.slice(0, most).map(([name]) => name))
}

class Cells {
  readonly #op: Chart
  readonly #now: number
  readonly #inputs
  readonly #held = new Held(maxHeldValues, '"chart": values')
  readonly #rows = new Map<
    string,
    { over: Single; cells: Map<string, ReturnType<typeof accumulator>[]> }
  >()
  readonly #columns = new Set<string>()

  constructor(op: Chart, now: number) {
    this.#op = op
    this.#now = now
    this.#inputs = op.aggregates.map(inputOf)
  }

  add(over: Single, column: string, source: Row): void {
    const key = textOf(over)
    let row = this.#rows.get(key)
    if (!row) {
      row = { over, cells: new Map() }
      this.#rows.set(key, row)
    }
    let cell = row.cells.get(column)
    if (!cell) {
      this.#held.add()
      cell = this.#op.aggregates.map((a) => accumulator(a, this.#held))
      row.cells.set(column, cell)
      this.#columns.add(column)
    }
    const time = numberOf(source.get('_time'))
    this.#inputs.forEach((input, i) => {
      for (const v of input(source, this.#now)) cell[i]!.add(v, time)
    })
  }

  *totals(): Generator<[string, number]> {
    for (const column of this.#columns) {
      let total = 0
      for (const row of this.#rows.values())
        total += numberOf(row.cells.get(column)?.[0]?.result() ?? null) ?? 0
      yield [column, total]
    }
  }

  keys(): Single[] {
    return [...this.#rows.values()].map((r) => r.over).sort(compareForSort)
  }

  rows(keys: readonly Single[]): Row[] {
    const columns = [...this.#columns].sort(
      (a, b) => lastly(a) - lastly(b) || compareForSort(a, b),
    )
    return keys.map((over) => {
      const row = new Row()
      row.set(this.#op.over, over)
      const cells = this.#rows.get(textOf(over))?.cells
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
    if (this.#op.by === undefined) return a.as
    return this.#op.aggregates.length === 1 ? column : `${a.as}: ${column}`
  }
}

function lastly(column: string): number {
  return column === 'NULL' ? 2 : column === 'OTHER' ? 1 : 0
}

/** Nothing counted is 0; anything else is null. */
function emptyOf(a: Aggregate): Value | null {
  return a.fn === 'count' || a.fn === 'dc' ? 0 : null
}

function continuousKeys(
  op: Chart,
  keys: Single[],
  span: Span | undefined,
): Single[] {
  const first = keys[0]
  const last = keys.at(-1)
  if (
    !op.continuous ||
    !span ||
    typeof first !== 'number' ||
    typeof last !== 'number'
  )
    return keys
  const all: Single[] = []
  for (let t = first; t <= last; t = nextTime(t, span)) {
    if (all.length >= maxBuckets) {
      throw new LimitReached(
        `"timechart" would have more than ${maxBuckets.toLocaleString('en-US')} rows`,
        'take a longer span, or cont=f',
      )
    }
    all.push(t)
  }
  return all
}
