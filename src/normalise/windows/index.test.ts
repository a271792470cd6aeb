import { describe, expect, it } from 'vitest'

import type { Value } from '../../base/record.ts'
import { provenance, Shape } from '../../base/record.ts'

import { logSourceOfWindows, windows } from './index.ts'

const sysmonChannel = 'Microsoft-Windows-Sysmon/Operational'

/** The additions, log source, time and host of one record, all worked out. */
function normalise(
  [provider, channel, id]: readonly [string, string, number],
  fields: Readonly<Record<string, Value>>,
) {
  const names = Object.keys(fields)
  const shape = new Shape(names)
  const record = {
    shape,
    provenance: provenance('windows', provider, channel, String(id)),
    number: 1,
    offset: 0,
    writtenAt: undefined,
    value: (i: number) => fields[names[i]!],
  }
  const plan = windows.plan(shape, record.provenance)
  const added: Record<string, Value> = {}
  for (const { name, from } of plan.add) {
    const value = typeof from === 'string' ? fields[from] : from(record)
    if (value !== undefined) added[name] = value
  }
  return {
    added,
    logSource: plan.logSourceOf?.(record) ?? plan.logSource,
    time: plan.time?.(record),
    host: plan.host?.(record),
  }
}

const sysmon = (id: number) =>
  ['Microsoft-Windows-Sysmon', sysmonChannel, id] as const
const security = (id: number) =>
  ['Microsoft-Windows-Security-Auditing', 'Security', id] as const
const dcom = (id: number) =>
  ['Microsoft-Windows-DistributedCOM', 'System', id] as const

describe('logSourceOfWindows', () => {
  it('tells Sysmon 1 from the kernel, whose events have an id 1 too', () => {
    expect(
      logSourceOfWindows('Microsoft-Windows-Sysmon', sysmonChannel, '1'),
    ).toMatchObject({
      product: 'windows',
      category: ['process_creation'],
      service: ['sysmon'],
    })
    expect(
      logSourceOfWindows('Microsoft-Windows-Kernel-General', 'System', '1'),
    ).toMatchObject({ category: [], service: ['system'] })
  })

  it('compares channels and providers without case', () => {
    expect(
      logSourceOfWindows(
        'microsoft-windows-security-auditing',
        'SECURITY',
        '4688',
      ),
    ).toBe(
      logSourceOfWindows(
        'Microsoft-Windows-Security-Auditing',
        'Security',
        '4688',
      ),
    )
  })

  it('takes the channel from the provider where the record has none', () => {
    expect(
      logSourceOfWindows('Microsoft-Windows-Sysmon', '', '17'),
    ).toMatchObject({ category: ['pipe_created'], service: ['sysmon'] })
    expect(logSourceOfWindows('', 'Security', '4688')).toMatchObject({
      category: ['process_creation'],
      service: ['security'],
    })
  })

  it('gives no category to another provider in the Security channel', () => {
    expect(
      logSourceOfWindows('AD FS Auditing', 'Security', '4688'),
    ).toMatchObject({ category: [], service: ['security'] })
  })

  it('knows what an id may be where neither is there, and nothing but the product without one', () => {
    expect(logSourceOfWindows('', '', '5')).toMatchObject({
      product: 'windows',
      category: ['process_termination'],
      service: undefined,
    })
    expect(logSourceOfWindows('', '', '4634').category).toEqual([])
    expect(logSourceOfWindows('', '', '')).toMatchObject({
      product: 'windows',
      category: undefined,
      service: undefined,
    })
  })

  it('leaves the service of an unlisted provider without channel unknown', () => {
    expect(logSourceOfWindows('Contoso-Agent', '', '1')).toMatchObject({
      category: [],
      service: undefined,
    })
  })

  it('puts Sysmon for Linux under linux', () => {
    expect(
      logSourceOfWindows('Linux-Sysmon', 'Linux-Sysmon/Operational', '1'),
    ).toMatchObject({
      product: 'linux',
      category: ['process_creation'],
      service: ['sysmon'],
    })
  })

  it('routes every service and category of the PowerShell channels', () => {
    const of = (provider: string, channel: string, id: string) =>
      logSourceOfWindows(provider, channel, id)
    expect(
      of('PowerShellCore', 'PowerShellCore/Operational', '4104'),
    ).toMatchObject({ category: ['ps_script'], service: ['powershell'] })
    expect(of('PowerShell', 'Windows PowerShell', '800')).toMatchObject({
      category: ['ps_classic_script'],
      service: ['powershell-classic'],
    })
  })
})

