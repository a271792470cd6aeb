// What each Endpoint Security event says beyond its processes: one row an event, keyed by the single member name of
// `event`, since the numbers of event types are not stable knowledge. Names: Apple's ESMessage.h.
import type { Shape, SourceRecord, Value } from '../../base/record.ts'

import type { Addition, Derive } from '../provider.ts'
import { textOf } from '../read-first.ts'

import { descriptorAdditions } from './exec-descriptors.ts'
import { absent, fieldAt, mapped } from './process.ts'

export interface EventRow {
  /** Where the process that the event is done to is. */
  readonly target?: string
  readonly fields?: (field: (path: string) => Derive) => Fields
}

type Fields = Readonly<Record<string, Derive>>

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

const taskAccess = (access: string): EventRow => ({
  target: 'target',
  fields: () => ({ TaskAccess: () => access }),
})

export const eventRows: Readonly<Record<string, EventRow>> = {
  exec: {
    fields: (field) => ({
      CommandLine: joined(field('args')),
      CurrentDirectory: field('cwd.path'),
      ScriptPath: field('script.path'),
      Environment: field('env'),
    }),
  },
  fork: { target: 'child' },
  exit: {
    fields: (field) => ({ ExitCode: field('stat') }),
  },
  xpc_connect: {
    fields: (field) => ({
      XpcService: field('service_name'),
      XpcDomain: word(field('service_domain_type'), (n) => xpcDomains[n - 1]),
    }),
  },
  uipc_bind: {
    fields: (field) => ({
      SocketPath: path(field('dir.path'), field('filename')),
      SocketFamily: () => 'unix',
      FileMode: permissions(field('mode')),
    }),
  },
  uipc_connect: {
    fields: (field) => ({
      SocketPath: field('file.path'),
      SocketFamily: word(field('domain'), (n) => socketFamilies[n]),
    }),
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
    fields: (field) => ({ Signal: field('sig') }),
  },
  mmap: {
    fields: (field) => ({ ImageLoaded: field('source.path') }),
  },
  kextload: {
    fields: (field) => ({ ImageLoaded: field('identifier') }),
  },
  btm_launch_item_add: {
    fields: (field) => ({
      LaunchItemType: word(field('item.item_type'), (n) => launchItems[n]),
      LaunchItemUrl: field('item.item_url'),
      LaunchItemExecutable: field('executable_path'),
      InstigatorImage: field('instigator.executable.path'),
      LaunchItemAppImage: field('app.executable.path'),
    }),
  },
  create: {
    fields: (field) => ({
      TargetFilename: destination(field),
      FileMode: permissions(field('destination.new_path.mode')),
    }),
  },
  rename: {
    fields: (field) => ({
      SourceFilename: field('source.path'),
      TargetFilename: destination(field),
    }),
  },
  clone: {
    fields: (field) => ({
      SourceFilename: field('source.path'),
      TargetFilename: path(field('target_dir.path'), field('target_name')),
    }),
  },
  link: {
    fields: (field) => ({
      SourceFilename: field('source.path'),
      TargetFilename: path(field('target_dir.path'), field('target_filename')),
    }),
  },
  unlink: {
    fields: (field) => ({ TargetFilename: field('target.path') }),
  },
  open: {
    fields: (field) => ({ TargetFilename: field('file.path') }),
  },
  write: {
    fields: (field) => ({ TargetFilename: field('target.path') }),
  },
  close: {
    fields: (field) => ({ TargetFilename: field('target.path') }),
  },
  setmode: {
    fields: (field) => ({
      TargetFilename: field('target.path'),
      FileMode: permissions(field('mode')),
    }),
  },
  tcc_modify: {
    fields: (field) => ({
      TccService: field('service'),
      TccIdentity: field('identity'),
      InstigatorImage: field('instigator.executable.path'),
    }),
  },
}

/** What a row adds to a shape; a field that the shape cannot fill is left out where that can be told. */
export function rowAdditions(
  shape: Shape,
  event: string,
  row: EventRow,
): Addition[] {
  const prefix = `event.${event}.`
  const fields = row.fields?.((p) => fieldAt(shape, prefix + p)) ?? {}
  const add = Object.entries(fields)
    .map(([name, from]) => ({ name, from }))
    .filter(({ from }) => from !== absent)
  const fds = fieldAt(shape, `${prefix}fds`)
  return fds === absent ? add : [...add, ...descriptorAdditions(fds)]
}

function joined(list: Derive): Derive {
  return mapped(list, (v) => (Array.isArray(v) ? v.join(' ') : v))
}

/** A number in words; text is taken to be in words already. */
function word(get: Derive, words: (n: number) => string | undefined): Derive {
  return mapped(get, (v) => (typeof v === 'number' ? (words(v) ?? v) : v))
}

function path(directory: Derive, file: Derive): Derive {
  if (directory === absent && file === absent) return absent
  return (r: SourceRecord): Value | undefined => {
    const name = textOf(file(r))
    const dir = textOf(directory(r))
    if (name === undefined || dir === undefined) return name ?? dir
    return `${dir.endsWith('/') ? dir.slice(0, -1) : dir}/${name}`
  }
}

/** Where a file was made: a new name in a directory, or an existing file that was replaced. */
function destination(field: (path: string) => Derive): Derive {
  const made = path(
    field('destination.new_path.dir.path'),
    field('destination.new_path.filename'),
  )
  const replaced = field('destination.existing_file.path')
  if (made === absent) return replaced
  return (r) => made(r) ?? replaced(r)
}

function permissions(mode: Derive): Derive {
  return mapped(mode, (n) =>
    typeof n === 'number' && n >= 0
      ? `0${(n % 0o10000).toString(8)}`
      : undefined,
  )
}
