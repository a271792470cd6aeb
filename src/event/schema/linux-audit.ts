// What only the Linux audit log says.
import { field, group } from './field.ts'

export const auditFields = group('linux audit', {
  SyscallName: field(
    'text',
    'what was done, by name on every architecture; also of calls through socketcall and io_uring',
    'connect',
    'auditd falco tetragon tracee live',
    { raw: 'syscall SYSCALL uring_op' },
  ),
  SYSCALL: field(
    'text',
    "the name of the syscall as auditd's ENRICHED format writes it",
    'mknodat',
    'auditd',
    { raw: 'syscall' },
  ),
  SyscallArch: field(
    'text',
    'by whose numbers it was called: a 32-bit call of a 64-bit machine is of i386',
    'x86_64',
    'auditd live',
    { raw: 'arch ARCH' },
  ),
  SyscallSuccess: field('boolean', 'the call succeeded', true, 'auditd live', {
    raw: 'success',
  }),
  TargetDescriptor: field(
    'number',
    'descriptor that pidfd_getfd took from the other process',
    50,
    'auditd live',
    { raw: 'a1' },
  ),
  AuditKey: field(
    'list',
    'key of the audit rule that logged the event',
    'ipc',
    'auditd',
    { raw: 'key' },
  ),
  SharedMemoryKey: field(
    'text',
    'key of a System V segment in hex',
    '4d2',
    'auditd live',
    { raw: 'a0' },
  ),
  SharedMemoryMode: field(
    'text',
    'permissions that a System V segment is asked for with, in octal',
    '0666',
    'auditd live',
    { raw: 'a2' },
  ),
})
