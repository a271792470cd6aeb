import { describe, expect, it } from 'vitest'

import {
  provenance,
  Shape,
  type SourceRecord,
  type Value,
} from '../base/record.ts'

import { Normaliser } from '../normalise/normaliser.ts'

import { isTwin, type Twin, twinOf } from './twins.ts'

type Fields = Readonly<Record<string, Value>>

function twin(
  provider: string,
  channel: string,
  id: string,
  fields: Fields,
): Twin | undefined {
  const names = Object.keys(fields)
  const record: SourceRecord = {
    shape: new Shape(names),
    provenance: provenance('windows', provider, channel, id),
    number: 1,
    offset: 0,
    writtenAt: undefined,
    value: (i) => fields[names[i]!],
  }
  return twinOf(new Normaliser().event(record, 'made.jsonl'))
}

const image = 'C:\\Windows\\System32\\cmd.exe'

const sysmon = (fields: Fields) =>
  twin('Microsoft-Windows-Sysmon', '', '1', {
    Computer: 'WS7.corp.example',
    Image: image,
    UtcTime: '2026-01-02 03:04:05.900',
    ...fields,
  })!

const security = (fields: Fields) =>
  twin('Microsoft-Windows-Security-Auditing', '', '4688', {
    Computer: 'WS7',
    NewProcessName: image.toUpperCase(),
    TimeCreated: '2026-01-02T03:04:05.950Z',
    ...fields,
  })!

describe('twins', () => {
  it('are of one host and image, whatever the case and the domain', () => {
    expect(sysmon({}).key).toBe(security({}).key)
  })

  it('are told by the process id, in whatever notation', () => {
    const start = sysmon({ ProcessId: 4242 })
    expect(isTwin(start, security({ NewProcessId: '0x1092' }))).toBe(true)
    expect(isTwin(start, security({ NewProcessId: '0x1093' }))).toBe(false)
  })

  it('are told by the command line where a record has no process id', () => {
    const start = sysmon({ ProcessId: 4242, CommandLine: 'cmd /c a' })
    expect(isTwin(start, security({ CommandLine: 'cmd /c A ' }))).toBe(true)
    expect(isTwin(start, security({ CommandLine: 'cmd /c b' }))).toBe(false)
  })

  it('may be a second farther apart where one of them tells whole seconds', () => {
    const start = sysmon({ UtcTime: '2026-01-02 03:04:05.900' })
    const at = (TimeCreated: string) => security({ TimeCreated })
    expect(isTwin(start, at('2026-01-02T03:04:03Z'))).toBe(true)
    expect(isTwin(start, at('2026-01-02T03:04:03.001Z'))).toBe(false)
  })

  it('are never two records of one provider', () => {
    expect(isTwin(sysmon({}), sysmon({}))).toBe(false)
  })

  it('are starts alone', () => {
    expect(
      twin('Microsoft-Windows-Sysmon', '', '5', { Image: image }),
    ).toBeUndefined()
  })
})
