// Which fields do the events of a source have? Known for the sources whose lists are published and closed, so that a
// search that asks for another can be told.
import { fieldRow } from '../../event/schema/index.ts'

import { knownEvents } from '../../normalise/known-events.ts'

/** undefined: the source's fields are not listed. */
export function fieldsOfEvent(
  service: string | undefined,
  eventId: number,
): ReadonlySet<string> | undefined {
  const id = String(eventId)
  const known = knownEvents.find((e) => e.id === id && e.service === service)
  return known?.own && new Set([...known.own, ...known.added])
}

/** Fields with one value in every event that has them. */
export const singleValued: ReadonlySet<string> = new Set(
  knownEvents
    .flatMap(({ own, added }) => [...(own ?? []), ...added])
    .filter((name) => fieldRow(name)?.type !== 'list'),
)
