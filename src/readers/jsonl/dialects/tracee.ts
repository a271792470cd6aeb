// Tracee's events as JSON, in the two forms that it has had: `eventName` with `args`, and `name` with `workload` and `data`. Either list
// holds names with values; a value may be an address, or stand below its type.
// Source: Tracee documentation, "Events"; api/v1beta1/event.proto.
import { addField, type Fields } from '../../flat/fields.ts'
import type { JsonObject } from '../../flat/json-value.ts'
import { textOrEmpty, writtenBy } from '../../flat/written-by.ts'
import { flatFields } from '../../inside/beside.ts'
import type { Dialect } from '../dialect.ts'

export const tracee: Dialect = {
  name: 'Tracee JSON',
  recognises: (names) =>
    (names.has('eventName') && names.hasAll('processId', 'processName')) ||
    (names.has('name') &&
      names.has('timestamp') &&
      names.under('workload.process.')),
  plan: () => ({
    kind: 'expansion',
    expand: (_, object) => {
      const { args, data, ...outer } = object
      const fields = flatFields(outer)
      for (const list of [args, data]) addNamed(fields, list)
      const name = textOrEmpty(fields.eventName) || textOrEmpty(fields.name)
      return { fields, provenance: writtenBy('tracee', '', '', name) }
    },
  }),
}

/** `{"name": "pathname", "value": "/bin/sh"}` -> `args.pathname`. */
function addNamed(fields: Fields, list: unknown): void {
  if (!Array.isArray(list)) return
  for (const one of list) {
    if (typeof one !== 'object' || one === null) continue
    const { name, value, ...typed } = one as JsonObject
    if (typeof name !== 'string') continue
    const flat = flatFields({ value: value ?? Object.values(typed)[0] ?? null })
    for (const key of Object.keys(flat)) {
      addField(fields, `args.${name}${key.slice('value'.length)}`, flat[key]!)
    }
  }
}
