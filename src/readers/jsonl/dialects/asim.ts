// Microsoft Sentinel's normalised events (ASIM): whoever the product is, the names of a kind of event are one.
// Source: Microsoft Sentinel, "Advanced Security Information Model schemas": process, registry, file and DNS events, network and web
// sessions, authentication, and the common fields.
import type { Agent, Rows } from './agent-event.ts'

const acting: Rows = {
  Image: 'ActingProcessName Process',
  ProcessId: 'ActingProcessId',
  ProcessGuid: 'ActingProcessGuid',
  CommandLine: 'ActingProcessCommandLine',
  ParentImage: 'ParentProcessName',
  ParentProcessId: 'ParentProcessId',
  User: 'ActorUsername User',
}

const ended: Rows = {
  Image: 'TargetProcessName Process',
  ProcessId: 'TargetProcessId',
  ProcessGuid: 'TargetProcessGuid',
  User: 'ActorUsername',
}

const started: Rows = {
  ...ended,
  CommandLine: 'TargetProcessCommandLine CommandLine',
  IntegrityLevel: 'TargetProcessIntegrityLevel',
  CurrentDirectory: 'TargetProcessCurrentDirectory',
  User: 'TargetUsername ActorUsername',
  LogonId: 'TargetUserSessionId',
  ParentImage: 'ActingProcessName ParentProcessName',
  ParentCommandLine: 'ActingProcessCommandLine',
  ParentProcessId: 'ActingProcessId',
  ParentProcessGuid: 'ActingProcessGuid',
}

const file: Rows = { ...acting, TargetFilename: 'TargetFilePath FilePath' }
const renamed: Rows = { ...file, SourceFilename: 'SrcFilePath' }

const key: Rows = { ...acting, TargetObject: 'RegistryKey' }
const value: Rows = {
  ...acting,
  TargetObject: 'RegistryKey\\RegistryValue',
  Details: 'RegistryValueData',
}

const ends: Rows = {
  SourceIp: 'SrcIpAddr',
  SourceHostname: 'SrcFQDN SrcHostname',
  SourcePort: 'SrcPortNumber',
  DestinationIp: 'DstIpAddr',
  DestinationHostname: 'DstFQDN DstHostname',
  DestinationPort: 'DstPortNumber',
  Protocol: 'NetworkProtocol',
}
/** Of a connection that comes in, this host's process is that of the destination. */
const ofEndpoint: Rows = {
  ...ends,
  Image: 'Process SrcProcessName DstProcessName',
  ProcessId: 'SrcProcessId DstProcessId',
  User: 'User SrcUsername DstUsername',
}

const logon: Rows = {
  TargetUserName: 'TargetUsername User',
  SubjectUserName: 'ActorUsername',
  IpAddress: 'SrcIpAddr',
  WorkstationName: 'SrcHostname',
  AuthenticationPackageName: 'LogonProtocol',
  Image: 'ActingAppName',
  Result: 'EventResult',
}

/** A name that stands in no record but in those of one of the schemas. */
const own =
  'EventSchema TargetProcessName ActingProcessName SrcIpAddr DstIpAddr RegistryKey TargetFilePath DnsQuery TargetUsername'.split(
    ' ',
  )

export const asim: Agent = {
  name: 'Sentinel ASIM',
  recognises: (names) =>
    names.hasAll('EventType', 'EventProduct') &&
    own.some((name) => names.has(name)),
  kind: 'EventType',
  system: 'DvcOs EventProduct',
  id: 'EventOriginalType',
  any: {
    Computer: 'DvcHostname DvcFQDN Dvc',
    timestamp: 'EventStartTime TimeGenerated',
  },
  kinds: {
    ProcessCreated: ['process_creation', started],
    ProcessTerminated: ['process_termination', ended],
    RegistryKeyCreated: ['registry_add', key],
    RegistryKeyDeleted: ['registry_delete', key],
    RegistryKeyRenamed: [
      'registry_rename',
      { ...key, TargetObject: 'RegistryPreviousKey', NewName: 'RegistryKey' },
    ],
    RegistryValueDeleted: ['registry_delete', value],
    RegistryValueSet: ['registry_set', value],
    FileCreated: ['file_event', file],
    FileCreatedOrModified: ['file_event', file],
    FileCopied: ['file_event', renamed],
    FileModified: ['file_event', file],
    FileAccessed: ['file_access', file],
    FileDeleted: ['file_delete', file],
    FileMoved: ['file_rename', renamed],
    FileRenamed: ['file_rename', renamed],
    EndpointNetworkSession: ['network_connection', ofEndpoint],
    NetworkSession: ['firewall', ends],
    Flow: ['firewall', ends],
    Query: [
      'dns_query',
      {
        QueryName: 'DnsQuery Domain',
        QueryResults: 'DnsResponseName',
        Image: 'Process SrcProcessName',
        ProcessId: 'SrcProcessId',
        User: 'User SrcUsername',
      },
    ],
    HTTPsession: [
      'proxy',
      {
        ...ends,
        'c-uri': 'Url',
        'cs-method': 'HttpRequestMethod',
        'c-useragent': 'HttpUserAgent',
      },
    ],
    Logon: ['authentication', logon],
    Logoff: ['authentication', logon],
    Elevate: ['authentication', logon],
  },
}
