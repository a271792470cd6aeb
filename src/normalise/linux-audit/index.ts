// Linux audit events under Sigma's names. The raw names stay (`syscall`, `exe`, `a0`, `key`), as rules for the service
// `auditd` use them; what is said in numbers and hex is besides said in words.
import type { SourceRecord, Value } from '../../base/record.ts'
import type { SocketAddress } from '../../base/socket-address.ts'
import { parseSocketAddress } from '../../base/socket-address.ts'

import type { Derive, ProviderNormaliser } from '../provider.ts'
import { textOf } from '../read-first.ts'
import { additionsOf, overriding, type Row, worked } from '../row.ts'
import { whenAndWhere } from '../when-where.ts'

import {
  fileAccess,
  filePermissions,
  fileType,
  filesOf,
  oneOrMany,
} from './files.ts'
import { accountRows, idOf } from './accounts.ts'
import { anyAudit, auditLogSource } from './log-source.ts'
import { resolvePath } from './path.ts'
import { ptraceRequest, targetProcessId } from './process-access.ts'
import { capabilitiesOf } from '../capabilities.ts'
import { wholeNumber } from '../whole-number.ts'
import { scriptOfCommand } from '../script-of-command.ts'
import type { Syscall } from './syscall.ts'
import { syscallNumber } from './syscall-names.ts'
import { connecting, processAccessing, syscallOf } from './syscall.ts'
import type { View as ViewType } from './view.ts'
import { View } from './view.ts'

/** Family `linux-audit`: the id holds the record types joined with `+`. */
export const linuxAudit: ProviderNormaliser = {
  applies: (p) => p.family === 'linux-audit',
  plan(shape, p) {
    const view = new View(shape)
    const types = p.id.split('+')
    const syscall = syscallOf(view)
    const files = filesOf(view, syscall)
    const address = addressOf(view, types)
    const { time, host } = whenAndWhere(shape, {
      time: ['timestamp'],
      host: ['node'],
    })
    const rows = [
      ...processRows(view),
      ...syscallRows(view, syscall),
      ...socketRows(view, syscall, address),
      ...fileRows(view, syscall, files),
      ...accessRows(view, syscall, files),
      ...userSpaceRows(view),
    ]
    return {
      add: additionsOf(rows, shape),
      logSource: anyAudit,
      logSourceOf: auditLogSource(view, { syscall, files, address, types }),
      time: (r, clocks) => r.writtenAt ?? time?.(r, clocks),
      ...(host && { host }),
    }
  },
}

type Files = ReturnType<typeof filesOf>
type AddressOf = (record: SourceRecord) => SocketAddress | undefined

function processRows(view: ViewType): Row[] {
  const simple = (name: string, raw: string, from: Derive) =>
    worked(name, [raw], from)
  return [
    simple('Image', 'exe', view.text('exe')),
    worked(
      'CommandLine',
      ['argv', 'cmdline', 'cmd', 'proctitle'],
      commandLine(view),
    ),
    worked('ScriptPath', ['argv'], scriptOf(view)),
    simple('ProcessId', 'pid', view.number('pid')),
    simple('ParentProcessId', 'ppid', view.number('ppid')),
    simple('ParentImage', 'ppid_exe', view.text('ppid_exe')),
    simple('ParentCommandLine', 'ppid_cmdline', view.text('ppid_cmdline')),
    simple('CurrentDirectory', 'cwd', view.text('cwd')),
    ...accountRows(view),
    worked(
      'EffectiveCapabilities',
      ['cap_pe', 'pe', 'cap_fp'],
      capabilities(view),
    ),
    simple('LogonId', 'ses', idOf(view, 'ses')),
    simple('AuditKey', 'key', auditKey(view)),
  ]
}

/** CAPSET and BPRM_FCAPS tell of the process; else the file that was executed gives it what is effective in it. */
function capabilities(view: ViewType): Derive {
  const own = ['cap_pe', 'pe'].map((name) => view.text(name))
  const [ofFile, isEffective] = [view.text('cap_fp'), view.text('cap_fe')]
  return (r) => {
    for (const text of own) {
      const mask = text(r)
      if (mask !== undefined) return capabilitiesOf(mask)
    }
    return isEffective(r) === '1' ? capabilitiesOf(ofFile(r)) : undefined
  }
}

