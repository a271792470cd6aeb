// `hunt`: a Splunk search over files. The part that picks events decides what is decoded at all; the rest runs on rows.
import type { Diagnostic } from '../../base/diagnostic.ts'
import { plural } from '../../base/shown.ts'

import { asksPlaces, type Search } from '../../ir/search.ts'

import {
  compileSearch,
  type Macros,
  parseCondition,
  parseValue,
} from '../../languages/spl/index.ts'

import {
  Hunt,
  type HuntResult,
  type LookupTable,
  type Places,
  type Row,
  type TimeRange,
  type Unseen,
} from '../../executors/pipeline/index.ts'

import { openPlaces } from '../../content/places.ts'

import type { Baseline } from '../../enrich/rarity/baseline.ts'

import { Input, type InputListener, type InputRequest } from '../input.ts'
import { InputTotals } from '../reading/input-totals.ts'
import { ordersByTime } from '../rules/asked-time.ts'
import { type AskedNames, NamesMet } from '../stations/names.ts'
import type { ScopeConfig } from '../stations/scope.ts'
import { type NamesAsked, namesAsked } from './asked-names.ts'
import { allPasses, jobOf } from './passes.ts'

export interface HuntRequest extends InputRequest {
  readonly search: string
  /** For messages. */
  readonly file?: string
  readonly macros: Macros
  readonly lookups: ReadonlyMap<string, LookupTable>
  /** Files that may be a database of places. */
  readonly geoip?: readonly string[]
  /** What `now` means, in seconds since 1970. */
  readonly now: number
  /** Count what each stage sees; every event is decoded then. */
  readonly explain: boolean
  /** Which events it is about. */
  readonly scope: ScopeConfig
  /** By what it is said what is rare; absent: by what the input itself holds. */
  readonly baseline?: Baseline
}

export interface HuntListener extends InputListener {
  diagnostic(diagnostic: Diagnostic): void
  /** Takes rows as they come; without it they are kept, up to a bound. */
  readonly onRow?: (row: Row) => void
}

export interface HuntOutcome {
  /** undefined: the search could not be compiled. */
  readonly result: HuntResult | undefined
  readonly totals: InputTotals
  /** Events that the person asked about; undefined: about all. */
  readonly inScope: number | undefined
  /** Whether it asks for events at all. */
  readonly readsEvents: boolean
  /** The search itself states a time in which no event was. */
  readonly isOutOfTime: boolean
  /** The same of the time that a search within it states. */
  readonly isInnerOutOfTime: boolean
  /** What it looked for and no event was of; undefined: there was one, or it cannot be told. */
  readonly unseen: Unseen | undefined
  /** Fields that it asks for and that could be told of no event, each with why. */
  readonly unknown: ReadonlyMap<string, string>
  /** Its conditions held of no event: what rows there are say so, as those of `stats count` do. */
  readonly heldOfNone: boolean
  /** Names in its conditions that no event has, each with what is nearest. */
  readonly strangers: readonly string[]
  /** The same of columns that it shows, of what it counts or sorts by, and of what else its commands read. */
  readonly emptyColumns: readonly string[]
  readonly emptyCounts: readonly string[]
  readonly emptyFields: readonly string[]
  /** Of all these, those that are another name but for a slip of typing. */
  readonly slips: readonly string[]
}

const nothing: HuntOutcome = {
  result: undefined,
  totals: new InputTotals(),
  inScope: undefined,
  readsEvents: false,
  isOutOfTime: false,
  isInnerOutOfTime: false,
  unseen: undefined,
  unknown: new Map(),
  heldOfNone: false,
  strangers: [],
  emptyColumns: [],
  emptyCounts: [],
  emptyFields: [],
  slips: [],
}

const readOnce =
  'a search in brackets reads the events more than once: standard input cannot be read again, write it to a file first'

export async function hunt(
  request: HuntRequest,
  listener: HuntListener,
  signal: AbortSignal,
): Promise<HuntOutcome> {
  const search = compiled(request, listener)
  if (!search) return nothing
  const run = await started(search, request, listener)
  if (run.passes > 1 && request.paths.includes('-')) {
    listener.unusable(readOnce)
    return nothing
  }
  const input = await Input.open(request, listener, signal)
  try {
    return await over(input, search, run, request, listener, signal)
  } finally {
    input.close()
  }
}

