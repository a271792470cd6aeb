import { afterEach, describe, expect, it } from 'vitest'

import { auditRecords } from '../../../test/tools/carriers.ts'
import { collect } from '../../../test/tools/collect.ts'
import { pipeSample, xmlEvent } from '../../../test/tools/json-builders.ts'
import { recogniseFormat } from '../index.ts'
import { readTimesAs } from '../../base/local-time.ts'
import { csv } from './index.ts'

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
const rowsOf = (...rows: readonly (readonly string[])[]) =>
  rows.map((r) => `${r.map(quoted).join(',')}\r\n`).join('')

/** The fields of what the product makes of a file with this text. */
function read(text: string, name = 'x.csv') {
  expect(recogniseFormat(Buffer.from(text), name)?.name).toBe('csv')
  const got = collect(csv, text)
  expect(got.damages).toEqual([])
  return got.records.map((r) => r.fields)
}

const flat = [
  ['EventID', 'Channel', 'Computer', 'CommandLine'],
  ['1', 'Microsoft-Windows-Sysmon/Operational', 'ws1', 'say "a, b"\nand c'],
  ['5', 'Microsoft-Windows-Sysmon/Operational', 'ws1', ''],
]
const flatFields = [
  {
    EventID: '1',
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Computer: 'ws1',
    CommandLine: 'say "a, b"\nand c',
  },
  {
    EventID: '5',
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Computer: 'ws1',
  },
]

describe('a table', () => {
  it('has cells with quotes, commas and line breaks; an empty one says nothing', () => {
    expect(read(rowsOf(...flat))).toEqual(flatFields)
  })

  it('may name its columns again between its rows', () => {
    const [heading, first, second] = flat
    const printed = rowsOf(heading!, first!, heading!, second!, heading!)
    expect(read(printed)).toEqual(flatFields)
  })

  it('of Windows events may have blanks and line breaks in its names', () => {
    const text = rowsOf(
      ['Event ID', 'Provider Name', 'Channel', 'Pipe Name', 'Utc\nTime'],
      [
        '17',
        'Microsoft-Windows-Sysmon',
        'x',
        '\\example_4f',
        '2026-01-02 03:04:05',
      ],
    )
    expect(read(text)).toMatchObject([
      { EventID: 17, PipeName: '\\example_4f', UtcTime: '2026-01-02 03:04:05' },
    ])
  })

  it.each([
    ['Date', '2026-01-02', 'Time', '03:04:05.250'],
    ['Event Date', '2026-01-02', 'Event Time', '3:04:05.250 AM'],
    ['Date', '2026-01-02 00:00:00.000', 'Time', '03:04:05.250'],
    ['EventDate', '1/2/2026', 'Time', '3:04:05.250 AM'],
  ])(
    'of Windows events may have a day and its clock apart: %s %s',
    (...cells) => {
      const [dayName, day, clockName, clock] = cells
      const text = rowsOf(
        [
          dayName,
          clockName,
          'Event ID',
          'Provider Name',
          'Level',
          'Computer',
          'Log Name',
        ],
        [day, clock, '17', 'Microsoft-Windows-Sysmon', '4', 'ws7', 'x'],
      )
      expect(read(text)).toMatchObject([
        { TimeCreated_SystemTime: '2026-01-02T03:04:05.250Z' },
      ])
    },
  )

  it.each([';', '\t', '|'])('may be parted by %j', (delimiter) => {
    const text = flat.map((r) => `${r.map(quoted).join(delimiter)}\n`).join('')
    expect(read(text)).toEqual(flatFields)
  })

  it('may begin with a byte-order mark, and end without a line break', () => {
    expect(read(`\ufeff${rowsOf(...flat).trimEnd()}`)).toHaveLength(2)
  })

  it.each([
    '#TYPE System.Object',
    'sep=,',
    'Results of a query',
    '\n\nTitle\n',
  ])('may have %j before its names', (line) => {
    expect(read(`${line}\n${rowsOf(...flat)}`)).toEqual(flatFields)
  })

  it('may come in blocks of any size', () => {
    const text = rowsOf(...flat)
    const { records } = collect(csv, text, { blocks: [1] })
    expect(records.map((r) => r.fields)).toEqual(flatFields)
  })

  it('of lines without quotes, and with them from some line on, has the line and the byte of each row', () => {
    const text =
      'EventID,Channel,Computer,CommandLine\r\n1,C,ws1,é\n\r\n2,C,,b\r\n\n3,"C",ws1,"c,\nd"\n4,C,ws1,e'
    const rows = ['1,C', '2,C', '3,"C', '4,C'].map((r) => ({
      offset: Buffer.from(text.slice(0, text.indexOf(r))).length,
      fields: { EventID: r[0] },
    }))
    for (const blocks of [[1], [7], [1000]]) {
      const { records } = collect(csv, text, { blocks })
      expect(records).toMatchObject(rows)
      expect(records.map((r) => r.number)).toEqual([2, 4, 6, 8])
      expect(records[2]!.fields.CommandLine).toBe('c,\nd')
    }
  })

  it('has the line and the byte of each row', () => {
    const text = rowsOf(...flat)
    const { records } = collect(csv, text)
    expect(records.map((r) => r.number)).toEqual([2, 4])
    expect(records[1]!.offset).toBe(text.indexOf('"5"'))
  })

  it.each([
    ['never', '8,"C","ws1",d\n'],
    ['by the quote of another row', '"8","C","ws1","d"\n'],
  ])(
    'whose quote is closed %s keeps the rows behind it, and says so',
    (_, rest) => {
      const text = `${rowsOf(...flat)}"7","C","ws1","open\n${rest}`
      for (const options of [{}, { blocks: [3] }]) {
        const { records, damages } = collect(csv, text, options)
        expect(records.map((r) => r.fields)).toMatchObject([
          ...flatFields,
          { EventID: '7', CommandLine: 'open' },
          { EventID: '8', CommandLine: 'd' },
        ])
        expect(records.map((r) => r.number)).toEqual([2, 4, 5, 6])
        expect(damages).toMatchObject([
          { what: 'table', lost: 0, offset: text.indexOf('"7"') },
          { what: 'table', lost: 1 },
        ])
      }
    },
  )

  it('of other things is none of telemetry', () => {
    const format = (text: string, name: string) =>
      recogniseFormat(Buffer.from(text), name)?.name
    expect(
      format('Dear Ana, Bo\nHow, are you\nyours, Cy\n', 'letter'),
    ).toBeUndefined()
    expect(format('a,b\n1,2\n3,4\n', 'numbers.csv')).toBe('csv')
    expect(format(`${auditRecords[0]}, x\n`, 'audit.csv')).toBe('auditd')
  })
})

