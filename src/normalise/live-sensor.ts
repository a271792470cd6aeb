// What the sensors of this project tell, under the names that audit's events have: the same rules and edges, and both ends besides.
import { entryOf } from '../base/entry.ts'
import type { Value } from '../base/record.ts'

import { type LogSource, logSource } from '../event/log-source.ts'
import {
  liveCategories,
  liveSocketCategories,
  sensorService,
} from '../event/sources/live-sensor.ts'

import type { ProviderNormaliser } from './provider.ts'
import { textOf } from './read-first.ts'
import { additionsOf, alias, derived, type Row } from './row.ts'
import { whenAndWhere } from './when-where.ts'

/** A pid is used again; with the time of its start it names one process of one boot. */
const identity = (
  start: Value | undefined,
  pid: Value | undefined,
  boot: Value | undefined,
): string | undefined =>
  pid === undefined || start === undefined
    ? undefined
    : `${textOf(boot)?.slice(0, 8)}-${pid}-${start}`

const guid = (name: string, pid: string, start: string): Row =>
  derived(name, [start, pid, 'boot_id'], identity)

const userName = (id: Value | undefined) =>
  textOf(id) === '0' ? 'root' : undefined

const text = (value: Value | undefined) =>
  value === undefined ? undefined : textOf(value)

const processRows: readonly Row[] = [
  alias('Image', 'exe'),
  alias('CommandLine', 'cmdline'),
  alias('ProcessId', 'pid'),
  guid('ProcessGuid', 'pid', 'start'),
  alias('PreviousImage', 'previous_exe'),
  alias('ParentProcessId', 'ppid'),
  guid('ParentProcessGuid', 'ppid', 'parent_start'),
  alias('ParentImage', 'parent_exe'),
  alias('ParentCommandLine', 'parent_cmdline'),
  derived('UserId', ['uid'], text),
  derived('User', ['uid'], userName),
  derived('EffectiveUserId', ['euid'], text),
  derived('EffectiveUser', ['euid'], userName),
  derived('LoginUserId', ['auid'], text),
  // The sensor says who logged in wherever somebody did, and null where its kernel does not know.
  derived('NobodyLoggedIn', ['uid', 'auid'], (_, auid) =>
    auid === undefined ? true : undefined,
  ),
  alias('ContainerId', 'container'),
  alias('ControlGroup', 'cgroup'),
  alias('StdinType', 'stdin_type'),
  alias('StdoutType', 'stdout_type'),
  alias('StderrType', 'stderr_type'),
  derived('StdinPipeId', ['stdin_id', 'stdin_type'], pipeOnly),
  derived('StdoutPipeId', ['stdout_id', 'stdout_type'], pipeOnly),
  alias('SyscallName', 'syscall'),
  alias('SyscallArch', 'arch'),
  alias('SyscallSuccess', 'success'),
  alias('ExitCode', 'ret'),
  alias('Repeats', 'repeats'),
]

function pipeOnly(
  id: Value | undefined,
  kind: Value | undefined,
): Value | undefined {
  return kind === 'pipe' ? id : undefined
}

const targetRows: readonly Row[] = [
  alias('TargetProcessId', 'target_pid'),
  guid('TargetProcessGuid', 'target_pid', 'target_start'),
  alias('TargetImage', 'target_exe'),
  alias('TargetProcessName', 'target_comm'),
  derived('TargetUserId', ['target_uid'], text),
  derived('TargetEffectiveUserId', ['target_euid'], text),
  alias('TargetDescriptor', 'target_fd'),
  alias('PtraceRequest', 'request'),
  alias('FileAccess', 'access'),
]

/** Who reaches into another process is the source of it. */
const sourceRows: readonly Row[] = [
  alias('SourceImage', 'exe'),
  alias('SourceProcessId', 'pid'),
]

