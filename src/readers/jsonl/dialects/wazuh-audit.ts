// Wazuh's alerts on Linux audit events, where the log's own line is not beside what was decoded of it.
import { wazuhAuditEvent } from '../../auditd/wazuh.ts'
import { flatFields } from '../../inside/beside.ts'
import type { Dialect } from '../dialect.ts'

export const wazuhAudit: Dialect = {
  name: 'Wazuh audit JSON',
  recognises: (names) =>
    names.hasAll('data.audit.type', 'data.audit.id') && !names.has('full_log'),
  plan: () => ({
    kind: 'expansion',
    expand: (_, object) => {
      const event = wazuhAuditEvent(flatFields(object))
      return event && { ...event, fields: { ...event.fields } }
    },
  }),
}
