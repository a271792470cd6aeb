// streamstats: what stats would say of the rows so far, beside each row.
import type { StreamStats } from '../../../ir/operator.ts'
import { spanSeconds } from '../../../meaning/moment.ts'
import { rowTest } from '../expression.ts'
import { LimitReached } from '../limit.ts'
import type { Row } from '../row.ts'
import { numberOf } from '../values.ts'
import { type Group, Groups, type Key, keysOf } from './groups.ts'
import type { Emit, OperatorDefinition, OperatorRun } from './operator.ts'

export const streamstats: OperatorDefinition<'streamstats'> = {
  start(op, emit, { now }) {
    if (op.window > maxWindow) {
      throw new LimitReached(
        `"streamstats window=${op.window}" is more than ${maxWindow.toLocaleString('en-US')} rows`,
        'take a smaller window, or time_window',
      )
    }
    return op.window || op.timeWindow
      ? windowed(op, emit, now)
      : running(op, emit, now)
  },
}

/** Rows of one window. */
const maxWindow = 10_000

function resets(op: StreamStats, now: number) {
  const compile = (e: StreamStats['resetBefore']) =>
    e ? rowTest(e, now) : () => false
  return { before: compile(op.resetBefore), after: compile(op.resetAfter) }
}

/** All rows so far, by group. */
function running(op: StreamStats, emit: Emit, now: number): OperatorRun {
  let groups = new Groups(op, 'streamstats', now)
  const reset = resets(op, now)
  let last: string | undefined
  const restart = () => {
    groups = new Groups(op, 'streamstats', now)
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
  const groups = new Groups(op, 'streamstats', now)
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
  const slide = (row: Row, key: Key) => {
    const name = op.global ? '' : key.text
    const before = windows.get(name) ?? []
    const time = numberOf(row.get('_time')) ?? 0
    const own: InWindow = { row: row.copy(), key: key.text, time }
    const recent = (w: InWindow) => Math.abs(time - w.time) <= span
    const whole = [...before, own]
    const seen = (op.current ? whole : before).filter(recent).slice(-most)
    groups.write(compute(seen, key), row)
    windows.set(name, op.current ? seen : whole.slice(-most))
  }
  return {
    push(row) {
      const [key] = keysOf(row, op.by)
      if (key) {
        const changed = last !== undefined && last !== key.text
        if (reset.before(row) || (op.resetOnChange && changed)) windows.clear()
        last = key.text
        slide(row, key)
        if (reset.after(row)) windows.clear()
      }
      emit(row)
    },
  }
}
