// Search engines wrap each event in an object of their own (`{"_index": …, "_source": {…}}`, `{"result": {…}}`). What is
// inside keeps its names as if it stood at the top; the envelope's own members stay beside it.

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

/** The same list, each name without its envelope. */
export function withoutEnvelope(names: readonly string[]): readonly string[] {
  for (const { prefix, besides } of envelopes) {
    const wraps = names.some((n) => n.startsWith(prefix))
    if (!wraps) continue
    // Splunk's export of one result has no other member.
    const isAll = names.every((n) => n.startsWith(prefix))
    if (!isAll && !besides.some((b) => names.includes(b))) continue
    return names.map((n) => (n.startsWith(prefix) ? n.slice(prefix.length) : n))
  }
  return names
}
