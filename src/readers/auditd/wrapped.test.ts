import { describe, expect, it } from 'vitest'

import { collect } from '../../../test/tools/collect.ts'
import { auditd } from './index.ts'

const long = 'L'.repeat(150)
const records = [
  `type=SYSCALL msg=audit(1490995752.404:41): arch=c000003e syscall=59 success=yes exit=0 a0=55d0c8 a1=55d0c9 a2=55d0ca a3=8 items=2 ppid=4100 pid=4101 auid=1000 uid=1000 gid=1000 euid=0 suid=0 fsuid=0 egid=1000 sgid=1000 fsgid=1000 tty=pts0 ses=3 comm="passwd" exe="/usr/bin/passwd" subj=unconfined key="exec=root"`,
  'type=EXECVE msg=audit(1490995752.404:41): argc=3 a0="passwd" a1="--stdin" a2=757365722077697468206120626C616E6B20696E20697473206E616D65',
  'type=CWD msg=audit(1490995752.404:41): cwd="/home/ana/some/folder/that/lies/deep/in/other/folders"',
  `type=PATH msg=audit(1490995752.404:41): item=0 name="/usr/bin/${long}" inode=131 dev=fd:00 mode=0104755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL`,
  'type=PROCTITLE msg=audit(1490995752.404:41): proctitle=706173737764002D2D737464696E0075736572207769746820612062',
  `type=USER_AUTH msg=audit(1490995753.001:42): pid=5 uid=0 auid=1000 ses=3 msg='op=PAM:authentication grantors=pam_unix acct="root" exe="/usr/bin/su" hostname=ws1 addr=? terminal=/dev/pts/0 res=success'`,
]

/** As a terminal breaks lines. */
function hard(text: string, width: number): string {
  const pieces: string[] = []
  for (let at = 0; at < text.length; at += width) {
    pieces.push(text.slice(at, at + width))
  }
  return pieces.join('\n')
}

/** As a mail program does: between words, and longer ones where they end. */
function soft(text: string, width: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return [...lines, line].join('\n')
}

/** Between words, but what is longer than a line fills those that it needs. */
function filled(text: string, width: number): string {
  const lines: string[] = []
  let line = ''
  for (let word of text.split(' ')) {
    const room = () => width - (line ? line.length + 1 : 0)
    if (word.length > width) {
      while (word.length > room()) {
        const free = Math.max(room(), 0)
        lines.push(
          line
            ? `${line} ${word.slice(0, free)}`.trimEnd()
            : word.slice(0, free),
        )
        word = word.slice(free)
        line = ''
      }
    } else if (word.length > room()) {
      lines.push(line)
      line = ''
    }
    line = line ? `${line} ${word}` : word
  }
  return [...lines, line].join('\n')
}

const fieldsOf = (text: string, blocks?: number[]) => {
  const got = collect(auditd, text, blocks && { blocks })
  expect(got.damages).toEqual([])
  return got.records.map((r) => r.fields)
}

const whole = fieldsOf(`${records.join('\n')}\n`)

