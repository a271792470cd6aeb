// Telegraf's `win_eventlog` in its JSON: what the user made tags stands below `tags`, the rest below `fields`; event data
// begin with `Data_`.
// Source: Telegraf documentation, "Windows Eventlog Input Plugin".
import { addField, type Fields } from '../../flat/fields.ts'
import type { JsonObject } from '../../flat/json-value.ts'
import { flatFields } from '../../inside/beside.ts'
import type { Dialect } from '../dialect.ts'

export const telegraf: Dialect = {
  name: 'Telegraf win_eventlog',
  recognises: (names) =>
    names.has('name') &&
    names.under('tags.') &&
    (names.has('tags.EventID') || names.has('fields.EventID')),
  plan: () => ({
    kind: 'expansion',
    expand: (_, { tags, fields, ...beside }) => ({
      inside: [
        { kind: 'json', value: event(objectOf(tags), objectOf(fields)) },
      ],
      beside: flatFields(beside),
    }),
  }),
}

const data = /^Data_/

/** A Windows event whose data stand apart. */
function event(tags: JsonObject, fields: JsonObject): JsonObject {
  const head: { [name: string]: unknown } = {}
  const EventData: Fields = {}
  for (const [name, value] of Object.entries({ ...tags, ...fields })) {
    if (data.test(name))
      addField(EventData, name.replace(data, ''), value as string)
    else head[name] = value
  }
  return { ...head, EventData }
}

function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null
    ? (value as JsonObject)
    : {}
}