describe('a table of telemetry', () => {
  const row = (cell: string) =>
    rowsOf(
      ['EventID', 'Channel', 'Computer', 'CommandLine'],
      ['1', 'C', 'ws1', cell],
    )

  it('has the links that a spreadsheet would follow, beside its events', () => {
    expect(read(row("=cmd|'/c x'!A0"))).toMatchObject([
      { ItemKind: 'document' },
      { ItemKind: 'formula', DdeService: 'cmd', DdeTopic: '/c x' },
      { EventID: '1' },
    ])
  })

  it('has one number a line, whatever stands on it', () => {
    const text = `${row('a')}"5","C","ws1","=cmd|'/c x'!A0"\r\n`
    const { records } = collect(csv, text)
    expect(records.map((r) => [r.fields.ItemKind, r.number])).toEqual([
      [undefined, 2],
      ['document', 1],
      ['formula', 3],
      [undefined, 3],
    ])
  })

  it.each(['=HYPERLINK("http://x")', `-c "open('a')"`, `-Command "a | '1'!"`])(
    'has no formula in %j, which a program may be given',
    (cell) => {
      expect(read(row(cell))).toHaveLength(1)
    },
  )
})

describe('cells that are marked as text', () => {
  const columns = ['EventID', 'Channel', 'Computer', 'CommandLine']
  const cells = ['1', 'C', 'ws1', 'a.exe, "b" -x']
  const fields = Object.fromEntries(columns.map((c, i) => [c, cells[i]]))
  const rows = (...all: readonly (readonly string[])[]) =>
    all.map((r) => `${r.join(',')}\r\n`).join('')
  const inside = (c: string) => `="${c.replaceAll('"', '""')}"`

  it.each([
    ['quotes in a formula', rows(columns, cells.map(inside))],
    ['quotes in a formula that is quoted', rowsOf(columns, cells.map(inside))],
    [
      'quotes in formulas, names as well',
      rows(columns.map(inside), cells.map(inside)),
    ],
    [
      'apostrophes',
      rowsOf(
        columns,
        cells.map((c) => `'${c}`),
      ),
    ],
    [
      'apostrophes around',
      rowsOf(
        columns,
        cells.map((c) => `'${c}'`),
      ),
    ],
    [
      'tabs',
      rowsOf(
        columns,
        cells.map((c) => `\t${c}`),
      ),
    ],
    [
      'an apostrophe before a number',
      rowsOf(columns, [`'1`, ...cells.slice(1)]),
    ],
  ])('by %s have what the text says', (_, text) => {
    expect(read(text)).toEqual([fields])
  })

  it('by an apostrophe before what would begin a formula have none', () => {
    const text = rowsOf(columns, ['1', 'C', 'ws1', `'-enc QQ==`])
    expect(read(text)).toMatchObject([{ CommandLine: '-enc QQ==' }])
  })

  it.each([
    `'C:\\a b.exe' -x`,
    `'1' + '2'`,
    `'-x'`,
    `='a'`,
    `=cmd|'/c x'!A0`,
    `="a" & "b"`,
    `="open`,
    `'`,
    `="`,
  ])('are others than %j', (cell) => {
    const text = rowsOf(columns, ['1', 'C', 'ws1', cell])
    expect(read(text).at(-1)).toMatchObject({ CommandLine: cell })
  })
})

