// Which log source is an audit event of? `linux`, service `auditd`, and the categories that its syscall amounts to:
// Sigma's own where it has one, and names in its style for what it lacks.
import type { SourceRecord } from '../../base/record.ts'
import type { SocketAddress } from '../../base/socket-address.ts'

import type { LogSource } from '../../event/log-source.ts'
import { logSource } from '../../event/log-source.ts'
import type { AuditCategory } from '../../event/sources/linux-audit.ts'

import type { Files } from './files.ts'
import { O_CREAT, openFlags } from './files.ts'
import { memoryOwner } from './process-access.ts'
import type { Syscall } from './syscall.ts'
import {
  accepting,
  connecting,
  executing,
  opening,
  processAccessing,
  sharingMemory,
} from './syscall.ts'
import type { View } from './view.ts'

/** What is known before the values are: the category is open. */
export const anyAudit: LogSource = logSource('linux', undefined, ['auditd'])

const byCategories = new Map<string, LogSource>()

function auditSource(categories: readonly AuditCategory[]): LogSource {
  const key = categories.join()
  let known = byCategories.get(key)
  if (!known) {
    known = logSource('linux', categories, ['auditd'])
    byCategories.set(key, known)
  }
  return known
}

export interface AuditParts {
  readonly syscall: Syscall
  readonly files: Files
  readonly address: (record: SourceRecord) => SocketAddress | undefined
  /** The records of the event. */
  readonly types: readonly string[]
}

export function auditLogSource(
  view: View,
  parts: AuditParts,
): (record: SourceRecord) => LogSource {
  const { syscall, address, types } = parts
  const alone = types.includes('EXECVE') && !types.includes('SYSCALL')
  if (alone) return () => creation
  const hasSyscall = types.includes('SYSCALL') || types.includes('URINGOP')
  if (!hasSyscall) return () => none
  const flags = openFlags(view, syscall)
  return (r) => {
    const action = syscall.action(r)
    if (action === undefined) return none
    if (executing.has(action)) {
      return syscall.success(r) === false ? none : creation
    }
    if (connecting.has(action)) return socketSource(address(r), 'connect')
    if (action === 'bind') return socketSource(address(r), 'bind')
    if (accepting.has(action)) return auditSource(['socket_accept'])
    if (action === 'io_uring_setup') return auditSource(['io_uring_setup'])
    if (processAccessing.has(action)) return auditSource(['process_access'])
    if (sharingMemory.has(action)) return auditSource(['shared_memory'])
    if (syscall.success(r) === false) return none
    const asked = opening.has(action) ? (flags(r) ?? 0) : undefined
    return auditSource(fileCategories(parts.files, asked, r))
  }
}

const none = auditSource([])
const creation = auditSource(['process_creation'])

function socketSource(
  at: SocketAddress | undefined,
  how: 'connect' | 'bind',
): LogSource {
  if (at?.family === 'unix') {
    return auditSource([how === 'connect' ? 'socket_connect' : 'socket_bind'])
  }
  if (at?.family !== 'inet' && at?.family !== 'inet6') return none
  return auditSource([
    how === 'connect' ? 'network_connection' : 'network_bind',
  ])
}

function isFifo({ mode = 0 }: { readonly mode?: number | undefined }): boolean {
  return mode >> 12 === 1
}

/** `flags`: of a call that opens; undefined for any other. */
function fileCategories(
  files: Files,
  flags: number | undefined,
  r: SourceRecord,
): readonly AuditCategory[] {
  const created = files.hasKind(r, 'CREATE')
  if (flags !== undefined) {
    const targets = files.targets(r)
    const isMemory = targets.some((t) => memoryOwner(t.path) !== undefined)
    return [
      ...(created || flags & O_CREAT ? (['file_event'] as const) : []),
      ...(isMemory ? (['process_access'] as const) : []),
      ...(targets.some(isFifo) ? (['fifo_open'] as const) : []),
    ]
  }
  if (created) {
    return files.targets(r).some(isFifo)
      ? ['file_event', 'fifo_create']
      : ['file_event']
  }
  return files.hasKind(r, 'DELETE') ? ['file_delete'] : []
}
