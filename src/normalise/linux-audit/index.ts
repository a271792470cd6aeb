// Linux audit events under Sigma's names. The raw names stay (`syscall`, `exe`, `a0`, `key`), as rules for the service
// `auditd` use them; what is said in numbers and hex is besides said in words.
import type { SourceRecord, Value } from '../../base/record.ts'
import type { SocketAddress } from '../../base/socket-address.ts'
import { parseSocketAddress } from '../../base/socket-address.ts'
import { parseTime } from '../../base/time.ts'

import type { Addition, Derive, ProviderNormaliser } from '../provider.ts'
import { firstText, textOf } from '../read-first.ts'

import {
  fileAccess,
  filePermissions,
  fileType,
  filesOf,
  oneOrMany,
} from './files.ts'
import { anyAudit, auditLogSource } from './log-source.ts'
import { resolvePath } from './path.ts'
import { ptraceRequest, targetProcessId } from './process-access.ts'
import type { Syscall } from './syscall.ts'
import { connecting, processAccessing, syscallOf } from './syscall.ts'
import type { View as ViewType } from './view.ts'
import { View } from './view.ts'

export const linuxAudit: ProviderNormaliser = {
  applies: (p) => p.family === 'linux-audit',
  plan(shape, p) {
    const view = new View(shape)
    const types = p.id.split('+')
    const syscall = syscallOf(view)
    const files = filesOf(view, syscall)
    const address = addressOf(view, types)
    const stamp = view.value('timestamp')
    const host = firstText(shape, ['node', 'Computer', 'HostName', 'host'])
    return {
      add: [
        ...processAdditions(view),
        ...syscallAdditions(view, syscall),
        ...socketAdditions(view, syscall, address),
        ...fileAdditions(view, syscall, files),
        ...accessAdditions(view, syscall, files),
        ...userSpaceAdditions(view),
      ],
      logSource: anyAudit,
      logSourceOf: auditLogSource(view, { syscall, files, address, types }),
      time: (r) => r.writtenAt ?? parseTime(stamp(r)),
      ...(host && { host }),
    }
  },
}

type Files = ReturnType<typeof filesOf>
type AddressOf = (record: SourceRecord) => SocketAddress | undefined

/** `names`: the addition is made where the shape has one of them. */
function when(
  view: ViewType,
  names: readonly string[],
  name: string,
  from: string | Derive,
): Addition[] {
  return names.some((n) => view.has(n)) ? [{ name, from }] : []
}

const noIds = new Set(['4294967295', '-1', 'unset'])

function processAdditions(view: ViewType): Addition[] {
  const id = (raw: string): Derive => {
    const text = view.text(raw)
    return (r) => {
      const t = text(r)
      return t === undefined || noIds.has(t) ? undefined : t
    }
  }
  const user = (words: string, numeric: string): Derive => {
    const name = id(words)
    const number = id(numeric)
    // Without the ENRICHED format there are numbers only, of which one is known everywhere.
    return (r) => name(r) ?? (number(r) === '0' ? 'root' : undefined)
  }
  const simple = (name: string, raw: string, from: string | Derive) =>
    when(view, [raw], name, from)
  return [
    ...simple('Image', 'exe', view.text('exe')),
    ...when(
      view,
      ['argv', 'cmdline', 'cmd', 'proctitle'],
      'CommandLine',
      commandLine(view),
    ),
    ...simple('ProcessId', 'pid', view.number('pid')),
    ...simple('ParentProcessId', 'ppid', view.number('ppid')),
    ...simple('ParentImage', 'ppid_exe', view.text('ppid_exe')),
    ...simple('ParentCommandLine', 'ppid_cmdline', view.text('ppid_cmdline')),
    ...simple('CurrentDirectory', 'cwd', view.text('cwd')),
    ...when(view, ['UID', 'uid'], 'User', user('UID', 'uid')),
    ...simple('UserId', 'uid', id('uid')),
    ...when(view, ['EUID', 'euid'], 'EffectiveUser', user('EUID', 'euid')),
    ...simple('EffectiveUserId', 'euid', id('euid')),
    ...when(view, ['AUID', 'auid'], 'LoginUser', user('AUID', 'auid')),
    ...simple('LoginUserId', 'auid', id('auid')),
    ...simple('LogonId', 'ses', id('ses')),
    ...simple('AuditKey', 'key', (r) => {
      const keys = view
        .items('key')(r)
        .filter((k) => k && k !== '(null)')
      return oneOrMany(keys as string[])
    }),
  ]
}

function commandLine(view: ViewType): Derive {
  const argv = view.value('argv')
  const others = ['cmdline', 'cmd', 'proctitle'].map((n) => view.text(n))
  return (r) => {
    const list = argv(r)
    if (Array.isArray(list)) return list.join(' ')
    if (list !== undefined) return textOf(list)
    for (const other of others) {
      const text = other(r)
      if (text !== undefined) return text
    }
    return undefined
  }
}

function syscallAdditions(view: ViewType, syscall: Syscall): Addition[] {
  const number = view.value('syscall')
  const of = ['syscall', 'SYSCALL', 'uring_op']
  return [
    ...when(view, of, 'SyscallName', syscall.action),
    ...when(view, of, 'SYSCALL', syscall.name),
    ...(view.has('syscall')
      ? [
          {
            name: 'syscall',
            // Rules ask for the number and for the name.
            from: (r: SourceRecord): Value | undefined => {
              const raw = number(r)
              const name = syscall.name(r)
              if (name === undefined || name === raw) return raw
              return [textOf(raw) ?? '', name]
            },
            overrides: true as const,
          },
        ]
      : []),
    ...when(view, ['success'], 'SyscallSuccess', syscall.success),
    ...when(view, ['exit'], 'ExitCode', view.number('exit')),
    ...when(view, ['syscall'], 'SharedMemoryKey', (r) =>
      syscall.action(r) === 'shmget' ? view.text('a0')(r) : undefined,
    ),
  ]
}