describe('exports as tables', () => {
  it('of Splunk hold event XML or audit records, host and time beside', () => {
    const names = ['_time', '_raw', 'host', 'sourcetype']
    const [xml] = read(
      rowsOf(names, ['2026-03-04T10:20:30', xmlEvent(pipeSample), 'h', 'Xml']),
    )
    expect(xml).toMatchObject({ PipeName: '\\example_4f', host: 'h' })
    const audit = read(
      rowsOf(names, ...auditRecords.map((r) => ['1', r, 'web1', 'audit'])),
    )
    expect(audit).toMatchObject([{ node: 'web1', argv: ['tar', '-c'] }])
  })

  it('of Splunk hold the classic rendering, over several lines', () => {
    const raw =
      '03/04/2026 10:20:30 AM\nLogName=Security\nEventCode=4688\nComputerName=ws1\nMessage=New\n\tNew Process Name:\tC:\\a.exe'
    const [row] = read(rowsOf(['host', '_raw'], ['h', raw], ['h', raw]))
    expect(row).toMatchObject({
      EventID: 4688,
      Computer: 'ws1',
      NewProcessName: 'C:\\a.exe',
    })
  })

  it('of hunting portals have their columns', () => {
    const [row] = read(
      rowsOf(
        [
          'Timestamp [UTC]',
          'DeviceName',
          'ActionType',
          'FileName',
          'ProcessCommandLine',
        ],
        [
          'Mar 4, 2026 10:20:30 AM',
          'ws1',
          'ProcessCreated',
          'a.exe',
          'a.exe "b c"',
        ],
      ),
    )
    expect(row).toMatchObject({
      Timestamp: 'Mar 4, 2026 10:20:30 AM UTC',
      DeviceName: 'ws1',
      ProcessCommandLine: 'a.exe "b c"',
    })
  })

  it('of Sentinel are events of their table', () => {
    const [row] = read(
      rowsOf(
        [
          'TenantId',
          'TimeGenerated [UTC]',
          'Computer',
          'EventID',
          'EventSourceName',
          'Channel',
          'NewProcessName',
          'Type',
        ],
        [
          't',
          '3/4/2026, 10:20:30.125 AM',
          'ws1',
          '4688',
          'Microsoft-Windows-Security-Auditing',
          'Security',
          'C:\\a.exe',
          'SecurityEvent',
        ],
      ),
    )
    expect(row).toMatchObject({
      EventID: 4688,
      Provider_Name: 'Microsoft-Windows-Security-Auditing',
      Computer: 'ws1',
      NewProcessName: 'C:\\a.exe',
    })
  })

  it('of Event Viewer have a message without a heading, in any language', () => {
    const message =
      'Process Create:\nUtcTime: 2026-03-04 10:20:30.120\nImage: C:\\a.exe'
    for (const names of [
      'Level,Date and Time,Source,Event ID,Task Category',
      'Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie',
    ]) {
      const [row] = read(
        `${names}\r\nInformation,3/4/2026 10:20:30 AM,Microsoft-Windows-Sysmon,1,Process Create,"${message}"\r\n`,
      )
      expect(row).toMatchObject({
        EventID: 1,
        Provider_Name: 'Microsoft-Windows-Sysmon',
        TimeCreated_SystemTime: '2026-03-04T10:20:30.000Z',
        Image: 'C:\\a.exe',
      })
    }
  })

  it('of EvtxECmd have their data in a payload', () => {
    const payload = JSON.stringify({
      EventData: { Data: [{ '@Name': 'Image', '#text': 'C:\\a.exe' }] },
    })
    const [row] = read(
      rowsOf(
        [
          'RecordNumber',
          'EventRecordId',
          'TimeCreated',
          'EventId',
          'Level',
          'Provider',
          'Channel',
          'ProcessId',
          'ThreadId',
          'Computer',
          'Payload',
        ],
        [
          '1',
          '77',
          '2026-03-04 10:20:30.1250000',
          '1',
          'Info',
          'Microsoft-Windows-Sysmon',
          'Microsoft-Windows-Sysmon/Operational',
          '4',
          '5',
          'ws1',
          payload,
        ],
      ),
    )
    expect(row).toMatchObject({
      EventID: 1,
      EventRecordID: 77,
      Execution_ProcessID: 4,
      Image: 'C:\\a.exe',
    })
  })

  it('of Hayabusa have the names that it shortened', () => {
    const [row] = read(
      rowsOf(
        [
          'Timestamp',
          'RuleTitle',
          'Level',
          'Computer',
          'Channel',
          'EventID',
          'RecordID',
          'Details',
          'ExtraFieldInfo',
        ],
        [
          '2026-03-04 10:20:30.125 +00:00',
          'Proc Exec',
          'info',
          'ws1',
          'Sysmon',
          '1',
          '77',
          'Cmdline: a.exe -x ¦ Proc: C:\\a.exe ¦ PID: 900 ¦ User: EX\\ana',
          'ParentImage: C:\\b.exe ¦ IntegrityLevel: High',
        ],
      ),
    )
    expect(row).toMatchObject({
      EventID: 1,
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      Computer: 'ws1',
      TimeCreated_SystemTime: '2026-03-04T10:20:30.125Z',
      CommandLine: 'a.exe -x',
      Image: 'C:\\a.exe',
      ProcessId: '900',
      User: 'EX\\ana',
      ParentImage: 'C:\\b.exe',
      IntegrityLevel: 'High',
    })
  })

  it.each([
    [
      'Sec',
      '5145',
      'SrcUser: ana ¦ ShareName: \\\\*\\IPC$ ¦ SharePath:  ¦ Path: svcctl ¦ SrcIP: 192.0.2.1 ¦ LID: 0x1',
      { RelativeTargetName: 'svcctl', SubjectUserName: 'ana' },
    ],
    [
      'Sys',
      '7045',
      'Svc: s ¦ Path: cmd /c a ¦ Acct: LocalSystem ¦ StartType: auto start',
      { ServiceName: 's', ImagePath: 'cmd /c a', AccountName: 'LocalSystem' },
    ],
    [
      'Sec',
      '4688',
      'CmdLine: a -x ¦ Path: C:\\a.exe ¦ PID: 0x11 ¦ User: ana ¦ LID: 0x1',
      {
        CommandLine: 'a -x',
        NewProcessName: 'C:\\a.exe',
        NewProcessId: '0x11',
      },
    ],
    [
      'Sysmon',
      '7',
      'Image: C:\\b.dll ¦ Proc: C:\\a.exe ¦ Sig: Valid',
      { ImageLoaded: 'C:\\b.dll', Image: 'C:\\a.exe' },
    ],
    [
      'Sysmon',
      '13',
      'EventType: SetValue ¦ TgtObj: HKLM\\a\\b: DWORD (0x1) ¦ Proc: C:\\a.exe',
      { TargetObject: 'HKLM\\a\\b', Details: 'DWORD (0x1)' },
    ],
    [
      'Sysmon',
      '11',
      'Path: C:\\x ¦ Proc: C:\\a.exe',
      { TargetFilename: 'C:\\x', Image: 'C:\\a.exe' },
    ],
  ])(
    'of Hayabusa have the names of their event: %s %s',
    (log, id, details, own) => {
      const names = ['Timestamp', 'RuleTitle', 'Computer', 'Channel', 'EventID']
      const cells = ['2026-03-04 10:20:30.125 +00:00', 'r', 'ws1', log, id]
      const text = rowsOf([...names, 'Details'], [...cells, details])
      expect(read(text)).toMatchObject([own])
    },
  )

  it('that fill cells without a value with a dash leave them out', () => {
    const names = Array.from({ length: 12 }, (_, i) => `data.n${i}`)
    const empty = names.map(() => '-')
    const row = [
      '1',
      'Microsoft-Windows-Sysmon/Operational',
      'ws1',
      'C:\\a.exe',
    ]
    const text = rowsOf(
      ['EventID', 'Channel', 'Computer', 'Image', ...names],
      [...row, ...empty],
      [...row, 'x-', ...empty.slice(1)],
    )
    const image = { Image: 'C:\\a.exe' }
    const rows = read(text)
    expect(rows).toMatchObject([image, { ...image, 'data.n0': 'x-' }])
    expect(Object.values(rows[1]!)).not.toContain('-')
  })

  it.each([
    ['03/04/26', '10:20:31 AM', '2026-03-04T10:20:31.000Z'],
    ['04.03.2026', '10:20:31', '2026-03-04T10:20:31.000Z'],
    ['2026-03-04', '10:20:31 PM', '2026-03-04T22:20:31.000Z'],
  ])('of ausearch have the time of any locale: %s %s', (date, time, iso) => {
    const names = ['EVENT', 'DATE', 'TIME', 'SERIAL_NUM', 'EVENT_KIND']
    const row = ['SYSCALL', date, time, '77', 'audit-rule']
    expect(read(rowsOf(names, row))).toMatchObject([{ timestamp: iso }])
  })

  it('of ausearch say who did what', () => {
    const [row] = read(
      rowsOf(
        [
          'NODE',
          'EVENT',
          'DATE',
          'TIME',
          'SERIAL_NUM',
          'EVENT_KIND',
          'SESSION',
          'SUBJ_PRIME',
          'SUBJ_SEC',
          'SUBJ_KIND',
          'ACTION',
          'RESULT',
          'OBJ_PRIME',
          'OBJ_SEC',
          'OBJ_KIND',
          'HOW',
        ],
        [
          'web1',
          'SYSCALL',
          '03/14/2026',
          '10:20:30',
          '77',
          'audit-rule',
          '3',
          'ana',
          'root',
          'privileged-acct',
          'executed',
          'success',
          '/usr/bin/tar',
          '',
          'file',
          '/usr/bin/tar',
        ],
      ),
    )
    expect(row).toMatchObject({
      node: 'web1',
      type: ['SYSCALL'],
      serial: 77,
      timestamp: '2026-03-14T10:20:30.000Z',
      SYSCALL: 'execve',
      exe: '/usr/bin/tar',
      AUID: 'ana',
      UID: 'root',
      success: 'yes',
    })
  })
})

