import { describe, expect, it } from 'vitest'

import {
  type AuditEventText,
  auditLines,
  auditText,
  connectEvent,
  execEvent,
  hex,
  pathFields,
  syscallFields,
  unixAddress,
} from '../../../test/tools/audit-builder.ts'
import type { Value } from '../../base/record.ts'

import { type Event, keepEvent } from '../../event/event.ts'
import { schema } from '../../event/schema/index.ts'
import { auditd } from '../../readers/auditd/index.ts'

import { Normaliser } from '../normaliser.ts'

function eventsOf(...texts: readonly AuditEventText[]): Event[] {
  const events: Event[] = []
  const normaliser = new Normaliser()
  const reader = auditd.open({
    sink: {
      record: (r) => events.push(keepEvent(normaliser.event(r, 'audit.log'))),
      skipped: () => {},
      damaged: (d) => expect.fail(d.message),
      unknownShape: () => {},
      shapeSeen: () => {},
    },
  })
  reader.push(Buffer.from(`${texts.flatMap(auditLines).join('\n')}\n`))
  reader.end()
  return events
}

function fields(event: Event): Record<string, Value> {
  const out: Record<string, Value> = {}
  event.shape.names.forEach((name, i) => {
    const value = event.value(i)
    if (value !== undefined) out[name] = value
  })
  return out
}

/** The fields and categories of one event of these records. */
function one(records: AuditEventText['records']) {
  const [event] = eventsOf({ serial: 1, records })
  return {
    ...fields(event!),
    categories: event!.shape.logSource.category,
  } as Record<string, unknown>
}

function call(
  syscall: Parameters<typeof syscallFields>[0],
  ...records: AuditEventText['records']
) {
  return one([['SYSCALL', syscallFields(syscall)], ...records])
}

describe('linux-audit process creation', () => {
  it("bears Sigma's names beside its own", () => {
    const [event] = eventsOf(
      execEvent(5, ['/bin/sh', '-c', 'id; id'], { node: 'web1' }),
    )
    expect(fields(event!)).toMatchObject({
      Image: '/bin/sh',
      CommandLine: '/bin/sh -c id; id',
      ProcessId: 4242,
      ParentProcessId: 1,
      CurrentDirectory: '/root',
      UserId: '1000',
      LoginUserId: '1000',
      SyscallName: 'execve',
      SyscallSuccess: true,
      ExitCode: 0,
      AuditKey: 'exec',
      exe: '/bin/sh',
      syscall: ['59', 'execve'],
    })
    expect(event!.host()).toBe('web1')
    expect(event!.time()).toBe(1_600_000_000_000)
    expect(event!.shape.logSource).toMatchObject({
      product: 'linux',
      service: ['auditd'],
      category: ['process_creation'],
    })
  })

  it('names no file of the call: the program is no target', () => {
    const [event] = eventsOf(execEvent(5, ['/bin/sh']))
    expect(fields(event!).TargetFilename).toBeUndefined()
  })

  it('is none where the call failed', () => {
    expect(call({ syscall: 59, success: 'no', exit: -2 }).categories).toEqual(
      [],
    )
  })

  it('gives an EXECVE whose SYSCALL was lost its category', () => {
    expect(one([['EXECVE', 'argc=1 a0="id"']])).toMatchObject({
      CommandLine: 'id',
      categories: ['process_creation'],
    })
  })
})

describe('linux-audit users', () => {
  it('takes names where they were looked up', () => {
    expect(
      one([['SYSCALL', 'uid=7 euid=0 auid=1000\x1dUID="lp" AUID="ana"']]),
    ).toMatchObject({
      User: 'lp',
      UserId: '7',
      EffectiveUser: 'root',
      LoginUser: 'ana',
    })
  })

  it('leaves out ids that are not set', () => {
    for (const unset of ['4294967295', '-1', 'unset']) {
      const found = one([['SYSCALL', `uid=1 auid=${unset} ses=${unset}`]])
      expect(found.LoginUserId).toBeUndefined()
      expect(found.LoginUser).toBeUndefined()
      expect(found.LogonId).toBeUndefined()
      expect(found.NobodyLoggedIn).toBe(true)
      expect(found.auid).toBe(unset)
    }
  })
})

