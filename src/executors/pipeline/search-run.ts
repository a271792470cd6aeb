// One search while it runs: events are asked its conditions in turn, those that meet all of them become rows. Searches within
// it run beside it, or before it where its conditions wait for their rows.
import type { Event } from '../../event/event.ts'

import { withSubsearches } from '../../ir/condition.ts'
import type { Expression } from '../../ir/expression.ts'
import type { Condition, Search } from '../../ir/search.ts'
import { innerSearches } from '../../ir/search.ts'

import { momentOf } from '../../meaning/moment.ts'
import { type Budget, Held } from './budget.ts'
import { Lineage, type NamedEvent } from './lineage.ts'
import {
  SearchRefusal,
  maxHeldRows,
  maxJoinRows,
  maxMadeRows,
  maxSubsearchRows,
  tooManyRows,
} from './limit.ts'
import type { PipelineContext, SharedContext } from './operators/operator.ts'
import { requireColumns, tableRows } from './operators/tables.ts'
import type { Account, Refusal } from './pipeline.ts'
import { Pipeline } from './pipeline.ts'
import { Picker, type PickPlan } from './pick.ts'
import { computed, conditionsOf, usualFormat } from './row-condition.ts'
import { neededFields, rowOptions } from './row-fields.ts'
import { isInternal, Row } from './row.ts'
import {
  bothSeen,
  idsSought,
  isFromThere,
  nothingSeen,
  type Seen,
} from './sight.ts'

export interface HuntContext extends PipelineContext {
  /** Reads what a subsearch's rows say, written as a condition on events or on rows: the language's own parser. */
  readonly parseCondition: (
    text: string,
    on: 'events' | 'rows',
  ) => Condition | undefined
  /** The same where it stands in an expression. */
  readonly parseValue: (text: string) => Expression | undefined
  /** Watch what each stage sees, to say why none or all passed. Costs time. */
  readonly explain?: boolean
  /** What rows are to know of the events that they are made of; absent: nothing. */
  readonly named?: (event: Event) => NamedEvent
  /** Of what several searches hold together; absent: each has its own. */
  readonly together?: Budget
}

/** A search and those within it hold together what one search may hold. */
export type RunContext = HuntContext & SharedContext

export interface TimeRange {
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

/** What no event was: from where the search says (with an id that it asks for, where others may be from there), or of these ids. */
export interface Unseen {
  readonly lacks: 'origin' | 'id'
  /** Absent: events may be from anywhere. */
  readonly origin?: string
  readonly ids?: readonly number[]
}

/** Characters of a row that a message shows. */
const maxShown = 80

const isShown = (name: string) => !isInternal(name)

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
  readonly #context: RunContext
  readonly #pipeline: Pipeline
  /** How its events are picked, once that is known. */
  #plan: PickPlan | undefined
  #picker: Picker | undefined
  #seen = nothingSeen
  #refusal: Refusal | undefined
  readonly #onEvent: ((event: Event) => void) | undefined

