// `hunt`: a Splunk search over files. The part that picks events decides what is decoded at all; the rest runs on rows.
import type { Diagnostic } from '../base/diagnostic.ts'
import { plural } from '../base/shown.ts'

import type { Event } from '../event/event.ts'

import { demandsOfSearch } from '../ir/demand.ts'
import { fieldUse, inCondition } from '../ir/operator-fields.ts'
import {
  asksPlaces,
  innerSearches,
  type Operator,
  type Search,
} from '../ir/search.ts'

import {
  compileSearch,
  type Macros,
  parseCondition,
  parseValue,
} from '../languages/spl/index.ts'

import {
  Hunt,
  type HuntResult,
  type LookupTable,
  type Places,
  Row,
  type TimeRange,
  type Unseen,
} from '../executors/pipeline/index.ts'

import { openPlaces } from '../content/places.ts'

import type { Baseline } from '../enrich/rarity/baseline.ts'

import {
  Input,
  type InputListener,
  type InputRequest,
  showing,
} from './input.ts'
import { InputTotals } from './reading/input-totals.ts'
import type { MadeEdges } from './edges.ts'
import { ordersByTime } from './rules/asked-time.ts'
import { searchAsksEdges } from './rules/asked-edges.ts'
import { rulesOfEnriched } from './rules/asked-enriched.ts'
import {
  type AskedNames,
  isPlainName,
  NamesMet,
  type NamesPart,
} from './stations/names.ts'
import { notesOn, SeenEvents } from './seen-events.ts'
import type { RowsConfig, RowsPart } from './stations/rows.ts'
import { Scope, type ScopeConfig } from './stations/scope.ts'
import type { Part } from './stations/station.ts'

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
  const { lookups, now, explain, scope } = request
  const search = compiled(request, listener)
  if (!search) return nothing
  const places = await placesFor(search, request.geoip ?? [], listener)
  const run = new Hunt(
    search,
    { now, lookups, places, parseCondition, parseValue, explain },
    listener.onRow ? { onRow: listener.onRow } : {},
  )
  if (run.passes > 1 && request.paths.includes('-')) {
    listener.unusable(readOnce)
    return nothing
  }
  const asked = namesAsked(search, request.search)
  const names = new NamesMet(Object.assign({}, ...Object.values(asked)))
  const input = await Input.open(request, listener, signal)
  try {
    const job = await jobOf(search, names.asked, scope, input.mayHoldCopies)
    const passes = await allPasses(
      input,
      run,
      job,
      names,
      request,
      listener,
      signal,
    )
    const { inside, unknown, isEnriched, picked } = passes
    tellUntimed(search, input.totals, listener)
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
  } finally {
    input.close()
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
  { note, problem }: HuntListener,
): void {
  if (!untimedSources.length || !ordersByTime(search)) return
  for (const { source, events } of untimedSources) {
    const many = plural(events, 'event')
    ;(note ?? problem)(
      `${source}: ${many} without a time, which commands that read _time pass over`,
    )
  }
}

/** Each search of a pass is shown an event once, in however many files it lies. */
class SeenByEach {
  readonly #bySearch: SeenEvents[] = []

  of(search: number): SeenEvents {
    this.#bySearch[search] ??= new SeenEvents()
    return this.#bySearch[search]
  }

  /** Of the search that met most copies. */
  notes(): Iterable<string> {
    const [most] = this.#bySearch
      .filter((s) => s !== undefined)
      .toSorted((a, b) => b.copies - a.copies)
    return most ? notesOn(most, 'counted') : []
  }
}

interface Passes {
  readonly inside: number | undefined
  readonly unknown: ReadonlyMap<string, string>
  readonly isEnriched: boolean
  /** Events on which conditions held, where they were counted. */
  readonly picked: number
}