describe('linux-audit syscall names', () => {
  it.each([
    ['c000003e', 42, 'connect'],
    ['c000003e', 0x40000000 + 520, 'execve'],
    ['40000003', 362, 'connect'],
    ['40000003', 11, 'execve'],
    ['c00000b7', 203, 'connect'],
    ['c00000b7', 33, 'mknodat'],
    ['c00000b7', 221, 'execve'],
    ['c000003e', 438, 'pidfd_getfd'],
  ])('of %s number %i is %s', (arch, syscall, name) => {
    expect(call({ arch, syscall })).toMatchObject({
      SyscallName: name,
      SYSCALL: name,
      syscall: [String(syscall), name],
    })
  })

  it.each([
    ['40000003', 'i386'],
    ['c000003e', 'x86_64'],
    ['c00000b7', 'aarch64'],
    ['c0000015', 'c0000015'],
  ])('on the architecture %s are of %s', (arch, name) => {
    expect(call({ arch, syscall: 1 })).toMatchObject({ SyscallArch: name })
  })

  it.each([
    [43, 'socket_accept'],
    [288, 'socket_accept'],
    [425, 'io_uring_setup'],
  ])('%i is of category %s', (syscall, category) => {
    expect(call({ arch: 'c000003e', syscall })).toMatchObject({
      categories: [category],
    })
  })

  it('of pidfd_getfd take a descriptor', () => {
    const registers = ['3', '32', '0']
    expect(call({ arch: 'c000003e', syscall: 438, registers })).toMatchObject({
      TargetDescriptor: 50,
    })
  })

  it('looks through socketcall', () => {
    expect(
      call(
        { arch: '40000003', syscall: 102, registers: ['3', 'ff', '0'] },
        ['SOCKETCALL', 'nargs=3 a0=4 a1=ff a2=6e'],
        ['SOCKADDR', `saddr=${unixAddress('/run/x')}`],
      ),
    ).toMatchObject({
      SyscallName: 'connect',
      SYSCALL: 'socketcall',
      SocketPath: '/run/x',
      categories: ['socket_connect'],
    })
  })

  it('names io_uring operations as the syscalls that do the same', () => {
    expect(
      one([
        ['URINGOP', 'uring_op=16 success=yes exit=0 pid=2'],
        ['SOCKADDR', `saddr=${unixAddress('/run/docker.sock')}`],
      ]),
    ).toMatchObject({
      SyscallName: 'connect',
      SocketPath: '/run/docker.sock',
      categories: ['socket_connect'],
    })
  })

  it('leaves a number without a table alone', () => {
    const found = call({ arch: '80000016', syscall: 362 })
    expect(found.SyscallName).toBeUndefined()
    expect(found.syscall).toBe('362')
  })
})

