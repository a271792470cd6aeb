import { describe, expect, it } from 'vitest'

import type { Value } from '../../base/record.ts'
import { keepEvent } from '../../event/event.ts'
import { auditd } from '../../readers/auditd/index.ts'

import { Normaliser } from '../normaliser.ts'

type Fields = Record<string, Value | undefined>

function fieldsOf(lines: readonly string[]): Fields[] {
  const events: Fields[] = []
  const normaliser = new Normaliser()
  const reader = auditd.open({
    sink: {
      record: (r) => {
        const event = keepEvent(normaliser.event(r, 'audit.log'))
        const out: Fields = {}
        event.shape.names.forEach((name, i) => {
          const value = event.value(i)
          if (value !== undefined) out[name] = value
        })
        out.category = event.shape.logSource.category
        events.push(out)
      },
      skipped: () => {},
      damaged: (d) => expect.fail(d.message),
      unknownShape: () => {},
      shapeSeen: () => {},
    },
  })
  reader.push(Buffer.from(`${lines.join('\n')}\n`))
  reader.end()
  return events
}

type Records = readonly (readonly [type: string, fields: string])[]

const asWritten = (records: Records) =>
  fieldsOf(
    records.map(([t, f]) => `type=${t} msg=audit(1700000000.100:5): ${f}`),
  )
const asWords = (records: Records) =>
  fieldsOf(
    records.map(
      ([t, f]) => `type=${t} msg=audit(2023-11-14 22:13:20.100:5) : ${f} `,
    ),
  )

const ids = ['auid', 'uid', 'gid', 'euid', 'suid', 'fsuid', 'egid', 'sgid']

/** The fields of a SYSCALL as the kernel writes them, and in words. */
function syscall(
  written: string,
  words: string,
  {
    exit = ['0', '0'],
    account = ['0', 'root'],
    items = 0,
    success = 'yes',
  }: {
    exit?: readonly [string, string]
    account?: readonly [string, string]
    items?: number
    success?: string
  } = {},
): [string, string] {
  const line = (at: 0 | 1, call: string) => {
    const [name, registers] = call.split(':') as [string, string]
    const a = registers.split(' ').map((value, i) => `a${i}=${value}`)
    const who = ids.map((id) => `${id}=${account[at]}`)
    const arch = at === 0 ? 'c000003e' : 'x86_64'
    const text = (t: string) => (at === 0 ? `"${t}"` : t)
    return (
      `arch=${arch} syscall=${name} success=${success} exit=${exit[at]} ${a.join(' ')} ` +
      `items=${items} ppid=1 pid=2 ${who.join(' ')} tty=(none) ses=3 comm=${text('tool')} exe=${text('/usr/bin/tool')} key=${text('reached')}`
    )
  }
  return [line(0, written), line(1, words)]
}

/** What rules see of both must be one. */
function canonical(fields: Fields | undefined): Fields {
  return Object.fromEntries(
    Object.entries(fields ?? {}).filter(
      ([name]) => /^[A-Z][a-z]/.test(name) || name === 'category',
    ),
  )
}

const path = (written: string, words: string) =>
  [
    `item=0 name="/tmp/f" inode=5 dev=fe:00 ${written} rdev=00:00 nametype=NORMAL cap_fp=0 cap_fi=0 cap_fe=0 cap_fver=0`,
    `item=0 name=/tmp/f inode=5 dev=fe:00 ${words} rdev=00:00 nametype=NORMAL cap_fp=none cap_fi=none cap_fe=0 cap_fver=0`,
  ] as const

const fifo = path(
  'mode=010644 ouid=0 ogid=0',
  'mode=fifo,644 ouid=root ogid=root',
)

type Pair = readonly [written: string, words: string]
type Case = [what: string, call: Pair, other?: Pair, type?: string]