async function allPasses(
  input: Input,
  run: Hunt,
  job: Job,
  names: NamesMet,
  { scope, baseline, explain }: HuntRequest,
  listener: HuntListener,
  signal: AbortSignal,
): Promise<Passes> {
  const { mayHoldCopies } = input
  let passes: Passes = {
    inside: undefined,
    unknown: new Map(),
    isEnriched: false,
    picked: 0,
  }
  const count = (n: number) => {
    passes = { ...passes, picked: passes.picked + n }
  }
  for (let pass = 0; pass < run.passes && !signal.aborted; pass++) {
    const rules = rulesOfEnriched(run.plans(), explain)
    const seen = new SeenByEach()
    const show = (event: Event) => {
      if (!mayHoldCopies || !seen.of(0).isCopy(event)) run.event(event)
    }
    if (rules.length) {
      const { enrichedPass } = await import('./enriched-hunt.ts')
      const asking = { rules, scope, baseline, problem: listener.problem }
      const told = await enrichedPass(input, show, asking, signal)
      passes = { ...passes, ...told, isEnriched: true }
    } else if (run.readsEvents) {
      const inside = explain
        ? await explainedPass(input, run, show, scope, signal)
        : await onePass(
            input,
            run,
            job,
            { names, seen, count },
            listener,
            signal,
          )
      passes = { ...passes, inside }
    }
    run.endPass()
    for (const note of seen.notes()) (listener.note ?? listener.problem)(note)
  }
  return passes
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

type Job = Omit<RowsConfig, 'searches'>

async function jobOf(
  search: Search,
  asked: AskedNames,
  scope: ScopeConfig,
  copies: boolean,
): Promise<Job> {
  const demands = demandsOfSearch(search)
  return {
    asked,
    copies,
    ...scope,
    ...(demands && { demands }),
    ...(searchAsksEdges(search) && {
      facts: (await import('./edges.ts')).factsOfAllEdges,
    }),
  }
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

interface Meeting {
  readonly names: NamesMet
  readonly seen: SeenByEach
  readonly count: (picked: number) => void
}

/** Events are picked in every thread, and the operators take their rows here. */
async function onePass(
  input: Input,
  run: Hunt,
  job: Job,
  { names, seen, count }: Meeting,
  { problem }: InputListener,
  signal: AbortSignal,
): Promise<number | undefined> {
  if (run.done) return undefined
  const enough = new AbortController()
  const take = (part: Part) => {
    if (part.kind === 'names') return names.take(part as NamesPart)
    const { search, rows, seen: sight, marks, refusal } = part as RowsPart
    run.saw(search, sight)
    count(rows.length)
    const isCopy = marks && seen.of(search).copiesAmong(marks)
    rows.forEach((values, i) => {
      if (!isCopy?.[i]) run.row(search, new Row(values))
    })
    if (refusal) run.refuse(search, refusal)
    if (run.done) enough.abort()
  }
  const rows: RowsConfig = { searches: run.plans(), ...job }
  const edges = job.facts && (await madeEdges(rows, take, problem))
  const takeAll = edges ? (part: Part) => edges.take(part) : take
  const { inside } = await input.read(
    { kind: 'rows', ...rows },
    (parts) => parts.forEach(takeAll),
    AbortSignal.any([signal, enough.signal]),
  )
  edges?.finish()
  return inside
}

/** Edges meet the same search, where the rows of all threads come together. */
async function madeEdges(
  { facts: _, ...rows }: RowsConfig,
  take: (part: Part) => void,
  problem: (message: string) => void,
): Promise<MadeEdges> {
  const [{ MadeEdges }, { rowsTrack }] = await Promise.all([
    import('./edges.ts'),
    import('./stations/rows.ts'),
  ])
  return new MadeEdges(rowsTrack(rows), take, problem)
}

/** What each stage sees is counted: in one place, and every event is decoded. */
async function explainedPass(
  input: Input,
  run: Hunt,
  show: (event: Event) => void,
  wanted: ScopeConfig,
  signal: AbortSignal,
): Promise<number | undefined> {
  const enough = new AbortController()
  const scope = new Scope(wanted)
  const track = showing((event) => {
    show(event)
    if (run.done) enough.abort()
  }, scope.road())
  const until = AbortSignal.any([signal, enough.signal])
  const { inside } = await input.read(track, () => {}, until)
  return inside
}

/** What every event has without a field of that name. */
const metadata = new Set(['_time', '_raw', 'host', 'source', 'sourcetype'])

interface NamesAsked {
  /** In conditions on events. */
  readonly tested: AskedNames
  /** Columns of a table of events. */
  readonly shown: AskedNames
  /** By commands that count or sort by them: of a name that no event has they make a number or an order all the same. */
  readonly counted: AskedNames
  /** By other commands that take events' fields. */
  readonly read: AskedNames
}

const counting: ReadonlySet<Operator['kind']> = new Set([
  'stats',
  'eventstats',
  'streamstats',
  'chart',
  'sort',
])

/** Of itself and of all searches within. Of the names that a data model or a macro brings along nobody has to be told. */
function namesAsked(search: Search, written: string): NamesAsked {
  const inner = [...search.subsearches, ...innerSearches(search.operators)]
  const all = inner.map((s) => namesAsked(s, written))
  const own = search.from.kind === 'events' ? ownNames(search, written) : []
  const of = (what: keyof NamesAsked): AskedNames =>
    Object.assign({}, ...[...all, ...own].map((names) => names[what]))
  return {
    tested: of('tested'),
    shown: of('shown'),
    counted: of('counted'),
    read: of('read'),
  }
}

function ownNames(
  { stages, operators, fields }: Search,
  written: string,
): NamesAsked[] {
  const placesOf = (
    names: Iterable<string>,
    asks: 'conditions' | 'commands' = 'commands',
  ) => {
    const those = [...names].filter((n) => written.includes(n))
    return placesOfWritten(those, fields, asks)
  }
  const by = {
    shown: new Set<string>(),
    counted: new Set<string>(),
    read: new Set<string>(),
  }
  const made = new Set<string>()
  for (const op of operators) {
    const use = fieldUse(op, inCondition)
    const names =
      op.kind === 'table'
        ? by.shown
        : counting.has(op.kind)
          ? by.counted
          : by.read
    for (const name of use.reads) if (!made.has(name)) names.add(name)
    for (const name of use.makes) made.add(name)
    // Behind these, names are no events' any more, or cannot be told.
    const isUnknown = use.makes.some((name) => name.includes('*'))
    if (use.only || isUnknown) break
  }
  const asks = stages.flatMap((s) => s.asks)
  return [
    {
      tested: placesOf(asks, 'conditions'),
      shown: placesOf(by.shown),
      counted: placesOf(by.counted),
      read: placesOf(by.read),
    },
  ]
}

/** A data model's names are known when the search is read; of those, only conditions hold on nothing where no event has one. */
function placesOfWritten(
  names: Iterable<string>,
  fields: Search['fields'],
  asks: 'conditions' | 'commands',
): AskedNames {
  const asked: Record<string, readonly string[]> = {}
  for (const name of names) {
    const places = Object.hasOwn(fields, name) ? fields[name]! : undefined
    const made = places?.some(
      (p) => p.kind === 'constant' || p.kind === 'cases',
    )
    const own = places?.flatMap((p) => ('name' in p ? p.name : [])) ?? [name]
    if (made || metadata.has(name) || !own.some(isPlainName)) continue
    if (isPlainName(name) || asks === 'conditions') asked[name] = own
  }
  return asked
}
