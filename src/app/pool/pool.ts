// Threads beside the calling one. They load their code while it goes on and take order after order, until whoever opened the pool
// closes it. A thread that dies is named with the piece that it was reading, and the others go on without it.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

import { youngMegabytesOfThread } from '../reading/heap.ts'
import type { Piece, PieceReport } from '../reading/report.ts'
import { type Job, openTrack } from '../stations/index.ts'
import { type Met, mergeMet } from '../stations/met.ts'
import { Track } from '../stations/track.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import { Ordered, type PoolEvents } from './ordered.ts'
import {
  pieceOf,
  stopTurns,
  tookFrom,
  type TurnsConfig,
  turnsFor,
} from './turns.ts'

/** Threads cost more than they bring below this many bytes of input for each. */
const bytesWorthAThread = 12 * 1024 * 1024
/** Pieces for each thread that may be finished ahead of the oldest unfinished one; what they gave waits in memory. */
const piecesAhead = 4

/** How many threads an input of this size is worth; 0: the calling one alone. */
export function workersFor(bytes: number): number {
  const worth = Math.floor(bytes / bytesWorthAThread)
  return worth < 2 ? 0 : Math.min(worth, availableParallelism())
}

const workerFile = new URL('./worker.js', import.meta.url)

export interface PoolOptions {
  /** Of each thread's heap; absent: what Node gives. */
  readonly maxHeapMegabytes?: number
}

export class Pool {
  readonly #maxHeapMegabytes: number | undefined
  #workers: Member[] = []
  /** Threads that were let go and are started again where there is work. */
  #resting = 0

  /** `threads`: all that read, the calling one among them. */
  constructor(threads: number, { maxHeapMegabytes }: PoolOptions = {}) {
    this.#maxHeapMegabytes = maxHeapMegabytes
    this.#start(threads - 1)
  }

  #start(count: number): void {
    while (this.#workers.length < count) {
      try {
        this.#workers.push(new Member(this.#maxHeapMegabytes))
      } catch {
        // The system gives no more threads: fewer do the same.
        break
      }
    }
  }

  /** A job is done by all threads, a track by the calling one alone. Reads all pieces; ends early, without harm to the pool, when the signal says so. */
  async run(
    work: Job | Track,
    pieces: readonly Piece[],
    events: PoolEvents,
    signal: AbortSignal,
  ): Promise<Met> {
    if (this.#resting) this.#start(this.#resting)
    this.#resting = 0
    const own = work instanceof Track ? work : await openTrack(work)
    const workers = work instanceof Track ? [] : this.#workers
    const turns = turnsFor(
      pieces.length,
      (workers.length + 1) * piecesAhead,
      workers.length,
    )
    const order = new Ordered(pieces, events, turns)
    const stopAll = () => {
      stopTurns(turns)
      order.wake()
      for (const w of workers) w.send({ kind: 'stop' })
    }
    signal.addEventListener('abort', stopAll, { once: true })
    try {
      const text = workers.length ? JSON.stringify(work) : ''
      const others = workers.map((w, i) => w.fulfil(text, turns, i, order))
      if (signal.aborted) stopAll()
      const here = readHere(own, order, signal)
      const met = await Promise.all([here, ...others])
      return mergeMet(met.filter((m) => m !== undefined))
    } finally {
      signal.removeEventListener('abort', stopAll)
      order.flush()
      this.#workers = this.#workers.filter((w) => w.lives)
    }
  }

  /** Lets the threads go, with the memory that they hold: what they gave may need it. */
  async rest(): Promise<void> {
    const all = this.#workers
    this.#resting = all.length
    this.#workers = []
    await Promise.all(all.map((w) => w.end()))
  }

  close(): void {
    for (const w of this.#workers) void w.end()
  }
}

/** The calling thread's share. */
async function readHere(
  track: Track,
  order: Ordered,
  signal: AbortSignal,
): Promise<Met> {
  for (;;) {
    const piece = await order.take()
    if (piece === undefined) return track.met()
    const report = await track.read(
      order.pieces[piece]!,
      (batch) => order.batch(piece, batch),
      signal,
    )
    order.done(piece, report)
  }
}

/** A worker, as the calling thread sees it. */
class Member {
  readonly #worker: Worker
  lives = true
  #why = 'it ended early'
  #heard: (message: FromWorker) => void = () => {}
  #died: () => void = () => {}

  constructor(maxHeapMegabytes: number | undefined) {
    this.#worker = new Worker(workerFile, {
      resourceLimits: {
        maxYoungGenerationSizeMb: youngMegabytesOfThread,
        ...(maxHeapMegabytes !== undefined && {
          maxOldGenerationSizeMb: maxHeapMegabytes,
        }),
      },
    })
    this.#worker.on('message', (message: FromWorker) => this.#heard(message))
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      this.#why = full ? 'it ran out of memory' : error.message
    })
    this.#worker.on('exit', () => {
      this.lives = false
      this.#died()
    })
  }

  /** Resolves to what the rules met, as far as is known: a worker that dies leaves its last account. */
  fulfil(
    job: string,
    turns: TurnsConfig,
    worker: number,
    order: Ordered,
  ): Promise<Met | undefined> {
    const { pieces } = order
    return new Promise((resolve, reject) => {
      let met: Met | undefined
      this.#heard = (message) => {
        switch (message.kind) {
          case 'batch':
            tookFrom(turns, worker, message.bytes)
            order.batch(message.piece, message.batch)
            return
          case 'done':
            order.done(message.piece, message.report)
            return
          case 'met':
            met = message.met
            return
          case 'finished':
            // What ends it from now on is no loss.
            this.#died = () => {}
            resolve(met)
            return
          case 'failed':
            reject(new Error(message.message))
        }
      }
      this.#died = () => {
        const piece = pieceOf(turns, worker)
        if (piece === undefined || order.isDone(piece)) order.lost(this.#why)
        else order.done(piece, notRead(pieces[piece]!, this.#why))
        resolve(met)
      }
      if (this.lives) this.send({ kind: 'order', job, pieces, turns, worker })
      else this.#died()
    })
  }

  send(message: ToWorker): void {
    this.#worker.postMessage(message)
  }

  /** Resolves when it is gone. */
  end(): Promise<unknown> {
    return this.#worker.terminate()
  }
}

function notRead({ display }: Piece, why: string): PieceReport {
  const source = {
    name: display,
    format: undefined,
    content: undefined,
    opened: false,
    shapes: [],
    bytes: 0,
    events: 0,
    skipped: 0,
    strange: 0,
    damaged: [],
    damagedCount: 0,
    cutCount: 0,
    lost: 0,
    unknownShapes: [],
    problems: [
      `the thread that read it was lost, since ${why}: not read to its end`,
    ],
  }
  return {
    sources: [source],
    earliest: undefined,
    latest: undefined,
    hosts: [],
    broken: true,
  }
}
