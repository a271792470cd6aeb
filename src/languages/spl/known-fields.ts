// Which fields do the events of a source have? Known for the sources whose lists are published and closed, so that a
// search that asks for another can be told.
import { fieldRow } from '../../event/schema/index.ts'
import {
  eventKinds,
  ownFields,
  writerCalled,
} from '../../event/sources/windows.ts'

import { addedFields } from '../../normalise/windows/index.ts'

/** undefined: the source's fields are not listed. */
export function fieldsOfEvent(
  service: string | undefined,
  eventId: number,
): ReadonlySet<string> | undefined {
  const writer = writerCalled(service)
  const id = String(eventId)
  const own = writer && ownFields(writer, id)
  return own && new Set([...own, ...addedFields(writer, id)])
}

/** Fields with one value in every event that has them. */
export const singleValued: ReadonlySet<string> = new Set(
  [...eventKinds()]
    .flatMap(({ writer, id }) => [
      ...(ownFields(writer, id) ?? []),
      ...addedFields(writer, id),
    ])
    .filter((name) => fieldRow(name)?.type !== 'list'),
)
