// Which syscall was it, and did it succeed? By name, so that a rule holds on every architecture and for 32-bit calls.
import type { SourceRecord } from '../../base/record.ts'

import { architectureName, syscallName } from './syscall-names.ts'
import type { Get, View } from './view.ts'

export interface Syscall {
  /** The call as the number says it: `socketcall`. */
  readonly name: Get<string>
  /** What was done: the call within i386's socketcall and ipc. */
  readonly action: Get<string>
  /** By whose numbers it was called: `x86_64`, `i386`. */
  readonly arch: Get<string>
  /** undefined where the record does not say. */
  readonly success: Get<boolean>
}

export function syscallOf(view: View): Syscall {
  const number = view.text('syscall')
  const known = view.text('SYSCALL')
  const arch = view.text('arch')
  const archName = view.text('ARCH')
  const success = view.text('success')
  const operation = view.number('uring_op')
  const call = view.register('a0')
  const name = (r: SourceRecord): string | undefined => {
    const enriched = known(r)
    if (enriched && !enriched.startsWith('unknown')) return enriched
    const text = number(r)
    if (text === undefined || !/^\d{1,10}$/.test(text)) return text
    return syscallName(arch(r) ?? archName(r) ?? '', Number(text))
  }
  return {
    name,
    action: (r) => {
      const op = operation(r)
      if (op !== undefined) return uringOperations[op]
      const n = name(r)
      if (n === 'socketcall') return socketCalls[call(r) ?? 0] ?? n
      if (n === 'ipc') return ipcCalls[(call(r) ?? 0) & 0xffff] ?? n
      return n
    },
    arch: (r) => {
      const text = archName(r) ?? arch(r)
      return text === undefined ? undefined : architectureName(text)
    },
    success: (r) => {
      const text = success(r)
      return text === undefined ? undefined : text === 'yes' || text === 'true'
    },
  }
}

// include/uapi/linux/net.h
const socketCalls: Readonly<Record<number, string>> = {
  1: 'socket',
  2: 'bind',
  3: 'connect',
  4: 'listen',
  5: 'accept',
  6: 'getsockname',
  7: 'getpeername',
  8: 'socketpair',
  9: 'send',
  10: 'recv',
  11: 'sendto',
  12: 'recvfrom',
  13: 'shutdown',
  14: 'setsockopt',
  15: 'getsockopt',
  16: 'sendmsg',
  17: 'recvmsg',
  18: 'accept4',
  19: 'recvmmsg',
  20: 'sendmmsg',
}

// include/uapi/linux/ipc.h
const ipcCalls: Readonly<Record<number, string>> = {
  1: 'semop',
  2: 'semget',
  3: 'semctl',
  4: 'semtimedop',
  11: 'msgsnd',
  12: 'msgrcv',
  13: 'msgget',
  14: 'msgctl',
  21: 'shmat',
  22: 'shmdt',
  23: 'shmget',
  24: 'shmctl',
}

// include/uapi/linux/io_uring.h, in order. Named as the syscalls that do the same.
const uringOperations: readonly string[] = `
nop readv writev fsync read_fixed write_fixed poll_add poll_remove
sync_file_range sendmsg recvmsg timeout timeout_remove accept async_cancel
link_timeout connect fallocate openat close files_update statx read write
fadvise madvise send recv openat2 epoll_ctl splice provide_buffers
remove_buffers tee shutdown renameat unlinkat mkdirat symlinkat linkat
msg_ring fsetxattr setxattr fgetxattr getxattr socket uring_cmd send_zc
sendmsg_zc`
  .trim()
  .split(/\s+/)

/** Calls whose SOCKADDR is the other side. */
export const connecting: ReadonlySet<string> = new Set([
  'connect',
  'sendto',
  'sendmsg',
  'sendmmsg',
])

export const accepting: ReadonlySet<string> = new Set(['accept', 'accept4'])

/** Calls that reach into another process. */
export const processAccessing: ReadonlySet<string> = new Set([
  'ptrace',
  'process_vm_readv',
  'process_vm_writev',
  'pidfd_getfd',
  'process_madvise',
])

export const executing: ReadonlySet<string> = new Set(['execve', 'execveat'])

export const opening: ReadonlySet<string> = new Set([
  'open',
  'openat',
  'openat2',
  'creat',
  'open_by_handle_at',
])

export const sharingMemory: ReadonlySet<string> = new Set([
  'shmget',
  'shmat',
  'memfd_create',
  'memfd_secret',
])
