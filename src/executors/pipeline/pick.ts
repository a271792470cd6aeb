// Which events does a search pick, and what row does it make of each? Worked out from plain data, so that it can be done where the
// bytes are; all that follows runs on rows.
import type { Event, EventShape } from '../../event/event.ts'
import type { LogSource } from '../../event/log-source.ts'
import { conflicts } from '../../event/log-source.ts'

import { predicateFor } from '../../ir/condition.ts'
import type { Resolution } from '../../ir/field-source.ts'
import type { Condition } from '../../ir/search.ts'

import type { Test } from '../../meaning/predicate.ts'

import { testOfEvent } from './condition.ts'
import { RowMaker, type RowOptions } from './event-row.ts'
import type { Row } from './row.ts'
import { type Seen, Sight, type Sought } from './sight.ts'
import { Watch } from './watch.ts'

/** Plain data: it crosses to worker threads as JSON. */
export interface PickPlan extends RowOptions, Sought {
  /** An event is asked one after the other. */
  readonly conditions: readonly Condition[]
  /** Seconds since 1970; `latest` is exclusive. */
  readonly earliest?: number
  readonly latest?: number
  /** Fields that the rows need; absent: all. */
  readonly needed?: readonly string[]
  readonly fields: Readonly<Record<string, Resolution>>
}

interface StageTest {
  readonly test: Test<Event>
  /** No event of this source can meet the condition. */
  readonly never: boolean
}

interface Counter {
  in: number
  out: number
  readonly watch: Watch | undefined
}

export class Picker {
  /** By condition. */
  readonly counters: readonly Counter[]
  /** Events that the time range left out. */
  outOfTime = 0
  readonly #sight: Sight
  readonly #plan: PickPlan
  readonly #maker: RowMaker
  readonly #tests = new Map<LogSource, readonly StageTest[]>()
  #lastShape: EventShape | undefined
  #lastTests: readonly StageTest[] = []

  /** `watched`: fields of each condition to keep an eye on, to say why none or all passed. Costs time. */
  constructor(plan: PickPlan, watched?: readonly (readonly string[])[]) {
    this.#plan = plan
    this.#sight = new Sight(plan)
    this.#maker = new RowMaker(
      plan.needed && new Set(plan.needed),
      plan.fields,
      plan,
    )
    this.counters = plan.conditions.map((_, i) => {
      const fields = watched?.[i]
      return { in: 0, out: 0, watch: fields && new Watch(fields) }
    })
  }

  get seen(): Seen {
    return this.#sight.seen
  }

  /** An event of these sources that was not decoded. */
  passedBy(sources: readonly LogSource[], id: number): void {
    this.#sight.passedBy(sources, id)
  }

  picks(event: Event): boolean {
    this.#sight.see(event)
    if (!this.#inTime(event)) {
      this.outOfTime++
      return false
    }
    this.#sight.inTime = true
    if (event.shape !== this.#lastShape) {
      this.#lastTests = this.#testsFor(event.shape.logSource)
      this.#lastShape = event.shape
    }
    for (let i = 0; i < this.#lastTests.length; i++) {
      const { test, never } = this.#lastTests[i]!
      const counter = this.counters[i]!
      counter.in++
      if (never) return false
      counter.watch?.see((name) => this.#maker.value(event, name))
      if (!test(event)) return false
      counter.out++
    }
    return true
  }

  row(event: Event): Row {
    return this.#maker.row(event)
  }

  #inTime(event: Event): boolean {
    const { earliest, latest } = this.#plan
    if (earliest === undefined && latest === undefined) return true
    const ms = event.time()
    // An event without a time is looked at: a search should not lose it for want of a clock.
    if (ms === undefined) return true
    const seconds = ms / 1000
    return (
      (earliest === undefined || seconds >= earliest) &&
      (latest === undefined || seconds < latest)
    )
  }

  #testsFor(source: LogSource): readonly StageTest[] {
    let tests = this.#tests.get(source)
    if (!tests) {
      tests = this.#plan.conditions.map((c) => {
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
}