const socketRows: readonly Row[] = [
  alias('SocketFamily', 'family'),
  alias('SocketPath', 'path'),
  derived('FileOwnerId', ['owner'], text),
  alias('SocketInode', 'inode'),
  alias('PeerSocketInode', 'peer_inode'),
  alias('PeerProcessId', 'peer_pid'),
  guid('PeerProcessGuid', 'peer_pid', 'peer_start'),
  alias('PeerImage', 'peer_exe'),
  alias('PeerProcessName', 'peer_comm'),
  alias('PeerCommandLine', 'peer_cmdline'),
  derived('PeerUserId', ['peer_uid'], text),
  alias('PeerContainerId', 'peer_container'),
]

const connectRows: readonly Row[] = [
  alias('DestinationIp', 'ip'),
  alias('DestinationPort', 'port'),
  derived('Initiated', ['type'], () => true),
]
const bindRows: readonly Row[] = [
  alias('SourceIp', 'ip'),
  alias('SourcePort', 'port'),
]

const fileRows: readonly Row[] = [
  alias('TargetFilename', 'path'),
  alias('FileMode', 'mode'),
  derived('FileOwnerId', ['owner'], text),
]
const fifoRows: readonly Row[] = [
  ...fileRows,
  derived('FileType', ['type'], () => 'fifo'),
]

const segmentRows: readonly Row[] = [
  alias('SharedMemoryKey', 'key'),
  alias('SharedMemoryMode', 'mode'),
  // As audit writes a register, which edges of segments read.
  derived('a0', ['shmid'], (id) => Number(id).toString(16)),
]

const busRows: readonly Row[] = [
  alias('DbusInterface', 'interface'),
  alias('DbusMember', 'member'),
  alias('DbusDestination', 'destination'),
  alias('DbusSenderProcessId', 'pid'),
  derived('DbusSenderUserId', ['uid'], text),
  alias('DbusReceiverProcessId', 'peer_pid'),
]

const launchRows: readonly Row[] = [
  alias('LaunchItemLabel', 'label'),
  alias('LaunchItemType', 'kind'),
  alias('LaunchItemUrl', 'url'),
  alias('LaunchItemExecutable', 'program'),
  alias('LaunchItemServices', 'services'),
  alias('LaunchItemUser', 'user'),
]

const healthRows: readonly Row[] = [
  alias('HealthKind', 'kind'),
  alias('HealthSource', 'sensor'),
  alias('HealthCount', 'count'),
  alias('HealthDetail', 'detail'),
]

const access = [...targetRows, ...sourceRows]

/** Beside those of its process. */
const rowsOf: Readonly<Record<string, readonly Row[]>> = {
  connect: [...socketRows, ...connectRows],
  bind: [...socketRows, ...bindRows],
  accept: socketRows,
  descriptor_pass: [...socketRows, ...fileRows],
  fifo_create: fifoRows,
  fifo_open: [...fifoRows, alias('FileAccess', 'access')],
  memory_open: [...access, ...fileRows],
  memfd_create: fileRows,
  ptrace: access,
  process_vm: access,
  pidfd_getfd: access,
  shmget: segmentRows,
  shmat: segmentRows,
  bus_call: busRows,
  launch_item: launchRows,
  health: healthRows,
}

const health = logSource('ipcwatch', ['sensor_health'], undefined)
const launchItem = logSource('macos', ['launch_item'], [sensorService])
const bus = logSource('linux', undefined, ['dbus', sensorService])

/** The provider is the sensor, the channel the family of a socket, the id the kind of event. */
export const liveSensor: ProviderNormaliser = {
  applies: (p) => p.family === 'live-sensor',
  plan: (shape, { id, channel }) => ({
    add: additionsOf([...processRows, ...(entryOf(rowsOf, id) ?? [])], shape),
    aside: ['boot_id', 'seq', 'sensor'],
    logSource: sourceOf(id, channel),
    ...whenAndWhere(shape),
  }),
}

function sourceOf(id: string, family: string): LogSource {
  if (id === 'health') return health
  if (id === 'bus_call') return bus
  if (id === 'launch_item') return launchItem
  const socket = entryOf(liveSocketCategories, id)
  const categories = socket
    ? [family === 'unix' ? socket.unix : socket.inet]
    : (entryOf(liveCategories, id) ?? [])
  return logSource('linux', categories, [sensorService])
}
