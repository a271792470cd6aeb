import { describe, expect, it } from 'vitest'

import { collect } from '../../../test/tools/collect.ts'
import { currentDates, Dates, readDatesOf } from '../../base/date-order.ts'

import { readHeader } from './header.ts'
import { auditd } from './index.ts'
import { readPrefix } from './prefix.ts'

const syscall = (serial = 7) =>
  `type=SYSCALL msg=audit(1700000000.250:${serial}): arch=c000003e syscall=59 success=yes exit=0 a0=1 a1=2 a2=3 a3=4 items=1 ppid=1 pid=2 comm="tar" exe="/usr/bin/tar" key=(null)`
const execve = (serial = 7) =>
  `type=EXECVE msg=audit(1700000000.250:${serial}): argc=2 a0="tar" a1="-c"`

const fieldsOf = (text: string) =>
  collect(auditd, text).records.map((r) => r.fields)

describe('what stands before a record', () => {
  it('may be the end of the one before, without a line', () => {
    const [event] = fieldsOf(`${syscall()}\0${execve()}\0`)
    expect(event!.argv).toEqual(['tar', '-c'])
  })

  it('may be pairs of logfmt, of which the record is a value with escapes', () => {
    const [event] = fieldsOf(
      `time="2023-11-14T22:13:20Z" level=info msg=${JSON.stringify(syscall())} n=1\n`,
    )
    expect(event).toMatchObject({ comm: 'tar', exe: '/usr/bin/tar' })
  })

  it.each([
    ['Nov 14 22:13:20 web1 audispd: ', 'web1'],
    ['<13>Nov  4 22:13:20 web1.example audispd[9]: ', 'web1.example'],
    ['2023 Nov 14 22:13:20 web1 audispd: ', 'web1'],
    ['Nov 14 2023 22:13:20 web1 audispd: ', 'web1'],
    ['2023 Nov 14 22:13:20 (web1) any->/var/log/audit/audit.log ', 'web1'],
    ['2023 Nov 14 22:13:20 (web1) 10.0.0.7->/var/log/audit.log ', 'web1'],
    ['2023-11-14 22:13:20 web1 ', 'web1'],
    ['2023-11-14T22:13:20.250+01:00 web1 audispd: ', 'web1'],
    ['<14>1 2023-11-14T22:13:20Z web1 audispd - - - ', 'web1'],
    ['Tue 2023-11-14 22:13:20 UTC web1 audispd[9]: ', 'web1'],
    ['Tue 2023-11-14 23:13:20 CET web1 audispd[9]: ', 'web1'],
    ['Nov 14 22:13:20 2023 web1 audispd: ', 'web1'],
    ['2023-11-14 22:13:20 est.example audispd: ', 'est.example'],
    ['1700000000.250000 web1 audispd: ', 'web1'],
    ['2023-11-14T22:13:20.250Z stdout F ', ''],
    ['2023-11-14T22:13:20.250Z stderr P ', ''],
    ['2023-11-14T22:13:20Z audispd: ', ''],
    ['Nov 14 22:13:20 audispd[9]: ', ''],
    ['auditd_1  | ', ''],
    ['[   12.345678] ', ''],
    ['[pod/audit-x7/audit] ', ''],
    ['/var/log/audit/audit.log:', ''],
    ['12:', ''],
    ['\x1b[32m', ''],
    ['<13>Jan 02 03:04:05 10.0.0.5 ', '10.0.0.5'],
  ])('%j has the host %j', (prefix, host) => {
    expect(readPrefix(prefix).host).toBe(host)
    const [event] = fieldsOf(`${prefix}${syscall()}\n${prefix}${execve()}\n`)
    expect(event!.node).toBe(host || undefined)
    expect(event!.argv).toEqual(['tar', '-c'])
  })

  it.each(['[   12.345678] ', '[Tue Nov 14 22:13:20 2023] '])(
    'may be the clock of the kernel from the first line on: %j',
    (clock) => {
      const line = `${clock}audit: ${syscall().replace('msg=', '')}\n`
      expect(auditd.detect(Buffer.from(line), 'x')).toBe(3)
    },
  )

  it('states a time where it has a year', () => {
    const at = Date.UTC(2023, 10, 14, 22, 13, 20)
    expect(readPrefix('2023 Nov 14 22:13:20 web1 ').time).toBe(at)
    expect(readPrefix('2023-11-14T22:13:20+0000 web1 ').time).toBe(at)
    expect(readPrefix('Nov 14 22:13:20 2023 web1 ').time).toBe(at)
    expect(readPrefix('Tue 2023-11-14 23:13:20 CET web1 ').time).toBe(at)
    expect(readPrefix('Tue 2023-11-14 17:13:20 EST web1 ').time).toBe(at)
    expect(readPrefix('Nov 14 22:13:20 web1 ').time).toBeUndefined()
  })
})

describe('records on one line', () => {
  it('are one event, with the host of the line', () => {
    const { records, damages } = collect(
      auditd,
      `2023 Nov 14 22:13:20 (web1) any->/var/log/audit/audit.log ${syscall()} ${execve()}\n`,
    )
    expect(damages).toEqual([])
    expect(records.map((r) => r.fields)).toMatchObject([
      { node: 'web1', exe: '/usr/bin/tar', key: '(null)', argv: ['tar', '-c'] },
    ])
  })

  it('are told apart behind names that auditd looked up', () => {
    const text = `${syscall().replace('(null)', '"k"')}\x1dARCH=x86_64 SYSCALL=execve UID="root" ${execve()} type=PROCTITLE msg=audit(1700000000.250:7): proctitle="tar"`
    expect(fieldsOf(text)).toMatchObject([
      { key: 'k', UID: 'root', argv: ['tar', '-c'], proctitle: 'tar' },
    ])
  })

  it('may be of several events', () => {
    const events = fieldsOf(`${syscall(1)} ${syscall(2)} ${execve(1)}`)
    expect(events).toHaveLength(2)
    expect(events[0]).toMatchObject({ serial: 1, argv: ['tar', '-c'] })
  })
})

