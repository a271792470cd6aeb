// Who reads which piece? Each thread takes the next from a counter that all share: nobody waits for another to hand out work. A
// thread that is too far ahead of the oldest unfinished piece waits, so that results do not pile up.

/** Cells of the shared memory; behind them two for each worker: the piece that it took last, and the bytes that it sent and nobody took yet. */
const next = 0
const oldest = 1
/** Counts what may end a wait. */
const changes = 2
const stopped = 3
/** 1: what was found ahead of the oldest piece takes enough memory. */
const held = 4
const takenBy = 5

/** Bytes that a worker may have sent before it waits until they are taken. */
const maxOnTheWay = 4 * 1024 * 1024

export type Turn = number | 'none left' | 'too far ahead'

/** Plain data: it crosses to worker threads. */
export interface TurnsConfig {
  readonly cells: Int32Array
  readonly count: number
  /** Pieces that may be begun or wait, the oldest unfinished one among them. */
  readonly ahead: number
  /** The first of the cells that count what workers sent. */
  readonly onTheWay: number
}

export function turnsFor(
  count: number,
  ahead: number,
  workers: number,
): TurnsConfig {
  const shared = new SharedArrayBuffer(4 * (takenBy + 2 * workers))
  const cells = new Int32Array(shared).fill(-1, takenBy, takenBy + workers)
  return { cells, count, ahead, onTheWay: takenBy + workers }
}

/** The index of the next piece for the calling thread. */
export function takeTurn({ cells, count, ahead }: TurnsConfig): Turn {
  for (;;) {
    const piece = Atomics.load(cells, next)
    if (piece >= count || Atomics.load(cells, stopped)) return 'none left'
    const before = piece - Atomics.load(cells, oldest)
    const isHeld = before > 0 && Atomics.load(cells, held) === 1
    if (isHeld || before >= ahead) return 'too far ahead'
    if (Atomics.compareExchange(cells, next, piece, piece + 1) === piece) {
      return piece
    }
  }
}

/** Blocks a worker thread until it has a turn; undefined where none is left. */
export function awaitTurn(
  turns: TurnsConfig,
  worker: number,
): number | undefined {
  for (;;) {
    const seen = Atomics.load(turns.cells, changes)
    const turn = takeTurn(turns)
    if (typeof turn === 'number') {
      Atomics.store(turns.cells, takenBy + worker, turn)
      return turn
    }
    Atomics.store(turns.cells, takenBy + worker, -1)
    if (turn === 'none left') return undefined
    Atomics.wait(turns.cells, changes, seen)
  }
}

/** Blocks a worker thread until what it found in a piece, of so many bytes, can be taken: by whoever takes it, and among what waits. */
export function awaitRoom(
  { cells, onTheWay }: TurnsConfig,
  worker: number,
  piece: number,
  bytes: number,
): void {
  const own = onTheWay + worker
  for (;;) {
    const seen = Atomics.load(cells, changes)
    const isFull = Atomics.load(cells, own) > maxOnTheWay
    const isHeld =
      Atomics.load(cells, held) === 1 && piece > Atomics.load(cells, oldest)
    if ((!isFull && !isHeld) || Atomics.load(cells, stopped)) break
    Atomics.wait(cells, changes, seen)
  }
  Atomics.add(cells, own, bytes)
}

/** What a worker sent was taken. */
export function tookFrom(
  { cells, onTheWay }: TurnsConfig,
  worker: number,
  bytes: number,
): void {
  const before = Atomics.sub(cells, onTheWay + worker, bytes)
  if (before > maxOnTheWay) wake(cells)
}

/** The piece that a worker is at; undefined where it is at none. */
export function pieceOf(
  { cells }: TurnsConfig,
  worker: number,
): number | undefined {
  const piece = Atomics.load(cells, takenBy + worker)
  return piece < 0 ? undefined : piece
}

/** No turns but that of the oldest unfinished piece, or again those of others. Whoever waits hears of it from `finishedBefore`. */
export function holdTurns({ cells }: TurnsConfig, isHeld: boolean): void {
  const value = isHeld ? 1 : 0
  if (Atomics.exchange(cells, held, value) !== value) wake(cells)
}

/** All pieces before this one are finished. */
export function finishedBefore({ cells }: TurnsConfig, piece: number): void {
  Atomics.store(cells, oldest, piece)
  wake(cells)
}

/** No more turns for anybody. */
export function stopTurns({ cells }: TurnsConfig): void {
  Atomics.store(cells, stopped, 1)
  wake(cells)
}

function wake(cells: Int32Array): void {
  Atomics.add(cells, changes, 1)
  Atomics.notify(cells, changes)
}
