import { describe, expect, it } from 'vitest'

import { eventOf } from '../../test/tools/event-of.ts'

import { Ties } from './ties.ts'

const of = (fields: Parameters<typeof eventOf>[0]) =>
  new Ties().of(eventOf(fields)).map(({ text }) => text)

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

  it('are files by their names alone, wherever commands say that they lay', () => {
    const parent =
      '"C:\\Office16\\WINWORD.EXE" /n "C:\\Users\\a\\My Letter.docx" /o ""'
    expect(of({ ParentCommandLine: parent })).toEqual([
      'named my letter.docx',
      'named letter.docx',
    ])
    expect(of({ CommandLine: 'wscript.exe a.vbs' })).toEqual(['named a.vbs'])
    expect(of({ DocumentName: 'terms.docx' })).toEqual([
      'file terms.docx',
      'named terms.docx',
    ])
    expect(of({ CommandLine: 'ping a.com 127.0.0.1' })).toEqual([])
  })

  it('are commands of documents, and of what an Office program starts', () => {
    const command = 'command cmd /k powershell -e x'
    const walk =
      'C:\\\\Office\\\\MSEXCEL\\\\..\\\\..\\\\Windows\\\\cmd.exe "/k  powershell -e x"'
    expect(of({ DdeCommand: walk })).toEqual([command])
    const CommandLine = '"C:\\Windows\\System32\\cmd.exe" /k powershell -e x'
    const ParentImage = 'C:\\Program Files\\Office16\\EXCEL.EXE'
    expect(of({ CommandLine, ParentImage })).toEqual([command])
    expect(of({ CommandLine })).toEqual([])
  })
})
