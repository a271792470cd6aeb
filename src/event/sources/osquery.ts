// osquery's evented tables. Queries are called as people like, so the columns tell which table a row is from.
// Columns: osquery schema, process_events, es_process_events, socket_events, process_file_events.
import type { NamedSource } from './source.ts'

interface Table {
  /** Columns that a row of it has. */
  readonly has: readonly string[]
  readonly category: string
}

export const osqueryTables: readonly Table[] = [
  { has: ['path', 'cmdline', 'parent'], category: 'process_creation' },
  { has: ['remote_address', 'remote_port'], category: 'network_connection' },
  { has: ['executable', 'operation', 'path'], category: 'file_event' },
]

export const osquerySource: NamedSource = {
  selector: {},
  sourcetypes: ['osquery:results', 'osquery'],
  mark: 'hostIdentifier',
}
