import { describe, expect, it } from 'vitest'

import { collect } from '../../../../test/tools/collect.ts'
import { jsonl } from '../index.ts'

function read(object: object) {
  const got = collect(jsonl, `${JSON.stringify(object)}\n`)
  return got.records[0]!
}

const sysmon = 'Microsoft-Windows-Sysmon'
const security = 'Microsoft-Windows-Security-Auditing'
const pipe = { Image: 'C:\\a.exe', PipeName: '\\a', ProcessId: 7 }
const service = { ServiceName: 'a', ImagePath: 'C:\\a.exe' }

describe('the writer of a Windows event', () => {
  it.each([
    [
      "the kind that Splunk's row names",
      {
        EventCode: '17',
        sourcetype: `XmlWinEventLog:${sysmon}/Operational`,
        ...pipe,
      },
      sysmon,
    ],
    [
      "the source that Splunk's row names",
      { EventCode: '4634', sourcetype: 'x', source: 'WinEventLog:Security' },
      security,
    ],
    ['its data', { EventID: 17, ...pipe }, sysmon],
    [
      'its id, where its data are of Windows',
      { EventID: 7045, ...service },
      'Service Control Manager',
    ],
    [
      'its data, in a log of many',
      { EventID: 17, Channel: 'ForwardedEvents', ...pipe },
      sysmon,
    ],
    ['its log', { EventID: 4634, Channel: 'Security', LogonType: 3 }, security],
    [
      'its id, in a log of few',
      { EventID: 7045, Channel: 'System', ...service },
      'Service Control Manager',
    ],
    [
      'a source',
      { EventID: 7045, Channel: 'System', source: 'Service Control Manager' },
      'Service Control Manager',
    ],
    ['a source alone', { EventID: 17, SourceName: sysmon, ...pipe }, sysmon],
  ])('is told by %s', (_, object, provider) => {
    expect(read(object).provenance).toMatchObject({
      family: 'windows',
      provider,
    })
  })

  it.each([
    ['an id and one name', { EventID: 17, Image: 'a.png', size: 3 }],
    ['a weak id', { id: 17, ...pipe }],
  ])('is nobody by %s', (_, object) => {
    expect(read(object).provenance.family).toBe('unknown')
  })

  it('is not told by an id that others use', () => {
    const object = { EventID: 1000, Channel: 'Application', Data: 'a' }
    expect(read(object).provenance).toMatchObject({ provider: '' })
  })
})
