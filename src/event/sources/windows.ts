// The Windows event log: which of Sigma's services a channel is, who writes to it, and what the events of a writer are.
// Names of services as in Sigma's taxonomy (sigma-specification, appendix "taxonomy", and SigmaHQ's tests/thor.yml).
// Channels and providers are compared without case, because collectors change it.
import { entryOf } from '../../base/entry.ts'

import { type EventKind, type EventKinds, kind } from './source.ts'
import { sysmonCommonFields, sysmonEvents } from './sysmon.ts'

const channelsOfService = {
  application: ['Application'],
  security: ['Security'],
  system: ['System'],
  sysmon: ['Microsoft-Windows-Sysmon/Operational', 'Linux-Sysmon/Operational'],
  powershell: [
    'Microsoft-Windows-PowerShell/Operational',
    'PowerShellCore/Operational',
  ],
  'powershell-classic': ['Windows PowerShell'],
  wmi: ['Microsoft-Windows-WMI-Activity/Operational'],
  taskscheduler: ['Microsoft-Windows-TaskScheduler/Operational'],
  windefend: ['Microsoft-Windows-Windows Defender/Operational'],
  'firewall-as': [
    'Microsoft-Windows-Windows Firewall With Advanced Security/Firewall',
  ],
  'bits-client': ['Microsoft-Windows-Bits-Client/Operational'],
  'dns-server': ['DNS Server'],
  'dns-server-analytic': ['Microsoft-Windows-DNS-Server/Analytical'],
  'dns-server-audit': ['Microsoft-Windows-DNS-Server/Audit'],
  'dns-client': [
    'Microsoft-Windows-DNS-Client/Operational',
    'Microsoft-Windows-DNS Client Events/Operational',
  ],
  dhcp: ['Microsoft-Windows-DHCP-Server/Operational'],
  ntlm: ['Microsoft-Windows-NTLM/Operational'],
  ldap: ['Microsoft-Windows-LDAP-Client/Debug'],
  'lsa-server': ['Microsoft-Windows-LSA/Operational'],
  capi2: ['Microsoft-Windows-CAPI2/Operational'],
  'certificateservicesclient-lifecycle-system': [
    'Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational',
  ],
  'codeintegrity-operational': ['Microsoft-Windows-CodeIntegrity/Operational'],
  applocker: [
    'Microsoft-Windows-AppLocker/MSI and Script',
    'Microsoft-Windows-AppLocker/EXE and DLL',
    'Microsoft-Windows-AppLocker/Packaged app-Deployment',
    'Microsoft-Windows-AppLocker/Packaged app-Execution',
  ],
  'appxdeployment-server': [
    'Microsoft-Windows-AppXDeploymentServer/Operational',
  ],
  'appxpackaging-om': ['Microsoft-Windows-AppxPackaging/Operational'],
  'appmodel-runtime': ['Microsoft-Windows-AppModel-Runtime/Admin'],
  'application-experience': [
    'Microsoft-Windows-Application-Experience/Program-Telemetry',
    'Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant',
  ],
  bitlocker: ['Microsoft-Windows-BitLocker/BitLocker Management'],
  'diagnosis-scripted': ['Microsoft-Windows-Diagnosis-Scripted/Operational'],
  'driver-framework': [
    'Microsoft-Windows-DriverFrameworks-UserMode/Operational',
  ],
  'hyper-v-worker': [
    'Microsoft-Windows-Hyper-V-Worker',
    'Microsoft-Windows-Hyper-V-Worker-Admin',
    'Microsoft-Windows-Hyper-V-Worker-Operational',
  ],
  'iis-configuration': ['Microsoft-IIS-Configuration/Operational'],
  'kernel-event-tracing': [
    'Microsoft-Windows-Kernel-EventTracing',
    'Microsoft-Windows-Kernel-EventTracing/Admin',
  ],
  'kernel-shimengine': [
    'Microsoft-Windows-Kernel-ShimEngine/Operational',
    'Microsoft-Windows-Kernel-ShimEngine/Diagnostic',
  ],
  'msexchange-management': ['MSExchange Management'],
  ntfs: ['Microsoft-Windows-Ntfs/Operational'],
  openssh: ['OpenSSH/Operational'],
  'printservice-admin': ['Microsoft-Windows-PrintService/Admin'],
  'printservice-operational': ['Microsoft-Windows-PrintService/Operational'],
  'security-mitigations': [
    'Microsoft-Windows-Security-Mitigations/Kernel Mode',
    'Microsoft-Windows-Security-Mitigations/User Mode',
    'Microsoft-Windows-Security-Mitigations/KernelMode',
    'Microsoft-Windows-Security-Mitigations/UserMode',
  ],
  sense: ['Microsoft-Windows-SENSE/Operational'],
  // The taxonomy and the published rules differ in this name: both are true of the channel.
  'servicebus-client': [
    'Microsoft-ServiceBus-Client/Admin',
    'Microsoft-ServiceBus-Client/Operational',
  ],
  'microsoft-servicebus-client': [
    'Microsoft-ServiceBus-Client/Admin',
    'Microsoft-ServiceBus-Client/Operational',
  ],
  'shell-core': ['Microsoft-Windows-Shell-Core/Operational'],
  'smbclient-security': ['Microsoft-Windows-SmbClient/Security'],
  'smbclient-connectivity': ['Microsoft-Windows-SmbClient/Connectivity'],
  'smbserver-connectivity': ['Microsoft-Windows-SMBServer/Connectivity'],
  'terminalservices-localsessionmanager': [
    'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
  ],
  vhdmp: ['Microsoft-Windows-VHDMP/Operational'],
} as const satisfies Record<string, readonly string[]>