function scriptOf(view: ViewType): Derive {
  const line = commandLine(view)
  const folder = view.text('cwd')
  return (r) => scriptOfCommand(line(r), folder(r))
}

function auditKey(view: ViewType): Derive {
  const items = view.items('key')
  return (r) => oneOrMany(items(r).filter(isKey))
}

function isKey(key: string | null): key is string {
  return key !== null && key !== '' && key !== '(null)'
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

function syscallRows(view: ViewType, syscall: Syscall): Row[] {
  const number = view.value('syscall')
  const of = ['syscall', 'SYSCALL', 'uring_op']
  const asked = view.register('a2')
  const descriptor = view.register('a1')
  return [
    worked('SyscallName', of, syscall.action),
    worked('SYSCALL', of, syscall.name),
    // Rules ask for the number and for the name.
    overriding(
      worked('syscall', ['syscall'], (r: SourceRecord): Value | undefined => {
        const raw = textOf(number(r))
        const name = syscall.name(r)
        if (name === undefined || raw === undefined) return raw
        if (name !== raw) return [raw, name]
        const known = syscallNumber(syscall.arch(r) ?? '', name)
        return known === undefined ? raw : [String(known), name]
      }),
    ),
    worked('TargetDescriptor', ['a1'], (r) =>
      syscall.action(r) === 'pidfd_getfd' ? descriptor(r) : undefined,
    ),
    worked('SyscallArch', ['arch', 'ARCH'], syscall.arch),
    worked('SyscallSuccess', ['success'], syscall.success),
    worked('ExitCode', ['exit'], view.number('exit')),
    worked('SharedMemoryKey', ['syscall'], (r) =>
      syscall.action(r) === 'shmget' ? view.text('a0')(r) : undefined,
    ),
    worked('SharedMemoryMode', ['a2'], (r) => {
      const flags = syscall.action(r) === 'shmget' ? asked(r) : undefined
      return flags === undefined ? undefined : filePermissions(flags & 0o777)
    }),
  ]
}

const socket = ['saddr', 'SADDR']

function addressOf(view: ViewType, types: readonly string[]): AddressOf {
  const raw = view.text('saddr')
  const words = view.text('SADDR')
  // Of a call through socketcall, the lengths are not in the registers.
  const length = types.includes('SOCKETCALL')
    ? () => undefined
    : view.register('a2')
  if (!view.has('saddr') && !view.has('SADDR')) return () => undefined
  const isAbstract = looksAtNoFile(view)
  return (r) => {
    const hex = raw(r)
    const parsed =
      hex === undefined ? undefined : parseSocketAddress(hex, length(r))
    if (parsed) return parsed
    const text = words(r)
    const address = text === undefined ? undefined : parseSocketAddress(text)
    const path = address?.path
    if (path === undefined || path.startsWith('@') || !isAbstract(r))
      return address
    return { ...address!, path: `@${path}` }
  }
}

// ENRICHED and ausearch leave out the NUL that an abstract name begins with. To reach a socket in the file system the
// kernel looks its path up, and that is a PATH record: without one the name is abstract, where the call came so far.
function looksAtNoFile(view: ViewType): (record: SourceRecord) => boolean {
  const items = view.text('items')
  const exit = view.number('exit')
  return (r) => items(r) === '0' && (exit(r) === 0 || exit(r) === ECONNREFUSED)
}

const ECONNREFUSED = -111

function socketRows(
  view: ViewType,
  syscall: Syscall,
  address: AddressOf,
): Row[] {
  const cwd = view.text('cwd')
  const resolved = (r: SourceRecord) => {
    const path = address(r)?.path
    if (path === undefined || path.startsWith('@')) return path
    return resolvePath(path, cwd(r)) ?? path
  }
  // A socket's own side is known from bind alone; what a program sends to, or accepts from, is the other side.
  const own = (r: SourceRecord) => syscall.action(r) === 'bind'
  return [
    worked('SocketFamily', socket, (r) => address(r)?.family),
    worked('SocketPath', socket, resolved),
    worked('SocketPathRaw', socket, (r) => {
      const path = address(r)?.path
      return path === resolved(r) ? undefined : path
    }),
    worked('DestinationIp', socket, (r) =>
      own(r) ? undefined : address(r)?.ip,
    ),
    worked('DestinationPort', socket, (r) =>
      own(r) ? undefined : address(r)?.port,
    ),
    worked('SourceIp', socket, (r) => (own(r) ? address(r)?.ip : undefined)),
    worked('SourcePort', socket, (r) =>
      own(r) ? address(r)?.port : undefined,
    ),
    worked('Initiated', socket, (r) =>
      connecting.has(syscall.action(r) ?? '') ? true : undefined,
    ),
  ]
}

function fileRows(view: ViewType, syscall: Syscall, files: Files): Row[] {
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
    worked('TargetFilename', ['name'], (r) =>
      oneOrMany(files.targets(r).map((t) => t.path)),
    ),
    worked('FileMode', ['name'], known(filePermissions)),
    worked('FileType', ['name'], known(fileType)),
    worked('FileOwnerId', ['name'], (r) =>
      oneOrMany(files.targets(r).flatMap((t) => t.owner ?? [])),
    ),
    worked('FileAccess', ['name'], fileAccess(view, syscall)),
  ]
}

