// Paths, ready to be read, once or several times: every command that reads files does it here.
import { availableParallelism } from 'node:os'

import { type LocalTimes, readTimesAs } from '../base/local-time.ts'

import type { Event } from '../event/event.ts'

import { Pool, workersFor } from './pool/pool.ts'
import { giveFreedMemoryBack } from './reading/freed-memory.ts'
import { isMemoryUsed } from './reading/heap.ts'
import { InputTotals } from './reading/input-totals.ts'
import { type PlanListener, planPieces } from './reading/pieces.ts'
import type { Piece, PieceReport, Reading } from './reading/report.ts'
import { notesOf, troublesOf } from './reading/source-account.ts'
import type { Job } from './stations/index.ts'
import type { Met } from './stations/met.ts'
import type { Part } from './stations/station.ts'
import { Track, type TrackOptions } from './stations/track.ts'

export interface InputRequest {
  readonly paths: readonly string[]
  /** Threads that read; 0: the calling one. undefined: as the input is worth. */
  readonly workers?: number
  /** Tried on what is encrypted. */
  readonly passwords?: readonly string[]
  readonly localTimes?: LocalTimes
}

export interface InputListener {
  /** A path that cannot be read, or holds nothing. */
  unusable(message: string): void
  /** Something in the input that was not read, or not whole. */
  problem(message: string): void
  /** Something that was read otherwise than it is written; absent: told as problems are. */
  readonly note?: (message: string) => void
  /** Files, while they are listed. */
  listed?(files: number): void
  /** So far, of all. */
  progress?(reading: Reading): void
}

/** Milliseconds without anything from a pipe before it is said that it is waited for. */
const patience = 1_000

/** More threads than processors bring nothing, and each costs a heap; so many are always allowed. */
const threadsAllowed = Math.max(2, availableParallelism())

export class Input {
  readonly bytes: number
  /** More than one file is read, or one that may hold several: an event may lie in it twice. */
  readonly mayHoldCopies: boolean
  /** Of files that have several: by the name under which one is read. */
  readonly otherNames: ReadonlyMap<string, readonly string[]>
  /** Of the last reading. */
  totals = new InputTotals()
  readonly #pieces: readonly Piece[]
  readonly #pool: Pool
  readonly #listener: InputListener
  #readings = 0
  /** Of the last reading. */
  #uncounted: Piece[] = []

  private constructor(
    pieces: readonly Piece[],
    otherNames: ReadonlyMap<string, readonly string[]>,
    workers: number | undefined,
    listener: InputListener,
  ) {
    this.#pieces = pieces
    this.otherNames = otherNames
    this.mayHoldCopies = holdCopies(pieces)
    this.#listener = listener
    this.bytes = pieces.reduce((sum, p) => sum + p.bytes, 0)
    this.#pool = new Pool(threadsFor(pieces, workers ?? workersFor(this.bytes)))
  }

  /** Lists the files, and starts threads that load their code while the caller goes on. Whoever opens it closes it. */
  static async open(
    { paths, workers, passwords = [], localTimes }: InputRequest,
    listener: InputListener,
    signal?: AbortSignal,
  ): Promise<Input> {
    readTimesAs(localTimes)
    const otherNames = new Map<string, string[]>()
    const plan: PlanListener = {
      unusable: (message) => listener.unusable(message),
      listed: (files) => listener.listed?.(files),
      same: (name, as) => {
        const known = otherNames.get(as)
        if (known?.includes(name)) return
        listener.problem(`${name}: the same file as ${as}, read once`)
        if (known) known.push(name)
        else otherNames.set(as, [name])
      },
      outside: (name, at) =>
        listener.problem(`${name}: a link that leaves the folder, to ${at}`),
    }
    const pieces = await planPieces(paths, plan, signal)
    const isMarked = holdCopies(pieces)
    const opened = pieces.map((piece) => ({
      ...piece,
      ...(isMarked && { isMarked }),
      ...(passwords.length && { passwords }),
      ...(localTimes && { localTimes }),
    }))
    return new Input(opened, otherNames, workers, listener)
  }

