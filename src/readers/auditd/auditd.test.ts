import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  auditLines,
  auditText,
  connectEvent,
  execEvent,
  hex,
  pathFields,
  syscallFields,
} from '../../../test/tools/audit-builder.ts'
import type { Damage, SourceRecord, Value } from '../../base/record.ts'
import type { Gate } from '../reader.ts'

import { AuditdReader, auditd } from './index.ts'

interface Kept {
  readonly number: number
  readonly offset: number
  readonly id: string
  readonly writtenAt: number | undefined
  readonly shape: object
  readonly fields: Record<string, Value>
}

function keep(record: SourceRecord): Kept {
  const fields: Record<string, Value> = {}
  record.shape.names.forEach((name, i) => {
    const value = record.value(i)
    if (value !== undefined) fields[name] = value
  })
  return {
    number: record.number,
    offset: record.offset,
    id: record.provenance.id,
    writtenAt: record.writtenAt,
    shape: record.shape,
    fields,
  }
}

function read(
  text: string | Buffer,
  options: { blockBytes?: number; gate?: Gate } = {},
) {
  const records: Kept[] = []
  const damage: Damage[] = []
  let skipped = 0
  const reader = new AuditdReader({
    sink: {
      record: (r) => records.push(keep(r)),
      skipped: (n) => {
        skipped += n
      },
      damaged: (d) => damage.push(d),
      unknownShape: () => {},
      shapeSeen: () => {},
    },
    ...(options.gate && { gate: options.gate }),
  })
  const bytes = Buffer.from(text)
  const size = options.blockBytes ?? bytes.length + 1
  for (let at = 0; at < bytes.length; at += size) {
    reader.push(Buffer.from(bytes.subarray(at, at + size)))
  }
  reader.end()
  return { records, damage, skipped }
}

const text = (lines: readonly string[]) => `${lines.join('\n')}\n`

const single = (type: string, fields: string) =>
  read(text(auditLines({ serial: 1, records: [[type, fields]] }))).records[0]!
    .fields

