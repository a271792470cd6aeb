import { describe, expect, it } from 'vitest'

import { firstEvent as first } from '../../test/tools/first-event.ts'

describe('Auditbeat', () => {
  const event = (data: object, more: object = {}) => ({
    '@timestamp': '2026-01-02T03:04:05.125Z',
    host: { name: 'srv1' },
    event: { module: 'auditd', category: ['process'], action: 'any' },
    process: {
      pid: 4242,
      parent: { pid: 1 },
      name: 'tool',
      executable: '/srv/tool',
      title: './tool 612',
      working_directory: '/srv',
    },
    user: {
      id: '1000',
      name: 'ana',
      effective: { id: '0', name: 'root' },
      audit: { id: 'unset' },
    },
    auditd: {
      message_type: 'syscall',
      sequence: 77,
      result: 'success',
      session: '3',
      data: { arch: 'x86_64', exit: '0', ...data },
      ...more,
    },
    tags: ['reached'],
  })

  it('is an audit event: who, what and with which result', () => {
    const got = first(event({ syscall: 'getpid' }))
    expect(got).toMatchObject({
      product: 'linux',
      service: 'auditd',
      host: 'srv1',
      time: Date.UTC(2026, 0, 2, 3, 4, 5, 125),
    })
    expect(got.fields).toMatchObject({
      Image: '/srv/tool',
      CommandLine: './tool 612',
      CurrentDirectory: '/srv',
      ProcessId: 4242,
      ParentProcessId: 1,
      User: 'ana',
      UserId: '1000',
      EffectiveUserId: '0',
      SyscallSuccess: true,
      AuditKey: 'reached',
      'process.executable': '/srv/tool',
    })
    expect(got.fields.LoginUserId).toBeUndefined()
  })

  it('tells the socket that was reached', () => {
    const unix = first(
      event({
        syscall: 'connect',
        socket: { family: 'unix', path: '/run/docker.sock' },
      }),
    )
    expect(unix.category).toBe('socket_connect')
    expect(unix.fields.SocketPath).toBe('/run/docker.sock')
    const inet = first(
      event({
        syscall: 'connect',
        socket: { family: 'ipv4', addr: '192.0.2.7', port: '443' },
      }),
    )
    expect(inet.category).toBe('network_connection')
    expect(inet.fields).toMatchObject({
      DestinationIp: '192.0.2.7',
      DestinationPort: 443,
    })
  })

  it('tells the process that was reached into', () => {
    const written = first(
      event({ syscall: 'process_vm_writev', a0: '264', opid: '612' }),
    )
    expect(written.category).toBe('process_access')
    expect(written.fields).toMatchObject({
      SyscallName: 'process_vm_writev',
      TargetProcessId: 612,
    })
    const attached = first(event({ syscall: 'ptrace', a0: '10', a1: '264' }))
    expect(attached.fields).toMatchObject({
      PtraceRequest: 'PTRACE_ATTACH',
      TargetProcessId: 612,
    })
  })

  it('tells the file of its paths, and the error of a call that failed', () => {
    const paths = [
      {
        item: '0',
        name: '/tmp',
        nametype: 'PARENT',
        mode: '041777',
        ouid: '0',
      },
      {
        item: '1',
        name: '/tmp/f',
        nametype: 'CREATE',
        mode: '010600',
        ouid: '1000',
      },
    ]
    const got = first(
      event({ syscall: 'mknodat', exit: 'EACCES' }, { paths, result: 'fail' }),
    )
    expect(got.fields).toMatchObject({
      TargetFilename: '/tmp/f',
      FileType: 'fifo',
      FileOwnerId: '1000',
      ExitCode: -13,
      SyscallSuccess: false,
    })
  })
})
