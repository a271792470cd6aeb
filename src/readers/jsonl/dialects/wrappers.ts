// Objects that hold records: a search's answer around its hits, an export with one list in it.
import type { JsonObject } from '../../flat/json-value.ts'
import type { Dialect, Names } from '../dialect.ts'

/** `{"hits": {"hits": [...]}}`; some exports call the inner list `events`. */
export const searchHits: Dialect = {
  name: 'search response',
  recognises: (names) =>
    names.has('hits.hits') ||
    (names.has('hits.events') && (names.has('took') || names.has('timed_out'))),
  plan: () => ({
    kind: 'wrapper',
    unwrap: (object) => {
      const hits = object.hits as JsonObject
      return listOfObjects(hits.hits) ?? listOfObjects(hits.events)
    },
  }),
}

/** CloudTrail's `Records`, Microsoft Graph's `value`, and whatever else people call their list. */
const listNames = [
  'Records',
  'records',
  'value',
  'results',
  'events',
  'Events',
  'data',
]
/** Members beside the list: an event has more. */
const maxBeside = 4

export const list: Dialect = {
  name: 'list of records',
  recognises: (names) =>
    names.list.length <= maxBeside + 1 && listNameOf(names) !== undefined,
  plan: (names) => {
    const name = listNameOf(names)!
    return {
      kind: 'wrapper',
      unwrap: (object) => listOfObjects(object[name]),
    }
  },
}

function listNameOf(names: Names): string | undefined {
  return listNames.find((n) => names.has(n))
}

function listOfObjects(value: unknown): readonly unknown[] | undefined {
  const isList =
    Array.isArray(value) &&
    value.every((v) => typeof v === 'object' && v !== null)
  return isList ? value : undefined
}