describe('auditd joins records', () => {
  it('makes one event of the records of an execve', () => {
    const { records, damage } = read(
      text(auditLines(execEvent(7, ['/bin/sh', '-c', 'id; id']))),
    )
    expect(damage).toEqual([])
    expect(records).toHaveLength(1)
    const [event] = records
    expect(event).toMatchObject({
      number: 7,
      offset: 0,
      id: 'SYSCALL+EXECVE+CWD+PATH+PROCTITLE',
      writtenAt: 1_600_000_000_000,
    })
    expect(event!.fields).toMatchObject({
      type: ['SYSCALL', 'EXECVE', 'CWD', 'PATH', 'PROCTITLE'],
      argv: ['/bin/sh', '-c', 'id; id'],
      a1: ['0', '-c'],
      name: ['/bin/sh', '/lib64/ld-linux-x86-64.so.2'],
      nametype: ['NORMAL', 'NORMAL'],
      proctitle: '/bin/sh -c id; id',
      cwd: '/root',
      key: 'exec',
    })
  })

  it('keeps events apart that interleave', () => {
    const a = auditLines(execEvent(1, ['/bin/a']))
    const b = auditLines(connectEvent(2, '/run/b.sock'))
    const mixed = a.flatMap((line, i) => (b[i] ? [line, b[i]!] : [line]))
    const { records } = read(text(mixed))
    expect(records.map((r) => r.number).sort()).toEqual([1, 2])
    expect(records.find((r) => r.number === 2)!.fields).toMatchObject({
      name: '/run/b.sock',
      mode: '0140755',
    })
  })

  it('tells one serial of two nodes, and of two boots, apart', () => {
    const { records } = read(
      text([
        ...auditLines(execEvent(5, ['/bin/a'], { node: 'web1' })),
        ...auditLines(execEvent(5, ['/bin/b'], { node: 'web2' })),
        ...auditLines(execEvent(5, ['/bin/c'], { seconds: 1_600_099_999 })),
      ]),
    )
    expect(records.map((r) => [r.fields.node, r.fields.exe])).toEqual([
      ['web1', '/bin/a'],
      ['web2', '/bin/b'],
      [undefined, '/bin/c'],
    ])
  })

  it('closes an event at its EOE, which is no record of it', () => {
    const event = connectEvent(3, '/run/x')
    const { records } = read(
      text(auditLines({ ...event, records: [...event.records, ['EOE', '']] })),
    )
    expect(records).toHaveLength(1)
    expect(records[0]!.id).toBe('SYSCALL+SOCKADDR+CWD+PATH+PROCTITLE')
  })

  it('takes a record that comes after the PROCTITLE', () => {
    const lines = auditLines(connectEvent(3, '/run/x'))
    const { records } = read(
      text([
        ...lines.filter((l) => !l.includes('SOCKADDR')),
        ...auditLines(execEvent(4, ['/bin/a'])),
        ...lines.filter((l) => l.includes('SOCKADDR')),
      ]),
    )
    expect(records).toHaveLength(2)
    expect(records[0]!.fields.saddr).toMatch(/^0100/)
  })

  it('gives out what is finished when a live source is quiet', () => {
    const records: number[] = []
    const reader = new AuditdReader({
      sink: {
        record: (r) => records.push(r.number),
        skipped: () => {},
        damaged: () => {},
        unknownShape: () => {},
        shapeSeen: () => {},
      },
    })
    reader.push(Buffer.from(text(auditLines(connectEvent(9, '/run/x')))))
    expect(records).toEqual([])
    reader.settle()
    expect(records).toEqual([9])
    reader.end()
    expect(records).toEqual([9])
  })

  it('reads a log whose clock goes back as whole events', () => {
    const { records } = read(
      text([
        ...auditLines(execEvent(50, ['/bin/a'], { seconds: 1_700_000_000 })),
        ...auditLines(execEvent(1, ['/bin/b'], { seconds: 1_600_000_000 })),
        ...auditLines(execEvent(2, ['/bin/c'], { seconds: 1_600_000_009 })),
      ]),
    )
    expect(records.map((r) => r.fields.exe)).toEqual([
      '/bin/a',
      '/bin/b',
      '/bin/c',
    ])
    expect(new Set(records.map((r) => r.id)).size).toBe(1)
  })

  it('bounds the number of open events', () => {
    const lines = Array.from({ length: 10_000 }, (_, i) =>
      auditLines({ serial: i, records: [['SYSCALL', 'syscall=1']] }),
    ).flat()
    const { records } = read(text(lines))
    expect(records).toHaveLength(10_000)
  })

  it('gives alike events one shape, however many paths they have', () => {
    const event = (serial: number, paths: number) =>
      auditLines({
        serial,
        records: [
          ['SYSCALL', syscallFields({ syscall: 257, items: paths })],
          ...Array.from(
            { length: paths },
            (_, item) =>
              ['PATH', pathFields({ item, name: `/p${item}` })] as const,
          ),
        ],
      })
    const { records } = read(text([...event(1, 1), ...event(2, 2)]))
    expect(records[0]!.shape).toBe(records[1]!.shape)
    expect(records[0]!.fields.name).toBe('/p0')
    expect(records[1]!.fields.name).toEqual(['/p0', '/p1'])
  })

  it('keeps the lists of PATH in step where one lacks a name', () => {
    const { records } = read(
      text(
        auditLines({
          serial: 1,
          records: [
            ['PATH', pathFields({ item: 0, name: '/tmp', mode: '041777' })],
            ['PATH', pathFields({ item: 1, name: '/tmp/x' })],
          ],
        }),
      ),
    )
    expect(records[0]!.fields.mode).toEqual(['041777', null])
  })
})