  /** Reads everything; what the stations give goes to `take`. A job is done by all threads, a track by the calling one. */
  async read(
    work: Job | Track,
    take: (parts: readonly Part[]) => void,
    signal: AbortSignal,
    pieces: readonly Piece[] = this.#pieces,
  ): Promise<Met> {
    this.totals = new InputTotals()
    const first = this.#readings++ === 0
    this.#uncounted = []
    const heard = this.#sayWhatIsAwaited()
    return await this.#pool
      .run(
        work,
        pieces,
        {
          batch: ({ parts, reading }) => {
            heard()
            if (parts.length) take(parts)
            if (reading) this.#tell(reading)
          },
          done: (piece, report) => {
            heard()
            if (!report.isCounted) this.#uncounted.push(piece)
            this.totals.add(piece, report)
            // A later reading meets the same troubles: once is enough.
            if (first) tellTroubles(report, this.#listener)
            this.#tell({ bytes: 0, events: 0 })
          },
          lost: (why) =>
            this.#listener.problem(`a thread was lost, since ${why}`),
        },
        signal,
      )
      .finally(heard)
  }

  /** Whether it can be read a second time. */
  get repeats(): boolean {
    return !this.#pieces.some((p) => p.waits || p.path === '-')
  }

  /** Once more, what was not counted when the first reading showed that counts are needed; what was read is told of the first. */
  async readUncounted(
    work: Job,
    take: (parts: readonly Part[]) => void,
    signal: AbortSignal,
  ): Promise<void> {
    await this.readAgain(work, take, signal, this.#uncounted)
  }

  /** Once more, these, in the order of the input; what was read is told of the first reading. */
  async readAgain(
    work: Job,
    take: (parts: readonly Part[]) => void,
    signal: AbortSignal,
    pieces: readonly Piece[],
  ): Promise<void> {
    const { totals } = this
    const asked = new Set(pieces)
    const inOrder = this.#pieces.filter((p) => asked.has(p))
    await this.read(work, take, signal, inOrder)
    this.totals = totals
  }

  /** A pipe or a terminal may give nothing for long: people should know that it is them who is waited for. */
  #sayWhatIsAwaited(): () => void {
    const awaited = this.#pieces.find((p) => p.waits)
    if (!awaited) return () => {}
    const own = awaited.path === '-'
    const what = own ? 'standard input' : `"${awaited.display}"`
    if (own && process.stdin.isTTY) {
      this.#listener.problem(
        `waiting for ${what}, a terminal: Ctrl-D at the start of a line ends it`,
      )
      return () => {}
    }
    const message = `waiting for ${what}: nothing has been written into it yet`
    const timer = setTimeout(() => this.#listener.problem(message), patience)
    return () => clearTimeout(timer)
  }

  /** Nothing is read for a while: where memory is used, that of the threads is let go. */
  async rest(): Promise<void> {
    if (!isMemoryUsed()) return
    await this.#pool.rest()
    giveFreedMemoryBack()
  }

  close(): void {
    this.#pool.close()
  }

  #tell({ bytes, events }: Reading): void {
    this.#listener.progress?.({
      bytes: this.totals.bytes + bytes,
      events: this.totals.events + events,
    })
  }
}

function holdCopies(pieces: readonly Piece[]): boolean {
  const [first] = pieces
  return (
    pieces.some((p) => p.path !== first!.path) ||
    /\.(?:zip|tar|t?gz)$/i.test(first?.path ?? '')
  )
}

function threadsFor(pieces: readonly Piece[], wanted: number): number {
  // Standard input belongs to the calling thread.
  if (pieces.some((p) => p.path === '-')) return 0
  return Math.min(wanted, pieces.length, threadsAllowed)
}

/** Shows every event to the caller, in the calling thread. */
export async function readEvents(
  paths: readonly string[],
  event: (event: Event) => void,
  listener: InputListener,
  signal: AbortSignal,
): Promise<InputTotals> {
  const input = await Input.open({ paths, workers: 0 }, listener, signal)
  await input.read(showing(event), () => {}, signal)
  return input.totals
}

/** A track with one station: whoever wants to see events. */
export function showing(
  event: (event: Event) => void,
  road: Omit<TrackOptions, 'stations'> = {},
): Track {
  const station = { meet: event, drain: () => undefined }
  return new Track(() => ({ ...road, stations: [station] }))
}

function tellTroubles(report: PieceReport, listener: InputListener): void {
  for (const s of report.sources) {
    for (const trouble of troublesOf(s)) {
      if (s.isUnreadable) listener.unusable(trouble)
      else listener.problem(trouble)
    }
    for (const note of notesOf(s)) {
      if (listener.note) listener.note(note)
      else listener.problem(note)
    }
  }
}
