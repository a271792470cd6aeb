// Pieces of work, done by the calling thread and, where there is much, by others beside it; what comes back is handed on in the order of
// the pieces, so that the number of threads changes nothing that anyone can see.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

import { type EngineAccount, mergeAccounts } from './account.ts'
import type { Batch, Piece, PieceReport } from '../reading/batch.ts'
import { type JobConfig, openJob } from './job.ts'
import {
  finishedBefore,
  takeTurn,
  type TurnsConfig,
  turnsFor,
} from './turns.ts'

/** The only message to a worker. */
export interface WorkOrder {
  /** JSON, which is read faster than objects are cloned. */
  readonly config: string
  readonly pieces: readonly Piece[]
  readonly turns: TurnsConfig
}

export type FromWorker =
  | { readonly kind: 'batch'; readonly piece: number; readonly batch: Batch }
  | {
      readonly kind: 'done'
      readonly piece: number
      readonly report: PieceReport
    }
  | { readonly kind: 'account'; readonly account: EngineAccount }
  | { readonly kind: 'failed'; readonly message: string }

export interface PoolEvents {
  batch(batch: Batch): void
  done(piece: Piece, report: PieceReport): void
}

/** Threads cost more than they bring below this many bytes of input for each. */
const bytesWorthAThread = 12 * 1024 * 1024
/** Pieces for each thread that may be finished ahead of the oldest unfinished one; what they gave waits in memory. */
const piecesAhead = 4

/** How many threads an input of this size is worth; 0: the calling one alone. */
export function workersFor(bytes: number): number {
  const worth = Math.floor(bytes / bytesWorthAThread)
  return worth < 2 ? 0 : Math.min(worth, availableParallelism())
}

/** Threads beside the calling one. They load their code while it goes on; whoever starts them stops them. */
export class Threads {
  readonly workers: readonly Worker[]

  /** `count`: of all threads that read, the calling one among them. */
  constructor(count: number) {
    this.workers = Array.from(
      { length: Math.max(0, count - 1) },
      () => new Worker(workerFile()),
    )
    // A worker that ends before there is work for it is noticed when work is given.
    for (const w of this.workers) w.on('error', () => {})
  }

  stop(): void {
    for (const w of this.workers) void w.terminate()
  }
}

// Compiled code runs beside compiled code; the sources are run by tools that compile on the way.
function workerFile(): URL {
  const own = import.meta.url
  return new URL(own.endsWith('.ts') ? './worker.ts' : './worker.js', own)
}

/** Reads all pieces in the calling thread and in those beside it. */
export async function runPieces(
  config: JobConfig,
  { workers }: Threads,
  pieces: readonly Piece[],
  events: PoolEvents,
  signal: AbortSignal,
): Promise<EngineAccount> {
  const turns = turnsFor(pieces.length, (workers.length + 1) * piecesAhead)
  const order = new Ordered(pieces, events, turns)
  const stopAll = () => {
    for (const w of workers) void w.terminate()
  }
  signal.addEventListener('abort', stopAll, { once: true })
  if (signal.aborted) stopAll()
  try {
    const work: WorkOrder = {
      config: workers.length ? JSON.stringify(config) : '',
      pieces,
      turns,
    }
    const others = workers.map((worker) => drive(worker, work, order, signal))
    const own = readHere(config, order, signal)
    const accounts = await Promise.all([own, ...others])
    return mergeAccounts(accounts.filter((a) => a !== undefined))
  } finally {
    signal.removeEventListener('abort', stopAll)
    order.flush()
  }
}

/** The calling thread's share. */
async function readHere(
  config: JobConfig,
  order: Ordered,
  signal: AbortSignal,
): Promise<EngineAccount> {
  const job = await openJob(config)
  while (!signal.aborted) {
    const piece = await order.take()
    if (piece === undefined) break
    const report = await job.read(
      order.pieces[piece]!,
      (batch) => order.batch(piece, batch),
      signal,
    )
    order.done(piece, report)
  }
  return job.account()
}

/** A worker's share; resolves to its account, undefined after an interruption. */
function drive(
  worker: Worker,
  work: WorkOrder,
  order: Ordered,
  signal: AbortSignal,
): Promise<EngineAccount | undefined> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      switch (message.kind) {
        case 'batch':
          order.batch(message.piece, message.batch)
          return
        case 'done':
          order.done(message.piece, message.report)
          return
        case 'account':
          resolve(message.account)
          return
        case 'failed':
          reject(new Error(message.message))
      }
    })
    worker.on('error', reject)
    worker.on('exit', () => {
      if (signal.aborted) resolve(undefined)
      else reject(new Error('a worker thread ended early'))
    })
    if (worker.threadId < 0) reject(new Error('a worker thread did not start'))
    worker.postMessage(work)
  })
}

/** Hands results on in the order of the pieces. */
class Ordered {
  readonly pieces: readonly Piece[]
  readonly #events: PoolEvents
  readonly #turns: TurnsConfig
  readonly #waiting = new Map<number, Batch[]>()
  readonly #reports = new Map<number, PieceReport>()
  #oldest = 0
  #resume: (() => void) | undefined

  constructor(
    pieces: readonly Piece[],
    events: PoolEvents,
    turns: TurnsConfig,
  ) {
    this.pieces = pieces
    this.#events = events
    this.#turns = turns
  }

  /** The calling thread's turn; undefined where none is left. */
  async take(): Promise<number | undefined> {
    for (;;) {
      const turn = takeTurn(this.#turns)
      if (typeof turn === 'number') return turn
      if (turn === 'none left') return undefined
      await new Promise<void>((resolve) => {
        this.#resume = resolve
      })
    }
  }

  batch(piece: number, batch: Batch): void {
    if (piece === this.#oldest) {
      this.#events.batch(batch)
      return
    }
    const waiting = this.#waiting.get(piece)
    if (waiting) waiting.push(batch)
    else this.#waiting.set(piece, [batch])
  }

  done(piece: number, report: PieceReport): void {
    this.#reports.set(piece, report)
    for (;;) {
      const finished = this.#reports.get(this.#oldest)
      if (!finished) break
      this.#reports.delete(this.#oldest)
      this.#events.done(this.pieces[this.#oldest]!, finished)
      this.#oldest++
      this.#release(this.#oldest)
    }
    finishedBefore(this.#turns, this.#oldest)
    this.#resume?.()
    this.#resume = undefined
  }

  /** After an interruption: what was found of pieces that are not finished. */
  flush(): void {
    for (const piece of [...this.#waiting.keys()].sort((a, b) => a - b)) {
      this.#release(piece)
    }
  }

  #release(piece: number): void {
    for (const batch of this.#waiting.get(piece) ?? []) {
      this.#events.batch(batch)
    }
    this.#waiting.delete(piece)
  }
}