describe('linux-audit sockets', () => {
  const connect = (saddr: string, addressLength = 0x6e, cwd = '/root') =>
    call(
      { syscall: 42, registers: ['3', 'ff', addressLength.toString(16)] },
      ['SOCKADDR', `saddr=${saddr}`],
      ['CWD', `cwd=${auditText(cwd)}`],
    )

  it('cuts a path at its first NUL: behind it lies what was on the stack', () => {
    const garbage = hex('\0\0`;{Gü')
    expect(connect(unixAddress('/var/run/nscd/socket', garbage))).toMatchObject(
      {
        SocketFamily: 'unix',
        SocketPath: '/var/run/nscd/socket',
        categories: ['socket_connect'],
      },
    )
  })

  it('ends an abstract name where the call said', () => {
    const saddr = `${unixAddress('@/tmp/.X11-unix/X0')}${hex('junk')}`
    expect(connect(saddr, 2 + 1 + 17).SocketPath).toBe('@/tmp/.X11-unix/X0')
  })

  it('shows the NULs within an abstract name', () => {
    expect(connect(`0100${hex('\0a\0b\0\0')}`).SocketPath).toBe('@a@b')
  })

  it('makes a relative path absolute and keeps what was written', () => {
    expect(
      connect(unixAddress('public/pickup'), 0x6e, '/var/spool/postfix'),
    ).toMatchObject({
      SocketPath: '/var/spool/postfix/public/pickup',
      SocketPathRaw: 'public/pickup',
    })
    expect(connect(unixAddress('/var/run/../run//docker.sock'))).toMatchObject({
      SocketPath: '/var/run/docker.sock',
      SocketPathRaw: '/var/run/../run//docker.sock',
    })
  })

  it('reads IP addresses, and the family of a big-endian machine', () => {
    expect(connect('02000050A9FEA9FE0000000000000000')).toMatchObject({
      SocketFamily: 'inet',
      DestinationIp: '169.254.169.254',
      DestinationPort: 80,
      Initiated: true,
      categories: ['network_connection'],
    })
    expect(connect('00020050A9FEA9FE0000000000000000')).toMatchObject({
      SocketFamily: 'inet',
      DestinationIp: '169.254.169.254',
    })
    expect(
      connect('0A000050000000002A0000000000000000000000000000010000000000'),
    ).toMatchObject({ DestinationIp: '2a00::1', DestinationPort: 80 })
    expect(
      connect('0A0000500000000000000000000000000000FFFF0A00000500000000')
        .DestinationIp,
    ).toBe('::ffff:10.0.0.5')
  })

  it('takes the looked-up address where the raw one is missing', () => {
    expect(
      one([
        ['SYSCALL', syscallFields({ syscall: 42 })],
        ['SOCKADDR', 'SADDR={ saddr_fam=inet laddr=10.0.0.5 lport=445 }'],
      ]),
    ).toMatchObject({ DestinationIp: '10.0.0.5', DestinationPort: 445 })
    expect(
      one([['SOCKADDR', 'SADDR={ fam=local path=/tmp/{a} }']]).SocketPath,
    ).toBe('/tmp/{a}')
  })

  it('is the own side of a bind', () => {
    expect(
      call({ syscall: 49 }, ['SOCKADDR', 'saddr=020004D27F000001']),
    ).toMatchObject({
      SourceIp: '127.0.0.1',
      SourcePort: 1234,
      categories: ['network_bind'],
    })
    expect(
      call({ syscall: 49 }, ['SOCKADDR', `saddr=${unixAddress('/tmp/x')}`])
        .categories,
    ).toEqual(['socket_bind'])
  })

  it('takes families alone, and says nothing of what is no address', () => {
    expect(connect('100000000000000000000000').SocketFamily).toBe('netlink')
    expect(connect('0100').SocketPath).toBeUndefined()
    expect(connect('zz').SocketFamily).toBeUndefined()
    expect(connect('02').SocketFamily).toBeUndefined()
  })

  it('is a connection also while it is in progress', () => {
    expect(
      call({ syscall: 42, success: 'no', exit: -115 }, [
        'SOCKADDR',
        'saddr=02000050A9FEA9FE',
      ]).categories,
    ).toEqual(['network_connection'])
  })
})

describe('linux-audit files', () => {
  it('tells what was created from the directory around it', () => {
    expect(
      call(
        { syscall: 259, registers: ['ffffff9c', 'ff', '11b6'] },
        ['CWD', 'cwd="/tmp"'],
        [
          'PATH',
          pathFields({
            item: 0,
            name: '/tmp',
            nametype: 'PARENT',
            mode: '041777',
          }),
        ],
        [
          'PATH',
          pathFields({
            item: 1,
            name: 'f',
            nametype: 'CREATE',
            mode: '010600',
          }),
        ],
      ),
    ).toMatchObject({
      SyscallName: 'mknodat',
      TargetFilename: '/tmp/f',
      FileType: 'fifo',
      FileMode: '0600',
      FileOwnerId: '0',
      categories: ['file_event', 'fifo_create'],
    })
  })

  it('tells the key and the permissions that a segment is asked for with', () => {
    expect(
      call({ syscall: 29, registers: ['4d2', '1000', '3b6', '0'] }),
    ).toMatchObject({
      SharedMemoryKey: '4d2',
      SharedMemoryMode: '0666',
      categories: ['shared_memory'],
    })
  })

  it('tells a file that was removed', () => {
    expect(
      call({ syscall: 87 }, [
        'PATH',
        pathFields({
          item: 0,
          name: '/tmp/f',
          nametype: 'DELETE',
          mode: '0100600',
        }),
      ]),
    ).toMatchObject({ TargetFilename: '/tmp/f', categories: ['file_delete'] })
  })

  it.each([
    ['fifo,644', '010644'],
    ['socket,777', '0140777'],
    ['file,600', '0100600'],
    ['dir,sticky,777', '041777'],
    ['file,suid,sgid,755', '0106755'],
    ['character,620', '020620'],
    ['block,660', '060660'],
    ['link,777', '0120777'],
  ])('reads the mode %s as what it interprets', (words, digits) => {
    const of = (mode: string) => {
      const { FileType, FileMode } = call({ syscall: 257 }, [
        'PATH',
        pathFields({ item: 0, name: '/tmp/f', nametype: 'CREATE', mode }),
      ])
      return { FileType, FileMode }
    }
    expect(of(words)).toEqual(of(digits))
    expect(of(words).FileType).toBeTypeOf('string')
    expect(of(`${words},odd`).FileType).toBeUndefined()
  })

  it('says what a file was opened for', () => {
    const open = (flags: string) =>
      call({ syscall: 257, registers: ['ffffff9c', 'ff', flags] }, [
        'PATH',
        pathFields({ item: 0, name: '/etc/x', mode: '0100600' }),
      ])
    expect(open('0')).toMatchObject({ FileAccess: 'read', categories: [] })
    expect(open('241')).toMatchObject({
      FileAccess: 'write',
      categories: ['file_event'],
    })
    expect(open('2').FileAccess).toBe('read-write')
  })
})

