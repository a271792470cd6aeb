// How often does a search read the events? Once for each search in brackets that its conditions need, and once for itself. Events are
// picked in every thread; the operators take their rows here.
import type { Event } from '../../event/event.ts'

import { demandsOfSearch } from '../../ir/demand.ts'
import type { DetectionRule } from '../../ir/rule.ts'
import type { Search } from '../../ir/search.ts'

import { type Hunt, Row } from '../../executors/pipeline/index.ts'

import type { Baseline } from '../../enrich/rarity/baseline.ts'

import type { MadeEdges } from '../edges.ts'
import { type Input, showing } from '../input.ts'
import { searchAsksEdges } from '../rules/asked-edges.ts'
import { rulesOfEnriched } from '../rules/asked-enriched.ts'
import { notesOn, SeenEvents } from '../seen-events.ts'
import type { AskedNames, NamesMet, NamesPart } from '../stations/names.ts'
import type { RowsConfig, RowsPart } from '../stations/rows.ts'
import { Scope, type ScopeConfig } from '../stations/scope.ts'
import type { Part } from '../stations/station.ts'

/** What threads are asked, but for the searches. */
export type Job = Omit<RowsConfig, 'searches'>

export async function jobOf(
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
      facts: (await import('../edges.ts')).factsOfAllEdges,
    }),
  }
}

/** A search that runs, and what it runs over. */
export interface Running {
  readonly input: Input
  readonly run: Hunt
  readonly job: Job
  readonly names: NamesMet
  readonly scope: ScopeConfig
  readonly baseline: Baseline | undefined
  /** Count what each stage sees. */
  readonly explain: boolean
  readonly signal: AbortSignal
  note(message: string): void
  problem(message: string): void
}

export interface Passed {
  /** Events that the person asked about; undefined: about all. */
  readonly inside: number | undefined
  /** Fields that were asked for and always unknown, each with why. */
  readonly unknown: ReadonlyMap<string, string>
  readonly isEnriched: boolean
  /** Events on which conditions held, where they were counted. */
  readonly picked: number
}

export async function allPasses(running: Running): Promise<Passed> {
  const { run, explain, signal, note } = running
  let passed: Passed = {
    inside: undefined,
    unknown: new Map(),
    isEnriched: false,
    picked: 0,
  }
  for (let pass = 0; pass < run.passes && !signal.aborted; pass++) {
    const rules = rulesOfEnriched(run.plans(), explain)
    const seen = new SeenByEach()
    if (rules.length) {
      const told = await enriched(running, rules, seen)
      passed = { ...passed, ...told, isEnriched: true }
    } else if (run.readsEvents) {
      const pass = explain ? explained : picking
      const { inside, picked } = await pass(running, seen)
      passed = { ...passed, inside, picked: passed.picked + picked }
    }
    run.endPass()
    for (const copies of seen.notes()) note(copies)
  }
  return passed
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

/** Shows events to the one search of a pass that meets them here. */
function shown({ input, run }: Running, seen: SeenByEach) {
  const { mayHoldCopies } = input
  return (event: Event) => {
    if (!mayHoldCopies || !seen.of(0).isCopy(event)) run.event(event)
  }
}

async function enriched(
  running: Running,
  rules: readonly DetectionRule[],
  seen: SeenByEach,
): Promise<Pick<Passed, 'inside' | 'unknown'>> {
  const { input, scope, baseline, problem, signal } = running
  const { enrichedPass } = await import('./enriched-pass.ts')
  const asking = { rules, scope, baseline, problem }
  return await enrichedPass(input, shown(running, seen), asking, signal)
}

/** Events are picked in every thread, and the operators take their rows here. */
async function picking(
  { input, run, job, names, problem, signal }: Running,
  seen: SeenByEach,
): Promise<Pick<Passed, 'inside' | 'picked'>> {
  if (run.done) return { inside: undefined, picked: 0 }
  let picked = 0
  const enough = new AbortController()
  const take = (part: Part) => {
    if (part.kind === 'names') return names.take(part as NamesPart)
    const { search, rows, seen: sight, marks, refusal } = part as RowsPart
    run.saw(search, sight)
    picked += rows.length
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
  return { inside, picked }
}

/** Edges meet the same search, where the rows of all threads come together. */
async function madeEdges(
  { facts: _, ...rows }: RowsConfig,
  take: (part: Part) => void,
  problem: (message: string) => void,
): Promise<MadeEdges> {
  const [{ MadeEdges }, { rowsTrack }] = await Promise.all([
    import('../edges.ts'),
    import('../stations/rows.ts'),
  ])
  return new MadeEdges(rowsTrack(rows), take, problem)
}

/** What each stage sees is counted: in one place, and every event is decoded. */
async function explained(
  running: Running,
  seen: SeenByEach,
): Promise<Pick<Passed, 'inside' | 'picked'>> {
  const { input, run, signal } = running
  const enough = new AbortController()
  const show = shown(running, seen)
  const scope = new Scope(running.scope)
  const track = showing((event) => {
    show(event)
    if (run.done) enough.abort()
  }, scope.road())
  const until = AbortSignal.any([signal, enough.signal])
  const { inside } = await input.read(track, () => {}, until)
  return { inside, picked: 0 }
}