describe('audit records whose lines were broken', () => {
  it.each([80, 90, 100, 120, 132, 200])(
    'by a terminal of %i columns are whole',
    (width) => {
      const text = records.map((r) => `${hard(r, width)}\n`).join('')
      expect(fieldsOf(text)).toEqual(whole)
      expect(fieldsOf(text, [7])).toEqual(whole)
    },
  )

  it.each([80, 120])(
    'by a terminal of %i columns that drops blanks at the end are whole',
    (width) => {
      const text = records
        .map((r) => hard(r, width).replaceAll(' \n', '\n'))
        .join('\n')
      expect(fieldsOf(text)).toEqual(whole)
    },
  )

  it.each([72, 78, 80, 120])(
    'by a mail program at %i columns are whole',
    (width) => {
      const text = records.map((r) => `${soft(r, width)}\n`).join('')
      expect(fieldsOf(text)).toEqual(whole)
    },
  )

  it('and that a mail program marked as quoted are whole', () => {
    const text = records.map((r) => soft(r, 78)).join('\n')
    const quoted = text.replaceAll(/^/gm, '> ')
    expect(fieldsOf(quoted)).toEqual(whole)
  })

  it.each([72, 80, 132])(
    'by a program at %i columns that breaks long words, too, are whole',
    (width) => {
      const text = records.map((r) => `${filled(r, width)}\n`).join('')
      expect(fieldsOf(text)).toEqual(whole)
    },
  )

  it.each([72, 80, 132])(
    'at %i columns with the rest moved in, or a blank at the end, or a backslash, are whole',
    (width) => {
      const moved = records.map((r) =>
        soft(r, width - 4).replaceAll('\n', '\n    '),
      )
      const flowed = records.map((r) =>
        soft(r, width - 1).replaceAll('\n', ' \n'),
      )
      const escaped = records.map((r) =>
        hard(r, width - 1).replaceAll('\n', '\\\n'),
      )
      for (const lines of [moved, flowed, escaped])
        expect(fieldsOf(`${lines.join('\n')}\n`)).toEqual(whole)
    },
  )

  it.each([20, 24, 30, 36, 41, 44, 48])(
    'within the head of each are whole, behind a host of %i letters too',
    (length) => {
      const prefix = `Mar  4 10:20:30 ${'h'.repeat(length)} audispd: `
      const lines = records.map((r) => `${prefix}${r}`)
      const found = fieldsOf(`${lines.join('\n')}\n`)
      const broken = lines.map((r) => `${hard(r, 80)}\n`).join('')
      expect(auditd.detect(Buffer.from(broken), 'x')).toBeGreaterThan(0)
      expect(fieldsOf(broken)).toEqual(found)
      expect(fieldsOf(broken, [7])).toEqual(found)
      const quoted = lines.map(
        (r) => `> ${soft(r, 78).replaceAll('\n', '\n> ')}\n`,
      )
      expect(fieldsOf(quoted.join(''))).toEqual(found)
    },
  )

  it('of words are whole where a terminal broke them, and lose a value where nobody knows who did', () => {
    const record = (n: number) =>
      `type=PROCTITLE msg=audit(03/21/2026 10:20:30.125:${n}) : proctitle=/usr/bin/python3 /opt/tool/run.py --config /etc/tool.conf --verbose --once key=x`
    const many = Array.from({ length: 4 }, (_, i) => record(i + 1))
    const unbroken = fieldsOf(`${many.join('\n')}\n`)
    const text = many.map((r) => `${hard(r, 87)}\n`).join('')
    expect(fieldsOf(text)).toEqual(unbroken)

    const alone = collect(auditd, `${hard(record(1), 87)}\n`)
    expect(alone.damages).toMatchObject([{ lost: 0 }])
    expect(alone.records[0]!.fields).toMatchObject({ key: 'x' })
    expect(alone.records[0]!.fields).not.toHaveProperty('proctitle')
  })
})

