// What is done with a piece, in whatever thread: rules are run over it, or its events are printed. Both read pieces and give batches
// of text, so that one pool serves both.
import type { Batch, Piece, PieceReport } from './batch.ts'
import { Engine, type EngineAccount, type EngineConfig } from './engine.ts'
import { EventPrinter, type PrinterConfig } from './event-printer.ts'

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

export function openJob(config: JobConfig): Job {
  return config.kind === 'scan' ? new Engine(config) : new EventPrinter(config)
}