function addressOf(view: ViewType, types: readonly string[]): AddressOf {
  const raw = view.text('saddr')
  const words = view.text('SADDR')
  // Of a call through socketcall, the lengths are not in the registers.
  const length = types.includes('SOCKETCALL')
    ? () => undefined
    : view.register('a2')
  if (!view.has('saddr') && !view.has('SADDR')) return () => undefined
  return (r) => {
    const hex = raw(r)
    const parsed =
      hex === undefined ? undefined : parseSocketAddress(hex, length(r))
    if (parsed) return parsed
    const text = words(r)
    return text === undefined ? undefined : parseSocketAddress(text)
  }
}

function socketAdditions(
  view: ViewType,
  syscall: Syscall,
  address: AddressOf,
): Addition[] {
  if (!view.has('saddr') && !view.has('SADDR')) return []
  const cwd = view.text('cwd')
  const resolved = (r: SourceRecord) => {
    const path = address(r)?.path
    if (path === undefined || path.startsWith('@')) return path
    return resolvePath(path, cwd(r)) ?? path
  }
  // A socket's own side is known from bind alone; what a program sends to, or accepts from, is the other side.
  const own = (r: SourceRecord) => syscall.action(r) === 'bind'
  return [
    { name: 'SocketFamily', from: (r) => address(r)?.family },
    { name: 'SocketPath', from: resolved },
    {
      name: 'SocketPathRaw',
      from: (r) => {
        const path = address(r)?.path
        return path === resolved(r) ? undefined : path
      },
    },
    {
      name: 'DestinationIp',
      from: (r) => (own(r) ? undefined : address(r)?.ip),
    },
    {
      name: 'DestinationPort',
      from: (r) => (own(r) ? undefined : address(r)?.port),
    },
    { name: 'SourceIp', from: (r) => (own(r) ? address(r)?.ip : undefined) },
    {
      name: 'SourcePort',
      from: (r) => (own(r) ? address(r)?.port : undefined),
    },
    {
      name: 'Initiated',
      from: (r) => (connecting.has(syscall.action(r) ?? '') ? true : undefined),
    },
  ]
}

function fileAdditions(
  view: ViewType,
  syscall: Syscall,
  files: Files,
): Addition[] {
  if (!view.has('name')) return []
  const known =
    (of: (mode: number) => string | undefined): Derive =>
    (r) =>
      oneOrMany(
        files.targets(r).flatMap((t) => {
          const text = t.mode === undefined ? undefined : of(t.mode)
          return text === undefined ? [] : [text]
        }),
      )
  return [
    {
      name: 'TargetFilename',
      from: (r) => oneOrMany(files.targets(r).map((t) => t.path)),
    },
    { name: 'FileMode', from: known(filePermissions) },
    { name: 'FileType', from: known(fileType) },
    {
      name: 'FileOwnerId',
      from: (r) => oneOrMany(files.targets(r).flatMap((t) => t.owner ?? [])),
    },
    { name: 'FileAccess', from: fileAccess(view, syscall) },
  ]
}

function accessAdditions(
  view: ViewType,
  syscall: Syscall,
  files: Files,
): Addition[] {
  if (!view.has('syscall')) return []
  const target = targetProcessId(view, syscall, (r) =>
    files.targets(r).map((t) => t.path),
  )
  const accesses = (r: SourceRecord) =>
    processAccessing.has(syscall.action(r) ?? '')
  const image = view.text('exe')
  const pid = view.number('pid')
  return [
    { name: 'PtraceRequest', from: ptraceRequest(view, syscall) },
    { name: 'TargetProcessId', from: target },
    ...when(view, ['ocomm'], 'TargetProcessName', view.text('ocomm')),
    ...when(view, ['opid'], 'TargetUserId', view.text('ouid')),
    { name: 'SourceImage', from: (r) => (accesses(r) ? image(r) : undefined) },
    {
      name: 'SourceProcessId',
      from: (r) => (accesses(r) ? pid(r) : undefined),
    },
  ]
}

// Records of programs (USER_LOGIN, SERVICE_START, USER_AVC of a bus) speak of accounts, units and messages.
function userSpaceAdditions(view: ViewType): Addition[] {
  const bus = (names: readonly string[]): Derive => {
    const texts = names.map((n) => view.text(n))
    const kind = view.text('tclass')
    const operation = view.text('operation')
    return (r) => {
      const isBus = kind(r) === 'dbus' || operation(r)?.startsWith('dbus')
      if (!isBus) return undefined
      for (const text of texts) {
        const t = text(r)
        if (t !== undefined) return t
      }
      return undefined
    }
  }
  const onBus = view.has('tclass') || view.has('operation')
  return [
    ...when(view, ['acct'], 'TargetUserName', view.text('acct')),
    ...when(view, ['unit'], 'ServiceName', view.text('unit')),
    ...when(view, ['addr'], 'SourceIp', view.text('addr')),
    ...when(view, ['res'], 'Result', view.text('res')),
    ...(onBus
      ? [
          { name: 'DbusInterface', from: bus(['interface']) },
          { name: 'DbusMember', from: bus(['member']) },
          { name: 'DbusDestination', from: bus(['dest', 'name']) },
        ]
      : []),
  ]
}
