// streamstats: what stats would say of the rows so far, beside each row.
import { grouped } from '../../../base/shown.ts'

import type { StreamStats } from '../../../ir/operator.ts'
import { spanSeconds } from '../../../meaning/moment.ts'
import { rowTest } from '../expression.ts'
import { type Budget, Held } from '../budget.ts'
import { SearchRefusal, maxHeldRows } from '../limit.ts'
import type { Row } from '../row.ts'
import { numberOf } from '../values.ts'
import { Groups, type Key, keysOf } from './groups.ts'
import type {
  Emit,
  OperatorDefinition,
  OperatorRun,
  Tools,
} from './operator.ts'

export const streamstats: OperatorDefinition<'streamstats'> = {
  start(op, emit, tools) {
    if (op.window > maxWindow) {
      throw new SearchRefusal(
        `"streamstats window=${op.window}" is more than ${grouped(maxWindow)} rows`,
        'take a smaller window, or time_window',
      )
    }
    return op.window || op.timeWindow
      ? windowed(op, emit, tools)
      : running(op, emit, tools)
  },
}

/** Rows of one window. */
const maxWindow = 10_000
/** Rows of all windows together: each is worked out anew. */
const maxWindowRows = 50_000_000

function resets(op: StreamStats, now: number) {
  const compile = (e: StreamStats['resetBefore']) =>
    e ? rowTest(e, now) : () => false
  return { before: compile(op.resetBefore), after: compile(op.resetAfter) }
}

/** All rows so far, by group. */
function running(op: StreamStats, emit: Emit, tools: Tools): OperatorRun {
  const groups = new Groups(op, 'streamstats', tools)
  const reset = resets(op, tools.now)
  let last: string | undefined
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
        groups.clear()
      last = key.text
      const group = groups.group(key)
      if (!op.current) groups.write(group, row)
      groups.add(group, row)
      if (op.current) groups.write(group, row)
      if (reset.after(row)) groups.clear()
      emit(row)
    },
    finish: () => groups.clear(),
  }
}

interface InWindow {
  readonly row: Row
  readonly key: string
  readonly time: number
}

/** The last rows, of each group or of all. */
class Windows {
  readonly #rows = new Map<string, readonly InWindow[]>()
  readonly #held: Held

  constructor(budget: Budget) {
    this.#held = new Held(budget, maxHeldRows, '"streamstats": rows')
  }

  rows(name: string): readonly InWindow[] {
    return this.#rows.get(name) ?? []
  }

  /** `now`: of the rows that were there and the new one those that stay. */
  keep(name: string, own: InWindow, now: readonly InWindow[]): void {
    const before = this.rows(name)
    if (now.length > before.length) {
      this.#held.row(own.row)
      this.#rows.set(name, now)
      return
    }
    const stays = new Set(now)
    if (stays.has(own)) this.#held.row(own.row)
    for (const w of before) if (!stays.has(w)) this.#held.letGo(w.row)
    this.#rows.set(name, now)
  }

  clear(): void {
    for (const window of this.#rows.values())
      for (const w of window) this.#held.letGo(w.row)
    this.#rows.clear()
  }
}

/** What windows cost: each is gone through anew. */
class Work {
  readonly #isOfTime: boolean
  #rows = 0

  constructor(isOfTime: boolean) {
    this.#isOfTime = isOfTime
  }

  window(rows: number): void {
    this.#rows += rows
    const isFull = this.#isOfTime && rows >= maxWindow
    if (!isFull && this.#rows <= maxWindowRows) return
    throw new SearchRefusal(
      `"streamstats" would go through more than ${grouped(maxWindow)} rows for one, or ${grouped(maxWindowRows)} for all`,
      'take a smaller window, or bin _time and stats',
    )
  }
}

/** The last rows: worked out anew for each row, so a window is bounded. */
function windowed(op: StreamStats, emit: Emit, tools: Tools): OperatorRun {
  const groups = new Groups(op, 'streamstats', tools)
  const reset = resets(op, tools.now)
  const windows = new Windows(tools.budget)
  const most = op.window || maxWindow
  const span = op.timeWindow
    ? spanSeconds(op.timeWindow)
    : Number.POSITIVE_INFINITY
  let last: string | undefined
  const work = new Work(op.window === undefined || op.window === 0)
  const write = (window: readonly InWindow[], key: Key, row: Row) => {
    work.window(window.length)
    const group = groups.fresh(key)
    for (const w of window) if (w.key === key.text) groups.add(group, w.row)
    groups.write(group, row)
    groups.clear()
  }
  const slide = (row: Row, key: Key) => {
    const name = op.global ? '' : key.text
    const before = windows.rows(name)
    const time = numberOf(row.get('_time')) ?? 0
    const own: InWindow = { row: row.copy(), key: key.text, time }
    const recent = (w: InWindow) => Math.abs(time - w.time) <= span
    const whole = [...before, own]
    const seen = (op.current ? whole : before).filter(recent).slice(-most)
    write(seen, key, row)
    windows.keep(name, own, op.current ? seen : whole.slice(-most))
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
    finish: () => windows.clear(),
  }
}