describe('a table of what Kibana showed', () => {
  const columns = [
    '@timestamp',
    'winlog.channel',
    'winlog.event_id',
    'winlog.record_id',
    'winlog.event_data.PipeName',
    'winlog.event_data.Image',
    'winlog.event_data.SubjectUserName',
    'winlog.event_data.ServiceName',
  ]
  const row = (time: string, none: string) => [
    time,
    'Microsoft-Windows-Sysmon/Operational',
    '17',
    '10,446',
    String.raw`\x`,
    none,
    none,
    none,
  ]

  it.each(['Sep 27, 2020 @ 13:42:00.726', '2020-09-27T13:42:00.726Z'])(
    'has no value where it has a dash, and numbers as they are: %s',
    (time) => {
      const [record] = read(rowsOf(columns, row(time, '-')))
      expect(record).toMatchObject({
        TimeCreated_SystemTime: '2020-09-27T13:42:00.726Z',
        EventID: 17,
        EventRecordID: 10446,
        PipeName: String.raw`\x`,
      })
      for (const name of ['Image', 'SubjectUserName', 'ServiceName']) {
        expect(record).not.toHaveProperty(name)
      }
    },
  )

  it('is none where cells are left empty: there a dash is what Windows wrote', () => {
    const given = row('2020-09-27T13:42:00.726Z', '-').with(5, '')
    expect(read(rowsOf(columns, given))).toMatchObject([
      { SubjectUserName: '-', ServiceName: '-' },
    ])
  })
})

describe('a heading that says UTC', () => {
  afterEach(() => readTimesAs())

  it('is believed, whatever zone the rest is of', () => {
    readTimesAs({ zone: 'Europe/Berlin' })
    const text =
      'TimeGenerated [UTC],EventID,Channel,Computer,Message\n"7/1/2026, 10:00:00.000 AM",1,System,ws1,x\n'
    expect(collect(csv, text).records[0]!.fields.TimeCreated_SystemTime).toBe(
      '2026-07-01T10:00:00.000Z',
    )
    const local = text.replace('[UTC]', '[Local Time]')
    expect(collect(csv, local).records[0]!.fields.TimeCreated_SystemTime).toBe(
      '2026-07-01T08:00:00.000Z',
    )
  })
})
