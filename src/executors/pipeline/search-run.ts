// One search while it runs: events are asked its conditions in turn, those that meet all of them become rows. Searches within
// it run beside it, or before it where its conditions wait for their rows.
import type { Event, EventShape } from '../../event/event.ts'
import type { LogSource } from '../../event/log-source.ts'
import { conflicts } from '../../event/log-source.ts'

import { predicateFor, withSubsearches } from '../../ir/condition.ts'
import type { Condition, Search } from '../../ir/search.ts'
import { innerSearches } from '../../ir/search.ts'

import { momentOf } from '../../meaning/moment.ts'
import type { Test } from '../../meaning/predicate.ts'

import { testOfEvent } from './condition.ts'
import { RowMaker } from './event-row.ts'
import { Lineage } from './lineage.ts'
import {
  LimitReached,
  maxHeldRows,
  maxJoinRows,
  maxMadeRows,
  maxSubsearchRows,
  tooManyRows,
} from './limit.ts'
import type { PipelineContext } from './operators/operator.ts'
import { tableRows } from './operators/tables.ts'
import type { Account, Refusal } from './pipeline.ts'
import { Pipeline } from './pipeline.ts'
import { conditionOf, usualFormat } from './row-condition.ts'
import { neededFields, readsRaw } from './row-fields.ts'
import { Row } from './row.ts'
import { Watch } from './watch.ts'

export interface HuntContext extends PipelineContext {
  /** Reads what a subsearch's rows say, written as a condition on events or on rows: the language's own parser. */
  readonly parseCondition: (
    text: string,
    on: 'events' | 'rows',
  ) => Condition | undefined
  /** Watch what each stage sees, to say why none or all passed. Costs time. */
  readonly explain?: boolean
  /** Rows know the events that they are made of; the events that are shown stay valid then. */
  readonly lineage?: boolean
}

interface Counter {
  in: number
  out: number
  readonly watch: Watch | undefined
}

interface StageTest {
  readonly test: Test<Event>
  /** No event of this source can meet the condition. */
  readonly never: boolean
}

export class SearchRun {
  readonly search: Search
  readonly subsearches: readonly SearchRun[]
  readonly nested: readonly SearchRun[]
  /** The first pass over the events in which it can run: behind those of its subsearches. */
  readonly startPass: number
  /** The pass at whose end its rows are complete. */
  readonly finishPass: number
  /** Itself or within; without it the search runs when the one that it is in begins. */
  readonly readsEvents: boolean
  readonly #context: HuntContext
  readonly #pipeline: Pipeline
  readonly #maker: RowMaker
  #conditions: readonly Condition[] = []
  readonly #tests = new Map<LogSource, readonly StageTest[]>()
  readonly #counters: Counter[]
  #earliest = Number.NEGATIVE_INFINITY
  #latest = Number.POSITIVE_INFINITY
  #outOfTime = 0
  #refusal: Refusal | undefined
  #lastShape: EventShape | undefined
  #lastTests: readonly StageTest[] = []
  readonly #onEvent: ((event: Event) => void) | undefined

