// Runs a search over events that the caller shows it, pass by pass.
import { grouped } from '../../base/shown.ts'

import type { Event } from '../../event/event.ts'

import type { Search } from '../../ir/search.ts'
import { Budget, Held } from './budget.ts'
import { maxCells, maxHeldBytes, maxHeldRows } from './limit.ts'
import { columnsOf } from './row-fields.ts'
import type { PickPlan } from './pick.ts'
import type { Account, Refusal } from './pipeline.ts'
import { planOf } from './plan.ts'
import { isInternal, type Row } from './row.ts'
import type { HuntContext } from './search-run.ts'
import { SearchRun, type TimeRange, type Unseen } from './search-run.ts'
import type { Seen } from './sight.ts'

export interface HuntResult {
  readonly rows: readonly Row[]
  /** Names of the rows' fields, in order. */
  readonly columns: readonly string[]
  /** How the search was run, in words; empty unless it was to be explained. */
  readonly plan: readonly string[]
  readonly account: readonly Account[]
  /** Of the searches in brackets, in the author's order. */
  readonly inner: readonly (readonly Account[])[]
  /** Set where the search could not be run to its end; rows are then none. */
  readonly refusal: Refusal | undefined
}

export interface HuntOptions {
  /** Takes each row as soon as it is there, instead of keeping them. */
  readonly onRow?: (row: Row) => void
  /** Takes each event that meets all conditions of the search itself, before it becomes a row. */
  readonly onEvent?: (event: Event) => void
}

export class Hunt {
  /** How often the events must be shown, from the first to the last: more than once where a search in brackets comes first. */
  readonly passes: number
  readonly #root: SearchRun
  readonly #runs: readonly SearchRun[]
  #active: readonly SearchRun[] = []
  #pass = 0
  readonly #rows: Row[] = []
  readonly #search: Search
  readonly #explain: boolean
  readonly #budget: Budget

  constructor(search: Search, context: HuntContext, options: HuntOptions = {}) {
    this.#search = search
    this.#explain = context.explain === true
    const { together } = context
    const budget = new Budget(maxHeldBytes, together)
    this.#budget = budget
    const held = new Held(
      budget,
      maxHeldRows,
      'what the search gives (head or stats make it less, ndjson is written as it comes)',
    )
    const keep = (row: Row) => {
      held.row(row)
      this.#rows.push(row)
    }
    this.#root = new SearchRun(
      search,
      { ...context, budget },
      options.onRow ?? keep,
      options.onEvent,
    )
    this.#runs = runsOf(this.#root)
    this.passes = this.#root.finishPass + 1
    this.#begin()
  }

  /** Itself or a search within; without it no event is asked for. */
  get readsEvents(): boolean {
    return this.#root.readsEvents
  }

  /** true: showing more events of this pass changes nothing. */
  get done(): boolean {
    return this.#active.every((run) => run.done)
  }

  /** Why it ended before its time. */
  get refusal(): Refusal | undefined {
    return this.#root.refusal
  }

  /** Nothing of it is needed any more. */
  close(): void {
    this.#budget.close()
  }

  /** The event may be reused by the caller when this returns. */
  event(event: Event): void {
    for (const run of this.#active) run.event(event)
  }

  /** What is to be picked in this pass, by whoever has the events: for each search that reads them, by its number. */
  plans(): { readonly search: number; readonly plan: PickPlan }[] {
    return this.#active.flatMap(({ plan }, search) =>
      plan ? [{ search, plan }] : [],
    )
  }

  /** A row of an event that was picked elsewhere, for the search of this number. */
  row(search: number, row: Row): void {
    this.#active[search]!.row(row)
  }

  /** What was seen where events are picked for the search of this number. */
  saw(search: number, seen: Seen): void {
    this.#active[search]!.saw(seen)
  }

  /** What every search in it looked for in vain: ids where the source of one was there. */
  get unseen(): Unseen | undefined {
    const reading = this.#runs.filter(
      (run) => run.search.from.kind === 'events',
    )
    const unseen = reading.map((run) => run.unseen)
    if (!unseen.every((u) => u !== undefined)) return undefined
    return unseen.find((u) => u.lacks === 'id') ?? unseen.at(-1)
  }

  /** The time that the search itself states, where no event that it was shown was in it. */
  get rangeOfNone(): TimeRange | undefined {
    return this.#root.rangeOfNone
  }

  /** The same of the searches within it. */
  get innerRangesOfNone(): readonly TimeRange[] {
    return this.#runs.flatMap((run) =>
      run === this.#root ? [] : (run.rangeOfNone ?? []),
    )
  }

  /** Its events cannot be picked. */
  refuse(search: number, refusal: Refusal): void {
    this.#active[search]!.refuse(refusal)
  }

  /** The last event of the pass has been shown. */
  endPass(): void {
    // Inner searches stand before the ones that they are in.
    for (const run of this.#runs)
      if (run.finishPass === this.#pass) run.finish()
    this.#pass++
    if (this.#pass < this.passes) this.#begin()
  }

  #begin(): void {
    this.#active = this.#runs.filter((run) => run.startPass === this.#pass)
    for (const run of this.#active) run.begin()
  }

  result(): HuntResult {
    const columns = columnsOf(this.#search.operators) ?? columnsSeen(this.#rows)
    const refusal = this.#root.refusal ?? tooManyCells(this.#rows, columns)
    return {
      rows: refusal ? [] : this.#rows,
      columns,
      plan: this.#explain ? planOf(this.#search) : [],
      account: this.#root.account(),
      inner: within(this.#root).map((run) => run.account()),
      refusal,
    }
  }
}

/** Every search in brackets, inner ones first. */
function within(run: SearchRun): SearchRun[] {
  return [...run.subsearches, ...run.nested].flatMap((s) => [...within(s), s])
}

/** Those that are shown events, and the search itself. */
function runsOf(run: SearchRun): SearchRun[] {
  return [...within(run).filter((s) => s.readsEvents), run]
}

/** Rows that have little in common make a table that is mostly empty, and very large. */
function tooManyCells(
  rows: readonly Row[],
  columns: readonly string[],
): Refusal | undefined {
  if (rows.length * columns.length <= maxCells) return undefined
  return {
    message: `${grouped(rows.length)} rows have ${grouped(columns.length)} columns together: more than ${grouped(maxCells)} cells`,
    hint: 'name the columns with "table", or write the rows as ndjson',
  }
}

function columnsSeen(rows: readonly Row[]): string[] {
  const names = new Set<string>()
  for (const row of rows) for (const name of row.names()) names.add(name)
  // The time first; what else is internal is not shown.
  const shown = [...names].filter((n) => n === '_time' || !isInternal(n))
  return shown.includes('_time')
    ? ['_time', ...shown.filter((n) => n !== '_time')]
    : shown
}
