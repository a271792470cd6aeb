// WMI's operational log: 5857 names a provider's module, 5858 to 5860 the client behind a query, 5861 a permanent
// subscription. Fields: the provider's manifest (UserData elements).
import { wholeNumber } from '../whole-number.ts'
import type { Row } from '../row.ts'
import { alias, derived } from '../row.ts'

const client: readonly Row[] = [
  alias('Query', 'Operation'),
  alias('SourceHostname', 'ClientMachine'),
]

export const wmiRows: Readonly<Record<string, readonly Row[]>> = {
  5857: [
    alias('ImageLoaded', 'ProviderPath'),
    alias('Image', 'HostProcess'),
    derived('ProcessId', ['ProcessID'], wholeNumber),
  ],
  5858: client,
  5859: [alias('User', 'Owner')],
  5860: [alias('SourceHostname', 'ClientMachine')],
  5861: [alias('Consumer', 'CONSUMER')],
}