describe('auditd reads the same events', () => {
  const events = [
    execEvent(1, ['/bin/sh', '-c', 'mkfifo /tmp/f; cat /tmp/f|sh -i']),
    connectEvent(2, '/run/docker.sock', { milliseconds: 3 }),
    execEvent(3, ['/usr/bin/id'], { milliseconds: 900, node: 'n' }),
    connectEvent(4, '@abstract', { milliseconds: 1500 }),
  ]
  const byNumber = (a: Kept, b: Kept) => a.number - b.number
  const facts = (kept: readonly Kept[]) =>
    [...kept].sort(byNumber).map(({ number, id, fields }) => ({
      number,
      id,
      fields,
    }))
  const straight = facts(read(text(events.flatMap(auditLines))).records)

  it('however their lines are mixed', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(events.flatMap(auditLines), {
          minLength: events.flatMap(auditLines).length,
        }),
        (lines) => {
          expect(facts(read(text(lines)).records)).toEqual(straight)
        },
      ),
      { seed: 1559, numRuns: 300 },
    )
  })

  it('wherever the blocks are cut', () => {
    const whole = text(events.flatMap(auditLines))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), (blockBytes) => {
        expect(facts(read(whole, { blockBytes }).records)).toEqual(straight)
      }),
      { seed: 1559, numRuns: 60 },
    )
  })
})

describe('auditd decodes values', () => {
  it.each([
    ['exe', '/memfd:upd (deleted)'],
    ['comm', 'a b'],
    ['name', '/share/päth'],
    ['cwd', '/tmp/a "b" c'],
    ['acct', '(invalid user)'],
    ['cmd', './x -c y'],
    ['data', 'exit\r'],
  ])('%s, written in hex', (field, value) => {
    expect(single('PATH', `${field}=${auditText(value)}`)[field]).toBe(value)
    expect(auditText(value)).not.toContain('"')
  })

  it('by the field and not by the look', () => {
    const fields = single('SYSCALL', 'pid=1234 comm=6265 ino=beef exe="beef"')
    expect(fields).toMatchObject({
      pid: '1234',
      comm: 'be',
      ino: 'beef',
      exe: 'beef',
    })
  })

  it('keeps placeholders and text that only resembles hex', () => {
    expect(single('SYSCALL', 'exe=(null) comm=abc key=(null)')).toMatchObject({
      exe: '(null)',
      comm: 'abc',
      key: '(null)',
    })
  })

  it('splits a key that holds several', () => {
    expect(single('SYSCALL', `key=${hex('exec\x0164bit')}`).key).toEqual([
      'exec',
      '64bit',
    ])
    expect(single('SYSCALL', `key=${hex('exec\x0164bit')}"`).key).toEqual([
      'exec',
      '64bit',
    ])
  })

  it('joins the parts of a long argument over several records', () => {
    const { records } = read(
      text(
        auditLines({
          serial: 1,
          records: [
            ['SYSCALL', syscallFields({ syscall: 59 })],
            ['EXECVE', `argc=3 a0="sh" a1_len=8 a1[0]=${hex('é b')}`],
            ['EXECVE', `a1[1]=${hex('ç d')} a2="x"`],
          ],
        }),
      ),
    )
    expect(records[0]!.fields.argv).toEqual(['sh', 'é bç d', 'x'])
  })

  it('does not take registers for hex text', () => {
    expect(single('SYSCALL', 'a0=61 a1=6162')).toMatchObject({
      a0: '61',
      a1: '6162',
    })
  })

  it('ignores argument numbers that nobody could have', () => {
    const fields = single('EXECVE', 'argc=1 a0="sh" a9999999="x" a1[99999]="y"')
    expect(fields.argv).toEqual(['sh'])
  })
})