  constructor(
    search: Search,
    context: RunContext,
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
      bracketValue: (i) => this.#bracketValue(i),
      explain: context.explain,
    })
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
    this.#orRefuse(() => {
      const { from, stages } = this.search
      if (from.kind === 'rows') this.#makeRows(from.count)
      else if (from.kind === 'lookup') this.#pushTable(from)
      else {
        this.#plan = this.#planOf()
        const watched = stages.map((s) => s.asks)
        this.#picker = this.#context.explain
          ? new Picker(this.#plan, watched)
          : new Picker(this.#plan)
      }
    })
  }

  /** What is to be picked for it, by whoever has events; undefined: nothing more. */
  get plan(): PickPlan | undefined {
    return this.done ? undefined : this.#plan
  }

  /** The time range that left out all that it was shown, in seconds since 1970. */
  get rangeOfNone(): TimeRange | undefined {
    const { earliest, latest } = this.#plan ?? {}
    const hasRange = earliest !== undefined || latest !== undefined
    return hasRange && !this.#seenByAll.inTime
      ? { from: earliest ?? -Infinity, to: latest ?? Infinity }
      : undefined
  }

  /** Where its events are picked elsewhere: what was seen there. */
  saw(seen: Seen): void {
    this.#seen = bothSeen(this.#seen, seen)
  }

  get #seenByAll(): Seen {
    return this.#picker ? bothSeen(this.#seen, this.#picker.seen) : this.#seen
  }

  /** What it was looking for and no event was shown to it of; undefined: it reads no events, or saw what it needs. */
  get unseen(): Unseen | undefined {
    if (!this.#plan) return undefined
    const seen = this.#seenByAll
    const { ids } = this.#plan
    const labels = this.search.stages.flatMap((s) => s.origin?.label ?? [])
    const origin = labels.length ? { origin: labels.join(' and ') } : {}
    if (!isFromThere(seen))
      return { lacks: 'origin', ...origin, ...(ids && seen.mayBe && { ids }) }
    return ids && !seen.id ? { lacks: 'id', ...origin, ids } : undefined
  }

  #planOf(): PickPlan {
    const { stages, operators, fields, time } = this.search
    const { now } = this.#context
    const needed = neededFields(operators)
    const conditions = stages.map((s) =>
      withSubsearches(s.condition, (i) => this.#rowsOf(i, 'events')),
    )
    const origins = stages.flatMap((s) => s.origin?.condition ?? [])
    const ids = idsSought(conditions)
    return {
      conditions,
      ...(origins.length && { origin: { kind: 'and', of: origins } }),
      ...(ids && { ids }),
      ...(time?.earliest && { earliest: momentOf(time.earliest, now) }),
      ...(time?.latest && { latest: momentOf(time.latest, now) }),
      ...(needed && { needed: [...needed] }),
      fields,
      ...rowOptions(operators),
    }
  }

  #orRefuse(act: () => void): void {
    try {
      act()
    } catch (e) {
      if (!(e instanceof SearchRefusal)) throw e
      this.refuse(e)
    }
  }

  /** It cannot be run to its end. */
  refuse({ message, hint }: Refusal): void {
    this.#refusal ??= { message, hint }
  }

  #makeRows(count: number) {
    if (count > maxMadeRows) throw tooManyRows('makeresults', 'make fewer')
    for (let i = 0; i < count && !this.done; i++) {
      this.#pipeline.push(new Row())
    }
  }

  #pushTable(from: Extract<Search['from'], { kind: 'lookup' }>) {
    let at = 0
    requireColumns(this.#context, from.table, from.asks)
    for (const row of tableRows(this.#context, from.table)) {
      if (at++ < from.start) continue
      if (from.max && at > from.start + from.max) return
      this.#pipeline.push(row)
    }
  }

  /** Rows of a subsearch as one condition: any of them, all fields of it. */
  #rowsOf(index: number, on: 'events' | 'rows'): Condition {
    const { rows } = this.subsearches[index] as SearchRun & { rows: Row[] }
    if (rows.length && !rows.some((row) => [...row.names()].some(isShown)))
      throw new SearchRefusal(
        'a search in brackets gives rows without a field',
        'no row has one of those that it keeps at its end',
      )
    const of = conditionsOf(rows, usualFormat).map((text) => {
      const condition = this.#context.parseCondition(text, on)
      if (condition) return condition
      throw new SearchRefusal(
        'a search in brackets gives a row that is no condition',
        'end it with "fields" or "return" and the fields to compare',
      )
    })
    return of.length ? { kind: 'or', of } : { kind: 'constant', value: false }
  }

  /** Rows of a subsearch as Splunk writes them into the expression: a value, or a condition. */
  #bracketValue(index: number): Expression {
    const { rows } = this.subsearches[index] as SearchRun & { rows: Row[] }
    const texts = conditionsOf(rows, usualFormat, computed)
    const value = texts.length && this.#context.parseValue(texts.join(' OR '))
    if (value) return unquoted(value)
    throw new SearchRefusal(
      texts.length
        ? `a search in brackets gives "${texts[0]!.slice(0, maxShown)}", which is no value`
        : 'a search in brackets gives no row, so there is no value to take its place',
      texts.length
        ? 'end it with "return $field"'
        : 'end it with a command that always gives one, such as "stats"',
    )
  }

  event(event: Event): void {
    const picker = this.#picker
    if (!picker || this.done) return
    this.#orRefuse(() => {
      if (!picker.picks(event)) return
      this.#onEvent?.(event)
      const row = picker.row(event)
      const { named } = this.#context
      if (named) row.lineage = Lineage.of(named(event))
      this.#pipeline.push(row)
    })
  }

  /** A row of an event that was picked elsewhere. */
  row(row: Row): void {
    if (!this.done) this.#pipeline.push(row)
  }

  finish(): void {
    if (!this.#refusal) this.#pipeline.finish()
  }

  account(): Account[] {
    const stages = this.search.stages.map((s, i): Account => {
      const counter = this.#picker?.counters[i]
      const { in: came, out, watch } = counter ?? { in: 0, out: 0 }
      const hints = watch && out === 0 ? watch.hints() : []
      const outside = i === 0 ? this.#picker?.outOfTime : 0
      const time = outside
        ? [`${outside} events are outside the time range`]
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

/** A value that its author has put into quotes already, as Splunk needs it. */
function unquoted(e: Expression): Expression {
  if (e.kind !== 'literal' || typeof e.value !== 'string') return e
  const own = /^"([^"]*)"$/.exec(e.value)
  return own ? { ...e, value: own[1]! } : e
}

/** A run whose rows are kept. */
function collect(
  search: Search,
  context: RunContext,
  most: number,
): SearchRun & { rows: Row[] } {
  const rows: Row[] = []
  const held = new Held(context.budget, maxHeldRows, 'a search in brackets')
  const run = new SearchRun(search, context, (row) => {
    // One more than counts, so that the cut can be told.
    if (rows.length > Math.min(most, maxHeldRows)) return
    held.row(row)
    rows.push(row)
  })
  return Object.assign(run, { rows })
}
