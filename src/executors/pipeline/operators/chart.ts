// chart and timechart: values of one field become rows, those of another columns.
import { grouped } from '../../../base/shown.ts'

import type { Span } from '../../../ir/moment.ts'
import type { Aggregate } from '../../../ir/aggregate.ts'
import type { Chart } from '../../../ir/operator.ts'
import { nextTime } from '../../../meaning/moment.ts'
import { Held } from '../budget.ts'
import { SearchRefusal, maxBuckets, maxColumns, maxHeldRows } from '../limit.ts'
import { Row } from '../row.ts'
import { type Single, numberOf, textOf, toList } from '../values.ts'
import { alignment, bucket, spanFor } from './buckets.ts'
import { Cells } from './chart-cells.ts'
import { maxCombinations, tooManyGroups } from './groups.ts'
import type { OperatorDefinition, Tools } from './operator.ts'

export const chart: OperatorDefinition<'chart'> = {
  start(op, emit, tools) {
    const rows: Row[] = []
    const held = new Held(tools.budget, maxHeldRows, '"chart": rows')
    const keep = [op.over, ...(op.by ? [op.by] : []), '_time']
    return {
      push(row) {
        if (row.get(op.over) === null) return
        const kept = slim(row, keep, op.aggregates)
        held.row(kept)
        rows.push(kept)
      },
      finish() {
        const span = chartSpan(op, rows)
        const start = alignment(op.buckets, tools.now)
        const points = {
          *[Symbol.iterator]() {
            for (const row of rows) yield* pointsOf(op, row, span, start)
          },
        }
        const charted = chartRows(op, points, span, tools)
        for (const row of rows) held.letGo(row)
        for (const row of charted) emit(row)
      },
    }
  },
}

/** Buckets that a time chart without a span aims at. */
const timeChartBins = 100

function chartSpan(op: Chart, rows: readonly Row[]): Span | undefined {
  const { over, buckets } = op
  if (buckets.span) return buckets.span
  const bins = over === '_time' ? (buckets.bins ?? timeChartBins) : buckets.bins
  return bins === undefined ? undefined : spanFor(rows, over, buckets, bins)
}

interface Point {
  readonly over: Single
  readonly column: string
  readonly row: Row
}

/** The fields that the chart reads, so that whole events are not held. */
function slim(
  row: Row,
  keep: readonly string[],
  aggregates: readonly Aggregate[],
): Row {
  if (aggregates.some((a) => a.of)) return row
  const out = new Row(new Map(), row.lineage)
  for (const name of [...keep, ...aggregates.map((a) => a.field ?? '')]) {
    if (name) out.set(name, row.get(name))
  }
  return out
}

/** Not kept: a row with several values in both fields has many. */
function* pointsOf(
  op: Chart,
  row: Row,
  span: Span | undefined,
  start: number | undefined,
): Generator<Point> {
  const overs = toList(row.get(op.over)).map((v) => {
    const n = numberOf(v)
    return span && n !== null ? bucket(op.over, n, span, start) : v
  })
  const all = op.by === undefined ? [] : toList(row.get(op.by)).map(textOf)
  const by = op.distinctBy ? [...new Set(all)] : all
  const columns =
    op.by === undefined
      ? ['']
      : by.length
        ? by
        : op.useNull
          ? [op.nullText]
          : []
  if (overs.length * columns.length > maxCombinations) throw tooManyGroups()
  for (const over of overs)
    for (const column of columns) yield { over, column, row }
}

function chartRows(
  op: Chart,
  points: Iterable<Point>,
  span: Span | undefined,
  tools: Tools,
): Row[] {
  const kept = op.by === undefined ? undefined : keptColumns(op, points, tools)
  const cells = new Cells(op, tools)
  for (const p of points) {
    const column =
      !kept || kept.has(p.column)
        ? p.column
        : op.useOther
          ? op.otherText
          : undefined
    if (column !== undefined) cells.add(p.over, column, p.row)
  }
  const rows = cells.rows(continuousKeys(op, cells.keys(), span))
  cells.clear()
  return rows
}

/** The columns with the largest sums. */
function keptColumns(
  op: Chart,
  points: Iterable<Point>,
  tools: Tools,
): Set<string> | undefined {
  const cells = new Cells(op, tools)
  for (const p of points) cells.add(p.over, p.column, p.row)
  const totals = [...cells.totals()].sort(
    (a, b) => (op.lowest ? a[1] - b[1] : b[1] - a[1]) || (a[0] < b[0] ? -1 : 1),
  )
  cells.clear()
  const most = op.limit || maxColumns
  if (!op.limit && totals.length > maxColumns) {
    throw new SearchRefusal(
      `"chart" would have more than ${maxColumns} columns`,
      'state a limit',
    )
  }
  return new Set(totals.slice(0, most).map(([name]) => name))
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
      throw new SearchRefusal(
        `"timechart" would have more than ${grouped(maxBuckets)} rows`,
        'take a longer span, or cont=f',
      )
    }
    all.push(t)
  }
  return all
}
