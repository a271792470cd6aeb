// top and rare: the most or least frequent values.
import type { OperatorOf } from '../../../ir/search.ts'
import { type Lineage, LineageSum } from '../lineage.ts'
import { Row } from '../row.ts'
import { Dropped } from './dropped.ts'
import { Groups, type Key, compareKeys, keysOf, setKey } from './groups.ts'
import type { OperatorDefinition } from './operator.ts'

export const top: OperatorDefinition<'top'> = {
  start(op, emit, tools) {
    const fields = [...op.by, ...op.fields]
    const groups = new Groups(
      { aggregates: [{ fn: 'count', as: 'n' }], by: fields },
      op.rare ? 'rare' : 'top',
      tools,
    )
    const dropped = new Dropped(fields)
    return {
      push(row) {
        const keys = keysOf(row, fields)
        if (!keys.length) dropped.note(row)
        for (const key of keys) groups.add(groups.group(key), row)
      },
      finish() {
        for (const ranked of ranking(op, counted(groups)))
          for (const row of topRows(op, ranked)) emit(row)
        groups.clear()
      },
      hints: () => dropped.hints(),
    }
  },
}

interface Counted {
  readonly key: Key
  readonly n: number
  readonly lineage: Lineage | undefined
}

function counted(groups: Groups): Counted[] {
  return [...groups].map((g) => {
    const row = new Row()
    groups.write(g, row)
    return { key: g.key, n: row.get('n') as number, lineage: g.lineage }
  })
}

/** One list for each combination of by-fields, the most frequent (or the rarest) first. */
function ranking(
  op: OperatorOf<'top'>,
  all: readonly Counted[],
): Iterable<Counted[]> {
  const sorted = all.toSorted(
    (a, b) => (op.rare ? a.n - b.n : b.n - a.n) || compareKeys(a.key, b.key),
  )
  const lists = new Map<string, Counted[]>()
  for (const c of sorted) {
    const by = c.key.values.slice(0, op.by.length).join('\0')
    const list = lists.get(by)
    if (list) list.push(c)
    else lists.set(by, [c])
  }
  return lists.values()
}

function topRows(op: OperatorOf<'top'>, ranked: readonly Counted[]): Row[] {
  const total = ranked.reduce((n, c) => n + c.n, 0)
  const kept = op.limit ? ranked.slice(0, op.limit) : ranked
  const rows = kept.map((c) => {
    const row = new Row(new Map(), c.lineage)
    setKey(row, [...op.by, ...op.fields], c.key)
    return withCounts(op, row, c.n, total)
  })
  const rest = ranked.slice(kept.length)
  if (op.otherText === undefined || !rest.length) return rows
  const lineages = new LineageSum()
  const row = new Row()
  setKey(row, op.by, rest[0]!.key)
  for (const name of op.fields) row.set(name, op.otherText)
  for (const c of rest) row.lineage = lineages.add(row.lineage, c.lineage)
  const n = rest.reduce((sum, c) => sum + c.n, 0)
  return [...rows, withCounts(op, row, n, total)]
}

function withCounts(
  op: OperatorOf<'top'>,
  row: Row,
  n: number,
  total: number,
): Row {
  if (op.showCount) row.set(op.countField, n)
  if (op.showPercent)
    row.set(op.percentField, Number(((n * 100) / total).toFixed(6)))
  return row
}
