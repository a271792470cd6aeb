import { describe, expect, it } from 'vitest'

import { collect } from '../../../test/tools/collect.ts'
import { startStrings } from '../../../test/tools/text-shapes.ts'
import { csv } from '../csv/index.ts'
import { jsonl } from '../jsonl/index.ts'
import { namedByPlace } from './positional-data.ts'

const provider = 'Microsoft-Windows-Security-Auditing'
const wmi = {
  ComputerName: 'ws1',
  EventCode: 4688,
  Logfile: 'Security',
  SourceName: provider,
  TimeGenerated: '20260304102030.125000-000',
}
const python = `['${startStrings.join("', '").replaceAll('\\', '\\\\')}']`
const expected = {
  EventID: 4688,
  Computer: 'ws1',
  NewProcessName: 'C:\\t\\probe.exe',
  CommandLine: 'probe.exe -x',
  ParentProcessName: 'C:\\Windows\\explorer.exe',
}

describe('strings without names', () => {
  it.each([
    ['of Win32_NTLogEvent', { ...wmi, InsertionStrings: startStrings }],
    [
      "of Google's agent",
      {
        jsonPayload: {
          Channel: 'security',
          ComputerName: 'ws1',
          EventID: 4688,
          SourceName: provider,
          StringInserts: startStrings,
        },
      },
    ],
    [
      'of Get-EventLog',
      {
        MachineName: 'ws1',
        EventID: 4688,
        Source: provider,
        Message: 'A new process has been created.',
        ReplacementStrings: startStrings,
        TimeGenerated: '/Date(1772619630125)/',
        TimeWritten: '/Date(1772619630125)/',
      },
    ],
    [
      "of Get-WinEvent, below a message in another language's words",
      {
        Id: 4688,
        ProviderName: provider,
        LogName: 'Security',
        MachineName: 'ws1',
        Message: 'x.\r\n\r\ny:\r\n\tz:\t\t1\r\n\ta:\t\t2\r\n\tb:\t\t3',
        Properties: startStrings.map((Value, i) => ({
          Value: i === 0 ? { BinaryLength: 12, Value } : Value,
        })),
      },
    ],
    [
      'of InsightIDR',
      {
        asset: 'ws1',
        source_json: {
          sourceName: provider,
          insertionStrings: startStrings,
          eventCode: 4688,
          computerName: 'ws1',
        },
      },
    ],
  ])('%s have those of their event', (_, object) => {
    const got = collect(jsonl, `${JSON.stringify(object)}\n`)
    expect(got.damages).toEqual([])
    expect(got.records[0]!.fields).toMatchObject(expected)
  })

  it('leave what stands beside them to the header', () => {
    const object = {
      Id: 7045,
      ProviderName: 'Service Control Manager',
      LogName: 'System',
      MachineName: 'ws1',
      ProcessId: 468,
      ThreadId: 3256,
      Properties: ['svc', 'C:\\a.exe', 'user mode service', 'demand start'].map(
        (Value) => ({ Value }),
      ),
    }
    const { fields } = collect(jsonl, `${JSON.stringify(object)}\n`).records[0]!
    expect(fields).toMatchObject({
      ServiceName: 'svc',
      Execution_ProcessID: 468,
      Execution_ThreadID: 3256,
    })
    expect(fields).not.toHaveProperty('ProcessId')
  })

  it('that PowerShell named by their type are none: what the message says holds', () => {
    const type = 'System.Diagnostics.Eventing.Reader.EventProperty'
    const object = {
      Id: 5145,
      ProviderName: provider,
      LogName: 'Security',
      MachineName: 'ws1',
      Message:
        'A network share object was checked.\r\n\r\nShare Information:\r\n\tShare Name:\t\t\\\\*\\IPC$\r\n\tRelative Target Name:\tsvcctl',
      Properties: Array.from({ length: 13 }, () => type),
    }
    const got = collect(jsonl, `${JSON.stringify(object)}\n`)
    const { Properties: _, ...fields } = got.records[0]!.fields
    expect(fields).toMatchObject({ RelativeTargetName: 'svcctl' })
    expect(Object.values(fields)).not.toContain(type)
  })

  it.each([
    [
      'of Log Parser',
      `EventLog,RecordNumber,TimeGenerated,EventID,SourceName,Strings,ComputerName\nC:\\Security.evtx,77,2026-03-04 10:20:30,4688,${provider},"${startStrings.join('|')}",ws1\n`,
    ],
    [
      'of wmic',
      `Node,ComputerName,EventCode,InsertionStrings,Logfile,SourceName\nWS1,ws1,4688,{${startStrings.join(';')}},Security,${provider}\n`,
    ],
    [
      "of plaso's l2tcsv",
      `date,time,timezone,MACB,source,host,short,desc\n03/04/2026,10:20:30,UTC,M...,EVT,ws1,s,"[4688 / 0x1250] Source Name: ${provider} Message string: x Strings: ${python} Computer Name: ws1 Record Number: 77 Event Level: 0"\n`,
    ],
    [
      "of plaso's dynamic table",
      `datetime,timestamp_desc,source,message\n2026-03-04T10:20:30.125000+00:00,Written,EVT,"[4688 / 0x1250] Source Name: ${provider} Strings: ${python} Computer Name: ws1 Record Number: 77 Event Level: 0"\n`,
    ],
  ])('%s, in a table, have them too', (_, text) => {
    const got = collect(csv, text)
    expect(got.records.map((r) => r.fields)).toMatchObject([expected])
  })

  it('stay unnamed where a value has not the shape of its name', () => {
    expect(namedByPlace('Microsoft-Windows-Sysmon', '5', [])).toBeUndefined()
    const values = ['2026-03-04 10:20:30.125', '{x}', '9', 'C:\\a.exe', 'ana']
    expect(
      namedByPlace('Microsoft-Windows-Sysmon', '5', values),
    ).toBeUndefined()
  })

  it('of a later version of Windows are more', () => {
    expect(namedByPlace(provider, '4688', startStrings.slice(0, 9))).toEqual(
      expect.objectContaining({ CommandLine: 'probe.exe -x' }),
    )
    expect(
      namedByPlace(provider, '4688', [...startStrings, 'x']),
    ).toBeUndefined()
  })
})