describe('records without a stamp, as journald prints them', () => {
  const line = (rest: string, head = 'Nov 14 22:13:20 web1') =>
    `${head} audit[2]: ${rest}\n`
  const call =
    'SYSCALL arch=c000003e syscall=59 success=yes comm="tar" exe="/usr/bin/tar"'

  it('are joined while they stand together', () => {
    const events = fieldsOf(
      line(call) +
        line('EXECVE argc=2 a0="tar" a1="-c"').replace('[2]', '') +
        line('PATH item=0 name="/usr/bin/tar"') +
        line('PATH item=1 name="/lib/ld.so"') +
        line('PROCTITLE proctitle="tar"') +
        line(call) +
        line('PROCTITLE proctitle="tar"'),
    )
    expect(events).toHaveLength(2)
    expect(events[0]).toMatchObject({
      node: 'web1',
      argv: ['tar', '-c'],
      name: ['/usr/bin/tar', '/lib/ld.so'],
    })
    expect(events[0]!.timestamp).toBeUndefined()
  })

  it('have the time of a line that states one with its year', () => {
    const events = fieldsOf(line(call, '2023-11-14T22:13:20+0000 web1'))
    expect(events[0]!.timestamp).toBe('2023-11-14T22:13:20.000Z')
  })
})

describe('dates of ausearch', () => {
  const at = (date: string, serial = 7) =>
    `node=n1 type=SYSCALL msg=audit(${date} 10:11:12.345:${serial}) : syscall=execve comm=tar exe=/usr/bin/tar \n`
  const timeOf = (text: string) => fieldsOf(text)[0]?.timestamp

  it.each([
    ['2023-11-04'],
    ['14/11/2023', '2023-11-14'],
    ['11/14/2023', '2023-11-14'],
    ['14/11/23', '2023-11-14'],
    ['04.11.2023'],
    ['04-11-23'],
    ['4.11.2023'],
    ['2023年11月04日'],
  ])('as %s', (date, day = '2023-11-04') => {
    expect(timeOf(at(date))).toBe(`${day}T10:11:12.345Z`)
  })

  it.each(['10.11.12.345', '10:11:12 AM.345', '10時11分12秒.345'])(
    'with the time as %s',
    (time) => {
      const text = at('2023-11-04').replace('10:11:12.345', time)
      expect(timeOf(text)).toBe('2023-11-04T10:11:12.345Z')
    },
  )

  it('are settled by any that can be read in one way only', () => {
    const text = at('03/11/23', 1) + at('14/11/23', 2)
    const { records, damages } = collect(auditd, text)
    expect(records.map((r) => r.fields.timestamp)).toEqual([
      '2023-11-03T10:11:12.345Z',
      '2023-11-14T10:11:12.345Z',
    ])
    expect(damages).toEqual([])
  })

  it('that nothing settles begin with the month, which is a doubt and no damage', () => {
    const { records, damages } = collect(auditd, at('03/11/2023'))
    expect(records[0]!.fields.timestamp).toBe('2023-03-11T10:11:12.345Z')
    expect(damages).toEqual([])
    expect(currentDates().doubt).toContain('the month was taken')
  })

  it('begin as is told of the source', () => {
    readDatesOf(new Dates('day-first'))
    expect(readHeader(at('03/11/2023'))!.time).toBe(
      Date.UTC(2023, 10, 3, 10, 11, 12, 345),
    )
  })

  it('with a part out of range are none', () => {
    const text = at('14/11/2023', 1) + at('11/31/2023', 2) + at('2023-13-01', 3)
    const { records, damages } = collect(auditd, text)
    expect(records).toHaveLength(1)
    expect(damages.map((d) => d.lost)).toEqual([1, 1])
  })

  it('stand before values that end at the blank behind them', () => {
    expect(fieldsOf(at('2023-11-04'))[0]).toMatchObject({
      node: 'n1',
      comm: 'tar',
      exe: '/usr/bin/tar',
    })
  })
})

describe('what is no record', () => {
  it('is no loss where it is a comment or a mark of a tool', () => {
    const { damages } = collect(
      auditd,
      `# taken on Monday\n-- Logs begin at Mon 2023-11-13 --\n----\n${syscall()}\n`,
    )
    expect(damages).toEqual([])
  })

  it('is counted once where other programs wrote it', () => {
    const other = 'Nov 14 22:13:20 web1 cron[3]: session opened\n'
    const { damages } = collect(
      auditd,
      `Nov 14 22:13:20 web1 audispd: ${syscall()}\n${other}${other}`,
    )
    expect(damages).toMatchObject([
      { message: '2 lines of other programs were not read' },
    ])
    expect(damages[0]!.lost).toBeUndefined()
  })

  it('is said where it comes after its event', () => {
    const others = Array.from({ length: 40 }, (_, i) =>
      syscall(100 + i).replace('1700000000', '1700000100'),
    )
    const text = [syscall(), ...others, execve()].join('\n')
    const { records, damages } = collect(auditd, text)
    expect(records).toHaveLength(42)
    expect(damages[0]!.message).toContain('came after its event had been given')
  })
})
