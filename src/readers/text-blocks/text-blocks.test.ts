import { describe, expect, it } from 'vitest'

import { collect } from '../../../test/tools/collect.ts'
import { startTexts } from '../../../test/tools/text-shapes.ts'
import { recogniseFormat } from '../index.ts'
import { textBlocks } from './index.ts'

const started = (name: string) =>
  `A new process has been created.\r\n\r\nCreator Subject:\r\n\tSecurity ID:\t\tS-1-5-18\r\n\tAccount Name:\t\tana\r\n\r\nProcess Information:\r\n\tNew Process ID:\t\t0x1f4\r\n\tNew Process Name:\t${name}\r\n\tProcess Command Line:\ta.exe -x\r\n`

function read(text: string, name = 'windows-text') {
  expect(recogniseFormat(Buffer.from(text), 'x.txt')?.name).toBe(name)
  const form = textBlocks.find((f) => f.name === name)!
  const whole = collect(form, text)
  const cut = collect(form, text, { blocks: [5] })
  expect(cut.records.map((r) => r.fields)).toEqual(
    whole.records.map((r) => r.fields),
  )
  expect(whole.damages).toEqual([])
  return whole.records.map((r) => r.fields)
}

const expected = (name: string) => ({
  EventID: 4688,
  Channel: 'Security',
  Provider_Name: 'Microsoft-Windows-Security-Auditing',
  Computer: 'ws1',
  NewProcessName: name,
  CommandLine: 'a.exe -x',
  SubjectUserName: 'ana',
})