describe('auditd reads the dialects of audit text', () => {
  it('fields within msg, with their own quoting', () => {
    expect(
      single(
        'USER_CMD',
        `pid=3027 uid=0 msg='cwd="/" cmd=${hex('ls -l')} terminal=? res=success'`,
      ),
    ).toMatchObject({
      pid: '3027',
      cwd: '/',
      cmd: 'ls -l',
      terminal: '?',
      res: 'success',
    })
  })

  it('looked-up names behind the separator, and where it was lost', () => {
    for (const separator of ['\x1d', '']) {
      const fields = single(
        'SYSCALL',
        `syscall=42 key="x"${separator}ARCH=x86_64 SYSCALL=connect AUID="root"`,
      )
      expect(fields).toMatchObject({
        key: 'x',
        ARCH: 'x86_64',
        SYSCALL: 'connect',
        AUID: 'root',
      })
      expect(
        single('PATH', `name="/x" cap_frootid=0${separator}OUID="root"`),
      ).toMatchObject({ cap_frootid: '0', OUID: 'root' })
      expect(
        single('LOGIN', `old-auid=1 res=1${separator}UID="root"`),
      ).toMatchObject({ res: '1', UID: 'root' })
    }
  })

  it('an address in braces whose path holds braces', () => {
    expect(
      single('SOCKADDR', 'saddr=01002F7DSADDR={ fam=local path=/tmp/{a-b} }'),
    ).toMatchObject({ saddr: '01002F7D', SADDR: 'fam=local path=/tmp/{a-b}' })
  })

  it("SELinux's verdict, which is in no field", () => {
    expect(
      single(
        'AVC',
        'avc:  denied  { read write } for  pid=7 comm="x" tclass=fifo_file',
      ),
    ).toMatchObject({
      seresult: 'denied',
      seperms: 'read write',
      pid: '7',
      tclass: 'fifo_file',
    })
  })

  it('numbers in place of types', () => {
    const { records } = read(
      'type=1300 msg=audit(1600000000.000:5): syscall=42\n' +
        'type=UNKNOWN[1306] msg=audit(1600000000.000:5): saddr=0100\n' +
        'type=1320 msg=audit(1600000000.000:5):\n',
    )
    expect(records.map((r) => r.id)).toEqual(['SYSCALL+SOCKADDR'])
  })

  it("lines behind a syslog head, and the kernel's own printing", () => {
    const { records } = read(
      'Oct 13 04:24:51 web1 audispd: type=USER_AUTH msg=audit(1600000000.000:5): pid=1 uid=0\n' +
        'Oct 13 04:24:51 web1 kernel: audit: type=1400 audit(1600000000.000:6): apparmor="DENIED" operation="ptrace"\n' +
        'node=db1 type=USER_AUTH msg=audit(1600000000.000:7): pid=1\n',
    )
    expect(records.map((r) => [r.number, r.fields.node, r.id])).toEqual([
      [5, 'web1', 'USER_AUTH'],
      [7, 'db1', 'USER_AUTH'],
      [6, 'web1', 'AVC'],
    ])
  })

  it('what ausearch prints, in raw and in words', () => {
    const { records, damage } = read(
      '----\ntime->Tue Oct 13 04:24:51 2020\n' +
        'type=PROCTITLE msg=audit(10/13/2020 04:24:51.699:8) : proctitle=ls -l /tmp\n' +
        'type=EXECVE msg=audit(10/13/2020 04:24:51.699:8) : argc=2 a0=cafe a1=b c\n' +
        'type=SYSCALL msg=audit(10/13/2020 04:24:51.699:8) : arch=x86_64 syscall=execve comm=beef exe=/usr/bin/ls key=(null)\n',
    )
    expect(damage).toEqual([])
    expect(records).toHaveLength(1)
    expect(records[0]!.writtenAt).toBe(Date.UTC(2020, 9, 13, 4, 24, 51, 699))
    expect(records[0]!.fields).toMatchObject({
      syscall: 'execve',
      comm: 'beef',
      argv: ['cafe', 'b c'],
      proctitle: 'ls -l /tmp',
    })
  })

  it('io_uring operations, which have no syscall', () => {
    expect(
      single('URINGOP', 'uring_op=16 success=yes exit=0 items=0 ppid=1 pid=2'),
    ).toMatchObject({ type: ['URINGOP'], uring_op: '16' })
  })
})

