// Falco, Tetragon and Tracee under Sigma's names: three vocabularies, one set of rows each, and one table of calls.
import { entryOf } from '../base/entry.ts'
import type { Shape, Value } from '../base/record.ts'

import { logSource } from '../event/log-source.ts'
import {
  callOf,
  categoryOfCall,
  socketCalls,
} from '../event/sources/runtime-sensors.ts'

import { capabilitiesOfNames } from './capabilities.ts'
import { loginRows } from './login-user.ts'
import type { ProviderNormaliser, ProviderPlan } from './provider.ts'
import { positionsOf, textOf } from './read-first.ts'
import { callRows } from './runtime-calls.ts'
import { additionsOf, alias, below, derived, ofAny, type Row } from './row.ts'
import { whenAndWhere } from './when-where.ts'
import { wholeNumber } from './whole-number.ts'

const number = (name: string, ...of: readonly string[]) =>
  ofAny(name, of, (...values) =>
    wholeNumber(values.find((v) => v !== undefined)),
  )

/** Falco writes an address as `from->to`, with pointers before a path: `ffff->ffff /run/x.sock`. */
const falcoPath = (value: Value | undefined): string | undefined => {
  const last = (textOf(value) ?? '').split(/\s/).at(-1)!
  return /(?:^|>)([@/]\S*)/.exec(last)?.[1]
}
const falcoPeer = /->([\d.]{7,15}|[\da-f:]{2,45}):(\d{1,5})$/i

const falcoRows: readonly Row[] = below('output_fields.', [
  alias('Image', 'proc.exepath', 'proc.exe'),
  alias('CommandLine', 'proc.cmdline'),
  alias('CurrentDirectory', 'proc.cwd'),
  alias('ParentImage', 'proc.pexepath', 'proc.pexe'),
  alias('ParentCommandLine', 'proc.pcmdline'),
  alias('User', 'user.name'),
  alias('UserId', 'user.uid'),
  ...loginRows(['user.loginuid']),
  derived(
    'EffectiveCapabilities',
    ['thread.cap_effective'],
    capabilitiesOfNames,
  ),
  number('ProcessId', 'proc.pid'),
  number('ParentProcessId', 'proc.ppid'),
  derived('SocketPath', ['fd.name'], falcoPath),
  alias('TargetFilename', 'fd.name'),
  ofAny(
    'DestinationIp',
    ['fd.rip', 'fd.sip', 'fd.name'],
    (rip, sip, name) => rip ?? sip ?? falcoPeer.exec(textOf(name) ?? '')?.[1],
  ),
  ofAny('DestinationPort', ['fd.rport', 'fd.sport', 'fd.name'], (r, s, name) =>
    wholeNumber(r ?? s ?? falcoPeer.exec(textOf(name) ?? '')?.[2]),
  ),
])

/** Both as one line, as rules expect it. */
const binaryAndArguments = (
  binary: Value | undefined,
  args: Value | undefined,
) => [textOf(binary), textOf(args)].filter(Boolean).join(' ') || undefined

/** What is no address of the network. */
const unixPath = (address: Value | undefined): string | undefined => {
  const text = textOf(address)
  return text && /^[@/]/.test(text) ? text : undefined
}

const tetragonRows: readonly Row[] = [
  alias('Image', 'process.binary'),
  derived(
    'CommandLine',
    ['process.binary', 'process.arguments'],
    binaryAndArguments,
  ),
  alias('CurrentDirectory', 'process.cwd'),
  alias('ProcessGuid', 'process.exec_id'),
  number('ProcessId', 'process.pid'),
  alias('UserId', 'process.uid'),
  ...loginRows(['process.auid']),
  derived(
    'EffectiveCapabilities',
    ['process.cap.effective'],
    capabilitiesOfNames,
  ),
  alias('ParentImage', 'parent.binary'),
  derived(
    'ParentCommandLine',
    ['parent.binary', 'parent.arguments'],
    binaryAndArguments,
  ),
  alias('ParentProcessGuid', 'parent.exec_id', 'process.parent_exec_id'),
  number('ParentProcessId', 'parent.pid'),
  ofAny(
    'SocketPath',
    ['args.sockaddrun_arg.path', 'args.sockaddr_arg.addr'],
    (path, address) => path ?? unixPath(address),
  ),
  alias('TargetFilename', 'args.file_arg.path', 'args.path_arg.path'),
  ofAny(
    'DestinationIp',
    ['args.sock_arg.daddr', 'args.sockaddr_arg.addr'],
    (ip, address) =>
      textOf(ip) || (unixPath(address) === undefined ? address : undefined),
  ),
  number('DestinationPort', 'args.sock_arg.dport', 'args.sockaddr_arg.port'),
]

