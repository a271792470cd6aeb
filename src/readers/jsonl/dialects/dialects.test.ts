import { describe, expect, it } from 'vitest'

import { collect } from '../../../../test/tools/collect.ts'
import {
  esloggerLine,
  evtxDumpObject,
  evtxDumpSeparateObject,
  logAnalyticsObject,
  nxlogObject,
  pipeSample,
  powershellObject,
  splunkXmlObject,
  syslogXmlLine,
  winlogbeat6Object,
  winlogbeat7Object,
  xmlEvent,
} from '../../../../test/tools/json-builders.ts'
import { jsonl } from '../index.ts'

function read(object: unknown) {
  const text = typeof object === 'string' ? object : JSON.stringify(object)
  const got = collect(jsonl, `${text}\n`)
  expect(got.records).toHaveLength(1)
  return { ...got.records[0]!, shapes: got.shapes, damages: got.damages }
}

/** What every Windows dialect has to give of the sample. */
const common = {
  Provider_Name: 'Microsoft-Windows-Sysmon',
  EventID: 17,
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  Computer: 'ws1.example.test',
  TimeCreated_SystemTime: '2026-03-04T10:20:30.125Z',
  UtcTime: '2026-03-04 10:20:30.120',
  ProcessId: '5120',
  PipeName: '\\example_4f',
  Image: 'C:\\Tools\\serve.exe',
  User: 'EXAMPLE\\ana',
}
const header = {
  ...common,
  EventRecordID: 4711,
  Execution_ProcessID: 2200,
  Execution_ThreadID: 3344,
  Security_UserID: 'S-1-5-18',
}
const windows = {
  family: 'windows',
  provider: 'Microsoft-Windows-Sysmon',
  channel: 'Microsoft-Windows-Sysmon/Operational',
  id: '17',
}

const sampleNxlog = (change: object = {}) => ({
  ...nxlogObject(
    pipeSample,
    '2026-03-04 06:20:30',
    '2026-03-04 06:20:33',
    '2026-03-04T10:20:33.495Z',
  ),
  ...change,
})

describe('the same event in every Windows dialect', () => {
  const whole: [string, object, object][] = [
    ['Winlogbeat 6 JSON', winlogbeat6Object(pipeSample), header],
    ['Winlogbeat JSON', winlogbeat7Object(pipeSample), header],
    ['evtx_dump JSON', evtxDumpObject(pipeSample), header],
    ['evtx_dump JSON', evtxDumpSeparateObject(pipeSample), header],
    ['PowerShell export JSON', powershellObject(pipeSample), common],
    [
      'Log Analytics export',
      logAnalyticsObject(pipeSample, 'WindowsEvent'),
      common,
    ],
    [
      'Log Analytics export',
      logAnalyticsObject(pipeSample, 'SecurityEvent'),
      common,
    ],
    ['Splunk export', splunkXmlObject(pipeSample), header],
    [
      'NXLog JSON',
      sampleNxlog(),
      { ...header, TimeCreated_SystemTime: '2026-03-04T10:20:30.000Z' },
    ],
  ]
  it.each(whole)(
    '%s: has the same names and values',
    (name, object, fields) => {
      const got = read(object)
      expect(got.shapes).toEqual([name])
      expect(got.provenance).toMatchObject(windows)
      expect(got.fields).toMatchObject(fields)
      expect(got.damages).toEqual([])
    },
  )

  it('is the same behind the envelope of a search engine', () => {
    const got = read({
      _index: 'x',
      _id: '1',
      _source: winlogbeat7Object(pipeSample),
    })
    expect(got.fields).toMatchObject({ ...header, _index: 'x' })
  })

  it('keeps what the collector adds under its own names', () => {
    expect(read(winlogbeat6Object(pipeSample)).fields).toMatchObject({
      'beat.name': 'collector',
      'host.name': 'collector',
      type: 'wineventlog',
    })
    expect(read(sampleNxlog()).fields).toMatchObject({
      Message: 'Pipe Created:\r\nPipeName: {made up}',
      tags: ['lab'],
      SourceModuleType: 'im_msvistalog',
    })
  })
})

