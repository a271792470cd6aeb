// What does an event meet in a thread? Stations, one after the other; each gathers what it makes of events and hands it on as parts.
// A new station is a file beside this one and a line where its track is opened: scan-track.ts, or index.ts for other jobs.
import type { Event, EventShape } from '../../event/event.ts'

import type { Reading } from '../reading/report.ts'

/** What a station hands on: plain data, since it crosses between threads. The kind names the collector that takes it. */
export interface Part {
  readonly kind: string
}

export interface Station {
  /** It meets events that no rule asks for too, and they are decoded for it. Absent: those that some rule could want. */
  readonly wantsAll?: boolean
  /** Whatever events of the shape hold, it makes nothing of them. Absent: it may. */
  ignores?(shape: EventShape): boolean
  /** So many events of a shape that all stations ignore. */
  ignored?(shape: EventShape, count: number): void
  /** The event is valid during the call. */
  meet(event: Event): void
  /** What was gathered since the last time; undefined: nothing. `more`: it will be asked again, and may keep what is not worth a part yet. */
  drain(more?: boolean): readonly Part[] | undefined
}

/** What crosses from a thread to the place where findings are put together. */
export interface Batch {
  readonly parts: readonly Part[]
  /** How far the piece is, while it is long. */
  readonly reading?: Reading
}