describe('Windows events as text', () => {
  it('of wevtutil are one behind another', () => {
    const event = (i: number, name: string) =>
      `Event[${i}]:\r\n  Log Name: Security\r\n  Source: Microsoft-Windows-Security-Auditing\r\n  Date: 2026-03-04T10:20:30.1250000Z\r\n  Event ID: 4688\r\n  Task: Process Creation\r\n  Level: Information\r\n  Opcode: Info\r\n  Keyword: Audit Success\r\n  User: N/A\r\n  User Name: N/A\r\n  Computer: ws1\r\n  Description: \r\n${started(name)}\r\n`
    expect(read(event(0, 'C:\\a.exe') + event(1, 'C:\\b.exe'))).toMatchObject([
      {
        ...expected('C:\\a.exe'),
        TimeCreated_SystemTime: '2026-03-04T10:20:30.125Z',
      },
      expected('C:\\b.exe'),
    ])
  })

  it.each([
    ['wevtutil', 'User: S-1-5-18\n  User Name: NT AUTHORITY\\SYSTEM'],
    ['wevtutil, by name', 'User: NT AUTHORITY\\SYSTEM'],
  ])('of %s say who wrote the record, and the data who did it', (_, writer) => {
    const event = `Event[0]:\n  Log Name: Microsoft-Windows-Sysmon/Operational\n  Source: Microsoft-Windows-Sysmon\n  Date: 2026-03-04T10:20:30.1250000Z\n  Event ID: 1\n  ${writer}\n  Computer: ws1\n  Description: \nProcess Create:\nRuleName: -\nUtcTime: 2026-03-04 10:20:30.120\nProcessId: 77\nImage: C:\\a.exe\nUser: CORP\\ana\n\n`
    const [first] = read(event)
    expect(first).toMatchObject({
      User: 'CORP\\ana',
      ...(writer.includes('S-1-') && { Security_UserID: 'S-1-5-18' }),
    })
    expect(first).not.toHaveProperty(['User.2'])
  })

  it("of Splunk's classic input have the time above them", () => {
    const event = (name: string) =>
      `03/04/2026 10:20:30 AM\nLogName=Security\nSourceName=Microsoft Windows security auditing.\nEventCode=4688\nEventType=0\nComputerName=ws1\nRecordNumber=77\nKeywords=Audit Success\nMessage=${started(name)}\n`
    expect(read(event('C:\\a.exe') + event('C:\\b.exe'))).toMatchObject([
      {
        ...expected('C:\\a.exe'),
        EventRecordID: 77,
        TimeCreated_SystemTime: '2026-03-04T10:20:30.000Z',
      },
      expected('C:\\b.exe'),
    ])
  })

  const sysmon = (image: string) =>
    `Process Create:\r\nRuleName: -\r\nUtcTime: 2026-03-04 10:20:30.125\r\nProcessId: 900\r\nImage: ${image}\r\nCommandLine: "a.exe" -x`
  const ofSysmon = (image: string) => ({
    EventID: 1,
    Provider_Name: 'Microsoft-Windows-Sysmon',
    TimeCreated_SystemTime: '2026-03-04T10:20:30.000Z',
    Image: image,
    CommandLine: '"a.exe" -x',
  })

  it('that Event Viewer copied end with the next', () => {
    const event = (image: string) =>
      `Log Name:      Microsoft-Windows-Sysmon/Operational\r\nSource:        Microsoft-Windows-Sysmon\r\nDate:          3/4/2026 10:20:30 AM\r\nEvent ID:      1\r\nTask Category: Process Create\r\nLevel:         Information\r\nUser:          SYSTEM\r\nComputer:      ws1\r\nDescription:\r\n${sysmon(image)}\r\n`
    expect(read(event('C:\\a.exe') + event('C:\\b.exe'))).toMatchObject([
      { ...ofSysmon('C:\\a.exe'), Computer: 'ws1' },
      { ...ofSysmon('C:\\b.exe'), Computer: 'ws1' },
    ])
  })

  it('of Format-List have their properties in one column', () => {
    const inColumn = (text: string) =>
      text.replaceAll('\r\n', `\r\n${' '.repeat(15)}`)
    const event = (image: string) =>
      `\r\nTimeCreated  : 3/4/2026 10:20:30 AM\r\nProviderName : Microsoft-Windows-Sysmon\r\nId           : 1\r\nMessage      : ${inColumn(sysmon(image))}\r\n`
    const text = `PS C:\\> Get-WinEvent\r\n${event('C:\\a.exe')}${event('C:\\b.exe')}\r\nPS C:\\>`
    expect(read(text, 'powershell-list')).toMatchObject([
      ofSysmon('C:\\a.exe'),
      ofSysmon('C:\\b.exe'),
    ])
  })

  it('of Format-List that a narrow window wrapped are put together again', () => {
    const long = `C:\\${'deep\\'.repeat(8)}a.exe`
    const text = `TimeCreated  : 3/4/2026 10:20:30 AM\r\nProviderName : Microsoft-Windows-Sysmon\r\nId           : 1\r\nMessage      : Process Create:\r\n               Image: ${long}\r\n               CommandLine: one two three four five six\r\n               seven-eight-nine-ten-eleven-twelve\r\n               User: ana\r\n`
    expect(read(text, 'powershell-list')).toMatchObject([
      {
        Image: long,
        CommandLine:
          'one two three four five six seven-eight-nine-ten-eleven-twelve',
        User: 'ana',
      },
    ])
  })

  it('of Get-EventLog tell the id by the instance', () => {
    const message = started('C:\\a.exe').replaceAll(
      '\r\n',
      `\r\n${' '.repeat(16)}`,
    )
    const text = `Index         : 12\r\nInstanceId    : 4688\r\nMessage       : ${message}\r\nSource        : Microsoft-Windows-Security-Auditing\r\nTimeGenerated : 3/4/2026 10:20:30 AM\r\nMachineName   : ws1\r\n`
    const { Channel, ...others } = expected('C:\\a.exe')
    expect(read(text, 'powershell-list')).toMatchObject([
      { ...others, EventRecordID: 12 },
    ])
  })

  it('of Export-Clixml have a property an element', () => {
    const message = sysmon('C:\\a.exe').replaceAll('\r\n', '_x000D__x000A_')
    const event = `  <Obj RefId="0">\r\n    <Props>\r\n      <I32 N="Id">1</I32>\r\n      <I64 N="RecordId">7</I64>\r\n      <S N="ProviderName">Microsoft-Windows-Sysmon</S>\r\n      <S N="LogName">Microsoft-Windows-Sysmon/Operational</S>\r\n      <S N="MachineName">ws1</S>\r\n      <DT N="TimeCreated">2026-03-04T10:20:30Z</DT>\r\n    </Props>\r\n    <MS>\r\n      <S N="Message">${message}</S>\r\n    </MS>\r\n  </Obj>\r\n`
    const text = `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\r\n${event}${event}</Objs>\r\n`
    const own = { ...ofSysmon('C:\\a.exe'), Computer: 'ws1', EventRecordID: 7 }
    expect(read(text, 'powershell-clixml')).toMatchObject([own, own])
  })

  it.each(['\t', '#011'])('of Snare are a line each, parted by %j', (tab) => {
    const message = started('C:\\a.exe')
      .replaceAll('\r\n', '  ')
      .replaceAll('\t', ' ')
    const line = (n: number) =>
      `<13>Mar  4 10:20:30 ws1 ${['MSWinEventLog', 1, 'Security', n, 'Wed Mar 04 10:20:30 2026', 4688, 'Microsoft-Windows-Security-Auditing', 'N/A', 'N/A', 'Success Audit', 'ws1', 'Process Creation', '', message, n].join(tab)}\n`
    expect(read(line(1) + line(2), 'snare')).toMatchObject([
      {
        ...expected('C:\\a.exe'),
        TimeCreated_SystemTime: '2026-03-04T10:20:30.000Z',
      },
      expected('C:\\a.exe'),
    ])
  })

  it('of Snare keep a label without a value apart from the one before it', () => {
    const message =
      'Network connection detected:  RuleName:   UtcTime: 2026-03-04 10:20:30.125  Image: C:\\a.exe  SourcePort: 5021  SourcePortName:   DestinationHostname:   DestinationPort: 445  DestinationPortName:'
    const line = `<13>Mar  4 10:20:30 ws1 ${['MSWinEventLog', 1, 'Microsoft-Windows-Sysmon/Operational', 1, 'Wed Mar 04 10:20:30 2026', 3, 'Microsoft-Windows-Sysmon', 'N/A', 'N/A', 'Information', 'ws1', 'Network connection', '', message, 1].join('\t')}\n`
    const [fields] = read(line, 'snare')
    expect(fields).toMatchObject({
      Image: 'C:\\a.exe',
      SourcePort: '5021',
      DestinationPort: '445',
    })
  })

  it('in pairs of RFC 5424 keep what is escaped', () => {
    const line =
      '<14>1 2026-03-04T10:20:30.125Z ws1 Microsoft-Windows-Sysmon 4 - [NXLOG@14506 EventID="1" SourceName="Microsoft-Windows-Sysmon" Channel="Microsoft-Windows-Sysmon/Operational" Image="C:\\\\a.exe" CommandLine="\\"a.exe\\" -x"] Process Create\n'
    expect(read(line, 'syslog-structured')).toMatchObject([
      {
        ...ofSysmon('C:\\a.exe'),
        TimeCreated_SystemTime: '2026-03-04T10:20:30.125Z',
        Computer: 'ws1',
      },
    ])
  })
})

