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
  { syscall, files, address, types }: AuditParts,
): (record: SourceRecord) => LogSource {
  const none = auditSource([])
  const alone = types.includes('EXECVE') && !types.includes('SYSCALL')
  if (alone) {
    const creation = auditSource(['process_creation'])
    return () => creation
  }
  const hasSyscall = types.includes('SYSCALL') || types.includes('URINGOP')
  if (!hasSyscall) return () => none
  const flags = openFlags(view, syscall)
  return (r) => {
    const action = syscall.action(r)
    if (action === undefined) return none
    if (executing.has(action)) {
      return syscall.success(r) === false
        ? none
        : auditSource(['process_creation'])
    }
    if (connecting.has(action)) return socketSource(address(r), 'connect')
    if (action === 'bind') return socketSource(address(r), 'bind')
    if (processAccessing.has(action)) return auditSource(['process_access'])
    if (sharingMemory.has(action)) return auditSource(['shared_memory'])
    if (syscall.success(r) === false) return none
    return fileSource(r)
  }

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

  function fileSource(r: SourceRecord): LogSource {
    const categories: AuditCategory[] = []
    const action = syscall.action(r)!
    if (opening.has(action)) {
      const created = files.hasKind(r, 'CREATE')
      const asked = (flags(r) ?? 0) & O_CREAT
      if (created || asked) categories.push('file_event')
      const targets = files.targets(r)
      if (targets.some((t) => memoryOwner(t.path) !== undefined)) {
        categories.push('process_access')
      }
    } else if (files.hasKind(r, 'CREATE')) {
      categories.push('file_event')
      const fifo = files.targets(r).some((t) => (t.mode ?? 0) >> 12 === 1)
      if (fifo) categories.push('fifo_create')
    } else if (files.hasKind(r, 'DELETE')) {
      categories.push('file_delete')
    }
    return auditSource(categories)
  }
}
