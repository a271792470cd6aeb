// macOS Endpoint Security as eslogger and Jamf write it: the member name of `event` says what happened; the numbers beside
// it differ between versions.
import { writtenBy } from '../../flat/written-by.ts'
import { asIs, type Dialect, type Names } from '../dialect.ts'

export const endpointSecurity: Dialect = {
  name: 'Endpoint Security JSON',
  recognises: (names) =>
    eventName(names) !== undefined &&
    names.under('process.') &&
    (names.has('mach_time') ||
      names.has('event_type') ||
      names.has('global_seq_num') ||
      names.has('glob_seq_num')),
  plan: (names) => {
    const isJamf = names.has('glob_seq_num') || names.under('metadata.')
    const provider = isJamf ? 'jamf' : 'eslogger'
    const id = eventName(names) ?? ''
    const written = writtenBy('endpoint-security', provider, '', id)
    return {
      kind: 'mapping',
      columns: asIs(names),
      provenance: () => written,
    }
  },
}

function eventName(names: Names): string | undefined {
  const inside = names.list.find((n) => n.startsWith('event.'))
  return inside?.split('.')[1]
}