describe('a flat event in a member', () => {
  it.each(['event', 'foo', 'data'])(
    'has its data besides its header: %s',
    (member) => {
      const { EventID, Channel, Computer, PipeName } = common
      const event = { EventID, Channel, Computer, PipeName, id: 7 }
      const { fields } = read({ sourcetype: 'x', [member]: event })
      expect(fields).toMatchObject({
        EventID,
        Channel,
        PipeName,
        id: 7,
        sourcetype: 'x',
      })
    },
  )
})

describe('NXLog', () => {
  it("writes keywords as a signed number, which become Windows' own", () => {
    expect(read(sampleNxlog()).fields.Keywords).toBe('0x8000000000000000')
  })

  it("sets its own EventType apart from the event's", () => {
    const own = read(sampleNxlog()).fields
    expect(own).not.toHaveProperty('EventType')
    expect(own.NXLogEventType).toBe('INFO')
    const sysmons = read(sampleNxlog({ EventType: 'SetValue' })).fields
    expect(sysmons.EventType).toBe('SetValue')
    expect(sysmons).not.toHaveProperty('NXLogEventType')
    const both = sampleNxlog({
      EventType: 'SetValue',
      EventTypeOrignal: 'INFO',
    })
    expect(read(both).fields).toMatchObject({
      EventType: 'SetValue',
      NXLogEventType: 'INFO',
    })
  })

  it('unescapes anonymous pipes, and nothing else', () => {
    const fields = read(
      sampleNxlog({
        PipeName: '&lt;Anonymous Pipe&gt;',
        CommandLine: 'echo &lt;b&gt; %%COMSPEC%%',
      }),
    ).fields
    expect(fields.PipeName).toBe('<Anonymous Pipe>')
    expect(fields.CommandLine).toBe('echo &lt;b&gt; %%COMSPEC%%')
  })

  it('leaves a time with a zone and a time without a reference as they are', () => {
    const time = (change: object) =>
      read(sampleNxlog(change)).fields.TimeCreated_SystemTime
    expect(time({ EventTime: '2026-03-04T12:20:30+02:00' })).toBe(
      '2026-03-04T10:20:30.000Z',
    )
    expect(time({ '@timestamp': undefined })).toBe('2026-03-04T06:20:30.000Z')
  })
})

describe('evtx_dump', () => {
  const dump = (eventData: unknown, system: object = {}) =>
    read({
      Event: {
        System: {
          Provider: { '#attributes': { Name: 'P' } },
          EventID: 1,
          ...system,
        },
        ...(eventData as object),
      },
    }).fields

  it('gives qualifiers, and braces to the GUIDs of the System part', () => {
    const fields = dump(
      { EventData: null },
      {
        EventID: { '#attributes': { Qualifiers: 16384 }, '#text': 7036 },
        Correlation: {
          '#attributes': { ActivityID: 'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb' },
        },
      },
    )
    expect(fields).toEqual({
      Provider_Name: 'P',
      EventID: 7036,
      Qualifiers: 16384,
      Correlation_ActivityID: '{AAAAAAAA-0000-1111-2222-BBBBBBBBBBBB}',
    })
  })

  it('joins and numbers data without names', () => {
    expect(
      dump({ EventData: { Data: { '#text': ['a', 'b'] } } }),
    ).toMatchObject({
      Data: 'a\nb',
      param1: 'a',
      param2: 'b',
    })
  })

  it('takes the leaves of user data without wrapper and namespace', () => {
    const fields = dump({
      UserData: {
        LogFileCleared: {
          '#attributes': { 'xmlns:auto-ns3': 'urn:x' },
          SubjectUserName: 'ana',
        },
      },
    })
    expect(fields).toEqual({
      Provider_Name: 'P',
      EventID: 1,
      SubjectUserName: 'ana',
    })
  })

  it('sets event data apart that have the name of a System field', () => {
    expect(dump({ EventData: { EventID: 'x' } })).toMatchObject({
      EventID: 1,
      EventData_EventID: 'x',
    })
  })
})

