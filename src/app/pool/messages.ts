// What passes between the calling thread and the workers beside it.
import type { Piece, PieceReport } from '../reading/report.ts'
import type { Met } from '../stations/met.ts'
import type { Batch } from '../stations/station.ts'
import type { TurnsConfig } from './turns.ts'

export type ToWorker =
  | {
      readonly kind: 'order'
      /** JSON of a job, which is read faster than objects are cloned. */
      readonly job: string
      readonly pieces: readonly Piece[]
      readonly turns: TurnsConfig
      /** Which of the workers it is. */
      readonly worker: number
    }
  /** Break off what is being read. */
  | { readonly kind: 'stop' }

export type FromWorker =
  | {
      readonly kind: 'batch'
      readonly piece: number
      readonly batch: Batch
      /** See `weightOf`. */
      readonly bytes: number
    }
  | {
      readonly kind: 'done'
      readonly piece: number
      readonly report: PieceReport
    }
  /** So far. */
  | { readonly kind: 'met'; readonly met: Met }
  /** The order is done. */
  | { readonly kind: 'finished' }
  /** A fault of ours. */
  | { readonly kind: 'failed'; readonly message: string }