describe('the journal', () => {
  const call =
    'arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=2 uid=0 comm="tar" exe="/usr/bin/tar" key=(null)'
  const records = [
    ['1300', 'SYSCALL', call],
    ['1309', 'EXECVE', 'argc=2 a0="tar" a1="-c"'],
  ]
  const whole = [
    { exe: '/usr/bin/tar', argv: ['tar', '-c'], _HOSTNAME: 'web1' },
  ]

  it.each([
    ['begins with a cursor', (i: number) => `__CURSOR=s=${i}\n`],
    ['begins with its time', () => ''],
  ])('as export has a field a line; an entry %s', (_, cursor) => {
    const text = records
      .map(
        ([type, name, body], i) =>
          `${cursor(i)}__REALTIME_TIMESTAMP=1700000000250000\n_HOSTNAME=web1\n_TRANSPORT=audit\n_AUDIT_TYPE=${type}\n_AUDIT_TYPE_NAME=${name}\n_AUDIT_ID=7\nMESSAGE=${name} ${body}\n\n`,
      )
      .join('')
    expect(read(text, 'journal')).toMatchObject(whole)
  })

  it('as verbose text has a head above an entry', () => {
    const text = records
      .map(
        ([type, name, body], i) =>
          `Tue 2023-11-14 22:13:20.250000 UTC [s=1;i=${i}]\n    _HOSTNAME=web1\n    _TRANSPORT=audit\n    _AUDIT_TYPE=${type}\n    _AUDIT_TYPE_NAME=${name}\n    _AUDIT_ID=7\n    MESSAGE=${name} ${body}\n`,
      )
      .join('')
    expect(read(text, 'journal')).toMatchObject(whole)
  })
})