describe('linux-audit process access', () => {
  it('names the target of an attach', () => {
    expect(
      call({ syscall: 101, registers: ['10', '264'] }, [
        'OBJ_PID',
        'opid=612 oauid=0 ouid=0 oses=1 ocomm="sshd"',
      ]),
    ).toMatchObject({
      PtraceRequest: 'PTRACE_ATTACH',
      TargetProcessId: 612,
      TargetProcessName: 'sshd',
      TargetUserId: '0',
      SourceImage: '/usr/bin/tool',
      SourceProcessId: 4242,
      categories: ['process_access'],
    })
  })

  it('finds the target in a register where no record names it', () => {
    expect(call({ syscall: 101, registers: ['5', '264'] })).toMatchObject({
      PtraceRequest: 'PTRACE_POKEDATA',
      TargetProcessId: 0x264,
    })
    expect(call({ syscall: 311, registers: ['264'] })).toMatchObject({
      SyscallName: 'process_vm_writev',
      TargetProcessId: 0x264,
    })
    expect(
      call({ syscall: 438, registers: ['264'] }).TargetProcessId,
    ).toBeUndefined()
    expect(call({ syscall: 101, registers: ['0', '0'] })).toMatchObject({
      PtraceRequest: 'PTRACE_TRACEME',
    })
  })

  it('sees process memory that is opened as a file', () => {
    expect(
      call({ syscall: 257, registers: ['ffffff9c', 'ff', '1'] }, [
        'PATH',
        pathFields({ item: 0, name: '/proc/612/mem', mode: '0100600' }),
      ]),
    ).toMatchObject({
      TargetProcessId: 612,
      FileAccess: 'write',
      categories: ['process_access'],
    })
  })
})

describe('linux-audit records of programs', () => {
  it('tell accounts, addresses and units', () => {
    expect(
      one([
        [
          'USER_LOGIN',
          `pid=1 uid=0 auid=4294967295 msg='op=login acct="ana" exe="/usr/sbin/sshd" addr=10.0.0.5 res=failed'`,
        ],
      ]),
    ).toMatchObject({
      TargetUserName: 'ana',
      SourceIp: '10.0.0.5',
      Result: 'failed',
      categories: [],
    })
    expect(
      one([['SERVICE_STOP', `pid=1 msg='unit=firewalld res=success'`]]),
    ).toMatchObject({ ServiceName: 'firewalld', unit: 'firewalld' })
  })

  it('tell what a bus refused', () => {
    expect(
      one([
        [
          'USER_AVC',
          `pid=1 msg='avc:  denied  { send_msg } for msgtype=method_call interface=org.freedesktop.systemd1.Manager member=StartUnit dest=org.freedesktop.systemd1 tclass=dbus exe="/usr/bin/dbus-daemon"'`,
        ],
      ]),
    ).toMatchObject({
      seresult: 'denied',
      DbusInterface: 'org.freedesktop.systemd1.Manager',
      DbusMember: 'StartUnit',
      DbusDestination: 'org.freedesktop.systemd1',
    })
  })
})

describe('linux-audit and the schema', () => {
  it('adds no name that the schema lacks', () => {
    const shapes = eventsOf(
      execEvent(1, ['/bin/a']),
      connectEvent(2, '/run/x'),
      {
        serial: 3,
        records: [
          ['OBJ_PID', 'opid=1 ouid=0 ocomm="x"'],
          ['SYSCALL', 'syscall=101'],
        ],
      },
      {
        serial: 4,
        records: [
          ['USER_AVC', `msg='tclass=dbus acct="x" unit=u addr=1 res=1'`],
        ],
      },
    ).map((e) => e.shape.names)
    const canonical = shapes.flat().filter((n) => /^[A-Z][a-z]/.test(n))
    expect(canonical.filter((n) => !(n in schema))).toEqual([])
    expect(canonical).toContain('TargetProcessId')
  })
})
