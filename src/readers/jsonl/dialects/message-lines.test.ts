import { describe, expect, it } from 'vitest'

import { collect } from '../../../../test/tools/collect.ts'
import { jsonl } from '../index.ts'

/** The fields of an event that has its message alone. */
function read(provider: string, id: number, message: string) {
  const object = {
    Id: id,
    ProviderName: provider,
    LogName: provider === 'System' ? 'System' : `${provider}/Operational`,
    MachineName: 'ws1',
    Message: message,
  }
  const got = collect(jsonl, `${JSON.stringify(object)}\n`)
  return got.records[0]!.fields
}

const security = 'Microsoft-Windows-Security-Auditing'

/** What forwarders make of breaks and tabs. */
const forwarded = {
  'a blank each': (text: string) => text.replaceAll(/\r\n|\t/g, ' '),
  'one blank for several': (text: string) => text.replaceAll(/\s+/g, ' '),
  'nothing else': (text: string) => text,
}

describe.each(Object.entries(forwarded))('a message with %s', (_, made) => {
  it('of a service keeps what its command looks like', () => {
    const command = 'cmd /c echo a Service Type: b > \\\\.\\pipe\\x'
    const message = made(
      `A service was installed in the system.\r\n\r\nService Name:  x y\r\nService File Name:  ${command}\r\nService Type:  user mode service\r\nService Start Type:  demand start\r\nService Account:  LocalSystem`,
    )
    expect(read('Service Control Manager', 7045, message)).toMatchObject({
      ServiceName: 'x y',
      ImagePath: command,
      ServiceType: 'user mode service',
      StartType: 'demand start',
      AccountName: 'LocalSystem',
    })
  })

  it('of a process start has the accounts of its sections', () => {
    const message = made(
      'A new process has been created.\r\n\r\nCreator Subject:\r\n\tSecurity ID:\t\tS-1-5-18\r\n\tAccount Name:\t\tWS1$\r\n\tLogon ID:\t\t0x3E7\r\n\r\nTarget Subject:\r\n\tSecurity ID:\t\tS-1-0-0\r\n\tAccount Name:\t\tana\r\n\r\nProcess Information:\r\n\tNew Process ID:\t\t0x1a\r\n\tNew Process Name:\tC:\\a.exe\r\n\tToken Elevation Type:\tx (1)\r\n\tCreator Process ID:\t0x2f\r\n\tCreator Process Name:\tC:\\b c.exe\r\n\tProcess Command Line:\ta.exe /c b\r\n\r\nToken Elevation Type indicates the type of token.',
    )
    expect(read(security, 4688, message)).toMatchObject({
      SubjectUserName: 'WS1$',
      SubjectLogonId: '0x3E7',
      TargetUserName: 'ana',
      NewProcessId: '0x1a',
      NewProcessName: 'C:\\a.exe',
      ParentProcessName: 'C:\\b c.exe',
      CommandLine: 'a.exe /c b',
    })
  })

  it('of a script block has its text', () => {
    const script = "$a = New-Object -ComObject 'x.y'"
    const message = made(
      `Creating Scriptblock text (1 of 1):\r\n${script}\r\n\r\nScriptBlock ID: 5f1c2d3e-0a4b-69a5-17e8-000000000700\r\nPath: C:\\a b.ps1`,
    )
    expect(read('Microsoft-Windows-PowerShell', 4104, message)).toMatchObject({
      MessageNumber: 1,
      MessageTotal: 1,
      ScriptBlockText: script,
      ScriptBlockId: '5f1c2d3e-0a4b-69a5-17e8-000000000700',
      Path: 'C:\\a b.ps1',
    })
  })

  const clsid = '{49B2791A-B1AE-4C90-9B8E-E860BA07F889}'
  it.each([
    [
      10016,
      `The machine-default permission settings do not grant Remote Activation permission for the COM Server application with CLSID \r\n${clsid}\r\n and APPID \r\nUnavailable\r\n to the user EX\\ana SID (S-1-5-21-1) from address 10.0.0.5 running in the application container Unavailable SID (Unavailable). This security permission can be modified.`,
      {
        param2: 'Remote',
        param4: clsid,
        param6: 'EX',
        param7: 'ana',
        param9: '10.0.0.5',
      },
    ],
    [
      10036,
      'The server-side authentication level policy does not allow the user EX\\ana SID (S-1-5-21-1) from address 10.0.0.5 to activate DCOM server. Please raise it.',
      { param1: 'EX', param2: 'ana', param4: '10.0.0.5' },
    ],
    [
      10037,
      `Application C:\\a.exe with PID 77 is requesting to activate CLSID ${clsid} on computer ws2 with explicitly set authentication level at 2. The lowest is 5.`,
      { param1: 'C:\\a.exe', param2: '77', param4: 'ws2', param5: '2' },
    ],
    [
      10028,
      'DCOM was unable to communicate with the computer ws9 using any of the configured protocols; requested by PID     1f4 (C:\\a.exe).',
      { param1: 'ws9', param2: '1f4', param3: 'C:\\a.exe' },
    ],
    [
      10010,
      `The server ${clsid} did not register with DCOM within the required timeout.`,
      { param1: clsid },
    ],
    [
      10006,
      `DCOM got error "2147942405" from the computer ws9 when attempting to activate the server:\r\n${clsid}`,
      { param1: '2147942405', param2: 'ws9', param3: clsid },
    ],
    [
      10001,
      `Unable to start a DCOM Server: ${clsid} as EX/ana. The error:\r\n"2"\r\nHappened while starting this command:\r\nC:\\a.exe -Embedding`,
      { param1: 'C:\\a.exe -Embedding', param2: '2', param5: 'ana' },
    ],
  ])('of DCOM has the values of its sentence: %i', (id, message, params) => {
    const fields = read('Microsoft-Windows-DistributedCOM', id, made(message))
    expect(fields).toMatchObject(params)
  })
})