describe('the words of ausearch -i', () => {
  it.each<Case>([
    [
      'open for writing',
      syscall(
        '2:7ffd 241 1b6 0',
        'open:0x7ffd O_WRONLY|O_CREAT|O_TRUNC 0666 0x0',
        { items: 1 },
      ),
      fifo,
    ],
    [
      'open for reading',
      syscall('257:ffffff9c 7ffd 0 0', 'openat:AT_FDCWD 0x7ffd O_RDONLY 0x0', {
        items: 1,
      }),
      fifo,
    ],
    [
      'open for both',
      syscall('257:ffffff9c 7ffd 2 0', 'openat:AT_FDCWD 0x7ffd O_RDWR 0x0', {
        items: 1,
      }),
      fifo,
    ],
    [
      'a segment',
      syscall('29:4d2 1000 3b6 0', 'shmget:0x4d2 0x1000 IPC_CREAT|0666 0x0'),
    ],
    ['a signal', syscall('62:4d2 9 0 0', 'kill:0x4d2 SIGKILL 0x0 0x0')],
    [
      'an attach',
      syscall('101:10 264 0 0', 'ptrace:PTRACE_ATTACH 0x264 0x0 0x0'),
      [
        'opid=612 oauid=0 ouid=0 oses=1 ocomm="sshd"',
        'opid=612 oauid=root ouid=root oses=1 ocomm=sshd',
      ],
      'OBJ_PID',
    ],
    [
      'a refusal',
      syscall('42:3 7ffd 6e 0', 'connect:0x3 0x7ffd 0x6e 0x0', {
        exit: ['-13', 'EACCES(Permission denied)'],
        success: 'no',
      }),
    ],
    [
      'a refusal in the words of older versions',
      syscall('42:3 7ffd 6e 0', 'connect:0x3 0x7ffd 0x6e 0x0', {
        exit: ['-111', '-111(Connection refused)'],
        success: 'no',
      }),
    ],
    [
      'an account without a name',
      syscall('39:0 0 0 0', 'getpid:0x0 0x0 0x0 0x0', {
        account: ['1559', 'unknown(1559)'],
      }),
    ],
    [
      'nobody who logged in',
      syscall('39:0 0 0 0', 'getpid:0x0 0x0 0x0 0x0', {
        account: ['4294967295', 'unset'],
      }),
    ],
    [
      'capabilities',
      syscall('126:7ffd 7ffd 0 0', 'capset:0x7ffd 0x7ffd 0x0 0x0'),
      [
        'pid=2 cap_pi=0 cap_pp=80000 cap_pe=80000 cap_pa=0',
        'pid=2 cap_pi=none cap_pp=sys_ptrace cap_pe=sys_ptrace cap_pa=none',
      ],
      'CAPSET',
    ],
    [
      'a socket',
      syscall('42:3 7ffd 6e 0', 'connect:0x3 0x7ffd 0x6e 0x0', { items: 1 }),
      [
        'saddr=01002F72756E2F646F636B65722E736F636B00',
        'saddr={ saddr_fam=local path=/run/docker.sock }',
      ],
      'SOCKADDR',
    ],
    [
      'an abstract socket',
      syscall('42:3 7ffd 8 0', 'connect:0x3 0x7ffd 0x8 0x0'),
      ['saddr=0100002F612F6231', 'saddr={ saddr_fam=local path=/a/b1 }'],
      'SOCKADDR',
    ],
  ])('say the same as its numbers: %s', (_, calls, other, type = 'PATH') => {
    const records = (at: 0 | 1): Records => [
      ['SYSCALL', calls[at]],
      ...(other ? [[type, other[at]] as const] : []),
    ]
    const [written] = asWritten(records(0))
    expect(canonical(asWords(records(1))[0])).toEqual(canonical(written))
  })

  it('name accounts, whose numbers they do not tell', () => {
    const [, words] = syscall('39:0 0 0 0', 'getpid:0x0 0x0 0x0 0x0', {
      account: ['1000', 'alice'],
    })
    const [event] = asWords([['SYSCALL', words]])
    expect(event).toMatchObject({
      UID: 'alice',
      User: 'alice',
      EffectiveUser: 'alice',
      LoginUser: 'alice',
      LoginUserId: 'alice',
    })
    expect(event).not.toHaveProperty('uid')
  })

  it('give whole what a program chose, whatever it looks like', () => {
    const argv = ['x', 'a1=b a=1', '{print $1}', 'c="d" e=f ']
    const [event] = asWords([
      ['SYSCALL', syscall('59:0 0 0 0', 'execve:0x0 0x0 0x0 0x0')[1]],
      ['EXECVE', `argc=4 ${argv.map((text, i) => `a${i}=${text}`).join(' ')}`],
      ['PROCTITLE', 'proctitle=x uid=0 {y}'],
      ['CWD', 'cwd=/srv/a b=c'],
    ])
    expect(event).toMatchObject({
      argv,
      proctitle: 'x uid=0 {y}',
      CurrentDirectory: '/srv/a b=c',
      UserId: '0',
    })
    const [opened] = asWords([
      ['SYSCALL', syscall('2:0 0 0 0', 'open:0x0 O_RDONLY 0x0 0x0')[1]],
      [
        'PATH',
        'item=0 name=/tmp/a ouid=root b=1 inode=5 mode=file,600 ouid=alice nametype=NORMAL',
      ],
    ])
    expect(opened).toMatchObject({
      TargetFilename: '/tmp/a ouid=root b=1',
      FileOwnerId: 'alice',
    })
  })

  it('join an argument that is in parts', () => {
    const [event] = asWords([
      ['EXECVE', 'argc=2 a0=x a1_len=9 a1[0]=AB a=1 a1[1]=CD'],
    ])
    expect(event?.argv).toEqual(['x', 'AB a=1CD'])
  })
})
