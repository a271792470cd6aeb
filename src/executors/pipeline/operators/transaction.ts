// transaction: rows that belong together become one.
import type { RowCondition } from '../../../ir/operator.ts'
import type { Lowered, OperatorOf } from '../../../ir/search.ts'
import { spanSeconds } from '../../../meaning/moment.ts'
import type { RowTest } from '../condition.ts'
import { rowTest } from '../expression.ts'
import { Held } from '../budget.ts'
import { maxHeldRows } from '../limit.ts'
import { LineageSum } from '../lineage.ts'
import { Row } from '../row.ts'
import { type Single, fromList, numberOf, textOf, toList } from '../values.ts'
import type { OperatorDefinition, Tools } from './operator.ts'

/**
 * Rows in order of time that agree in all fields that both have, within the spans, from a beginning to an end. A
 * transaction that never reaches its end, or lacks its beginning, is evicted: not given unless asked for.
 */
export const transaction: OperatorDefinition<'transaction'> = {
  start(op, emit, tools) {
    const timed: Timed[] = []
    const held = new Held(tools.budget, maxHeldRows, '"transaction": rows')
    const run = new Transactions(op, tools, held)
    return {
      push(row) {
        held.row(row)
        timed.push({ row, time: numberOf(row.get('_time')) ?? 0 })
      },
      finish() {
        timed.sort((a, b) => a.time - b.time)
        for (const t of timed) run.add(t)
        for (const row of run.finish()) {
          held.letGo(row)
          emit(row)
        }
      },
    }
  },
}

interface Timed {
  readonly row: Row
  readonly time: number
}

interface Open {
  readonly rows: Row[]
  readonly values: Map<string, string>
  readonly start: number
  end: number
  begun: boolean
}

class Transactions {
  readonly #op: OperatorOf<'transaction'>
  readonly #starts: RowTest | undefined
  readonly #ends: RowTest | undefined
  readonly #held: Held
  readonly #maxSpan: number
  readonly #maxPause: number
  readonly #open = new Map<string, Open>()
  readonly #closed: Timed[] = []
  readonly #lineages = new LineageSum()

  constructor(op: OperatorOf<'transaction'>, tools: Tools, held: Held) {
    this.#op = op
    this.#held = held
    this.#starts = op.startsWith && testOf(op.startsWith, tools)
    this.#ends = op.endsWith && testOf(op.endsWith, tools)
    const { maxSpan, maxPause } = op
    this.#maxSpan = maxSpan ? spanSeconds(maxSpan) : Number.POSITIVE_INFINITY
    this.#maxPause = maxPause ? spanSeconds(maxPause) : Number.POSITIVE_INFINITY
  }

  add({ row, time }: Timed): void {
    const { fields, maxEvents } = this.#op
    const values = valuesOf(row, fields)
    if (fields.length && !values.size) {
      this.#held.letGo(row)
      if (this.#op.keepOrphans) this.#orphan(row, time)
      return
    }
    const begins = this.#starts?.(row) ?? false
    const [key, t] = this.#fitting(values, time, begins)
    t.rows.push(row)
    t.end = time
    for (const [f, v] of values) t.values.set(f, v)
    if (this.#ends?.(row)) this.#close(key, t, t.begun)
    else if (t.rows.length >= maxEvents)
      this.#close(key, t, !this.#ends && t.begun)
  }

  #orphan(row: Row, time: number): void {
    row.set('_txn_orphan', 1)
    this.#held.row(row)
    this.#closed.push({ row, time })
  }

  /** Those that are left are closed; the last begun comes first. */
  finish(): Row[] {
    for (const [key, t] of [...this.#open])
      this.#close(key, t, !this.#ends && t.begun)
    this.#closed.sort((a, b) => b.time - a.time)
    return this.#closed.map((t) => t.row)
  }

  /** The open transaction that the row goes on with, else a new one. */
  #fitting(
    values: Map<string, string>,
    time: number,
    begins: boolean,
  ): [string, Open] {
    const [key, found] = findOpen(this.#open, values, this.#op)
    const late =
      found !== undefined &&
      (time - found.start > this.#maxSpan || time - found.end > this.#maxPause)
    if (found && !late && !begins) return [key, found]
    if (found) this.#close(key, found, !this.#ends)
    const t: Open = {
      rows: [],
      values,
      start: time,
      end: time,
      begun: begins || !this.#starts,
    }
    const own = keyOf(values)
    this.#open.set(own, t)
    return [own, t]
  }

  #close(key: string, t: Open, complete: boolean): void {
    this.#open.delete(key)
    for (const r of t.rows) this.#held.letGo(r)
    if (!complete && !this.#op.keepEvicted) return
    const row = merged(t, complete, this.#op)
    this.#held.row(row)
    for (const r of t.rows)
      row.lineage = this.#lineages.add(row.lineage, r.lineage)
    this.#closed.push({ row, time: t.start })
  }
}

function valuesOf(row: Row, fields: readonly string[]): Map<string, string> {
  const values = new Map<string, string>()
  for (const f of fields) {
    const v = row.get(f)
    if (v !== null) values.set(f, toList(v).map(textOf).join('\n'))
  }
  return values
}

function keyOf(values: ReadonlyMap<string, string>): string {
  return [...values].map(([f, v]) => `${f}=${v}`).join('\0')
}

/** Open transactions that a row without all fields is compared with. */
const maxOpenTried = 1_000

function findOpen(
  open: ReadonlyMap<string, Open>,
  values: ReadonlyMap<string, string>,
  { fields, connected }: OperatorOf<'transaction'>,
): [string, Open | undefined] {
  const key = keyOf(values)
  const same = open.get(key)
  if (same || fields.length < 2) return [key, same]
  let tried = 0
  for (const [other, t] of open) {
    if (++tried > maxOpenTried) break
    let shared = 0
    let differs = false
    for (const [f, v] of values) {
      const known = t.values.get(f)
      if (known === v) shared++
      else if (known !== undefined) differs = true
    }
    if ((shared || !connected) && !differs) return [other, t]
  }
  return [key, undefined]
}

function testOf(test: RowCondition<Lowered>, tools: Tools): RowTest {
  return test.kind === 'where'
    ? rowTest(test.of, tools.now)
    : tools.test(test.of)
}

function merged(
  t: Open,
  complete: boolean,
  { mvList, nullText }: OperatorOf<'transaction'>,
): Row {
  const out = new Row()
  const names = new Set(t.rows.flatMap((r) => [...r.names()]))
  for (const name of names) {
    if (name === '_time') continue
    const values = t.rows.map((r) => toList(r.get(name)))
    out.set(name, fromList(mvList ? inOrder(values, nullText) : each(values)))
  }
  out.set('_time', t.start)
  out.set('duration', Number((t.end - t.start).toFixed(6)))
  out.set('eventcount', t.rows.length)
  out.set('closed_txn', complete ? 1 : 0)
  return out
}

function inOrder(
  values: readonly (readonly Single[])[],
  nullText: string,
): Single[] {
  return values.flatMap((v) => (v.length ? v : [nullText]))
}

/** Each value once, by its characters. */
function each(values: readonly (readonly Single[])[]): Single[] {
  return [...new Map(values.flat().map((v) => [textOf(v), v]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, v]) => v)
}
