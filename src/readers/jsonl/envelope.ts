// Search engines wrap each event in an object of their own (`{"_index": …, "_source": {…}}`, `{"result": {…}}`). What is
// inside keeps its names as if it stood at the top; the envelope's own members stay beside it.

import type { JsonObject } from '../flat/json-value.ts'
import { withoutLists } from '../inside/tables.ts'

const envelopes: readonly {
  readonly prefix: string
  /** A member of the envelope itself that tells it from an event with a field of that name. */
  readonly besides: readonly string[]
}[] = [
  // Elasticsearch and OpenSearch documents
  { prefix: '_source.', besides: ['_index', '_id', '_score', '_type'] },
  // Splunk's JSON export and its REST answers
  { prefix: 'result.', besides: ['preview', 'offset', 'lastrow'] },
]

/** What the names of a record begin with, because they stand in an envelope: `_source.`; '' where there is none. */
export function envelopeOf(names: readonly string[]): string {
  for (const { prefix, besides } of envelopes) {
    const wraps = names.some((n) => n.startsWith(prefix))
    if (!wraps) continue
    // Splunk's export of one result has no other member.
    const isAll = names.every((n) => n.startsWith(prefix))
    if (isAll || besides.some((b) => names.includes(b))) return prefix
  }
  return ''
}

/** The same list, each name without its envelope. */
export function withoutEnvelope(
  names: readonly string[],
  envelope: string,
): readonly string[] {
  if (envelope === '') return names
  return names.map((n) =>
    n.startsWith(envelope) ? n.slice(envelope.length) : n,
  )
}

/** What is in the envelope, with the envelope's own members beside. */
export function openedEnvelope(
  object: JsonObject,
  envelope: string,
): JsonObject {
  if (envelope === '') return object
  const { [envelope.slice(0, -1)]: inner, ...beside } = object
  return { ...beside, ...(inner as JsonObject) }
}

/** Kibana and the search API's `fields` give each value as a list, of one mostly. undefined: the object is no such document. */
export function kibanaDocument(object: JsonObject): JsonObject | undefined {
  const { fields, ...beside } = object
  const isDocument =
    typeof fields === 'object' && fields !== null && !('_source' in object)
  const plain = isDocument ? withoutLists(fields as JsonObject) : undefined
  return plain && { ...beside, ...plain }
}
