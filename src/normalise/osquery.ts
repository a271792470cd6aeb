// osquery's rows under Sigma's names.
import type { Shape } from '../base/record.ts'

import { logSource } from '../event/log-source.ts'
import { osqueryTables } from '../event/sources/osquery.ts'

import type { Addition, ProviderNormaliser } from './provider.ts'
import { firstText, firstTime, firstValue } from './read-first.ts'
import { wholeNumber } from './windows/principal.ts'

const texts: readonly (readonly [name: string, column: string])[] = [
  ['CommandLine', 'cmdline'],
  ['CurrentDirectory', 'cwd'],
  ['User', 'username'],
  ['SigningId', 'signing_id'],
  ['TeamId', 'team_id'],
  ['SocketPath', 'socket'],
  ['SourceIp', 'local_address'],
  ['DestinationIp', 'remote_address'],
]

// Every value is text, numbers too.
const numbers: readonly (readonly [name: string, column: string])[] = [
  ['ProcessId', 'pid'],
  ['ParentProcessId', 'parent'],
  ['UserId', 'uid'],
  ['EffectiveUserId', 'euid'],
  ['LoginUserId', 'auid'],
  ['SourcePort', 'local_port'],
  ['DestinationPort', 'remote_port'],
]

export const osquery: ProviderNormaliser = {
  applies: (p) => p.family === 'osquery',
  plan(shape) {
    const has = (column: string) => shape.indexOf(`columns.${column}`) >= 0
    const table = osqueryTables.find((t) => t.has.every(has))
    const isFile = table?.category === 'file_event'
    // Only the tables of Endpoint Security tell who signed.
    const product = has('signing_id') ? 'macos' : undefined
    const time = firstTime(shape, ['columns.time', 'unixTime'])
    const host = firstText(shape, ['hostIdentifier'])
    const add: Addition[] = [
      { name: 'Image', from: `columns.${isFile ? 'executable' : 'path'}` },
      ...texts.map(([name, c]) => ({ name, from: `columns.${c}` })),
      ...numbers.flatMap(([name, c]) => numeric(shape, name, c)),
    ]
    if (isFile) add.push({ name: 'TargetFilename', from: 'columns.path' })
    return {
      add: add.filter(
        ({ from }) => typeof from !== 'string' || shape.indexOf(from) >= 0,
      ),
      // An empty shape is asked before any record is seen: nothing is known of the category then.
      logSource: logSource(product, table && [table.category], undefined),
      ...(time && { time }),
      ...(host && { host }),
    }
  },
}

function numeric(shape: Shape, name: string, column: string): Addition[] {
  const read = firstValue(shape, [`columns.${column}`])
  return read ? [{ name, from: (r) => wholeNumber(read(r)) }] : []
}
