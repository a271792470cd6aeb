// Auditbeat's module auditd and Elastic Agent's auditd manager: Linux audit events in the common schema.
import type { Value } from '../../../base/record.ts'

import { auditbeatEvent } from '../../auditd/auditbeat.ts'
import { flatFields } from '../../inside/beside.ts'
import type { Dialect } from '../dialect.ts'

export const auditbeat: Dialect = {
  name: 'Auditbeat JSON',
  recognises: (names) =>
    names.has('@timestamp') &&
    (names.under('auditd.data.') || names.has('auditd.message_type')),
  plan: () => ({
    kind: 'expansion',
    expand: (_, object) => {
      const { auditd } = object
      const paths = isObject(auditd) ? auditd.paths : object['auditd.paths']
      const event = auditbeatEvent(
        flatFields(object),
        [paths ?? []].flat().filter(isObject),
      )
      return event && { ...event, fields: { ...event.fields } }
    },
  }),
}

function isObject(value: unknown): value is Readonly<Record<string, Value>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