describe('Sysmon', () => {
  it('says what was done to a key by the EventType of event 12', () => {
    const done = (EventType: string) =>
      normalise(sysmon(12), { EventType, TargetObject: 'HKLM\\X' }).logSource
        .category
    expect(done('CreateKey')).toEqual(['registry_event', 'registry_add'])
    expect(done('DeleteValue')).toEqual(['registry_event', 'registry_delete'])
    expect(done('INFO')).toEqual([
      'registry_event',
      'registry_add',
      'registry_delete',
    ])
  })

  it('spells a per-user class key in one way', () => {
    const { added } = normalise(sysmon(13), {
      TargetObject:
        'HKU\\S-1-5-21-1-2-3-1000_CLASSES\\clsid\\{0aabbcc1-0000-4000-8000-00000000beef}\\InProcServer32\\{Default}',
      Details: 'C:\\Users\\ana\\x.dll',
    })
    expect(added).toEqual({
      RegistryKey:
        'HKU\\S-1-5-21-1-2-3-1000\\Software\\Classes\\clsid\\{0aabbcc1-0000-4000-8000-00000000beef}\\InprocServer32\\(Default)',
      ClassesKey:
        'clsid\\{0aabbcc1-0000-4000-8000-00000000beef}\\InprocServer32\\(Default)',
      ClassesScope: 'user',
      Clsid: '{0AABBCC1-0000-4000-8000-00000000BEEF}',
    })
  })

  it('shows the command that a registry write gives a service', () => {
    const { added } = normalise(sysmon(13), {
      TargetObject: 'HKLM\\System\\ControlSet001\\services\\updsvc\\ImagePath',
      Details: 'cmd.exe /c echo a',
    })
    expect(added).toMatchObject({
      ServiceName: 'updsvc',
      ServiceCommand: 'cmd.exe /c echo a',
    })
  })

  it('decodes GrantedAccess in any spelling', () => {
    for (const GrantedAccess of ['0x1438', '0x00001438', '5176', 5176]) {
      expect(normalise(sysmon(10), { GrantedAccess }).added).toEqual({
        AccessRights: [
          'VM_OPERATION',
          'VM_READ',
          'VM_WRITE',
          'QUERY_INFORMATION',
          'QUERY_LIMITED_INFORMATION',
        ],
      })
    }
    expect(normalise(sysmon(10), { GrantedAccess: 'all' }).added).toEqual({})
  })

  it('splits hashes and finds class ids in command lines', () => {
    const { added } = normalise(sysmon(1), {
      ProcessId: '4012',
      CommandLine: 'cmd.exe',
      ParentCommandLine:
        'DllHost.exe /Processid:{3e5fc7f9-9a51-4367-9063-a120244fbec7}',
      Hashes: 'SHA1=AA,MD5=BB,SHA256=CC,IMPHASH=DD',
    })
    expect(added).toEqual({
      ParentClsid: '{3E5FC7F9-9A51-4367-9063-A120244FBEC7}',
      StartedProcessId: 4012,
      md5: 'BB',
      sha1: 'AA',
      sha256: 'CC',
      Imphash: 'DD',
    })
  })

  it('trusts UtcTime more than the time of the log', () => {
    const { time, host } = normalise(sysmon(1), {
      TimeCreated_SystemTime: '2024-05-01T10:00:05Z',
      UtcTime: '2024-05-01 10:00:00.250',
      Computer: 'pc1.corp.example',
    })
    expect(time).toBe(Date.UTC(2024, 4, 1, 10, 0, 0, 250))
    expect(host).toBe('pc1.corp.example')
  })
})

