// Who reads which piece? Each thread takes the next from a counter that all share: nobody waits for another to hand out work. A
// thread that is too far ahead of the oldest unfinished piece waits, so that results do not pile up.

/** Cells of the shared memory. */
const next = 0
const oldest = 1

export type Turn = number | 'none left' | 'too far ahead'

/** Plain data: it crosses to worker threads. */
export interface TurnsConfig {
  readonly cells: Int32Array
  readonly count: number
  /** Pieces that may be begun or wait, the oldest unfinished one among them. */
  readonly ahead: number
}

export function turnsFor(count: number, ahead: number): TurnsConfig {
  return { cells: new Int32Array(new SharedArrayBuffer(8)), count, ahead }
}

/** The index of the next piece for the calling thread. */
export function takeTurn({ cells, count, ahead }: TurnsConfig): Turn {
  for (;;) {
    const piece = Atomics.load(cells, next)
    if (piece >= count) return 'none left'
    if (piece - Atomics.load(cells, oldest) >= ahead) return 'too far ahead'
    if (Atomics.compareExchange(cells, next, piece, piece + 1) === piece) {
      return piece
    }
  }
}

/** Blocks a worker thread until it has a turn; undefined where none is left. */
export function awaitTurn(turns: TurnsConfig): number | undefined {
  for (;;) {
    const seen = Atomics.load(turns.cells, oldest)
    const turn = takeTurn(turns)
    if (typeof turn === 'number') return turn
    if (turn === 'none left') return undefined
    Atomics.wait(turns.cells, oldest, seen)
  }
}

/** All pieces before this one are finished. */
export function finishedBefore({ cells }: TurnsConfig, piece: number): void {
  Atomics.store(cells, oldest, piece)
  Atomics.notify(cells, oldest)
}
