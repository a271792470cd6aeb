// Outside the threads, what stations handed on is put together by collectors, which move with a watermark. A new collector is a file
// beside this one and a line in `collectorsOf` of scan/parts.ts.
import type { Event } from '../../event/event.ts'

import type { FindingPart } from '../../findings/assemble.ts'

import type { Part } from '../stations/station.ts'

export interface Collector {
  /** The kind of part that it takes. */
  readonly takes: string
  take(part: Part): void
  /**
   * Events before the watermark (milliseconds since 1970) have all come; Infinity is the end. Gives the time before which it hands
   * nothing more on: later collectors may believe it.
   */
  advance(watermark: number): number
}

/** Where collectors hand on what they made. */
export interface Outlet {
  /** A finding, with the id of its rule. */
  finding(rule: string, part: FindingPart): void
  /** An event made of others, valid during the call: rules, correlations and searches meet it like any other. */
  event(made: Event): void
  /** An edge as far as it is known, valid during the call, in a run that tells of it before it ends; `of`: the same object each time. */
  edgeSoFar?(made: Event, of: object): void
  /** What could not take part, and why. */
  note(message: string): void
}
