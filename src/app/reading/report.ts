// What is said of what was read: of a source, of a piece, of all.
import type { DateOrder } from '../../base/date-order.ts'
import type { LocalTimes } from '../../base/local-time.ts'
import type { Damage } from '../../base/record.ts'

import type { Clocks } from '../../normalise/provider.ts'

/** Of one piece, so far. */
export interface Reading {
  readonly bytes: number
  readonly events: number
}

/** What was read of one file, or of one member of an archive. */
export interface SourceReport {
  readonly name: string
  /** The format's name, undefined where none recognised it. */
  readonly format: string | undefined
  /** What it is that no format recognised (`7z archive`), undefined where one did. */
  readonly content: string | undefined
  /** What is wrong with its clocks, in words (`EventTime is 2 hours ahead of UTC`); absent: nothing that is known. */
  readonly clocks?: string
  /** What was assumed of its dates, in words; absent: nothing. */
  readonly dates?: string
  /** Its bytes were offered to a reader; an archive is only a wrapping of others. */
  readonly opened: boolean
  /** The system does not give it. */
  readonly isUnreadable?: boolean
  /** Shapes of records that the reader named. */
  readonly shapes: readonly string[]
  readonly bytes: number
  /** Records decoded, and records that no rule in force could want. */
  readonly events: number
  readonly skipped: number
  /** Of those decoded: of a shape that nobody recognises. */
  readonly strange: number
  /** Of those decoded: of telemetry, and without a time. Absent: none. */
  readonly untimed?: number
  /** The first of them; `damagedCount` says how many there were. */
  readonly damaged: readonly Damage[]
  readonly damagedCount: number
  readonly lost: number
  /** Damage that cost no record: each is there, not whole. */
  readonly cutCount: number
  readonly unknownShapes: readonly {
    readonly keys: readonly string[]
    readonly line: number
  }[]
  /** Of all its bytes and of where they begin: equal for copies. Absent: not known. */
  readonly digest?: string
  /** A sample of its events (see event-marks.ts); absent: nobody asked, or there are none. */
  readonly marks?: readonly number[]
  /** Events that were passed by and of which nothing is known. */
  readonly unmarked?: number
  /** What kept this source from being read, wholly or in part. */
  readonly problems: readonly string[]
}

export interface PieceReport {
  readonly sources: readonly SourceReport[]
  /** Of the events decoded, and of EVTX records skipped; milliseconds since 1970. */
  readonly earliest: number | undefined
  readonly latest: number | undefined
  readonly hosts: readonly string[]
  /** What may be rare was counted on the way. */
  readonly isCounted?: boolean
  /** The thread that read it was lost on the way. */
  readonly broken?: boolean
}

/** A file, or a part of one. */
export interface Piece {
  readonly path: string
  /** The path as the user gave it, for evidence. */
  readonly display: string
  readonly start?: number
  readonly end?: number
  readonly linesBefore?: number
  /** Of a part: what the whole file was recognised as. */
  readonly format?: string
  /** Of a part: the clocks of the whole file that are wrong. */
  readonly clocks?: Clocks
  /** Of a part: how the dates of the whole file are written. */
  readonly dateOrder?: DateOrder
  /** Tried on what is encrypted in it. */
  readonly passwords?: readonly string[]
  readonly localTimes?: LocalTimes
  /** Other sources may hold some of its events: a sample of them is taken. */
  readonly isMarked?: boolean
  /** It gives what somebody writes into it, who may not have begun. */
  readonly waits?: boolean
  readonly bytes: number
}
