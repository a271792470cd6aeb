// What is asked of a watch.
import type { LocalTimes } from '../../base/local-time.ts'

import type { Listening } from './intake/index.ts'
import type { JudgeListener, JudgeRequest } from './judge.ts'
import type { Filter } from './outputs/delivery.ts'
import type { Output } from './outputs/output.ts'

export interface WatchRequest extends JudgeRequest {
  readonly listening: readonly Listening[]
  readonly outputs: readonly {
    readonly output: Output
    readonly filter: Filter
  }[]
  /** Milliseconds by which events of a source may be out of order. */
  readonly latenessMs: number
  /** Where what must survive lies; absent: nothing survives. */
  readonly state?: string
  /** Ends when nothing came for so many milliseconds; absent: never. */
  readonly untilIdleMs?: number
  /** How times are read that do not say all of themselves; asked again and again, since some are counted from now. */
  readonly localTimes?: () => LocalTimes
  /** Of findings that wait for an output, in bytes. */
  readonly maxOutboxBytes: number
  /** Of events that were accepted and wait to be judged, in bytes, of each listener. */
  readonly maxWaitingBytes: number
}

export type WatchListener = Omit<JudgeListener, 'finding'>
