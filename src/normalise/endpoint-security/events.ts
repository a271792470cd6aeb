// What each Endpoint Security event says beyond its processes: one row an event, keyed by the single member name of
// `event`, since the numbers of event types are not stable knowledge. Names: Apple's ESMessage.h.
import { entryOf } from '../../base/entry.ts'
import type { Value } from '../../base/record.ts'

import { textOf } from '../read-first.ts'
import { alias, below, derived, ofAny, type Row, worked } from '../row.ts'

import { descriptorRows } from './exec-descriptors.ts'

export interface EventRows {
  /** Where the process that the event is done to is. */
  readonly target?: string
  /** Of names below `event.<event>.`. */
  readonly rows?: readonly Row[]
}

// ES_XPC_DOMAIN_TYPE_*.
const xpcDomains = [
  'SYSTEM',
  'USER',
  'USER_LOGIN',
  'SESSION',
  'PID',
  'MANAGER',
  'PORT',
  'GUI',
]

// ES_BTM_ITEM_TYPE_*.
const launchItems = ['USER_ITEM', 'APP', 'LOGIN_ITEM', 'AGENT', 'DAEMON']

// XNU, bsd/sys/socket.h.
const socketFamilies: Readonly<Record<number, string>> = {
  1: 'unix',
  2: 'inet',
  30: 'inet6',
}

const taskAccess = (access: string): EventRows => ({
  target: 'target',
  rows: [constant('TaskAccess', access)],
})

/** Where a file was made: a new name in a directory, or an existing file that was replaced. */
const destination = ofAny(
  'TargetFilename',
  [
    'destination.new_path.dir.path',
    'destination.new_path.filename',
    'destination.existing_file.path',
  ],
  (directory, file, replaced) => joinPath(directory, file) ?? replaced,
)

export const eventRows: Readonly<Record<string, EventRows>> = {
  exec: {
    rows: [
      joined('CommandLine', 'args'),
      alias('CurrentDirectory', 'cwd.path'),
      alias('ScriptPath', 'script.path'),
      alias('Environment', 'env'),
    ],
  },
  fork: { target: 'child' },
  exit: {
    rows: [alias('ExitCode', 'stat')],
  },
  xpc_connect: {
    rows: [
      alias('XpcService', 'service_name'),
      word('XpcDomain', 'service_domain_type', (n) => xpcDomains[n - 1]),
    ],
  },
  uipc_bind: {
    rows: [
      path('SocketPath', 'dir.path', 'filename'),
      constant('SocketFamily', 'unix'),
      permissions('FileMode', 'mode'),
    ],
  },
  uipc_connect: {
    rows: [
      alias('SocketPath', 'file.path'),
      word('SocketFamily', 'domain', (n) => socketFamilies[n]),
    ],
  },
  get_task: taskAccess('control'),
  get_task_read: taskAccess('read'),
  get_task_inspect: taskAccess('inspect'),
  get_task_name: taskAccess('name'),
  trace: { target: 'target' },
  proc_suspend_resume: { target: 'target' },
  remote_thread_create: {
    target: 'target',
  },
  proc_check: { target: 'target' },
  signal: {
    target: 'target',
    rows: [alias('Signal', 'sig')],
  },
  mmap: {
    rows: [alias('ImageLoaded', 'source.path')],
  },
  kextload: {
    rows: [alias('ImageLoaded', 'identifier')],
  },
  btm_launch_item_add: {
    rows: [
      word('LaunchItemType', 'item.item_type', (n) => launchItems[n]),
      alias('LaunchItemUrl', 'item.item_url'),
      alias('LaunchItemExecutable', 'executable_path'),
      alias('InstigatorImage', 'instigator.executable.path'),
      alias('LaunchItemAppImage', 'app.executable.path'),
    ],
  },
  create: {
    rows: [destination, permissions('FileMode', 'destination.new_path.mode')],
  },
  rename: {
    rows: [alias('SourceFilename', 'source.path'), destination],
  },
  clone: {
    rows: [
      alias('SourceFilename', 'source.path'),
      path('TargetFilename', 'target_dir.path', 'target_name'),
    ],
  },
  link: {
    rows: [
      alias('SourceFilename', 'source.path'),
      path('TargetFilename', 'target_dir.path', 'target_filename'),
    ],
  },
  unlink: {
    rows: [alias('TargetFilename', 'target.path')],
  },
  open: {
    rows: [alias('TargetFilename', 'file.path')],
  },
  write: {
    rows: [alias('TargetFilename', 'target.path')],
  },
  close: {
    rows: [alias('TargetFilename', 'target.path')],
  },
  setmode: {
    rows: [
      alias('TargetFilename', 'target.path'),
      permissions('FileMode', 'mode'),
    ],
  },
  tcc_modify: {
    rows: [
      alias('TccService', 'service'),
      alias('TccIdentity', 'identity'),
      alias('InstigatorImage', 'instigator.executable.path'),
    ],
  },
}

/** What the event adds to its processes. */
export function rowsOfEvent(event: string): readonly Row[] {
  const own = entryOf(eventRows, event)?.rows ?? []
  return below(`event.${event}.`, [...own, ...descriptorRows])
}

function joined(name: string, list: string): Row {
  return derived(name, [list], (v) => (Array.isArray(v) ? v.join(' ') : v))
}

function constant(name: string, value: string): Row {
  return worked(name, [], () => value)
}

/** A number in words; text is taken to be in words already. */
function word(
  name: string,
  of: string,
  words: (n: number) => string | undefined,
): Row {
  return derived(name, [of], (v) =>
    typeof v === 'number' ? (words(v) ?? v) : v,
  )
}

function path(name: string, directory: string, file: string): Row {
  return ofAny(name, [directory, file], joinPath)
}

function joinPath(
  directory: Value | undefined,
  file: Value | undefined,
): string | undefined {
  const name = textOf(file)
  const dir = textOf(directory)
  if (name === undefined || dir === undefined) return name ?? dir
  return `${dir.endsWith('/') ? dir.slice(0, -1) : dir}/${name}`
}

function permissions(name: string, mode: string): Row {
  return derived(name, [mode], (n) =>
    typeof n === 'number' && n >= 0
      ? `0${(n % 0o10000).toString(8)}`
      : undefined,
  )
}
