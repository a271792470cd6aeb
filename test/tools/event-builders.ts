// Windows events as the providers write them, on one made-up host with a clock: for examples, fixtures and benches. The same
// event can go into an EVTX file or be a line of flat JSON.
import type { EvtxEvent, EvtxValue } from './evtx-writer.ts'
import { typed } from './evtx-writer.ts'

const sysmonProvider = {
  provider: 'Microsoft-Windows-Sysmon',
  guid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}',
  channel: 'Microsoft-Windows-Sysmon/Operational',
} as const

const auditProvider = {
  provider: 'Microsoft-Windows-Security-Auditing',
  guid: '{54849625-5478-4994-A5BA-3E3B0328C30D}',
  channel: 'Security',
} as const

type Data = Readonly<Record<string, EvtxValue>>

export interface ProcessStart {
  readonly pid: number
  readonly image: string
  readonly commandLine: string
  readonly parent: Pick<ProcessStart, 'pid' | 'image' | 'commandLine'>
  readonly user?: string
  readonly integrity?: 'Medium' | 'High' | 'System'
  readonly session?: number
}

const labels = {
  Medium: 'S-1-16-8192',
  High: 'S-1-16-12288',
  System: 'S-1-16-16384',
} as const

/** Makes events of one host; each takes the time that the clock shows then. */
export class WindowsHost {
  readonly computer: string
  readonly user: string
  #time: number

  constructor(computer: string, user: string, start: number) {
    this.computer = computer
    this.user = user
    this.#time = start
  }

  /** Lets time pass, in milliseconds. */
  wait(ms: number): void {
    this.#time += ms
  }

  sysmon(eventId: number, data: Data, user = this.user): EvtxEvent {
    const time = this.#time
    const named = eventId === 10 ? {} : { User: user }
    return {
      ...sysmonProvider,
      eventId,
      version: 5,
      level: 4,
      task: eventId,
      keywords: 0x8000000000000000n,
      computer: this.computer,
      time,
      userSid: 'S-1-5-18',
      processId: 2960,
      threadId: 4108,
      data: { RuleName: '-', UtcTime: utcTime(time), ...data, ...named },
    }
  }

  security(eventId: number, task: number, data: Data): EvtxEvent {
    return {
      ...auditProvider,
      eventId,
      task,
      keywords: 0x8020000000000000n,
      computer: this.computer,
      time: this.#time,
      processId: 4,
      threadId: 212,
      data,
    }
  }

  serviceInstalled(ServiceName: string, ImagePath: string): EvtxEvent {
    return {
      provider: 'Service Control Manager',
      guid: '{555908D1-A6D7-4695-8E1E-26931D2012F4}',
      eventSourceName: 'Service Control Manager',
      channel: 'System',
      eventId: 7045,
      qualifiers: 16384,
      level: 4,
      keywords: 0x8080000000000000n,
      computer: this.computer,
      time: this.#time,
      processId: 640,
      threadId: 5120,
      userSid: 'S-1-5-18',
      data: {
        ServiceName,
        ImagePath,
        ServiceType: 'user mode service',
        StartType: 'demand start',
        AccountName: 'LocalSystem',
      },
    }
  }

  /** DistributedCOM: positional values. */
  dcom(eventId: number, values: readonly string[]): EvtxEvent {
    return {
      provider: 'Microsoft-Windows-DistributedCOM',
      guid: '{1B562E86-B7AA-4131-BADC-B6F3A001407E}',
      eventSourceName: 'DCOM',
      channel: 'System',
      eventId,
      level: 3,
      keywords: 0x8080000000000000n,
      computer: this.computer,
      time: this.#time,
      processId: 956,
      threadId: 1012,
      userSid: 'S-1-5-19',
      data: Object.fromEntries(values.map((v, i) => [`param${i + 1}`, v])),
    }
  }

  /** Sysmon 1. */
  started(p: ProcessStart): EvtxEvent {
    const user = p.user ?? this.user
    return this.sysmon(
      1,
      {
        ProcessGuid: processGuid(p.pid),
        ProcessId: p.pid,
        Image: p.image,
        FileVersion: '-',
        Description: '-',
        Product: '-',
        Company: '-',
        OriginalFileName: fileName(p.image),
        CommandLine: p.commandLine,
        CurrentDirectory: 'C:\\Windows\\system32\\',
        LogonGuid: processGuid(1),
        LogonId: typed('hex64', logonOf(user)),
        TerminalSessionId: p.session ?? 1,
        IntegrityLevel: p.integrity ?? 'Medium',
        Hashes: `SHA256=${'0'.repeat(56)}${p.pid.toString(16).padStart(8, '0').toUpperCase()}`,
        ParentProcessGuid: processGuid(p.parent.pid),
        ParentProcessId: p.parent.pid,
        ParentImage: p.parent.image,
        ParentCommandLine: p.parent.commandLine,
      },
      user,
    )
  }