export interface WindowsWriter {
  /** Providers as the log calls them, each with the one channel that it writes to. */
  readonly channels: Readonly<Record<string, string>>
  /** Nobody else writes to these channels, so they speak for an event whose provider was lost on the way. */
  readonly alone?: true
  /** By event id. */
  readonly events: EventKinds
  /** Fields that all of its events have beside the System part. */
  readonly common?: readonly string[]
}

const antivirus = kind('antivirus')

/** Who gives an event id its meaning. */
export const windowsWriters = {
  sysmon: {
    channels: {
      'Microsoft-Windows-Sysmon': 'Microsoft-Windows-Sysmon/Operational',
      'Linux-Sysmon': 'Linux-Sysmon/Operational',
    },
    alone: true,
    events: sysmonEvents,
    common: sysmonCommonFields,
  },
  security: {
    channels: { 'Microsoft-Windows-Security-Auditing': 'Security' },
    alone: true,
    events: {
      // Microsoft Learn, event 4688.
      4688: kind(
        'process_creation',
        'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId NewProcessId NewProcessName TokenElevationType ProcessId CommandLine TargetUserSid TargetUserName TargetDomainName TargetLogonId ParentProcessName MandatoryLabel',
        'follows',
      ),
    },
  },
  powershell: {
    channels: {
      'Microsoft-Windows-PowerShell':
        'Microsoft-Windows-PowerShell/Operational',
      PowerShellCore: 'PowerShellCore/Operational',
    },
    alone: true,
    events: { 4103: kind('ps_module'), 4104: kind('ps_script') },
  },
  'powershell-classic': {
    channels: { PowerShell: 'Windows PowerShell' },
    alone: true,
    events: {
      400: kind('ps_classic_start'),
      600: kind('ps_classic_provider_start'),
      800: kind('ps_classic_script'),
    },
  },
  'distributed-com': {
    channels: { 'Microsoft-Windows-DistributedCOM': 'System', DCOM: 'System' },
    events: {},
  },
  'service-control': {
    channels: { 'Service Control Manager': 'System' },
    events: {},
  },
  wmi: {
    channels: {
      'Microsoft-Windows-WMI-Activity':
        'Microsoft-Windows-WMI-Activity/Operational',
    },
    alone: true,
    events: {},
  },
  windefend: {
    channels: {
      'Microsoft-Windows-Windows Defender':
        'Microsoft-Windows-Windows Defender/Operational',
    },
    alone: true,
    // Those with a threat's name or path: Microsoft, "Review event logs and error codes to troubleshoot Defender".
    events: Object.fromEntries(
      [
        1006, 1007, 1008, 1009, 1010, 1011, 1012, 1017, 1018, 1019, 1115, 1116,
      ].map((id) => [id, antivirus]),
    ),
  },
  taskscheduler: {
    channels: {
      'Microsoft-Windows-TaskScheduler':
        'Microsoft-Windows-TaskScheduler/Operational',
    },
    alone: true,
    events: {},
  },
  'bits-client': {
    channels: {
      'Microsoft-Windows-Bits-Client':
        'Microsoft-Windows-Bits-Client/Operational',
    },
    alone: true,
    events: {},
  },
} as const satisfies Readonly<Record<string, WindowsWriter>>