describe('audit records whose lines were cut off', () => {
  it('lose the value at the end of each, and system calls as a whole, and that is said', () => {
    const width = 121
    const text = records.map((r) => `${r.slice(0, width)}\n`).join('')
    const got = collect(auditd, text)
    expect(got.damages).toMatchObject([
      {
        message: expect.stringContaining('cut off at 121') as unknown,
        lost: 1,
      },
    ])
    const { fields } = got.records.find((r) => r.number === 41)!
    expect(fields).not.toHaveProperty('success')
    expect(fields.argv).toEqual(['passwd', '--stdin'])
    expect(fields).not.toHaveProperty('name')
  })

  const call = records[0]!
  const cutAt = (text: string, mark: string, behind = 0) =>
    text.slice(0, text.indexOf(mark) + mark.length + behind)
  const words = (text: string) =>
    text
      .replace('1490995752.404:41', '03/21/2026 10:20:30.404:41')
      .replaceAll('"', '')

  it.each([
    ['within an open quote', cutAt(records[2]!, 'cwd="/home'), 'cwd'],
    ['within a byte', cutAt(records[1]!, 'a2=7573657'), 'a2'],
    [
      'between bytes, before the last argument',
      cutAt(records[1]!.replace('argc=3', 'argc=4'), 'a2=7573'),
      'a2',
    ],
    ['within a name', cutAt(records[1]!, ' a2'), 'a2'],
    [
      'within an address',
      'type=SOCKADDR msg=audit(1490995752.404:41): saddr=0200115C7F00',
      'saddr',
    ],
    ['within the mode of a file', cutAt(records[3]!, 'mode=0104'), 'mode'],
    [
      'within the kind of a name',
      cutAt(records[3]!, 'nametype=NORM'),
      'nametype',
    ],
    [
      'within the message of a program',
      cutAt(records[5]!, 'hostname=w'),
      'hostname',
    ],
    [
      'at a buffer',
      `type=PROCTITLE msg=audit(1490995752.404:41): proctitle=${'41'.repeat(4096)}`
        .slice(0, 2048 - 1)
        .padEnd(2048, '4'),
      'proctitle',
    ],
  ])('lose the value at their end, one line alone too: %s', (_, line, name) => {
    const got = collect(
      auditd,
      `${line}
${records[4]!.replace(':41', ':43')}
`,
    )
    expect(got.damages).toMatchObject([
      {
        message: expect.stringContaining(
          `1 line cut off at ${line.length}`,
        ) as unknown,
        lost: 0,
      },
    ])
    expect(got.records[0]!.fields).not.toHaveProperty(name)
  })

  it.each([
    ['a user', cutAt(call, ' uid=1')],
    ['the program', cutAt(call, 'exe="/usr')],
    ['nothing, and the program is missing', cutAt(call, 'comm="passwd"')],
    ['a user, in words', `${words(cutAt(call, ' euid='))}ro`],
    ['the program, in words', words(cutAt(call, 'exe="/usr'))],
  ])('are no system call where the cut is in %s', (_, line) => {
    const got = collect(
      auditd,
      `${line}
`,
    )
    expect(got.damages).toMatchObject([{ lost: 1 }])
    expect(got.records).toEqual([])
  })

  it('are one where the program is told', () => {
    const got = collect(
      auditd,
      `${cutAt(call, 'key="exec')}
`,
    )
    expect(got.damages).toMatchObject([{ lost: 0 }])
    expect(got.records[0]!.fields).toMatchObject({ exe: '/usr/bin/passwd' })
    expect(got.records[0]!.fields).not.toHaveProperty('key')
  })

  it.each([
    ['whole', call],
    ['whole, in words', `${words(call)} `],
    ['of an old kernel, without a key', cutAt(call, 'exe="/usr/bin/passwd"')],
    [
      'of which somebody kept some fields',
      'type=SYSCALL msg=audit(1490995752.404:41): syscall=59 success=yes exit=0',
    ],
    ['enriched', `${call}\x1dARCH=x86_64 SYSCALL=execve AUID="ana" UID="ana"`],
  ])('are not those of a record that is %s', (_, line) => {
    expect(
      fieldsOf(`${line}
`),
    ).toHaveLength(1)
  })

  it('show the others of the same length, whose values may be whole', () => {
    const line = `${cutAt(records[1]!, 'a2=7573')}
`
    const call = `${records[0]!.slice(0, line.length - 1)}
`
    const got = collect(auditd, call + line)
    expect(got.damages).toMatchObject([
      {
        message: expect.stringContaining('2 lines cut off at') as unknown,
        lost: 1,
      },
    ])
    expect(got.records[0]!.fields).toMatchObject({
      argv: ['passwd', '--stdin'],
    })
  })

  it('are none where records of one kind are as long as each other', () => {
    const line = (n: number) =>
      `type=CWD msg=audit(1490995752.404:${n}): cwd="/home/ana/some/folder/that/lies/deep"`
    const text = [1, 2, 3, 4].map((n) => `${line(n)}\n`).join('')
    expect(fieldsOf(text)[0]).toMatchObject({
      cwd: '/home/ana/some/folder/that/lies/deep',
    })
  })
})

describe('a line that begins no record', () => {
  it('is damage where the line before had room for it', () => {
    const text = `${records.join('\n')}\nand then it was gone\n`
    const got = collect(auditd, text)
    expect(got.damages).toMatchObject([{ what: 'line', lost: 1 }])
    expect(got.records.map((r) => r.fields)).toEqual(whole)
  })
})

it('lines in quoted-printable are no records, rather than wrong ones', () => {
  const text = records.map((r) => `${r.replaceAll('=', '=3D')}\n`).join('')
  expect(auditd.detect(Buffer.from(text), 'x')).toBe(0)
})