describe('Security', () => {
  it('gives 4688 the names of process creation and keeps the creator’s ProcessId', () => {
    const { added, logSource } = normalise(security(4688), {
      NewProcessName: 'C:\\Windows\\System32\\cmd.exe',
      ParentProcessName: 'C:\\Windows\\explorer.exe',
      CommandLine: 'cmd',
      NewProcessId: '0x1b54',
      ProcessId: '0x200',
      SubjectLogonId: '0x00000000000ABCDE',
      TargetLogonId: '0x0',
      MandatoryLabel: 'S-1-16-12288',
    })
    expect(added).toEqual({
      Image: 'C:\\Windows\\System32\\cmd.exe',
      ParentImage: 'C:\\Windows\\explorer.exe',
      StartedProcessId: 6996,
      ParentProcessId: 512,
      LogonId: '0xabcde',
      IntegrityLevel: 'High',
    })
    expect(logSource.category).toEqual(['process_creation'])
  })

  it('names the account of a new process: the target, else the creator', () => {
    const own = {
      SubjectUserName: 'WS7$',
      SubjectDomainName: 'CORP',
      SubjectUserSid: 'S-1-5-18',
      TargetUserName: '-',
      TargetDomainName: '-',
      TargetUserSid: 'S-1-0-0',
    }
    const user = (fields: object) =>
      normalise(security(4688), { ...own, ...fields }).added.User
    expect(user({})).toBe('NT AUTHORITY\\SYSTEM')
    expect(user({ TargetUserName: 'ana', TargetDomainName: 'CORP' })).toBe(
      'CORP\\ana',
    )
    expect(user({ SubjectUserSid: 'S-1-5-21-1-2-3-1000' })).toBe('CORP\\WS7$')
  })

  it('tells what was done to a pipe by the number of the event, whatever a forwarder writes there', () => {
    for (const fields of [{ EventType: 'INFO' }, { EventType: '4' }, {}]) {
      const made = normalise(sysmon(17), { PipeName: '\\a', ...fields })
      const opened = normalise(sysmon(18), { PipeName: '\\a', ...fields })
      expect(made.added.EventType).toBe('CreatePipe')
      expect(opened.added.EventType).toBe('ConnectPipe')
    }
  })

  it('names the pipe of 5145 only on the IPC$ share', () => {
    const opened = {
      RelativeTargetName: 'svc-PC7-8116-stdin',
      IpAddress: '::ffff:10.0.0.9',
      IpPort: '50123',
      SubjectUserName: 'ana',
      SubjectDomainName: 'CORP',
      AccessMask: '0x12019f',
    }
    const pipe = normalise(security(5145), {
      ...opened,
      ShareName: '\\\\*\\IPC$',
    }).added
    expect(pipe).toMatchObject({
      PipeName: '\\svc-PC7-8116-stdin',
      PipeTemplate: '\\svc-pc#-#-stdin',
      SourceIp: '10.0.0.9',
      SourcePort: 50123,
      User: 'CORP\\ana',
    })
    expect(pipe.AccessRights).toContain('WRITE_DATA')
    const file = normalise(security(5145), {
      ...opened,
      ShareName: '\\\\*\\C$',
    }).added
    expect(file).not.toHaveProperty('PipeName')
  })

  it('shows service, task and registry commands under one name each', () => {
    expect(
      normalise(security(4697), { ServiceFileName: 'a.exe' }).added,
    ).toMatchObject({ ServiceCommand: 'a.exe' })
    expect(
      normalise(['Service Control Manager', 'System', 7045], {
        ImagePath: 'b.exe',
      }).added,
    ).toEqual({ ServiceCommand: 'b.exe' })
    expect(
      normalise(security(4698), {
        TaskContent:
          '<Task><Exec><Command>cmd.exe</Command><Arguments>/c a &gt; b</Arguments></Exec></Task>',
      }).added,
    ).toEqual({ TaskCommand: 'cmd.exe /c a > b' })
    expect(
      normalise(security(4657), {
        ObjectName:
          '\\REGISTRY\\MACHINE\\SOFTWARE\\Classes\\CLSID\\{0AABBCC1-0000-4000-8000-00000000BEEF}\\TreatAs',
        ObjectValueName: '-',
        NewValue: '{1}',
      }).added,
    ).toMatchObject({
      ClassesKey:
        'CLSID\\{0AABBCC1-0000-4000-8000-00000000BEEF}\\TreatAs\\(Default)',
      Details: '{1}',
    })
  })

  it('reads a process handle of 4656 as access to a process', () => {
    expect(
      normalise(security(4656), {
        ObjectType: 'Process',
        ObjectName: '\\Device\\HarddiskVolume2\\Windows\\System32\\lsass.exe',
        ProcessName: 'C:\\Temp\\x.exe',
        AccessMask: '0x40',
      }).added,
    ).toEqual({
      AccessRights: ['DUP_HANDLE'],
      SourceImage: 'C:\\Temp\\x.exe',
      TargetImage: '\\Device\\HarddiskVolume2\\Windows\\System32\\lsass.exe',
    })
  })
})