  /** Security 4688 of the same start. */
  audited(p: ProcessStart): EvtxEvent {
    const [domain = '-', name = '-'] = (p.user ?? this.user).split('\\')
    return this.security(4688, 13312, {
      SubjectUserSid: typed('sid', 'S-1-5-21-1000-2000-3000-1104'),
      SubjectUserName: name,
      SubjectDomainName: domain,
      SubjectLogonId: typed('hex64', logonOf(p.user ?? this.user)),
      NewProcessId: typed('hex64', BigInt(p.pid)),
      NewProcessName: p.image,
      TokenElevationType: '%%1938',
      ProcessId: typed('hex64', BigInt(p.parent.pid)),
      CommandLine: p.commandLine,
      TargetUserSid: typed('sid', 'S-1-0-0'),
      TargetUserName: '-',
      TargetDomainName: '-',
      TargetLogonId: typed('hex64', 0n),
      ParentProcessName: p.parent.image,
      MandatoryLabel: typed('sid', labels[p.integrity ?? 'Medium']),
    })
  }

  /** Sysmon 17 and 18. */
  pipe(
    what: 'created' | 'connected',
    PipeName: string,
    by: { readonly pid: number; readonly image: string },
    user?: string,
  ): EvtxEvent {
    return this.sysmon(
      what === 'created' ? 17 : 18,
      {
        EventType: what === 'created' ? 'CreatePipe' : 'ConnectPipe',
        ProcessGuid: processGuid(by.pid),
        ProcessId: by.pid,
        PipeName,
        Image: by.image,
      },
      user,
    )
  }

  /** Sysmon 13. */
  valueSet(
    TargetObject: string,
    Details: string,
    by: { readonly pid: number; readonly image: string },
  ): EvtxEvent {
    return this.sysmon(13, {
      EventType: 'SetValue',
      ProcessGuid: processGuid(by.pid),
      ProcessId: by.pid,
      Image: by.image,
      TargetObject,
      Details,
    })
  }

  /** Sysmon 7. */
  loaded(
    ImageLoaded: string,
    signed: boolean,
    by: { readonly pid: number; readonly image: string },
  ): EvtxEvent {
    return this.sysmon(7, {
      ProcessGuid: processGuid(by.pid),
      ProcessId: by.pid,
      Image: by.image,
      ImageLoaded,
      FileVersion: '-',
      Description: '-',
      Product: '-',
      Company: '-',
      OriginalFileName: fileName(ImageLoaded),
      Hashes: `SHA256=${'0'.repeat(64)}`,
      Signed: String(signed),
      Signature: signed ? 'Microsoft Windows' : '-',
      SignatureStatus: signed ? 'Valid' : 'Unavailable',
    })
  }

  /** Sysmon 3, seen from this host: an inbound connection has the local port as SourcePort. */
  connected(
    by: { readonly pid: number; readonly image: string },
    ends: {
      readonly inbound: boolean
      readonly port: number
      readonly peer: string
      readonly peerPort: number
    },
  ): EvtxEvent {
    return this.sysmon(3, {
      ProcessGuid: processGuid(by.pid),
      ProcessId: by.pid,
      Image: by.image,
      Protocol: 'tcp',
      Initiated: !ends.inbound,
      SourceIsIpv6: false,
      SourceIp: '10.20.30.7',
      SourceHostname: this.computer,
      SourcePort: ends.port,
      SourcePortName: '-',
      DestinationIsIpv6: false,
      DestinationIp: ends.peer,
      DestinationHostname: '-',
      DestinationPort: ends.peerPort,
      DestinationPortName: '-',
    })
  }

  /** Security 5145 on the IPC$ share. */
  pipeOpenedRemotely(RelativeTargetName: string, peer: string): EvtxEvent {
    const [domain = '-', name = '-'] = this.user.split('\\')
    return this.security(5145, 12811, {
      SubjectUserSid: typed('sid', 'S-1-5-21-1000-2000-3000-1104'),
      SubjectUserName: name,
      SubjectDomainName: domain,
      SubjectLogonId: typed('hex64', 0x5d2e3n),
      ObjectType: 'File',
      IpAddress: peer,
      IpPort: '50412',
      ShareName: '\\\\*\\IPC$',
      ShareLocalPath: '',
      RelativeTargetName,
      AccessMask: typed('hex32', 0x12019f),
      AccessList: '%%4416 %%4417 %%4418',
      AccessReason: '-',
    })
  }
}

function utcTime(time: number): string {
  return new Date(time).toISOString().replace('T', ' ').replace('Z', '')
}

function processGuid(pid: number) {
  const part = pid.toString(16).padStart(4, '0')
  return typed('guid', `{5F1C2D3E-0A4B-69A5-${part}-000000000700}`)
}

function logonOf(user: string): bigint {
  return user.startsWith('NT AUTHORITY') ? 0x3e7n : 0x4c1d2n
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1)
}
