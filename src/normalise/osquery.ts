// osquery's rows under Sigma's names.
import type { SourceRecord } from '../base/record.ts'

import { logSource } from '../event/log-source.ts'
import { osqueryTables } from '../event/sources/osquery.ts'

import { loginRows } from './login-user.ts'
import type { ProviderNormaliser } from './provider.ts'
import { firstText } from './read-first.ts'
import { additionsOf, alias, below, derived, type Row } from './row.ts'
import { whenAndWhere } from './when-where.ts'
import { wholeNumber } from './whole-number.ts'

/** Every value is text, numbers too. */
const number = (name: string, column: string) =>
  derived(name, [column], wholeNumber)

const anyTable: readonly Row[] = [
  alias('CommandLine', 'cmdline'),
  alias('CurrentDirectory', 'cwd'),
  alias('User', 'username'),
  alias('SigningId', 'signing_id'),
  alias('TeamId', 'team_id'),
  alias('SocketPath', 'socket'),
  alias('SourceIp', 'local_address'),
  alias('DestinationIp', 'remote_address'),
  number('ProcessId', 'pid'),
  number('ParentProcessId', 'parent'),
  number('UserId', 'uid'),
  number('EffectiveUserId', 'euid'),
  ...loginRows(['auid'], wholeNumber),
  number('SourcePort', 'local_port'),
  number('DestinationPort', 'remote_port'),
]

/** A table of files says what was done to the path, and who did it elsewhere. */
const files: readonly Row[] = [
  alias('Image', 'executable'),
  alias('TargetFilename', 'path'),
]

const rows: readonly Row[] = [alias('Image', 'path'), ...anyTable]
const fileRows: readonly Row[] = [...files, ...anyTable]

/** A line of the log has its row below `columns`; a row of a snapshot or of a run's differences stands alone. */
const prefixes = ['columns.', '']
const rowsOf = new Map(prefixes.map((p) => [p, below(p, rows)]))
const fileRowsOf = new Map(prefixes.map((p) => [p, below(p, fileRows)]))

/** Family 1 is AF_UNIX, on every system. */
function socketCategory(family = '', action = ''): string {
  if (family !== '1') return 'network_connection'
  return action === 'bind' ? 'socket_bind' : 'socket_connect'
}

/** Family `osquery`: the provider is the query's name, the id its action. */
export const osquery: ProviderNormaliser = {
  applies: (p) => p.family === 'osquery',
  plan(shape) {
    const isBelow = shape.names.some((name) => name.startsWith('columns.'))
    const columns = isBelow || shape.names.length === 0 ? 'columns.' : ''
    const has = (column: string) => shape.indexOf(columns + column) >= 0
    const table = osqueryTables.find((t) => t.has.every(has))
    const isFile = table?.category === 'file_event'
    // Only the tables of Endpoint Security tell who signed.
    const product = has('signing_id') ? 'macos' : undefined
    const family = firstText(shape, [`${columns}family`])
    const action = firstText(shape, [`${columns}action`])
    return {
      add: additionsOf((isFile ? fileRowsOf : rowsOf).get(columns)!, shape),
      // An empty shape is asked before any record is seen: nothing is known of the category then.
      logSource: logSource(product, table && [table.category], undefined),
      ...(table?.category === 'network_connection' &&
        family && {
          logSourceOf: (r: SourceRecord) =>
            logSource(
              product,
              [socketCategory(family(r), action?.(r))],
              undefined,
            ),
        }),
      ...whenAndWhere(shape, {
        time: [`${columns}time`, 'unixTime'],
        host: ['hostIdentifier'],
      }),
    }
  },
}