async function started(
  search: Search,
  { lookups, now, explain, geoip }: HuntRequest,
  listener: HuntListener,
): Promise<Hunt> {
  const places = await placesFor(search, geoip ?? [], listener)
  return new Hunt(
    search,
    { now, lookups, places, parseCondition, parseValue, explain },
    listener.onRow ? { onRow: listener.onRow } : {},
  )
}

async function over(
  input: Input,
  search: Search,
  run: Hunt,
  { search: written, scope, baseline, explain }: HuntRequest,
  { problem, note = problem }: HuntListener,
  signal: AbortSignal,
): Promise<HuntOutcome> {
  const asked = namesAsked(search, written)
  const names = new NamesMet(Object.assign({}, ...Object.values(asked)))
  const job = await jobOf(search, names.asked, scope, input.mayHoldCopies)
  const { inside, unknown, isEnriched, picked } = await allPasses({
    ...{ input, run, job, names },
    ...{ scope, baseline, explain, signal, note, problem },
  })
  tellUntimed(search, input.totals, note)
  // What is met is not told by names where all is decoded, or waits.
  const met = !explain && !isEnriched && inside !== 0
  return {
    result: run.result(),
    totals: input.totals,
    inScope: inside,
    readsEvents: run.readsEvents,
    ...timesOf(run, input.totals),
    unseen: isEnriched ? undefined : run.unseen,
    unknown,
    heldOfNone: met && picked === 0,
    ...strangersOf(met ? names : undefined, asked, input.totals),
  }
}

/** `names`: undefined where it cannot be told. */
function strangersOf(
  names: NamesMet | undefined,
  { tested, shown, counted, read }: NamesAsked,
  { skipped }: InputTotals,
): Pick<
  HuntOutcome,
  'strangers' | 'emptyColumns' | 'emptyCounts' | 'emptyFields' | 'slips'
> {
  const passedBy = skipped > 0
  const of = (asked: AskedNames, slips = false) =>
    names?.strangers(asked, { passedBy, slips }) ?? []
  return {
    strangers: of(tested),
    emptyColumns: of(shown),
    emptyCounts: of(counted),
    emptyFields: of(read),
    slips: of({ ...tested, ...read }, true),
  }
}

/** A search that puts events in order has no place for those without a time. */
function tellUntimed(
  search: Search,
  { untimedSources }: InputTotals,
  note: (message: string) => void,
): void {
  if (!untimedSources.length || !ordersByTime(search)) return
  for (const { source, events } of untimedSources) {
    const many = plural(events, 'event')
    note(
      `${source}: ${many} without a time, which commands that read _time pass over`,
    )
  }
}

function timesOf(run: Hunt, totals: InputTotals) {
  const inner = run.innerRangesOfNone
  return {
    isOutOfTime: isOutOfTime(run.rangeOfNone, totals),
    isInnerOutOfTime: inner.some((range) => isOutOfTime(range, totals)),
  }
}

/** Events that nobody wanted were not looked at; all that is known of them is from when to when they are. */
function isOutOfTime(
  range: TimeRange | undefined,
  { skipped, earliest, latest }: InputTotals,
): boolean {
  if (!range) return false
  const isBeside =
    earliest !== undefined &&
    latest !== undefined &&
    (latest / 1000 < range.from || earliest / 1000 >= range.to)
  return skipped === 0 || isBeside
}

function compiled(
  { search: text, macros, file }: HuntRequest,
  listener: HuntListener,
): Search | undefined {
  const { search, diagnostics } = compileSearch(text, {
    macros,
    ...(file && { file }),
  })
  for (const d of diagnostics) listener.diagnostic(d)
  return search
}

async function placesFor(
  search: Search,
  paths: readonly string[],
  { problem }: HuntListener,
): Promise<Places | undefined> {
  if (!asksPlaces(search)) return undefined
  const { places, problems } = await openPlaces(paths)
  for (const p of problems) problem(p)
  return places
}