  constructor(
    search: Search,
    context: HuntContext,
    sink: (row: Row) => void,
    onEvent?: (event: Event) => void,
  ) {
    this.search = search
    this.#context = context
    this.#onEvent = onEvent
    this.subsearches = search.subsearches.map((s) =>
      collect(s, context, maxSubsearchRows),
    )
    const nested = new Map(
      innerSearches(search.operators).map((inner) => [
        inner,
        collect(inner, context, maxJoinRows),
      ]),
    )
    this.nested = [...nested.values()]
    const reading = (list: readonly SearchRun[]) =>
      list.filter((s) => s.readsEvents)
    this.startPass = reading(this.subsearches).reduce(
      (n, s) => Math.max(n, s.finishPass + 1),
      0,
    )
    this.finishPass = reading(this.nested).reduce(
      (n, s) => Math.max(n, s.finishPass),
      this.startPass,
    )
    this.readsEvents =
      search.from.kind === 'events' ||
      reading([...this.subsearches, ...this.nested]).length > 0
    this.#pipeline = new Pipeline(search.operators, context, sink, {
      rowsOf: (inner) => nested.get(inner)?.rows ?? [],
      subsearch: (i) => this.#rowsOf(i, 'rows'),
      explain: context.explain,
    })
    this.#maker = new RowMaker(
      neededFields(search.operators),
      search.fields,
      readsRaw(search.operators),
    )
    this.#counters = search.stages.map(() => ({
      in: 0,
      out: 0,
      watch: undefined,
    }))
  }

  get refusal(): Refusal | undefined {
    return (
      this.#refusal ??
      this.#pipeline.refusal ??
      [...this.subsearches, ...this.nested].map((s) => s.refusal).find(Boolean)
    )
  }

  get done(): boolean {
    return this.#refusal !== undefined || this.#pipeline.done
  }

  /** Before its pass: its subsearches are finished. */
  begin(): void {
    for (const inner of [...this.subsearches, ...this.nested]) {
      if (inner.readsEvents) continue
      inner.begin()
      inner.finish()
    }
    try {
      this.#conditions = this.search.stages.map((s) =>
        withSubsearches(s.condition, (i) => this.#rowsOf(i, 'events')),
      )
      this.#readTime()
      const { from } = this.search
      if (from.kind === 'rows') this.#makeRows(from.count)
      if (from.kind === 'lookup') this.#pushTable(from)
    } catch (e) {
      if (!(e instanceof LimitReached)) throw e
      this.#refusal = { message: e.message, hint: e.hint }
    }
    if (this.#context.explain) {
      this.search.stages.forEach(({ asks }, i) => {
        this.#counters[i] = { in: 0, out: 0, watch: new Watch(asks) }
      })
    }
  }

  #makeRows(count: number) {
    if (count > maxMadeRows) throw tooManyRows('makeresults')
    for (let i = 0; i < count && !this.done; i++) {
      this.#pipeline.push(new Row())
    }
  }

  #pushTable(from: Extract<Search['from'], { kind: 'lookup' }>) {
    let at = 0
    for (const row of tableRows(this.#context, from.table)) {
      if (at++ < from.start) continue
      if (from.max && at > from.start + from.max) return
      this.#pipeline.push(row)
    }
  }

  /** Rows of a subsearch as one condition: any of them, all fields of it. */
  #rowsOf(index: number, on: 'events' | 'rows'): Condition {
    const { rows } = this.subsearches[index] as SearchRun & { rows: Row[] }
    const of = rows.map((row) => {
      const condition = this.#context.parseCondition(
        conditionOf(row, usualFormat),
        on,
      )
      if (condition) return condition
      throw new LimitReached(
        'a search in brackets gives a row that is no condition',
        'end it with "fields" or "return" and the fields to compare',
      )
    })
    return of.length ? { kind: 'or', of } : { kind: 'constant', value: false }
  }

  #readTime() {
    const { time } = this.search
    const { now } = this.#context
    if (time?.earliest) this.#earliest = momentOf(time.earliest, now)
    if (time?.latest) this.#latest = momentOf(time.latest, now)
  }

  event(event: Event): void {
    if (this.search.from.kind !== 'events' || this.done) return
    if (!this.#inTime(event)) {
      this.#outOfTime++
      return
    }
    if (event.shape !== this.#lastShape) {
      this.#lastShape = event.shape
      this.#lastTests = this.#testsFor(event.shape.logSource)
    }
    for (let i = 0; i < this.#lastTests.length; i++) {
      const { test, never } = this.#lastTests[i]!
      const counter = this.#counters[i]!
      counter.in++
      if (never) return
      counter.watch?.see((name) => this.#maker.value(event, name))
      if (!test(event)) return
      counter.out++
    }
    this.#onEvent?.(event)
    const row = this.#maker.row(event)
    if (this.#context.lineage) row.lineage = Lineage.of(event)
    this.#pipeline.push(row)
  }

  #inTime(event: Event): boolean {
    if (this.search.time === undefined) return true
    const ms = event.time()
    // An event without a time is looked at: a search should not lose it for want of a clock.
    return (
      ms === undefined ||
      (ms / 1000 >= this.#earliest && ms / 1000 < this.#latest)
    )
  }

  #testsFor(source: LogSource): readonly StageTest[] {
    let tests = this.#tests.get(source)
    if (!tests) {
      tests = this.#conditions.map((c) => {
        const p = predicateFor(c, (selector) => !conflicts(selector, source))
        return {
          test: testOfEvent(p),
          never: p.kind === 'constant' && !p.value,
        }
      })
      this.#tests.set(source, tests)
    }
    return tests
  }

  finish(): void {
    if (!this.#refusal) this.#pipeline.finish()
  }

  account(): Account[] {
    const stages = this.search.stages.map((s, i): Account => {
      const { in: came, out, watch } = this.#counters[i]!
      const hints = watch && out === 0 ? watch.hints() : []
      const time =
        i === 0 && this.#outOfTime
          ? [`${this.#outOfTime} events are outside the time range`]
          : []
      return {
        stage: s.label,
        in: came,
        out,
        hints: [...s.notes, ...time, ...hints],
      }
    })
    return [...stages, ...this.#pipeline.account()]
  }
}

/** A run whose rows are kept. */
function collect(
  search: Search,
  context: HuntContext,
  most: number,
): SearchRun & { rows: Row[] } {
  const rows: Row[] = []
  const run = new SearchRun(search, context, (row) => {
    // One more than counts, so that the cut can be told.
    if (rows.length <= Math.min(most, maxHeldRows)) rows.push(row)
  })
  return Object.assign(run, { rows })
}
