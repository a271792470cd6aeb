// Events as a busy Windows host writes them: Sysmon, Security, PowerShell and classic ones, mixed, with values that
// vary. All made up; the same for the same seed.
import type { EvtxEvent } from '../test/tools/evtx-writer.ts'
import { typed } from '../test/tools/evtx-writer.ts'

const programs = [
  'svchost',
  'explorer',
  'chrome',
  'msedge',
  'powershell',
  'cmd',
]
const folders = ['C:\\Windows\\System32', 'C:\\Program Files\\Vendor\\Suite']
const users = ['CORP\\ana', 'CORP\\bo', 'NT AUTHORITY\\SYSTEM']

export function denseEvents(count: number, seed: number): EvtxEvent[] {
  let state = seed >>> 0
  /** A number below `n`: a linear congruence is random enough here. */
  const below = (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 0x1_0000_0000) * n)
  }
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  const image = () => `${pick(folders)}\\${pick(programs)}.exe`
  const guid = () => {
    const digits = (n: number) =>
      below(0x1_0000_0000).toString(16).padStart(8, '0').slice(0, n)
    return `{${digits(8)}-${digits(4)}-${digits(4)}-${digits(4)}-${digits(8)}${digits(4)}}`
  }
  let time = Date.UTC(2024, 4, 6, 7, 8, 9)
  const out: EvtxEvent[] = []
  for (let i = 0; i < count; i++) {
    time += below(300)
    out.push(event(below(100)))
  }
  return out

  function sysmon(eventId: number, data: EvtxEvent['data']): EvtxEvent {
    return {
      provider: 'Microsoft-Windows-Sysmon',
      guid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}',
      channel: 'Microsoft-Windows-Sysmon/Operational',
      computer: 'ws-0417.corp.example',
      eventId,
      version: 5,
      task: eventId,
      time,
      processId: 3180,
      threadId: 4100 + below(9),
      userSid: 'S-1-5-18',
      layout: 'flat',
      data: {
        RuleName: '-',
        UtcTime: new Date(time).toISOString().replace('T', ' ').slice(0, 23),
        ...data,
      },
    }
  }

  function event(kind: number): EvtxEvent {
    const process = {
      ProcessGuid: typed('guid', guid()),
      ProcessId: 1000 + below(9000),
      Image: image(),
    }
    const user = pick(users)
    if (kind < 12) {
      return sysmon(1, {
        ...process,
        FileVersion: '10.0.19041.1 (WinBuild.160101.0800)',
        Description: 'A program of the suite',
        Company: 'Microsoft Corporation',
        OriginalFileName: `${pick(programs)}.exe`,
        CommandLine: `"${image()}" --type=renderer --id=${below(99999)} --lang=en-US --no-sandbox-${below(99)}`,
        CurrentDirectory: 'C:\\Windows\\system32\\',
        User: user,
        LogonGuid: typed('guid', guid()),
        LogonId: typed('hex64', 0x3e7 + below(0xfffff)),
        TerminalSessionId: below(3),
        IntegrityLevel: 'Medium',
        Hashes: `SHA256=${guid()}${guid()}`,
        ParentProcessGuid: typed('guid', guid()),
        ParentProcessId: 1000 + below(9000),
        ParentImage: image(),
        ParentCommandLine: `${image()} -k netsvcs -p -s Schedule`,
        ParentUser: user,
      })
    }
    if (kind < 40) {
      return sysmon(7, {
        ...process,
        ImageLoaded: `C:\\Windows\\System32\\module${below(300)}.dll`,
        FileVersion: '10.0.19041.1 (WinBuild.160101.0800)',
        Description: 'A library of the system',
        Product: 'Microsoft\u00ae Windows\u00ae Operating System',
        Company: 'Microsoft Corporation',
        OriginalFileName: `module${below(300)}.dll`,
        Hashes: `SHA256=${guid()}${guid()}`,
        Signed: 'true',
        Signature: 'Microsoft Windows',
        SignatureStatus: 'Valid',
        User: user,
      })
    }
    if (kind < 62) {
      return sysmon(10, {
        SourceProcessGUID: typed('guid', guid()),
        SourceProcessId: below(9000),
        SourceThreadId: below(9000),
        SourceImage: image(),
        TargetProcessGUID: typed('guid', guid()),
        TargetProcessId: below(9000),
        TargetImage: image(),
        GrantedAccess: typed('hex32', 0x1000 + below(0x1fffff)),
        CallTrace: `C:\\Windows\\SYSTEM32\\ntdll.dll+9d1e4|C:\\Windows\\System32\\KERNELBASE.dll+${below(99999).toString(16)}|${image()}+${below(9999).toString(16)}`,
        SourceUser: user,
        TargetUser: pick(users),
      })
    }
    if (kind < 72) {
      return sysmon(13, {
        EventType: 'SetValue',
        ...process,
        TargetObject: `HKLM\\System\\CurrentControlSet\\Services\\item${below(500)}\\Parameters`,
        Details: `DWORD (0x${below(99999).toString(16).padStart(8, '0')})`,
        User: user,
      })
    }
    if (kind < 78) {
      return sysmon(kind < 75 ? 17 : 18, {
        EventType: kind < 75 ? 'CreatePipe' : 'ConnectPipe',
        ...process,
        PipeName: `\\service.${below(9999)}.${below(99)}`,
        User: user,
      })
    }
    if (kind < 96) return security(kind)
    return {
      provider: 'PowerShell',
      channel: 'Windows PowerShell',
      computer: 'ws-0417.corp.example',
      eventId: 800,
      qualifiers: 0,
      time,
      keywords: 0x80000000000000n,
      data: [
        [
          `Get-Item ${image()}`,
          `DetailSequence=${below(9)}\r\n\tUserId=${user}`,
          'CommandInvocation(Get-Item): "Get-Item"',
        ],
      ],
    }
  }

  function security(kind: number): EvtxEvent {
    const subject = {
      SubjectUserSid: typed(
        'sid',
        `S-1-5-21-1004336348-1177238915-682003330-${500 + below(900)}`,
      ),
      SubjectUserName: pick(users).split('\\')[1]!,
      SubjectDomainName: 'CORP',
      SubjectLogonId: typed('hex64', 0x3e7 + below(0xfffff)),
    }
    const head = {
      provider: 'Microsoft-Windows-Security-Auditing',
      guid: '{54849625-5478-4994-A5BA-3E3B0328C30D}',
      channel: 'Security',
      computer: 'ws-0417.corp.example',
      level: 0,
      time,
      keywords: 0x8020000000000000n,
      processId: 4,
      threadId: 88 + below(9),
    }
    if (kind < 84) {
      return {
        ...head,
        eventId: 4688,
        version: 2,
        task: 13312,
        data: {
          ...subject,
          NewProcessId: typed('hex64', below(99999)),
          NewProcessName: image(),
          TokenElevationType: '%%1936',
          ProcessId: typed('hex64', below(99999)),
          CommandLine: `${image()} /quiet /id:${below(9999)}`,
          TargetUserSid: typed('sid', 'S-1-0-0'),
          TargetUserName: '-',
          TargetDomainName: '-',
          TargetLogonId: typed('hex64', 0),
          ParentProcessName: image(),
          MandatoryLabel: typed('sid', 'S-1-16-8192'),
        },
      }
    }
    if (kind < 90) {
      return {
        ...head,
        eventId: 5145,
        task: 12811,
        data: {
          ...subject,
          ObjectType: 'File',
          IpAddress: `10.0.${below(9)}.${below(250)}`,
          IpPort: String(below(65000)),
          ShareName: '\\\\*\\IPC$',
          ShareLocalPath: '',
          RelativeTargetName: pick(['srvsvc', 'lsarpc', 'samr', 'winreg']),
          AccessMask: typed('hex32', 0x12019f),
          AccessList: '%%1538\r\n\t\t\t\t%%4416\r\n\t\t\t\t',
          AccessReason: '-',
        },
      }
    }
    return {
      ...head,
      eventId: 4624,
      version: 2,
      task: 12544,
      data: {
        ...subject,
        TargetUserSid: typed('sid', 'S-1-5-18'),
        TargetUserName: 'SYSTEM',
        TargetDomainName: 'NT AUTHORITY',
        TargetLogonId: typed('hex64', 0x3e7),
        LogonType: 5,
        LogonProcessName: 'Advapi  ',
        AuthenticationPackageName: 'Negotiate',
        WorkstationName: '-',
        LogonGuid: typed('guid', '{00000000-0000-0000-0000-000000000000}'),
        TransmittedServices: '-',
        LmPackageName: '-',
        KeyLength: 0,
        ProcessId: typed('hex64', below(9999)),
        ProcessName: image(),
        IpAddress: '-',
        IpPort: '-',
      },
    }
  }
}
