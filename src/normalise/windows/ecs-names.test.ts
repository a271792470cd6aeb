import { describe, expect, it } from 'vitest'

import { provenance, Shape, type Value } from '../../base/record.ts'

import { Normaliser } from '../normaliser.ts'

const sysmon = [
  'Microsoft-Windows-Sysmon',
  'Microsoft-Windows-Sysmon/Operational',
] as const
const security = ['Microsoft-Windows-Security-Auditing', 'Security'] as const

function added(
  [provider, channel]: readonly [string, string],
  id: string,
  fields: Readonly<Record<string, Value>>,
) {
  const names = Object.keys(fields)
  const event = new Normaliser().event(
    {
      shape: new Shape(names),
      provenance: provenance('windows', provider, channel, id),
      number: 1,
      offset: 0,
      writtenAt: undefined,
      value: (i) => fields[names[i]!],
    },
    'made.jsonl',
  )
  return Object.fromEntries(
    event.shape.names.map((name, i) => [name, event.value(i)]),
  )
}

const started = {
  'process.executable': 'C:\\a.exe',
  'process.command_line': 'a {00000000-0000-0000-0000-000000000001}',
  'process.pid': 77,
  'process.parent.executable': 'C:\\p.exe',
  'process.parent.pid': 5,
  'user.name': 'ana',
  'user.domain': 'CORP',
}

describe("data that stand under the names of Elastic's schema", () => {
  it('have the own names of a start, and what is made of them', () => {
    expect(added(sysmon, '1', started)).toMatchObject({
      Image: 'C:\\a.exe',
      ProcessId: 77,
      StartedProcessId: 77,
      ParentImage: 'C:\\p.exe',
      ParentProcessId: 5,
      User: 'CORP\\ana',
      Clsid: '{00000000-0000-0000-0000-000000000001}',
    })
    expect(added(security, '4688', started)).toMatchObject({
      NewProcessName: 'C:\\a.exe',
      Image: 'C:\\a.exe',
      StartedProcessId: 77,
      ParentImage: 'C:\\p.exe',
      SubjectUserName: 'ana',
    })
  })

  it('come last: the own name holds, unless it is left blank', () => {
    const own = { ...started, Image: 'C:\\own.exe', ParentImage: '' }
    expect(added(sysmon, '1', own)).toMatchObject({
      Image: 'C:\\own.exe',
      ParentImage: 'C:\\p.exe',
    })
  })

  it.each([
    ['7', { 'file.path': 'C:\\b.dll' }, { ImageLoaded: 'C:\\b.dll' }],
    ['17', { 'file.name': '\\p1' }, { PipeName: '\\p1', PipeTemplate: '\\p*' }],
    [
      '13',
      { 'registry.path': 'HKLM\\SOFTWARE\\Classes\\CLSID\\x' },
      { RegistryKey: 'HKLM\\SOFTWARE\\Classes\\CLSID\\x' },
    ],
    ['11', { 'file.path': 'C:\\t.txt' }, { TargetFilename: 'C:\\t.txt' }],
    ['3', { 'network.direction': 'egress' }, { Initiated: 'true' }],
    ['10', { 'process.executable': 'C:\\a.exe' }, { SourceImage: 'C:\\a.exe' }],
  ])('of event %s have its own names', (id, fields, own) => {
    const event = added(sysmon, id, fields)
    const { PipeTemplate, ...plain } = own as Record<string, unknown>
    expect(event).toMatchObject(plain)
    if (PipeTemplate) expect(event).toHaveProperty('PipeTemplate')
    if (id !== '11') expect(event).not.toHaveProperty('TargetFilename')
  })
})