export type WriterName = keyof typeof windowsWriters

const writers = Object.entries(windowsWriters) as readonly (readonly [
  WriterName,
  WindowsWriter,
])[]

const services = new Map<string, string[]>()
for (const [service, channels] of Object.entries(channelsOfService)) {
  for (const channel of channels) {
    const key = channel.toLowerCase()
    const known = services.get(key)
    if (known) known.push(service)
    else services.set(key, [service])
  }
}

interface Provider {
  readonly writer: WriterName
  readonly channel: string
}

const providers = new Map<string, Provider>()
const aloneIn = new Map<string, WriterName>()
for (const [writer, { channels, alone }] of writers) {
  for (const [provider, channel] of Object.entries(channels)) {
    providers.set(provider.toLowerCase(), { writer, channel })
    if (alone) aloneIn.set(channel.toLowerCase(), writer)
  }
}

/** Every channel that is one of Sigma's services, with the services that it is. */
export const windowsChannels: ReadonlyMap<string, readonly string[]> = new Map(
  Object.values(channelsOfService)
    .flat()
    .map((channel) => [channel, services.get(channel.toLowerCase())!]),
)

/** The channels of one of Sigma's services. */
export function channelsOf(service: string): readonly string[] {
  return entryOf<readonly string[]>(channelsOfService, service) ?? []
}

/** Where the provider writes, whatever log its events were collected in; '' where neither is known. */
export function channelOf(provider: string, channel: string): string {
  return providers.get(provider.toLowerCase())?.channel ?? channel
}

/**
 * The services of an event; undefined where neither its channel nor its provider tells, an empty list where the channel
 * is known and is none of Sigma's.
 */
export function servicesOf(
  provider: string,
  channel: string,
): readonly string[] | undefined {
  const known = channelOf(provider, channel)
  return known ? (services.get(known.toLowerCase()) ?? []) : undefined
}

/** undefined: one whose event ids mean nothing here. */
export function writerOf(
  provider: string,
  channel: string,
): WriterName | undefined {
  return provider
    ? providers.get(provider.toLowerCase())?.writer
    : aloneIn.get(channel.toLowerCase())
}

/** The writer whose channel is a service of Sigma's and who alone writes to it. */
export function writerCalled(
  service: string | undefined,
): WriterName | undefined {
  const found = writers.find(([name, { alone }]) => alone && name === service)
  return found?.[0]
}

export function eventKind(
  writer: WriterName | undefined,
  id: string,
): EventKind | undefined {
  return writer && entryOf<EventKind>(windowsWriters[writer].events, id)
}

/** Every kind of event, with who writes it. */
export function* eventKinds(): Generator<{
  readonly writer: WriterName
  readonly id: string
  readonly of: EventKind
}> {
  for (const [writer, { events }] of writers) {
    for (const [id, of] of Object.entries(events)) yield { writer, id, of }
  }
}

/** Sigma's names of the System part; every event may have them. */
export const systemFields: readonly string[] =
  'EventID Version Level Task Opcode Keywords TimeCreated_SystemTime EventRecordID Correlation_ActivityID Execution_ProcessID Execution_ThreadID Channel Computer Security_UserID Provider_Name Provider_Guid'.split(
    ' ',
  )

/** All fields of a kind of event, where they are known; what is derived from them aside. */
export function ownFields(
  writer: WriterName,
  id: string,
): readonly string[] | undefined {
  const { common = [] }: WindowsWriter = windowsWriters[writer]
  const fields = eventKind(writer, id)?.fields
  return fields && [...systemFields, ...common, ...fields]
}