describe("Sysmon's strings", () => {
  const guid = '{00000000-0000-0000-0000-000000000001}'
  const newest: Readonly<Record<string, string>> = {
    RuleName: '-',
    UtcTime: '2026-03-04 10:20:30.120',
    ProcessGuid: guid,
    ProcessId: '77',
    Image: 'C:\\a.exe',
    FileVersion: '1',
    Description: 'd',
    Product: 'p',
    Company: 'c',
    OriginalFileName: 'A.EXE',
    CommandLine: 'a -x',
    CurrentDirectory: 'C:\\',
    User: 'CORP\\ana',
    LogonGuid: guid,
    LogonId: '0x1',
    TerminalSessionId: '1',
    IntegrityLevel: 'High',
    Hashes: 'MD5=aa',
    ParentProcessGuid: guid,
    ParentProcessId: '5',
    ParentImage: 'C:\\p.exe',
    ParentCommandLine: 'p',
    ParentUser: 'CORP\\bo',
  }
  const versions: readonly (readonly string[])[] = [
    ['ParentUser'],
    ['OriginalFileName'],
    ['FileVersion', 'Description', 'Product', 'Company'],
    ['RuleName'],
  ]
  const sysmon = 'Microsoft-Windows-Sysmon'
  const without = (n: number) => {
    const gone = new Set(versions.slice(0, n).flat())
    return Object.fromEntries(
      Object.entries(newest).filter(([name]) => !gone.has(name)),
    )
  }

  it.each([0, 1, 2, 3, 4])(
    'of a start, %i versions back, have the names of their version',
    (n) => {
      const fields = without(n)
      expect(namedByPlace(sysmon, '1', Object.values(fields))).toEqual(fields)
    },
  )

  it('of a pipe before it had a user, the kind of its event or a rule have theirs', () => {
    const old = ['2026-03-04 10:20:30.120', guid, '77', '\\p', 'C:\\a.exe']
    const named = { UtcTime: old[0], PipeName: '\\p', Image: 'C:\\a.exe' }
    expect(namedByPlace(sysmon, '17', old)).toMatchObject(named)
    expect(namedByPlace(sysmon, '17', ['-', ...old])).toMatchObject({
      RuleName: '-',
      ...named,
    })
    expect(namedByPlace(sysmon, '17', old.slice(1))).toBeUndefined()
  })

  const row = {
    data_type: 'windows:evtx:record',
    computer_name: 'ws1',
    event_identifier: 1,
    message: `[1 / 0x0001] Source Name: ${sysmon} Strings: ['x'] Computer Name: ws1 Record Number: 12`,
    record_number: 12,
    source_name: sysmon,
    timestamp: 1_772_619_630_125_000,
    timestamp_desc: 'Content Modification Time',
  }
  const started = { CommandLine: 'a -x', ParentImage: 'C:\\p.exe' }

  it("of plaso's lines of JSON have them, whatever its message says", () => {
    const object = { ...row, strings: Object.values(without(2)) }
    const got = collect(jsonl, `${JSON.stringify(object)}\n`)
    expect(got.records[0]!.fields).toMatchObject(started)
  })

  const data = Object.entries(newest)
    .map(([name, value]) => `<Data Name="${name}">${value}</Data>`)
    .join('')
  const xml = `<?xml version="1.0" encoding="utf-16"?>\n<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="${sysmon}"/><EventID>1</EventID><Channel>${sysmon}/Operational</Channel><Computer>ws1</Computer></System><EventData>${data}</EventData></Event>`

  it("are not asked where plaso kept the event's own XML", () => {
    const strings = ['x', 'y']
    const object = { ...row, strings, xml_string: xml }
    const got = collect(jsonl, `${JSON.stringify(object)}\n`)
    expect(got.records[0]!.fields).toMatchObject(started)

    const { message } = row
    const cells = ['2026-03-04T10:20:30Z', 'Written', message, xml]
    const line = cells.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')
    const table = `datetime,timestamp_desc,message,xml_string\n${line}\n`
    expect(collect(csv, table).records[0]!.fields).toMatchObject(started)
  })
})
