// chart and timechart: values of one field become rows, those of another columns.
import type { Span } from '../../../ir/moment.ts'
import type { Aggregate } from '../../../ir/aggregate.ts'
import type { Chart } from '../../../ir/operator.ts'
import { nextTime } from '../../../meaning/moment.ts'
import {
  Held,
  LimitReached,
  maxBuckets,
  maxColumns,
  maxHeldRows,
} from '../limit.ts'
import { Row } from '../row.ts'
import { type Single, numberOf, textOf, toList } from '../values.ts'
import { alignment, bucket, spanFor } from './buckets.ts'
import { Cells } from './chart-cells.ts'
import type { OperatorDefinition } from './operator.ts'

export const chart: OperatorDefinition<'chart'> = {
  start(op, emit, { now }) {
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
        const span = chartSpan(op, rows)
        const start = alignment(op.buckets, now)
        const points = rows.flatMap((row) => pointsOf(op, row, span, start))
        for (const row of chartRows(op, points, span, now)) emit(row)
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

function pointsOf(
  op: Chart,
  row: Row,
  span: Span | undefined,
  start: number | undefined,
): Point[] {
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
  return overs.flatMap((over) =>
    columns.map((column) => ({ over, column, row })),
  )
}

function chartRows(
  op: Chart,
  points: readonly Point[],
  span: Span | undefined,
  now: number,
): Row[] {
  const kept = op.by === undefined ? undefined : keptColumns(op, points, now)
  const cells = new Cells(op, now)
  for (const p of points) {
    const column =
      !kept || kept.has(p.column)
        ? p.column
        : op.useOther
          ? op.otherText
          : undefined
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
    (a, b) => (op.lowest ? a[1] - b[1] : b[1] - a[1]) || (a[0] < b[0] ? -1 : 1),
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
