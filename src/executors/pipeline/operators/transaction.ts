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
  readonly key: string
  /** In which they were begun. */
  readonly order: number
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
  /** Open ones by each value that one of their rows has; of several fields only. */
  readonly #byValue = new Map<string, Set<Open>>()
  #begun = 0
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
    const t = this.#fitting(values, time, begins)
    t.rows.push(row)
    t.end = time
    for (const [f, v] of values) this.#say(t, f, v)
    if (this.#ends?.(row)) this.#close(t, t.begun)
    else if (t.rows.length >= maxEvents) this.#close(t, !this.#ends && t.begun)
  }

  #orphan(row: Row, time: number): void {
    row.set('_txn_orphan', 1)
    this.#held.row(row)
    this.#closed.push({ row, time })
  }

  /** Those that are left are closed; the last begun comes first. */
  finish(): Row[] {
    for (const t of [...this.#open.values()])
      this.#close(t, !this.#ends && t.begun)
    this.#closed.sort((a, b) => b.time - a.time)
    return this.#closed.map((t) => t.row)
  }

  /** The open transaction that the row goes on with, else a new one. */
  #fitting(values: Map<string, string>, time: number, begins: boolean): Open {
    const key = keyOf(values)
    const found = this.#open.get(key) ?? this.#sharing(values)
    const late =
      found !== undefined &&
      (time - found.start > this.#maxSpan || time - found.end > this.#maxPause)
    if (found && !late && !begins) return found
    if (found) this.#close(found, !this.#ends)
    const t: Open = {
      key,
      order: this.#begun++,
      rows: [],
      values: new Map(),
      start: time,
      end: time,
      begun: begins || !this.#starts,
    }
    this.#open.set(key, t)
    return t
  }

  /** The first begun that has a value of the row and none that differs. */
  #sharing(values: ReadonlyMap<string, string>): Open | undefined {
    const { fields, connected } = this.#op
    if (fields.length < 2) return undefined
    let found: Open | undefined
    let tried = 0
    for (const t of connected ? this.#having(values) : this.#open.values()) {
      if (++tried > maxOpenTried) break
      const isFirst = found === undefined || t.order < found.order
      if (isFirst && !differs(t.values, values)) found = t
      if (found && !connected) break
    }
    return found
  }

  *#having(values: ReadonlyMap<string, string>): Generator<Open> {
    for (const [f, v] of values) yield* this.#byValue.get(`${f}=${v}`) ?? []
  }

  #say(t: Open, field: string, value: string): void {
    const before = t.values.get(field)
    if (before === value) return
    if (before !== undefined) this.#unsay(t, field, before)
    t.values.set(field, value)
    if (this.#op.fields.length < 2) return
    const key = `${field}=${value}`
    const known = this.#byValue.get(key)
    if (known) known.add(t)
    else this.#byValue.set(key, new Set([t]))
  }

  #unsay(t: Open, field: string, value: string): void {
    const key = `${field}=${value}`
    const known = this.#byValue.get(key)
    known?.delete(t)
    if (known?.size === 0) this.#byValue.delete(key)
  }

  #close(t: Open, complete: boolean): void {
    this.#open.delete(t.key)
    for (const [f, v] of t.values) this.#unsay(t, f, v)
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

/** Open transactions with which a row without all fields is compared. */
const maxOpenTried = 1_000

function differs(
  known: ReadonlyMap<string, string>,
  values: ReadonlyMap<string, string>,
): boolean {
  for (const [f, v] of values) {
    const own = known.get(f)
    if (own !== undefined && own !== v) return true
  }
  return false
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
