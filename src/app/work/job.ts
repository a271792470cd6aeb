// What is done with a piece, in whatever thread: rules are run over it, or its events are printed. Both read pieces and give batches
// of text, so that one pool serves both.
import type { Batch, Piece, PieceReport } from '../reading/batch.ts'
import type { EngineAccount } from './account.ts'
import type { EngineConfig } from './engine.ts'
import type { PrinterConfig } from './event-printer.ts'

/** Plain data: it crosses to worker threads as JSON. */
export type JobConfig =
  | ({ readonly kind: 'scan' } & EngineConfig)
  | ({ readonly kind: 'events' } & PrinterConfig)

export interface Job {
  read(
    piece: Piece,
    emit: (batch: Batch) => void,
    signal?: AbortSignal,
  ): Promise<PieceReport>
  account(): EngineAccount
}

// The code of the other job is not loaded.
export async function openJob(config: JobConfig): Promise<Job> {
  if (config.kind === 'scan') {
    const { Engine } = await import('./engine.ts')
    return new Engine(config)
  }
  const { EventPrinter } = await import('./event-printer.ts')
  return new EventPrinter(config)
}
