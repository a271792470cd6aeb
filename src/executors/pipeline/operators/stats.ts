// stats, eventstats, streamstats, top and rare.
import type { EventStats, Stats, StreamStats, Top } from '../../../ir/search.ts'
import { compileExpression, truth } from '../expression.ts'
import type { Group, Key } from './groups.ts'
import { Groups, keysOf, setKey } from './groups.ts'
import { Held, LimitReached, maxHeldRows } from '../limit.ts'
import type { Emit, OperatorRun } from './operator.ts'
import { Row } from '../row.ts'
import { spanSeconds } from '../time-format.ts'
import { compareForSort, numberOf, toList } from '../values.ts'

/** Which by-field was null, and how often: such rows are in no group. */
class Dropped {
  readonly #by: readonly string[]
  readonly #counts = new Map<string, number>()
  #rows = 0

  constructor(by: readonly string[]) {
    this.#by = by
  }

  note(row: Row): void {
    this.#rows++
    const name = this.#by.find((n) => row.get(n) === null)
    if (name !== undefined)
      this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  hints(): string[] {
    if (!this.#rows) return []
    const fields = [...this.#counts].map(
      ([name, n]) => `"${name}" is null in ${n}`,
    )
    return [
      `${this.#rows} rows are in no group: ${fields.join(', ')} (fillnull keeps them)`,
    ]
  }
}

function compareKeys(a: Key, b: Key): number {
  for (let i = 0; i < a.values.length; i++) {
    const order = compareForSort(a.values[i]!, b.values[i]!)
    if (order) return order
  }
  return 0
}

export function runStats(op: Stats, emit: Emit, now: number): OperatorRun {
  const groups = new Groups(op.aggregates, op.by, 'stats', now)
  const dropped = new Dropped(op.by)
  return {
    push(row) {
      const keys = keysOf(row, op.by)
      if (!keys.length) dropped.note(row)
      for (const key of keys) groups.add(groups.group(key), row)
    },
    finish() {
      if (!op.by.length && !groups.size) groups.group({ text: '', values: [] })
      // Sorted, so that the order of events does not show.
      for (const group of [...groups].sort((a, b) =>
        compareKeys(a.key, b.key),
      )) {
        const row = new Row()
        setKey(row, op.by, group.key)
        groups.write(group, row)
        emit(row)
      }
    },
    hints: () => dropped.hints(),
  }
}

export function runEventStats(
  op: EventStats,
  emit: Emit,
  now: number,
): OperatorRun {
  const groups = new Groups(op.aggregates, op.by, 'eventstats', now)
  const rows: Row[] = []
  const held = new Held(maxHeldRows, '"eventstats": rows')
  return {
    push(row) {
      held.add()
      rows.push(row)
      for (const key of keysOf(row, op.by)) groups.add(groups.group(key), row)
    },
    finish() {
      for (const row of rows) {
        const [key] = keysOf(row, op.by)
        const group = key && groups.find(key)
        if (group) groups.write(group, row)
        emit(row)
      }
    },
  }
}

/** Rows of one window. */
const maxWindow = 10_000

export function runStreamStats(
  op: StreamStats,
  emit: Emit,
  now: number,
): OperatorRun {
  if (op.window > maxWindow) {
    throw new LimitReached(
      `"streamstats window=${op.window}" is more than ${maxWindow.toLocaleString('en-US')} rows`,
      'take a smaller window, or time_window',
    )
  }
  return op.window || op.timeWindow
    ? windowed(op, emit, now)
    : running(op, emit, now)
}

function resets(op: StreamStats, now: number) {
  const compile = (e: StreamStats['resetBefore']) => {
    const test = e && compileExpression(e)
    return (row: Row) =>
      test !== undefined &&
      truth(test({ now, get: (name) => row.get(name) })) === true
  }
  return { before: compile(op.resetBefore), after: compile(op.resetAfter) }
}

/** All rows so far, by group. */
function running(op: StreamStats, emit: Emit, now: number): OperatorRun {
  let groups = new Groups(op.aggregates, op.by, 'streamstats', now)
  const reset = resets(op, now)
  let last: string | undefined
  const restart = () => {
    groups = new Groups(op.aggregates, op.by, 'streamstats', now)
  }
  return {
    push(row) {
      const [key] = keysOf(row, op.by)
      if (!key) {
        emit(row)
        return
      }
      if (
        reset.before(row) ||
        (op.resetOnChange && last !== undefined && last !== key.text)
      )
        restart()
      last = key.text
      const group = groups.group(key)
      if (!op.current) groups.write(group, row)
      groups.add(group, row)
      if (op.current) groups.write(group, row)
      if (reset.after(row)) restart()
      emit(row)
    },
  }
}

interface InWindow {
  readonly row: Row
  readonly key: string
  readonly time: number
}

/** The last rows: worked out anew for each row, so a window is bounded. */
function windowed(op: StreamStats, emit: Emit, now: number): OperatorRun {
  const groups = new Groups(op.aggregates, op.by, 'streamstats', now)
  const reset = resets(op, now)
  const windows = new Map<string, InWindow[]>()
  const most = op.window || maxWindow
  const span = op.timeWindow
    ? spanSeconds(op.timeWindow)
    : Number.POSITIVE_INFINITY
  let last: string | undefined
  const compute = (window: readonly InWindow[], key: Key): Group => {
    const group = groups.fresh(key)
    for (const w of window) if (w.key === key.text) groups.add(group, w.row)
    return group
  }
  return {
    push(row) {
      const [key] = keysOf(row, op.by)
      if (!key) {
        emit(row)
        return
      }
      if (
        reset.before(row) ||
        (op.resetOnChange && last !== undefined && last !== key.text)
      )
        windows.clear()
      last = key.text
      const name = op.global ? '' : key.text
      let window = windows.get(name) ?? []
      const time = numberOf(row.get('_time')) ?? 0
      const own: InWindow = { row: row.copy(), key: key.text, time }
      const recent = (w: InWindow) => Math.abs(time - w.time) <= span
      if (op.current) {
        window = [...window, own].filter(recent).slice(-most)
        groups.write(compute(window, key), row)
      } else {
        groups.write(compute(window.filter(recent).slice(-most), key), row)
        window = [...window, own].slice(-most)
      }
      windows.set(name, window)
      if (reset.after(row)) windows.clear()
      emit(row)
    },
  }
}

export function runTop(op: Top, emit: Emit, now: number): OperatorRun {
  const fields = [...op.by, ...op.fields]
  const groups = new Groups(
    [{ fn: 'count', as: 'n' }],
    fields,
    op.rare ? 'rare' : 'top',
    now,
  )
  const totals = new Map<string, number>()
  const dropped = new Dropped(fields)
  return {
    push(row) {
      const keys = keysOf(row, fields)
      if (!keys.length) dropped.note(row)
      for (const key of keys) {
        groups.add(groups.group(key), row)
        const by = totalKey(key, op.by.length)
        totals.set(by, (totals.get(by) ?? 0) + 1)
      }
    },
    finish() {
      const counted = [...groups].map((g) => {
        const row = new Row()
        groups.write(g, row)
        return { key: g.key, n: toList(row.get('n'))[0] as number }
      })
      counted.sort(
        (a, b) =>
          (op.rare ? a.n - b.n : b.n - a.n) || compareKeys(a.key, b.key),
      )
      const given = new Map<string, number>()
      for (const { key, n } of counted) {
        const by = totalKey(key, op.by.length)
        const rank = (given.get(by) ?? 0) + 1
        given.set(by, rank)
        if (op.limit && rank > op.limit) continue
        const row = new Row()
        setKey(row, fields, key)
        if (op.showCount) row.set(op.countField, n)
        if (op.showPercent)
          row.set(
            op.percentField,
            Number(((n * 100) / totals.get(by)!).toFixed(6)),
          )
        emit(row)
      }
    },
    hints: () => dropped.hints(),
  }
}

function totalKey(key: Key, by: number): string {
  return key.values.slice(0, by).join('\0')
}
