// Sensors of Linux that write JSON: Falco, Tetragon, Tracee. They call what they saw by the system call or by a kernel function on its way.
import type { NamedSource } from './source.ts'

/** By the call, without what a kernel or a sensor puts around its name: Sigma's category, and those beyond it. */
export const categoryOfCall: Readonly<Record<string, string>> = {
  execve: 'process_creation',
  execveat: 'process_creation',
  spawn: 'process_creation',
  process_exec: 'process_creation',
  sched_process_exec: 'process_creation',
  sched_process_exit: 'process_termination',
  process_exit: 'process_termination',
  procexit: 'process_termination',
  open: 'file_event',
  openat: 'file_event',
  openat2: 'file_event',
  creat: 'file_event',
  file_open: 'file_event',
  vfs_write: 'file_event',
  unlink: 'file_delete',
  unlinkat: 'file_delete',
  inode_unlink: 'file_delete',
  ptrace: 'process_access',
  ptrace_access_check: 'process_access',
  ptrace_attach: 'process_access',
  process_vm_readv: 'process_access',
  process_vm_writev: 'process_access',
  process_vm_write: 'process_access',
  pidfd_getfd: 'process_access',
  mem_prot_alert: 'process_access',
  mknod: 'fifo_create',
  mknodat: 'fifo_create',
  inode_mknod: 'fifo_create',
  memfd_create: 'shared_memory',
  shmget: 'shared_memory',
  shmat: 'shared_memory',
  shm_open: 'shared_memory',
}

/** Of a call on a socket: by what the socket is. */
export const socketCalls: Readonly<
  Record<string, { readonly unix: string; readonly inet: string }>
> = {
  connect: { unix: 'socket_connect', inet: 'network_connection' },
  socket_connect: { unix: 'socket_connect', inet: 'network_connection' },
  sendto: { unix: 'socket_connect', inet: 'network_connection' },
  sendmsg: { unix: 'socket_connect', inet: 'network_connection' },
  tcp_connect: { unix: 'socket_connect', inet: 'network_connection' },
  net_tcp_connect: { unix: 'socket_connect', inet: 'network_connection' },
  unix_stream_connect: { unix: 'socket_connect', inet: 'network_connection' },
  io_uring_connect: { unix: 'socket_connect', inet: 'network_connection' },
  bind: { unix: 'socket_bind', inet: 'network_bind' },
  socket_bind: { unix: 'socket_bind', inet: 'network_bind' },
}

/** `__x64_sys_connect`, `security_socket_connect`, `sys_enter_execve` -> the call. */
export function callOf(name: string): string {
  return name.replace(
    /^(?:__(?:x64|ia32|arm64)_)?(?:compat_)?(?:do_)?(?:sys_(?:enter_|exit_)?|security_)/,
    '',
  )
}

export const falcoSource: NamedSource = {
  selector: { product: 'linux', service: 'falco' },
  sourcetypes: ['falco'],
}
export const tetragonSource: NamedSource = {
  selector: { product: 'linux', service: 'tetragon' },
  sourcetypes: ['tetragon', 'cilium:tetragon'],
}
export const traceeSource: NamedSource = {
  selector: { product: 'linux', service: 'tracee' },
  sourcetypes: ['tracee'],
}
