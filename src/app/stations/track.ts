// The narrow road in one thread: bytes -> record -> event -> stations, and what they gathered as batches.
import type { Event } from '../../event/event.ts'

import type { Gate } from '../../readers/reader.ts'

import type { Piece, PieceReport, Reading } from '../reading/report.ts'
import { SourceReading } from '../reading/source-reading.ts'
import { type Met, nothingMet } from './met.ts'
import type { Batch, Part, Station } from './station.ts'

export interface TrackOptions {
  readonly stations: readonly Station[]
  /** Which records are worth decoding where no station wants all; absent: all. */
  readonly gate?: Gate
  /** Called before each piece: which records are worth decoding in it, and whether sightings are counted. Absent: as `gate` says, and they are not. */
  readonly begin?: () => { readonly gate: Gate; readonly counts: boolean }
  /** Which events the stations meet; absent: all. */
  readonly admits?: (event: Event) => boolean
  /** What the rules met so far. */
  readonly met?: () => Met
}

export class Track {
  readonly #options: TrackOptions
  readonly #meet: (event: Event) => void
  #emit: (batch: Batch) => void = () => {}
  #full = false

  /** `open` is given what a station calls when it holds enough to be handed on. */
  constructor(open: (full: () => void) => TrackOptions) {
    this.#options = open(() => {
      this.#full = true
    })
    this.#meet = meetAll(this.#options)
  }

  /** Reads one piece; what the stations give goes out through `emit` as it comes. */
  async read(
    piece: Piece,
    emit: (batch: Batch) => void,
    signal?: AbortSignal,
  ): Promise<PieceReport> {
    const { stations, begin, admits } = this.#options
    const begun = begin?.()
    const gate = stations.some((s) => s.wantsAll)
      ? undefined
      : (begun?.gate ?? this.#options.gate)
    this.#emit = emit
    const reading = new SourceReading({
      event: (event) => {
        this.#meet(event)
        if (this.#full) this.#flush(true)
      },
      progress: (reading) => this.#flush(true, reading),
      // What is admitted is asked of each event.
      ...(!admits && {
        ignores: (shape) => stations.every((s) => s.ignores?.(shape)),
        ignored: (shape, count) => {
          for (const station of stations) station.ignored?.(shape, count)
        },
      }),
      ...(gate && { gate }),
      ...(signal && { signal }),
    })
    const report = await reading.run(piece)
    this.#flush(false)
    return begun?.counts ? { ...report, isCounted: true } : report
  }

  /** An event that no piece holds: one that a collector made. */
  meet(event: Event): void {
    this.#meet(event)
  }

  /** A station holds enough to be handed on. */
  get isFull(): boolean {
    return this.#full
  }

  drain(more = false): Part[] {
    this.#full = false
    return this.#options.stations.flatMap((s) => s.drain(more) ?? [])
  }

  met(): Met {
    return this.#options.met?.() ?? nothingMet
  }

  #flush(more: boolean, reading?: Reading): void {
    const parts = this.drain(more)
    if (parts.length || reading) {
      this.#emit({ parts, ...(reading && { reading }) })
    }
  }
}

function meetAll({ stations, admits }: TrackOptions): (event: Event) => void {
  const [first, ...rest] = stations
  if (first && !rest.length && !admits) return (event) => first.meet(event)
  return (event) => {
    if (admits && !admits(event)) return
    for (let i = 0; i < stations.length; i++) stations[i]!.meet(event)
  }
}
