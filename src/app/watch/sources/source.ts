// What is followed: a file that grows, one that is written in place, one that is read when it is still. All give events and say how far
// they are, so that another run can go on there.
import type { Event } from '../../../event/event.ts'

import type { Gate } from '../../../readers/reader.ts'

import type { SourceAccount } from '../../reading/source-account.ts'
import type { Fingerprint } from './fingerprint.ts'

export interface SourceListener {
  /** The event is valid during the call. */
  event(event: Event, source: Source): void
  readonly gate: Gate | undefined
}

/** How far a source is. Plain data: it is kept. */
export interface SourceState {
  readonly key: number
  readonly kind: 'growing' | 'evtx' | 'still'
  readonly path: string
  /** `device:inode`. */
  readonly identity: string
  /** Of its events, the latest: milliseconds since 1970. */
  readonly time?: number
  /** Of a growing file: what was read, and where another reader goes on. */
  readonly read?: Fingerprint
  readonly resume?: { readonly offset: number; readonly linesBefore: number }
  /** Offset of the last record that was given; -1: none was. */
  readonly last?: number
  /** Of one that is read when it is still: its size and time when it was. */
  readonly stamp?: string
  /** Of an EVTX file: the last record of each chunk, by the number of the chunk, as far as they changed. */
  readonly chunks?: Readonly<Record<number, number>>
}

export interface Source {
  readonly key: number
  /** As evidence names it; a file may be renamed. */
  path: string
  /** `device:inode`. */
  readonly identity: string
  readonly account: SourceAccount
  /** Bytes that are there and were not read. */
  readonly behind: number
  /** Gives what is new, at most about so many bytes of it; 0: nothing was. */
  read(maxBytes: number): Promise<number>
  /** It has been quiet for a while. */
  settle(): void
  /** As of now; what it says is true when all that was read is judged. */
  state(): Promise<SourceState>
  /** No more will come. */
  end(): Promise<void>
  close(): Promise<void>
}

/** EVTX tells only what changed. */
export function mergedState(
  now: SourceState,
  before?: SourceState,
): SourceState {
  if (!now.chunks || !before?.chunks) return now
  return { ...now, chunks: { ...before.chunks, ...now.chunks } }
}
