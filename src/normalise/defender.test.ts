import { describe, expect, it } from 'vitest'

import { provenance, Shape, type Value } from '../base/record.ts'

import { fieldOf } from '../event/event.ts'

import { Normaliser } from './normaliser.ts'

function normalise(fields: Readonly<Record<string, Value>>) {
  const names = Object.keys(fields)
  return new Normaliser().event(
    {
      shape: new Shape(names),
      provenance: provenance(
        'defender',
        'defender',
        '',
        String(fields.ActionType),
      ),
      number: 1,
      offset: 0,
      writtenAt: undefined,
      value: (i) => fields[names[i]!],
    },
    'a.json',
  )
}

const initiator = {
  Timestamp: '2026-03-04T10:20:30.125Z',
  DeviceName: 'ws1.example.test',
  InitiatingProcessFileName: 'host.exe',
  InitiatingProcessFolderPath: 'c:\\windows\\host.exe',
  InitiatingProcessId: 9,
  InitiatingProcessCommandLine: 'host.exe -k',
  InitiatingProcessAccountDomain: 'example',
  InitiatingProcessAccountName: 'ana',
}

function fieldsOf(
  fields: Readonly<Record<string, Value>>,
  ...names: readonly string[]
) {
  const event = normalise({ ...initiator, ...fields })
  return names.map((name) => fieldOf(event, name))
}

describe("Defender's hunting tables", () => {
  it('call the initiator of a start its parent', () => {
    const event = normalise({
      ...initiator,
      ActionType: 'ProcessCreated',
      FileName: 'serve.exe',
      FolderPath: 'C:\\Tools\\serve.exe',
      ProcessId: 12,
      ProcessCommandLine: 'serve.exe -x',
      AccountDomain: 'example',
      AccountName: 'bob',
    })
    const value = (name: string) => fieldOf(event, name)
    expect(event.shape.logSource.category).toEqual(['process_creation'])
    expect(event.time()).toBe(Date.UTC(2026, 2, 4, 10, 20, 30, 125))
    expect(event.host()).toBe('ws1.example.test')
    expect(value('Image')).toBe('C:\\Tools\\serve.exe')
    expect(value('CommandLine')).toBe('serve.exe -x')
    expect(value('ProcessId')).toBe(12)
    expect(value('User')).toBe('example\\bob')
    expect(value('ParentImage')).toBe('c:\\windows\\host.exe')
    expect(value('ParentProcessId')).toBe(9)
  })

  it('call the initiator of everything else the one who acted', () => {
    expect(
      fieldsOf(
        {
          ActionType: 'FileCreated',
          FolderPath: 'C:\\Tools',
          FileName: 'a.dll',
        },
        'Image',
        'ProcessId',
        'User',
        'TargetFilename',
      ),
    ).toEqual(['c:\\windows\\host.exe', 9, 'example\\ana', 'C:\\Tools\\a.dll'])
  })

  it('hold pipes in AdditionalFields, as text or as an object', () => {
    const name = '\\Device\\NamedPipe\\ex'
    for (const fields of [
      { AdditionalFields: JSON.stringify({ PipeName: name }) },
      { 'AdditionalFields.PipeName': name },
    ]) {
      const of = { ActionType: 'NamedPipeEvent', ...fields }
      expect(fieldsOf(of, 'PipeName')).toEqual(['\\ex'])
    }
    const torn = { ActionType: 'NamedPipeEvent', AdditionalFields: '{"Pi' }
    expect(fieldsOf(torn, 'PipeName')).toEqual([undefined])
  })

  it('write registry paths as Sysmon does', () => {
    expect(
      fieldsOf(
        {
          ActionType: 'RegistryValueSet',
          RegistryKey: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Ex',
          RegistryValueName: 'a',
          RegistryValueData: 'b',
        },
        'TargetObject',
        'RegistryKey',
        'Details',
      ),
    ).toEqual(['HKLM\\SOFTWARE\\Ex\\a', 'HKLM\\SOFTWARE\\Ex\\a', 'b'])
  })

  it('turn the two ends of an accepted connection', () => {
    expect(
      fieldsOf(
        {
          ActionType: 'InboundConnectionAccepted',
          LocalIP: '10.0.0.1',
          RemoteIP: '10.0.0.2',
        },
        'SourceIp',
        'DestinationIp',
      ),
    ).toEqual(['10.0.0.2', '10.0.0.1'])
  })

  it('know no category of an action that is none', () => {
    const event = normalise({ ...initiator, ActionType: 'constructor' })
    expect(event.shape.logSource.category).toEqual([])
  })
})
