// `events`: what the readers see, one event at a time, in the order of the input.
import type { Event } from '../event/event.ts'

import { planPieces } from './pieces.ts'
import { troublesOf } from './source-account.ts'
import { SourceReading } from './source-reading.ts'
import { Totals } from './summary.ts'

export interface EventsListener {
  /** Valid during the call. */
  event(event: Event): void
  problem(message: string): void
}

/** Reads everything in the calling thread and returns what was read. */
export async function readEvents(
  paths: readonly string[],
  listener: EventsListener,
  signal: AbortSignal,
): Promise<Totals> {
  const totals = new Totals()
  const plan = await planPieces(paths, (p) => {
    totals.problems.push(p)
    listener.problem(p)
  })
  const reading = new SourceReading({
    event: (event) => listener.event(event),
    signal,
  })
  for (const piece of plan.pieces) {
    if (signal.aborted) break
    const report = await reading.run(piece)
    totals.add(piece.path, report)
    for (const source of report.sources) {
      for (const trouble of troublesOf(source)) listener.problem(trouble)
    }
  }
  return totals
}