describe('Log Analytics', () => {
  const syslog = (message: string) => ({
    TenantId: 'redacted',
    TimeGenerated: '2026-03-04T10:20:30Z',
    Type: 'Syslog',
    Facility: 'user',
    ProcessName: 'sysmon',
    SyslogMessage: message,
  })

  it('holds Sysmon for Linux in a message, also one that was cut off', () => {
    const line = syslogXmlLine(pipeSample)
    const whole = read(syslog(line.slice(line.indexOf('<Event'))))
    expect(whole.provenance).toMatchObject(windows)
    expect(whole.fields).toMatchObject({
      PipeName: '\\example_4f',
      Facility: 'user',
      SyslogProcessName: 'sysmon',
    })
    const cut = read(syslog(line.slice(line.indexOf('<Event'), -80)))
    expect(cut.fields).toMatchObject({ EventID: 17 })
    expect(cut.damages[0]!.message).toContain('cut off')
  })

  it('holds a line of auoms', () => {
    const got = read(
      syslog(
        'type=AUOMS_EXECVE audit(1772619630.125:77): arch=x86_64 syscall=execve exe="/usr/bin/example"',
      ),
    )
    expect(got.provenance.family).toBe('linux-audit')
    expect(got.fields.exe).toBe('/usr/bin/example')
  })

  it('holds an audit record that was cut, without the value at the cut', () => {
    const got = read(
      syslog('type=CWD msg=audit(1772619630.125:77): cwd="/var/li'),
    )
    expect(got.fields).not.toHaveProperty('cwd')
    expect(got.damages).toMatchObject([
      { message: expect.stringContaining('1 line cut off') as unknown },
    ])
  })

  it('gives a message of anything else as it is, of unknown shape', () => {
    const got = read(syslog('session opened'))
    expect(got.provenance.family).toBe('unknown')
    expect(got.fields.SyslogMessage).toBe('session opened')
  })
})

describe('Splunk', () => {
  it('reads the classic rendering', () => {
    const got = read({
      _raw: '03/04/2026 10:20:30 AM\r\nLogName=Security\r\nSourceName=Microsoft Windows security auditing.\r\nEventCode=4688\r\nComputerName=ws1\r\nRecordNumber=12\r\nMessage=A new process\r\nhas been created.',
      sourcetype: 'WinEventLog',
    })
    expect(got.fields).toMatchObject({
      Channel: 'Security',
      EventID: 4688,
      Computer: 'ws1',
      EventRecordID: 12,
      Message: 'A new process\r\nhas been created.',
    })
  })

  it('reads JSON in _raw as if it stood alone', () => {
    const got = read({
      result: { _raw: JSON.stringify(winlogbeat7Object(pipeSample)) },
      offset: 0,
    })
    expect(got.fields).toMatchObject(header)
  })
})

