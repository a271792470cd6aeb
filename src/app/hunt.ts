// `hunt`: a Splunk search over files. The part that picks events decides what is decoded at all; the rest runs on rows.
import type { Diagnostic } from '../base/diagnostic.ts'

import type { Gate } from '../readers/reader.ts'

import { demandsOfSearch } from '../ir/demand.ts'

import {
  compileSearch,
  type Macros,
  parseCondition,
} from '../languages/spl/index.ts'

import {
  Hunt,
  type HuntResult,
  type LookupTable,
  type Row,
} from '../executors/pipeline/index.ts'

import { gateOf } from './reading/gate.ts'
import { planPieces } from './reading/pieces.ts'
import { troublesOf } from './reading/source-account.ts'
import { SourceReading } from './reading/source-reading.ts'
import { InputTotals } from './reading/input-totals.ts'

export interface HuntRequest {
  readonly search: string
  /** For messages. */
  readonly file?: string
  readonly paths: readonly string[]
  readonly macros: Macros
  readonly lookups: ReadonlyMap<string, LookupTable>
  /** What `now` means, in seconds since 1970. */
  readonly now: number
  /** Count what each stage sees; every event is decoded then. */
  readonly explain: boolean
}

export interface HuntListener {
  diagnostic(diagnostic: Diagnostic): void
  /** A path that cannot be read, or holds nothing. */
  unusable(message: string): void
  /** Something in the input that was not read, or not whole. */
  problem(message: string): void
  /** Takes rows as they come; without it they are kept, up to a bound. */
  readonly onRow?: (row: Row) => void
}

export interface HuntOutcome {
  /** undefined: the search could not be compiled. */
  readonly result: HuntResult | undefined
  readonly totals: InputTotals
}

export async function hunt(
  request: HuntRequest,
  listener: HuntListener,
  signal: AbortSignal,
): Promise<HuntOutcome> {
  const { macros, lookups, now, explain } = request
  const { search, diagnostics } = compileSearch(request.search, {
    macros,
    ...(request.file && { file: request.file }),
  })
  for (const d of diagnostics) listener.diagnostic(d)
  if (!search) return { result: undefined, totals: new InputTotals() }
  const run = new Hunt(
    search,
    { now, lookups, parseCondition, explain },
    listener.onRow ? { onRow: listener.onRow } : {},
  )
  if (run.passes > 1 && request.paths.includes('-')) {
    listener.unusable(
      'a search in brackets reads the events more than once: standard input cannot be read again, write it to a file first',
    )
    return { result: undefined, totals: new InputTotals() }
  }
  const demands = explain ? undefined : demandsOfSearch(search)
  const gate = demands && gateOf(demands)
  let totals = new InputTotals()
  for (let pass = 0; pass < run.passes && !signal.aborted; pass++) {
    totals = await onePass(request.paths, run, gate, listener, pass, signal)
  }
  return { result: run.result(), totals }
}

async function onePass(
  paths: readonly string[],
  run: Hunt,
  gate: Gate | undefined,
  listener: HuntListener,
  pass: number,
  signal: AbortSignal,
): Promise<InputTotals> {
  const totals = new InputTotals()
  // Later passes meet the same troubles again: once is enough.
  const first = pass === 0
  const pieces = await planPieces(
    paths,
    (p) => first && listener.unusable(p),
    false,
  )
  const reading = new SourceReading({
    event: (event) => run.event(event),
    signal,
    ...(gate && { gate }),
  })
  for (const piece of pieces) {
    if (signal.aborted || run.done) break
    const report = await reading.run(piece)
    totals.add(piece.path, report)
    if (!first) continue
    for (const s of report.sources) {
      for (const t of troublesOf(s)) listener.problem(t)
    }
  }
  run.endPass()
  return totals
}