/** An argument vector, joined by blanks. */
const joined = (value: Value | undefined) =>
  Array.isArray(value) ? value.join(' ') : (value ?? undefined)

const traceeRows: readonly Row[] = [
  alias(
    'Image',
    'executable.path',
    'args.pathname',
    'workload.process.executable.path',
  ),
  ofAny('CommandLine', ['args.argv', 'args.cmdline'], (argv, line) =>
    joined(argv ?? line),
  ),
  number(
    'ProcessId',
    'hostProcessId',
    'workload.process.host_pid.value',
    'workload.process.host_pid',
    'processId',
    'workload.process.pid.value',
    'workload.process.pid',
  ),
  number('ParentProcessId', 'hostParentProcessId', 'parentProcessId'),
  alias(
    'ProcessGuid',
    'processEntityId',
    'workload.process.unique_id.value',
    'workload.process.unique_id',
  ),
  alias(
    'UserId',
    'userId',
    'workload.process.real_user.id.value',
    'workload.process.real_user.id',
  ),
  alias(
    'SocketPath',
    'args.remote_addr.sun_path',
    'args.addr.sun_path',
    'args.local_addr.sun_path',
    'args.addr.sockaddr.sun_path',
    'args.remote_addr.sockaddr.sun_path',
  ),
  alias(
    'DestinationIp',
    'args.remote_addr.sin_addr',
    'args.remote_addr.sin6_addr',
    'args.addr.sin_addr',
    'args.addr.sin6_addr',
    'args.dst',
    'args.dst_ip',
  ),
  number(
    'DestinationPort',
    'args.remote_addr.sin_port',
    'args.remote_addr.sin6_port',
    'args.addr.sin_port',
    'args.dst_port',
  ),
  alias('TargetFilename', 'args.pathname', 'args.file_path'),
]

const sensors: Readonly<Record<string, readonly Row[]>> = {
  falco: falcoRows,
  tetragon: tetragonRows,
  tracee: traceeRows,
}

const ofFiles = new Set(['file_event', 'file_delete', 'fifo_create'])

/** The family is the sensor, the id the call. */
export const runtimeSensors: ProviderNormaliser = {
  applies: (p) => Object.hasOwn(sensors, p.family),
  plan(shape, p) {
    const call = callOf(p.id)
    const category = entryOf(categoryOfCall, call)
    const socket = entryOf(socketCalls, call)
    const rows = sensors[p.family]!.filter(
      ({ name }) =>
        (name !== 'TargetFilename' || ofFiles.has(category ?? '')) &&
        (name !== 'SocketPath' || socket !== undefined),
    )
    return {
      add: additionsOf([...rows, ...callRows(call, shape)], shape),
      ...sourceOf(shape, p.family, category, socket),
      ...whenAndWhere(shape, { host: ['node_name', 'hostName'] }),
    }
  },
}

/** Of a call on a socket its address tells what it is. */
function sourceOf(
  shape: Shape,
  family: string,
  category: string | undefined,
  socket: (typeof socketCalls)[string] | undefined,
): Pick<ProviderPlan, 'logSource' | 'logSourceOf'> {
  const of = (name: string | undefined) =>
    logSource('linux', name === undefined ? [] : [name], [family])
  if (!socket) return { logSource: of(category) }
  const unix = of(socket.unix)
  if (shape.names.some((n) => unixAddress.test(n))) return { logSource: unix }
  const inet = of(socket.inet)
  const fd = shape.indexOf('output_fields.fd.name')
  const families = positionsOf(shape, familyNames)
  if (fd < 0 && !families.length) return { logSource: inet }
  return {
    logSource: logSource('linux', undefined, [family]),
    logSourceOf: (record) => {
      const isUnix =
        families.some((i) =>
          /^(?:AF_)?UNIX$/i.test(textOf(record.value(i)) ?? ''),
        ) ||
        (fd >= 0 && falcoPath(record.value(fd)) !== undefined)
      return isUnix ? unix : inet
    },
  }
}

/** Where the family of an address is told. */
const familyNames = [
  'args.sockaddr_arg.family',
  'args.sock_arg.family',
  'args.remote_addr.sa_family',
  'args.addr.sa_family',
  'args.local_addr.sa_family',
  'output_fields.fd.type',
]

/** A member of an address that only UNIX sockets have. */
const unixAddress = /sun_path$|sockaddrun_arg\.path$/