describe('auditd survives damage', () => {
  it('counts lines that are no records and reads the rest', () => {
    const { records, damage } = read(
      Buffer.concat([
        Buffer.from('type=UNKNOWN[1329] msg=?\n'),
        Buffer.from([0xff, 0xfe, 0, 1, 2, 10]),
        Buffer.from(text(auditLines(execEvent(1, ['/bin/a'])))),
        Buffer.from('garbage'),
      ]),
    )
    expect(records).toHaveLength(1)
    expect(damage.map((d) => [d.what, d.offset])).toEqual([
      ['line', 0],
      ['line', 25],
      ['line', expect.any(Number)],
    ])
  })

  it('leaves out a value that was cut, and says so', () => {
    const { records, damage } = read(
      'type=PATH msg=audit(1600000000.000:5): item=0 name="/var/ru',
    )
    expect(records[0]!.fields).toMatchObject({ item: '0' })
    expect(records[0]!.fields).not.toHaveProperty('name')
    expect(damage).toHaveLength(1)
    expect(damage[0]!.message).toMatch(/cut/)
  })

  it('says nothing of blank lines, NULs at the end and a missing line break', () => {
    const line = auditLines({ serial: 1, records: [['SYSCALL', 'pid=1']] })[0]
    const { records, damage } = read(`\r\n${line}\r\n\n\0\0\0\0`)
    expect(damage).toEqual([])
    expect(records[0]!.fields.pid).toBe('1')
  })

  it('bounds the fields of one event', () => {
    const fields = Array.from({ length: 20_000 }, (_, i) => `f${i}=${i}`)
    const { records, damage } = read(
      text(auditLines({ serial: 1, records: [['SYSCALL', fields.join(' ')]] })),
    )
    expect(Object.keys(records[0]!.fields).length).toBeLessThan(5000)
    expect(damage).toHaveLength(1)
  })

  it('never throws, whatever the bytes', () => {
    const seedText = text(
      [execEvent(1, ['/bin/a b']), connectEvent(2, '/x')].flatMap(auditLines),
    )
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.nat({ max: seedText.length - 1 }), fc.nat({ max: 255 })),
          { maxLength: 30 },
        ),
        (changes) => {
          const bytes = Buffer.from(seedText)
          for (const [at, byte] of changes) bytes[at] = byte
          const { records, damage } = read(bytes, { blockBytes: 100 })
          expect(records.length + damage.length).toBeGreaterThan(0)
        },
      ),
      { seed: 1559, numRuns: 400 },
    )
  })

  it('asks the gate before it decodes', () => {
    const { records, skipped } = read(
      text([
        ...auditLines(execEvent(1, ['/bin/a'])),
        ...auditLines(connectEvent(2, '/x')),
      ]),
      { gate: { wants: (p) => p.id.includes('EXECVE') } },
    )
    expect(records.map((r) => r.number)).toEqual([1])
    expect(skipped).toBe(1)
  })
})

describe('auditd.detect', () => {
  const detect = (head: string) => auditd.detect(Buffer.from(head), 'x')

  it('is certain of a log that begins with a record', () => {
    expect(detect(text(auditLines(execEvent(1, ['/bin/a']))))).toBe(3)
    expect(detect('----\ntime->x\ntype=A msg=audit(1.0:1): a=1')).toBe(3)
    expect(detect('type=AUOMS_EXECVE audit(1.000:1): a=1')).toBe(3)
  })

  it('thinks a log likely that is mostly records', () => {
    const line = 'type=USER_CMD msg=audit(1.000:1): a=1'
    expect(detect(`garbage\n${line}\n${line}`)).toBe(2)
  })

  it('leaves JSON, XML and other text to others', () => {
    expect(detect('{"SyslogMessage":"type=A msg=audit(1.0:1): a=1"}')).toBe(0)
    expect(detect('<Event xmlns="x">')).toBe(0)
    expect(detect('the audit(ors) came')).toBe(0)
    expect(detect('')).toBe(0)
  })
})
