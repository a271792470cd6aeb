import { describe, expect, it } from 'vitest'

import { eventOf } from '../../test/tools/event-of.ts'

import { Ties } from './ties.ts'

const of = (fields: Parameters<typeof eventOf>[0]) =>
  new Ties().of(eventOf(fields))

describe('ties', () => {
  it('are processes by identity, else by pid', () => {
    expect(of({ ProcessGuid: '{A}', ProcessId: 5 })).toEqual(['process {a}'])
    expect(of({ ProcessId: 5, Image: '/usr/bin/x' })).toEqual(['pid 5'])
  })

  it('are no programs that act for everybody, nor the session of the system', () => {
    const services = 'C:\\Windows\\System32\\services.exe'
    expect(
      of({
        ProcessGuid: '{A}',
        Image: services,
        LogonId: '0x3E7',
        ProcessId: 4,
      }),
    ).toEqual([])
    expect(of({ ParentProcessGuid: '{P}', ParentImage: services })).toEqual([])
    const named = 'C:\\Windows\\svchost.exe'
    expect(of({ ProcessGuid: '{A}', Image: named })).toEqual(['process {a}'])
  })

  it('are programs from elsewhere, and pipes that commands name', () => {
    expect(of({ Image: 'C:\\Users\\a\\x.exe' })).toEqual([
      'program c:\\users\\a\\x.exe',
    ])
    expect(of({ Image: 'C:\\Windows\\x.exe' })).toEqual([])
    expect(of({ CommandLine: 'cmd /c echo a > \\\\.\\pipe\\Abc "' })).toEqual([
      'pipe \\abc',
    ])
    expect(of({ PipeName: '\\svcctl' })).toEqual([])
    expect(of({ ServiceName: 'Abc' })).toEqual(['service abc', 'pipe \\abc'])
    expect(of({ PipeName: '\\x\\pipe\\svcctl' })).toHaveLength(1)
  })
})
