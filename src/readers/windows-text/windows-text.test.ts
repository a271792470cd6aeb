import { describe, expect, it } from 'vitest'

import { collect } from '../../../test/tools/collect.ts'
import { recogniseFormat } from '../index.ts'
import { windowsText } from './index.ts'

const started = (name: string) =>
  `A new process has been created.\r\n\r\nCreator Subject:\r\n\tSecurity ID:\t\tS-1-5-18\r\n\tAccount Name:\t\tana\r\n\r\nProcess Information:\r\n\tNew Process ID:\t\t0x1f4\r\n\tNew Process Name:\t${name}\r\n\tProcess Command Line:\ta.exe -x\r\n`

function read(text: string) {
  expect(recogniseFormat(Buffer.from(text), 'x.txt')?.name).toBe('windows-text')
  const whole = collect(windowsText, text)
  const cut = collect(windowsText, text, { blocks: [5] })
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
})
