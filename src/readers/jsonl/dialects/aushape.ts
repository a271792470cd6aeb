// aushape: Linux audit events as JSON, with what each field means beside what the kernel wrote.
import { aushapeEvent } from '../../auditd/aushape.ts'
import type { Dialect } from '../dialect.ts'

export const aushape: Dialect = {
  name: 'aushape JSON',
  recognises: (names) =>
    names.hasAll('serial', 'time') &&
    names.list.some((n) => /^data\.[a-z][a-z0-9_]*(?:\.|$)/.test(n)),
  plan: () => ({
    kind: 'expansion',
    expand: (_, object) => {
      const event = aushapeEvent(object)
      return event && { ...event, fields: { ...event.fields } }
    },
  }),
}
