// Pieces of work, in order, done by the calling thread or by several; what comes back is handed on in the order of the pieces, so that
// the number of workers changes nothing that anyone can see.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

import type { Batch, Piece, PieceReport } from './batch.ts'
import { type EngineAccount, emptyAccount } from './engine.ts'
import { type JobConfig, openJob } from './job.ts'

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'batch'; readonly batch: Batch }
  | { readonly kind: 'done'; readonly report: PieceReport }
  | { readonly kind: 'account'; readonly account: EngineAccount }
  | { readonly kind: 'failed'; readonly message: string }

export interface PoolEvents {
  batch(batch: Batch): void
  done(piece: Piece, report: PieceReport): void
}

/** Threads cost more than they bring below this many bytes of input for each. */
const bytesWorthAThread = 12 * 1024 * 1024
/** Pieces for each worker that may be finished ahead of the oldest unfinished one; what they gave waits in memory. */
const piecesAhead = 4

/** How many threads an input of this size is worth; 0: the calling one. */
export function workersFor(bytes: number): number {
  const worth = Math.floor(bytes / bytesWorthAThread)
  return worth < 2 ? 0 : Math.min(worth, availableParallelism())
}

/** Reads all pieces, in the calling thread (0 workers) or in several. */
export async function runPieces(
  config: JobConfig,
  workers: number,
  pieces: readonly Piece[],
  events: PoolEvents,
  signal: AbortSignal,
): Promise<EngineAccount> {
  return workers === 0 || pieces.length === 0
    ? runInline(config, pieces, events, signal)
    : runInWorkers(config, workers, pieces, events, signal)
}

async function runInline(
  config: JobConfig,
  pieces: readonly Piece[],
  events: PoolEvents,
  signal: AbortSignal,
): Promise<EngineAccount> {
  const job = openJob(config)
  for (const piece of pieces) {
    if (signal.aborted) break
    const report = await job.read(piece, (b) => events.batch(b), signal)
    events.done(piece, report)
  }
  return job.account()
}

async function runInWorkers(
  config: JobConfig,
  count: number,
  pieces: readonly Piece[],
  events: PoolEvents,
  signal: AbortSignal,
): Promise<EngineAccount> {
  const order = new Ordered(pieces, events, count * piecesAhead)
  const data = JSON.stringify(config)
  const workers = Array.from(
    { length: Math.min(count, pieces.length) },
    () => new Worker(workerFile(), { workerData: data }),
  )
  const stopAll = () => {
    for (const w of workers) void w.terminate()
  }
  signal.addEventListener('abort', stopAll, { once: true })
  try {
    const accounts = await Promise.all(
      workers.map((worker) => drive(worker, order, signal)),
    )
    return mergeAccounts(accounts.filter((a) => a !== undefined))
  } finally {
    signal.removeEventListener('abort', stopAll)
    order.flush()
    stopAll()
  }
}

// Compiled code runs beside compiled code; the sources are run by tools that compile on the way.
function workerFile(): URL {
  const own = import.meta.url
  return new URL(own.endsWith('.ts') ? './worker.ts' : './worker.js', own)
}

/** Gives one worker its pieces until none is left; resolves to its account. */
function drive(
  worker: Worker,
  order: Ordered,
  signal: AbortSignal,
): Promise<EngineAccount | undefined> {
  return new Promise((resolve, reject) => {
    let current = -1
    const next = async () => {
      current = await order.take()
      worker.postMessage(current < 0 ? 'account' : order.pieces[current])
    }
    worker.on('message', (message: FromWorker) => {
      switch (message.kind) {
        case 'ready':
          void next()
          return
        case 'batch':
          order.batch(current, message.batch)
          return
        case 'done':
          order.done(current, message.report)
          void next()
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
  })
}

/** Hands pieces out in order and their results on in order. */
class Ordered {
  readonly pieces: readonly Piece[]
  readonly #events: PoolEvents
  readonly #ahead: number
  readonly #waiting = new Map<number, Batch[]>()
  readonly #reports = new Map<number, PieceReport>()
  #next = 0
  #oldest = 0
  #resume: (() => void)[] = []

  constructor(pieces: readonly Piece[], events: PoolEvents, ahead: number) {
    this.pieces = pieces
    this.#ahead = ahead
    this.#events = events
  }

  async take(): Promise<number> {
    while (this.#next - this.#oldest >= this.#ahead) {
      await new Promise<void>((resolve) => this.#resume.push(resolve))
    }
    return this.#next < this.pieces.length ? this.#next++ : -1
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
    for (const resume of this.#resume.splice(0)) resume()
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

function mergeAccounts(accounts: readonly EngineAccount[]): EngineAccount {
  const [first, ...rest] = accounts
  if (!first) return emptyAccount
  const rules = first.rules.map((own, rule) => {
    let { met, missingFields } = own
    for (const other of rest) {
      const account = other.rules[rule]!
      if (account.met === 0) continue
      missingFields =
        met === 0
          ? account.missingFields
          : missingFields.filter((f) => account.missingFields.includes(f))
      met += account.met
    }
    return { met, missingFields }
  })
  const passedBy = accounts.flatMap((a) => a.passedBy)
  const linesPassedBy = accounts.some((a) => a.linesPassedBy)
  return { rules, passedBy, linesPassedBy, refused: first.refused }
}
