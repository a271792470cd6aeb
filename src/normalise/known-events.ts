// Which events are known field by field, and what does each have? For whoever judges a rule before any event is there.
import {
  eventKinds,
  ownFields,
  writerCalled,
} from '../event/sources/windows.ts'

import { addedFields } from './windows/index.ts'

export interface KnownEvent {
  /** Sigma's name of the log that is its writer's alone; undefined: it shares the log with others. */
  readonly service: string | undefined
  readonly id: string
  readonly categories: readonly string[]
  /** Of its own; undefined: not listed. */
  readonly own: readonly string[] | undefined
  /** What the normaliser adds, where the event has what that is made of. */
  readonly added: readonly string[]
}

export const knownEvents: readonly KnownEvent[] = [...eventKinds()].map(
  ({ writer, id, of }) => ({
    service: writerCalled(writer),
    id,
    categories: of.categories,
    own: ownFields(writer, id),
    added: addedFields(writer, id),
  }),
)
