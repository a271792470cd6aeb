// `events`: what the readers see, in the order of the input.
import { planPieces } from './reading/pieces.ts'
import { runPieces, Threads, workersFor } from './work/pool.ts'
import { troublesOf } from './reading/source-account.ts'
import { Totals } from './scan/summary.ts'
import type { PrinterConfig } from './work/event-printer.ts'

export interface EventsRequest extends PrinterConfig {
  readonly paths: readonly string[]
  /** 0: the calling thread. undefined: as the input is worth. */
  readonly workers?: number
}

export interface EventsListener {
  /** Whole lines. */
  text(text: string, events: number): void
  problem(message: string): void
}

export async function printEvents(
  request: EventsRequest,
  listener: EventsListener,
  signal: AbortSignal,
): Promise<Totals> {
  const totals = new Totals()
  const { paths, workers, ...config } = request
  const { pieces } = await planPieces(paths, (p) => listener.problem(p))
  const bytes = pieces.reduce((sum, p) => sum + p.bytes, 0)
  const threads = new Threads(workers ?? workersFor(bytes))
  await runPieces(
    { kind: 'events', ...config },
    threads,
    pieces,
    {
      batch: ({ lines, counts }) => listener.text(lines, counts[1] ?? 0),
      done(piece, report) {
        totals.add(piece.path, report)
        for (const source of report.sources) {
          for (const trouble of troublesOf(source)) listener.problem(trouble)
        }
      },
    },
    signal,
  ).finally(() => threads.stop())
  return totals
}
