// The Linux audit log: `linux`, service `auditd`. Its categories depend on what a call was given, so the normaliser decides them.
import type { NamedSource } from './source.ts'

/**
 * process_creation: a program was executed. network_connection: a connect or send to an IP address. file_event: a file
 * was created, or opened to be. file_delete: one was removed. process_access: ptrace, process_vm_*, pidfd_getfd, an
 * opened /proc/PID/mem. Beyond Sigma's: socket_connect and socket_bind (AF_UNIX), network_bind, fifo_create (mknod of a
 * FIFO), shared_memory (shmget, shmat, memfd_create), socket_accept (accept, accept4: of whatever family, since audit seldom tells it),
 * fifo_open, io_uring_setup.
 */
export type AuditCategory =
  | 'process_creation'
  | 'network_connection'
  | 'file_event'
  | 'file_delete'
  | 'process_access'
  | 'socket_connect'
  | 'socket_bind'
  | 'network_bind'
  | 'fifo_create'
  | 'shared_memory'
  | 'socket_accept'
  | 'fifo_open'
  | 'io_uring_setup'

export const linuxAuditSource: NamedSource = {
  selector: { product: 'linux', service: 'auditd' },
  sourcetypes: ['linux:auditd', 'linux:audit', 'linux_audit', 'auditd'],
}
