// `hunt`: a Splunk search over files. The part that picks events decides what is decoded at all; the rest runs on rows.
import type { Diagnostic } from '../base/diagnostic.ts'

import { type Demand, demandsOfSearch } from '../ir/demand.ts'

import {
  compileSearch,
  type Macros,
  parseCondition,
} from '../languages/spl/index.ts'

import {
  Hunt,
  type HuntResult,
  type LookupTable,
  Row,
} from '../executors/pipeline/index.ts'

import {
  Input,
  type InputListener,
  type InputRequest,
  showing,
} from './input.ts'
import { InputTotals } from './reading/input-totals.ts'
import type { RowsPart } from './stations/rows.ts'

export interface HuntRequest extends InputRequest {
  readonly search: string
  /** For messages. */
  readonly file?: string
  readonly macros: Macros
  readonly lookups: ReadonlyMap<string, LookupTable>
  /** What `now` means, in seconds since 1970. */
  readonly now: number
  /** Count what each stage sees; every event is decoded then. */
  readonly explain: boolean
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
}

export async function hunt(
  request: HuntRequest,
  listener: HuntListener,
  signal: AbortSignal,
): Promise<HuntOutcome> {
  const { macros, lookups, now, explain, file } = request
  const { search, diagnostics } = compileSearch(request.search, {
    macros,
    ...(file && { file }),
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
  const input = await Input.open(request, listener)
  try {
    for (let pass = 0; pass < run.passes && !signal.aborted; pass++) {
      if (explain) await explainedPass(input, run, signal)
      else await onePass(input, run, demandsOfSearch(search), signal)
      run.endPass()
    }
    return { result: run.result(), totals: input.totals }
  } finally {
    input.close()
  }
}

/** Events are picked in every thread, and the operators take their rows here. */
async function onePass(
  input: Input,
  run: Hunt,
  demands: readonly Demand[] | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (run.done) return
  const enough = new AbortController()
  const take = ({ search, rows, refusal }: RowsPart) => {
    for (const values of rows) run.row(search, new Row(values))
    if (refusal) run.refuse(search, refusal)
    if (run.done) enough.abort()
  }
  await input.read(
    { kind: 'rows', searches: run.plans(), ...(demands && { demands }) },
    (parts) => {
      for (const part of parts) take(part as RowsPart)
    },
    AbortSignal.any([signal, enough.signal]),
  )
}

/** What each stage sees is counted: in one place, and every event is decoded. */
async function explainedPass(
  input: Input,
  run: Hunt,
  signal: AbortSignal,
): Promise<void> {
  const enough = new AbortController()
  const track = showing((event) => {
    run.event(event)
    if (run.done) enough.abort()
  })
  const until = AbortSignal.any([signal, enough.signal])
  await input.read(track, () => {}, until)
}