function accessRows(view: ViewType, syscall: Syscall, files: Files): Row[] {
  const target = targetProcessId(view, syscall, (r) =>
    files.targets(r).map((t) => t.path),
  )
  const accesses = (r: SourceRecord) =>
    processAccessing.has(syscall.action(r) ?? '')
  const image = view.text('exe')
  const pid = view.number('pid')
  const ouid = view.text('ouid')
  const ownerName = view.text('OUID')
  return [
    worked('PtraceRequest', ['syscall'], ptraceRequest(view, syscall)),
    worked('TargetProcessId', ['syscall'], target),
    worked('TargetProcessName', ['ocomm'], view.text('ocomm')),
    worked('TargetUserId', ['opid'], (r) => ouid(r) ?? ownerName(r)),
    worked('SourceImage', ['syscall'], (r) =>
      accesses(r) ? image(r) : undefined,
    ),
    worked('SourceProcessId', ['syscall'], (r) =>
      accesses(r) ? pid(r) : undefined,
    ),
  ]
}

function verdictOf(text: Derive): Derive {
  return (r) => {
    const said = textOf(text(r))?.toLowerCase()
    if (said === undefined) return undefined
    return said === 'denied' ? 'denied' : 'granted'
  }
}

/** SELinux calls it spid. AppArmor calls it pid, as the daemon that wrote the record is called before it. */
function senderOf(view: ViewType, spid: Derive): Derive {
  const pids = view.items('pid')
  const label = view.text('peer_pid')
  return (r) => {
    const own = wholeNumber(spid(r))
    if (own !== undefined || label(r) === undefined) return own
    return wholeNumber(pids(r)[1] ?? undefined)
  }
}

// Records of programs (USER_LOGIN, SERVICE_START, USER_AVC of a bus) speak of accounts, units and messages.
function userSpaceRows(view: ViewType): Row[] {
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
  const onBus = ['tclass', 'operation']
  return [
    worked('TargetUserName', ['acct'], view.text('acct')),
    worked('ServiceName', ['unit'], view.text('unit')),
    worked('SourceIp', ['addr'], view.text('addr')),
    worked('Result', ['res'], view.text('res')),

    worked('DbusInterface', onBus, bus(['interface'])),
    worked('DbusMember', onBus, bus(['member'])),
    worked('DbusDestination', onBus, bus(['dest', 'name'])),
    worked('DbusVerdict', onBus, verdictOf(bus(['seresult', 'apparmor']))),
    worked('DbusSenderProcessId', onBus, senderOf(view, bus(['spid']))),
    worked('DbusReceiverProcessId', onBus, (r) =>
      wholeNumber(bus(['tpid', 'peer_pid'])(r)),
    ),
  ]
}
