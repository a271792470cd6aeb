// laurel: Linux audit events as JSON, a member for each record type.
import { isLaurel, laurelEvent } from '../../auditd/laurel.ts'
import type { Dialect } from '../dialect.ts'

export const laurel: Dialect = {
  name: 'laurel JSON',
  recognises: (names) =>
    names.has('ID') &&
    names.list.some((n) => /^[A-Z][A-Z0-9_]*(?:\.|$)/.test(n) && n !== 'ID'),
  plan: () => ({
    kind: 'expansion',
    expand: (_, object) => {
      const event = isLaurel(object) ? laurelEvent(object) : undefined
      return event && { ...event, fields: { ...event.fields } }
    },
  }),
}
