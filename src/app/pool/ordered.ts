// What the threads give, handed on in the order of the pieces: so the number of threads changes nothing that anyone can see.
import type { Piece, PieceReport } from '../reading/report.ts'
import type { Batch } from '../stations/station.ts'
import {
  finishedBefore,
  holdTurns,
  takeTurn,
  type TurnsConfig,
} from './turns.ts'
import { weightOf } from './weight.ts'

/** Of what waits for the oldest piece, in bytes: beyond, no piece is begun but that one. */
const maxWaitingBytes = 8 * 1024 * 1024

export interface PoolEvents {
  batch(batch: Batch): void
  done(piece: Piece, report: PieceReport): void
  /** A thread that read nothing at the time is gone, and why. */
  lost(why: string): void
}

export class Ordered {
  readonly pieces: readonly Piece[]
  readonly #events: PoolEvents
  readonly #turns: TurnsConfig
  readonly #waiting = new Map<number, Batch[]>()
  readonly #reports = new Map<number, PieceReport>()
  #waitingBytes = 0
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

  /** Whoever waits for a turn asks again. */
  wake(): void {
    this.#resume?.()
    this.#resume = undefined
  }

  batch(piece: number, batch: Batch): void {
    if (piece === this.#oldest) {
      this.#events.batch(batch)
      return
    }
    const waiting = this.#waiting.get(piece)
    if (waiting) waiting.push(batch)
    else this.#waiting.set(piece, [batch])
    this.#weigh(weightOf(batch))
  }

  isDone(piece: number): boolean {
    return piece < this.#oldest || this.#reports.has(piece)
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
    this.wake()
  }

  lost(why: string): void {
    this.#events.lost(why)
  }

  /** After an interruption: what was found of pieces that are not finished. */
  flush(): void {
    for (const piece of [...this.#waiting.keys()].sort((a, b) => a - b)) {
      this.#release(piece)
    }
  }

  #release(piece: number): void {
    let bytes = 0
    for (const batch of this.#waiting.get(piece) ?? []) {
      bytes += weightOf(batch)
      this.#events.batch(batch)
    }
    this.#waiting.delete(piece)
    this.#weigh(-bytes)
  }

  #weigh(bytes: number): void {
    this.#waitingBytes += bytes
    holdTurns(this.#turns, this.#waitingBytes > maxWaitingBytes)
  }
}
