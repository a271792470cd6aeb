// What dbus-daemon says of messages that it refused, under the names that audit's records of a bus have.
import { logSource } from '../event/log-source.ts'
import { dbusSource } from '../event/sources/dbus-daemon.ts'

import type { ProviderNormaliser } from './provider.ts'
import { additionsOf, alias, derived, type Row } from './row.ts'
import { whenAndWhere } from './when-where.ts'
import { wholeNumber } from './whole-number.ts'

const rows: readonly Row[] = [
  alias('DbusInterface', 'interface'),
  alias('DbusMember', 'member'),
  alias('DbusDestination', 'destination'),
  alias('DbusVerdict', 'verdict'),
  alias('DbusSenderUserId', 'sender_uid'),
  derived('DbusSenderProcessId', ['sender_pid'], wholeNumber),
  derived('DbusReceiverProcessId', ['receiver_pid'], wholeNumber),
]

const { product, service } = dbusSource.selector

export const dbusDaemon: ProviderNormaliser = {
  applies: (p) => p.family === 'dbus-daemon',
  plan: (shape) => ({
    add: additionsOf(rows, shape),
    logSource: logSource(product, undefined, [service!]),
    ...whenAndWhere(shape, {
      time: ['_SOURCE_REALTIME_TIMESTAMP', '__REALTIME_TIMESTAMP'],
      host: ['_HOSTNAME'],
    }),
  }),
}