describe('macOS and others', () => {
  const object = { auid: 501, euid: 501, pid: 321, pidversion: 9 }
  it.each([
    ['an object', object, { 'process.audit_token.pid': 321 }],
    [
      'a list',
      [501, 501, 20, 501, 20, 321, 100, 9],
      { 'process.audit_token': [501, 501, 20, 501, 20, 321, 100, 9] },
    ],
    [
      'a text',
      '501-501-20-501-20-321-100-9',
      { 'process.audit_token': '501-501-20-501-20-321-100-9' },
    ],
  ])(
    'eslogger: keys on the member of event; the audit token is %s',
    (_, token, fields) => {
      const got = read(esloggerLine(token))
      expect(got.provenance).toMatchObject({
        family: 'endpoint-security',
        provider: 'eslogger',
        id: 'exec',
      })
      expect(got.fields).toMatchObject({
        ...fields,
        'process.executable.path': '/usr/bin/example',
        'event.exec.args': ['example', '--socket', '/tmp/x'],
        'event.exec.fds': '[{"fd":0,"fdtype":1}]',
      })
    },
  )

  it('ECS without a Windows header goes by module, data set, category and action', () => {
    const got = read({
      _index: '.ds-logs',
      _source: {
        '@timestamp': '2026-03-04T10:20:30Z',
        event: {
          module: 'endpoint',
          dataset: 'endpoint.events.process',
          category: ['process'],
          action: 'exec',
        },
        process: { executable: '/usr/bin/example' },
      },
    })
    expect(got.provenance).toMatchObject({
      family: 'ecs',
      provider: 'endpoint',
      channel: 'endpoint.events.process',
      id: 'process/exec',
    })
    expect(got.fields['process.executable']).toBe('/usr/bin/example')
  })

  it("a fleet's answer to a query gives osquery's rows, with their host", () => {
    const row = { pid: '9', path: '/usr/bin/example', cmdline: 'example' }
    const answer = { query_name: 'q', host: { hostname: 'web1' }, rows: [row] }
    const got = read(answer)
    expect(got.provenance.family).toBe('osquery')
    expect(got.fields).toMatchObject({ ...row, 'host.hostname': 'web1' })
  })

  it('laurel gives Linux audit events', () => {
    const got = read({
      ID: '1772619630.125:77',
      SYSCALL: { syscall: 59, exe: '/usr/bin/example', ARGV: ['0x1'] },
    })
    expect(got.provenance.family).toBe('linux-audit')
    expect(got.fields.exe).toBe('/usr/bin/example')
  })

  it('flat events with hints keep every field as it is', () => {
    const event = {
      EventID: '11',
      TargetFilename: 'C:\\x',
      product: 'windows',
      category: 'file_event',
      n: 1.5,
      none: null,
    }
    const got = read(event)
    expect(got.provenance).toMatchObject({
      family: 'hints',
      provider: 'windows',
      channel: '',
      id: 'file_event',
    })
    expect(got.fields).toEqual(event)
  })

  it('flat Windows events keep every field as it is', () => {
    const event = {
      Channel: 'Security',
      EventID: '4688',
      Provider_Name: 'P',
      CommandLine: '',
    }
    const got = read(event)
    expect(got.provenance).toMatchObject({
      family: 'windows',
      provider: 'P',
      id: '4688',
    })
    expect(got.fields).toEqual(event)
  })

  it('what nobody recognises is given, and shown once with its keys', () => {
    const line = JSON.stringify({ b: 1, a: { c: 2 } })
    const got = collect(jsonl, `${line}\n${line}\n{"a":{"c":3},"b":4}\n`)
    expect(got.records.map((r) => r.provenance.family)).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ])
    expect(got.unknown).toEqual([['a', 'b']])
    expect(new Set(got.records.map((r) => r.shape)).size).toBe(1)
  })
})

describe('the gate', () => {
  const lines = [
    JSON.stringify(sampleNxlog()),
    JSON.stringify(sampleNxlog({ EventID: 3 })),
    JSON.stringify({ ...sampleNxlog({ EventID: 3 }), nested: { EventID: 17 } }),
    JSON.stringify(winlogbeat6Object({ ...pipeSample, eventId: 3 })),
    xmlEvent(pipeSample),
  ]
  it('is asked by who wrote a record, and what it does not want is skipped', () => {
    const asked: string[] = []
    const got = collect(jsonl, `${lines.slice(0, 4).join('\n')}\n`, {
      gate: {
        wants: (p) => {
          asked.push(p.id)
          return p.id === '17'
        },
      },
    })
    expect(got.records.map((r) => r.number)).toEqual([1])
    expect(got.skipped).toBe(3)
    expect(new Set(asked)).toEqual(new Set(['17', '3']))
  })
})