describe("a sentence of DCOM's in another language", () => {
  const read = (provider: string, message: string) =>
    collect(
      jsonl,
      `${JSON.stringify({
        Id: 10016,
        ProviderName: provider,
        LogName: 'System',
        MachineName: 'ws1',
        Message: message,
      })}\n`,
    )
  const clsid = '{49B2791A-B1AE-4C90-9B8E-E860BA07F889}'
  const text = `Aaa bbb CLSID \r\n${clsid}\r\n ccc APPID \r\n${clsid}\r\n ddd EX\\ana SID (S-1-5-21-1) eee 10.0.0.5 fff.`

  it('has what is told by its form, and the rest is said to be unread', () => {
    const { records, damages } = read('Microsoft-Windows-DistributedCOM', text)
    expect(records[0]!.fields).toMatchObject({
      param4: clsid,
      param5: clsid,
      param8: 'S-1-5-21-1',
      param9: '10.0.0.5',
    })
    expect(damages.map((d) => d.message).join()).toContain(
      'only its ids and addresses were read',
    )
  })

  it('is of no other writer that has such an id', () => {
    const { damages } = read('Somebody', text)
    expect(damages).toEqual([])
  })
})

describe('an object that Get-WinEvent gave', () => {
  it('names the process that wrote it, which is not the one of its message', () => {
    const fields = (id: number, more: object) => {
      const object = {
        Id: id,
        ProviderName: 'Service Control Manager',
        LogName: 'System',
        MachineName: 'ws1',
        ProcessId: 468,
        ThreadId: 12,
        Bookmark: {},
        ...more,
      }
      const got = collect(jsonl, `${JSON.stringify(object)}\n`)
      return got.records[0]!.fields
    }
    const service = fields(7045, {
      Message: 'x\r\n\r\nService Name:  s\r\nService File Name:  c',
      Properties: [
        { Value: 's' },
        { Value: 'c' },
        { Value: 'u' },
        { Value: 'd' },
        { Value: 'l' },
      ],
    })
    expect(service).toMatchObject({
      Execution_ProcessID: 468,
      Execution_ThreadID: 12,
      ServiceName: 's',
    })
    expect(service).not.toHaveProperty('ProcessId')
    expect(
      fields(17, {
        ProviderName: 'Microsoft-Windows-Sysmon',
        LogName: 'Microsoft-Windows-Sysmon/Operational',
        Message: 'Pipe Created:\r\nProcessId: 77\r\nPipeName: \\x',
      }),
    ).toMatchObject({ Execution_ProcessID: 468, ProcessId: '77' })
  })
})