describe('DistributedCOM', () => {
  it('names the values of a denied activation and drops the local client', () => {
    const values = {
      param1: 'application-specific',
      param2: 'Remote',
      param3: 'Activation',
      param4: '{9ba05972-f6a8-11cf-a442-00a0c90a8f39}',
      param5: 'Unavailable',
      param6: 'CORP',
      param7: 'ana',
      param8: 'S-1-5-21-1-2-3-1104',
      param9: '10.0.0.9',
    }
    const { added, logSource } = normalise(dcom(10016), values)
    expect(added).toEqual({
      DcomPermissionScope: 'application-specific',
      DcomOrigin: 'Remote',
      DcomOperation: 'Activation',
      Clsid: '{9BA05972-F6A8-11CF-A442-00A0C90A8F39}',
      User: 'CORP\\ana',
      UserSid: 'S-1-5-21-1-2-3-1104',
      RemoteAddress: '10.0.0.9',
    })
    expect(logSource.service).toEqual(['system'])
    const local = { ...values, param9: 'LocalHost (Using LRPC)' }
    expect(normalise(dcom(10016), local).added).not.toHaveProperty(
      'RemoteAddress',
    )
  })

  it('finds the client of older denials, which name no application', () => {
    expect(
      normalise(dcom(10016), {
        param1: 'machine-default',
        param2: 'Remote',
        param3: 'Launch',
        param4: '{9BA05972-F6A8-11CF-A442-00A0C90A8F39}',
        param5: 'CORP',
        param6: 'ana',
        param7: 'S-1-5-21-1-2-3-1104',
        param8: '10.0.0.9',
      }).added,
    ).toMatchObject({ User: 'CORP\\ana', RemoteAddress: '10.0.0.9' })
  })

  it('finds the client of machine-wide denials, which name no class', () => {
    expect(
      normalise(dcom(10027), {
        param1: 'Remote',
        param2: 'Activation',
        param3: 'NT AUTHORITY',
        param4: 'ANONYMOUS LOGON',
        param5: 'S-1-5-7',
        param6: '10.0.0.9',
      }).added,
    ).toEqual({
      DcomOrigin: 'Remote',
      DcomOperation: 'Activation',
      User: 'NT AUTHORITY\\ANONYMOUS LOGON',
      UserSid: 'S-1-5-7',
      RemoteAddress: '10.0.0.9',
    })
  })

  it('gives each id its own order of values', () => {
    expect(
      normalise(dcom(10028), { param1: 'pc9', param2: '1f4', param3: 'a.exe' })
        .added,
    ).toEqual({ RemoteAddress: 'pc9', ClientProcessId: 500, Image: 'a.exe' })
    expect(
      normalise(dcom(10036), {
        param1: 'CORP',
        param2: 'ana',
        param3: 'S-1-5-21-1-2-3-1104',
        param4: '10.0.0.9',
      }).added,
    ).toEqual({
      User: 'CORP\\ana',
      UserSid: 'S-1-5-21-1-2-3-1104',
      RemoteAddress: '10.0.0.9',
    })
  })
})

describe('PowerShell and Defender', () => {
  it('finds host and command in the context of 4103 and of 800', () => {
    const context = (eq: string) =>
      `\tHost Application${eq}powershell.exe -nop\r\n\tCommand Name${eq}New-Object\r\n`
    expect(
      normalise(
        [
          'Microsoft-Windows-PowerShell',
          'Microsoft-Windows-PowerShell/Operational',
          4103,
        ],
        { ContextInfo: context(' = '), Payload: 'x' },
      ).added,
    ).toEqual({
      ScriptText: 'x',
      HostApplication: 'powershell.exe -nop',
      CommandName: 'New-Object',
    })
    expect(
      normalise(['PowerShell', 'Windows PowerShell', 800], {
        param1: 'gci',
        param2: 'HostApplication=powershell.exe\n',
      }).added,
    ).toEqual({ ScriptText: 'gci', HostApplication: 'powershell.exe' })
  })

  it('names parent and child of an attack surface reduction event', () => {
    const defender = (id: number) =>
      [
        'Microsoft-Windows-Windows Defender',
        'Microsoft-Windows-Windows Defender/Operational',
        id,
      ] as const
    expect(
      normalise(defender(1121), {
        ID: '{d4f940ab-401b-4efc-aadc-ad5f3c50688a}',
        Path: 'C:\\Windows\\System32\\cmd.exe',
        ProcessName: 'C:\\Office\\EXCEL.EXE',
      }).added,
    ).toEqual({
      AsrRuleId: 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A',
      Image: 'C:\\Windows\\System32\\cmd.exe',
      ParentImage: 'C:\\Office\\EXCEL.EXE',
    })
    expect(
      normalise(defender(5007), {
        NewValue: 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\X = 0x1',
      }).added,
    ).toEqual({
      RegistryKey: 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\X',
      Details: '0x1',
    })
  })
})

describe('hostile event ids', () => {
  it('are no entries that every table inherits', () => {
    for (const id of ['constructor', '__proto__', 'toString']) {
      const shape = new Shape(['EventType'])
      for (const [provider, channel] of [sysmon(1), security(1)]) {
        const made = provenance('windows', provider, channel, id)
        expect(windows.plan(shape, made).add).toEqual([])
        expect(logSourceOfWindows(provider, channel, id).category).toEqual([])
      }
    }
    expect(
      logSourceOfWindows('Linux-Sysmon', sysmonChannel, '12', 'constructor')
        .category,
    ).toContain('registry_event')
  })
})

describe('a time of FILETIME 0', () => {
  it('is no time', () => {
    const fields = { TimeCreated_SystemTime: '1601-01-01T00:00:00.0000000Z' }
    expect(normalise(security(4688), fields).time).toBeUndefined()
  })
})