describe('a process start', () => {
  it.each(Object.entries(startTexts))('is read of %s', (_, [name, text]) => {
    const records = read(text, name)
    expect(records).toHaveLength(2)
    for (const fields of records) {
      expect(fields).toMatchObject({
        EventID: 4688,
        Computer: 'ws1',
        NewProcessName: 'C:\\t\\probe.exe',
        CommandLine: 'probe.exe -x',
        SubjectUserName: 'ana',
      })
      const { TimeCreated_SystemTime, TimeCreated, EventTime } = fields
      const time = TimeCreated_SystemTime ?? TimeCreated ?? EventTime
      expect(String(time)).toMatch(/^2026-03-04[T ]10:20:30\.125/)
    }
  })

  it('of Sysmon for Linux is read of its viewer', () => {
    const one =
      'Event SYSMONEVENT_CREATE_PROCESS\n\tRuleName: -\n\tUtcTime: 2026-03-04 10:20:30.125\n\tImage: /usr/bin/probe\n\tCommandLine: probe -x\n'
    expect(read(one + one, 'sysmon-view')).toMatchObject([
      { EventID: 1, Image: '/usr/bin/probe', CommandLine: 'probe -x' },
      { Provider_Name: 'Linux-Sysmon' },
    ])
  })

  it('of macOS is read of Santa', () => {
    const one =
      '[2026-03-04T10:20:30.125Z] I santad: action=EXEC|decision=ALLOW|pid=9|ppid=5|user=ana|path=/usr/bin/probe|args=probe -x\n'
    expect(read(one + one, 'santa')).toMatchObject([
      {
        product: 'macos',
        category: 'process_creation',
        Image: '/usr/bin/probe',
        CommandLine: 'probe -x',
        ProcessId: 9,
      },
      {},
    ])
  })

  it('of a file of syslog is read of what a bus refused, and of nothing else', () => {
    const line = (time: string, who: string, said: string) =>
      `${time} srv3 ${who}: ${said}\n`
    const refused =
      '[system] Rejected send message, 2 matched rules; type="method_call", sender=":1.7" (uid=1000 pid=42 comm="probe" label="unconfined") interface="a.b.C" member="Do" error name="(unset)" requested_reply="0" destination="a.b" (uid=0 pid=1 comm="/sbin/init" label="unconfined")'
    const text =
      line('2026-03-04T10:20:29.000000+00:00', 'cron[7]', '(root) CMD (x)') +
      line('2026-03-04T10:20:30.125000+00:00', 'dbus-daemon[560]', refused) +
      line('Mar  4 10:20:31', 'dbus-daemon[560]', refused) +
      line('Mar  4 10:20:32', 'dbus-daemon[560]', '[system] Reloaded')
    expect(read(text, 'lines of dbus-daemon')).toMatchObject([
      {
        __REALTIME_TIMESTAMP: '1772619630125000',
        _HOSTNAME: 'srv3',
        interface: 'a.b.C',
        member: 'Do',
        verdict: 'denied',
        sender_pid: '42',
      },
      { __REALTIME_TIMESTAMP: '', sender_uid: '1000' },
    ])
  })
})
