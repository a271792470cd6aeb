// Events of endpoint agents and of OCSF under Sigma's names: a table an agent, of the name that says what kind of event it is,
// and of the names that its values have.
// Sources: CrowdStrike, "Events Full Reference" (FDR); SentinelOne, "Deep Visibility" schema; Carbon Black Cloud, "Endpoint
// Events"; OCSF schema 1.x, classes of System and Network Activity; Mozilla audisp-json, README.
import { textOrEmpty } from '../../flat/written-by.ts'
import type { Dialect } from '../dialect.ts'
import { type Agent, agentEvent } from './agent-event.ts'
import { asim } from './asim.ts'

const crowdstrike: Agent = {
  name: 'CrowdStrike FDR JSON',
  // LogScale marks the names by which it parts its data.
  recognises: (names) =>
    names.hasAll('event_simpleName', 'aid') ||
    names.hasAll('#event_simpleName', 'ComputerName'),
  kind: (at) => textOrEmpty(at('event_simpleName') ?? at('#event_simpleName')),
  system: 'event_platform',
  any: { Computer: 'ComputerName', timestamp: 'timestamp @timestamp' },
  kinds: {
    ProcessRollup2: [
      'process_creation',
      {
        Image: 'ImageFileName',
        ParentImage: 'ParentImageFileName ParentBaseFileName',
        ProcessId: 'RawProcessId',
        User: 'UserName',
      },
    ],
    DnsRequest: [
      'dns_query',
      { QueryName: 'DomainName', Image: 'ContextImageFileName' },
    ],
    NetworkConnectIP4: [
      'network_connection',
      {
        DestinationIp: 'RemoteAddressIP4',
        DestinationPort: 'RemotePort RPort',
        SourcePort: 'LocalPort LPort',
        Image: 'ContextImageFileName',
      },
    ],
    ClassifiedModuleLoad: [
      'image_load',
      { ImageLoaded: 'ImageFileName', Image: 'TargetImageFileName' },
    ],
    NewExecutableWritten: ['file_event', { TargetFilename: 'TargetFileName' }],
    AsepValueUpdate: [
      'registry_set',
      {
        TargetObject: 'RegObjectName\\RegValueName',
        Details: 'RegStringValue',
      },
    ],
  },
}

const acting = {
  Image: 'src.process.image.path',
  ProcessId: 'src.process.pid',
  CommandLine: 'src.process.cmdline',
  User: 'src.process.user',
}
const sentinelone: Agent = {
  name: 'SentinelOne JSON',
  recognises: (names) =>
    names.has('event.type') &&
    (names.has('src.process.image.path') || names.has('src.process.name')),
  kind: 'event.type',
  system: 'endpoint.os',
  any: {
    Computer: 'endpoint.name',
    timestamp: 'event.time src.process.startTime',
  },
  kinds: {
    'Process Creation': [
      'process_creation',
      {
        Image: 'tgt.process.image.path',
        CommandLine: 'tgt.process.cmdline',
        ProcessId: 'tgt.process.pid',
        User: 'tgt.process.user',
        IntegrityLevel: 'tgt.process.integrityLevel',
        ParentImage: 'src.process.image.path',
        ParentCommandLine: 'src.process.cmdline',
        ParentProcessId: 'src.process.pid',
      },
    ],
    'Open Remote Process Handle': [
      'process_access',
      {
        SourceImage: 'src.process.image.path',
        SourceProcessId: 'src.process.pid',
        TargetImage: 'tgt.process.image.path',
        TargetProcessId: 'tgt.process.pid',
        GrantedAccess: 'tgt.process.accessRights',
      },
    ],
    'Named Pipe Creation': [
      'pipe_created',
      { ...acting, PipeName: 'namedPipe.name' },
    ],
    'Module Load': ['image_load', { ...acting, ImageLoaded: 'module.path' }],
    'File Creation': [
      'file_event',
      { ...acting, TargetFilename: 'tgt.file.path' },
    ],
    'Registry Value Create': [
      'registry_set',
      {
        ...acting,
        TargetObject: 'registry.keyPath',
        Details: 'registry.value',
      },
    ],
    'DNS Resolved': [
      'dns_query',
      { ...acting, QueryName: 'event.dns.request' },
    ],
    'IP Connect': [
      'network_connection',
      {
        ...acting,
        DestinationIp: 'dst.ip.address',
        DestinationPort: 'dst.port.number',
        SourceIp: 'src.ip.address',
        SourcePort: 'src.port.number',
      },
    ],
  },
}

const actor = {
  Image: 'process_path',
  ProcessId: 'process_pid',
  CommandLine: 'process_cmdline',
  User: 'process_username',
}
const carbonBlack: Agent = {
  name: 'Carbon Black Cloud JSON',
  recognises: (names) =>
    names.hasAll('type', 'process_path') &&
    (names.has('device_name') || names.has('org_key')),
  kind: 'type',
  system: 'device_os',
  any: { Computer: 'device_name', timestamp: 'device_timestamp' },
  kinds: {
    'endpoint.event.procstart': [
      'process_creation',
      {
        Image: 'childproc_name',
        CommandLine: 'target_cmdline',
        ProcessId: 'childproc_pid',
        User: 'childproc_username',
        ParentImage: 'process_path',
        ParentCommandLine: 'process_cmdline',
        ParentProcessId: 'process_pid',
      },
    ],
    'endpoint.event.crossproc': [
      'process_access',
      {
        SourceImage: 'process_path',
        SourceProcessId: 'process_pid',
        TargetImage: 'crossproc_name',
        TargetProcessId: 'crossproc_pid',
      },
    ],
    'endpoint.event.moduleload': [
      'image_load',
      { ...actor, ImageLoaded: 'modload_name' },
    ],
    'endpoint.event.filemod': [
      'file_event',
      { ...actor, TargetFilename: 'filemod_name' },
    ],
    'endpoint.event.regmod': [
      'registry_set',
      { ...actor, TargetObject: 'regmod_name' },
    ],
    'endpoint.event.netconn': [
      'network_connection',
      {
        ...actor,
        DestinationIp: 'remote_ip',
        DestinationPort: 'remote_port',
        SourceIp: 'local_ip',
        SourcePort: 'local_port',
      },
    ],
  },
}

const ocsfActor = {
  Image: 'actor.process.file.path',
  ProcessId: 'actor.process.pid',
  CommandLine: 'actor.process.cmd_line',
  User: 'actor.user.name actor.process.user.name',
}
const ocsf: Agent = {
  name: 'OCSF JSON',
  recognises: (names) => names.hasAll('class_uid', 'category_uid', 'time'),
  kind: 'type_uid',
  system: 'device.os.type_id',
  any: { Computer: 'device.hostname device.name', timestamp: 'time' },
  kinds: {
    100701: [
      'process_creation',
      {
        Image: 'process.file.path',
        CommandLine: 'process.cmd_line',
        ProcessId: 'process.pid',
        User: 'process.user.name actor.user.name',
        IntegrityLevel: 'process.integrity',
        ParentImage: 'process.parent_process.file.path actor.process.file.path',
        ParentCommandLine:
          'process.parent_process.cmd_line actor.process.cmd_line',
        ParentProcessId: 'process.parent_process.pid actor.process.pid',
      },
    ],
    100703: [
      'process_access',
      {
        SourceImage: 'actor.process.file.path',
        SourceProcessId: 'actor.process.pid',
        TargetImage: 'process.file.path',
        TargetProcessId: 'process.pid',
        GrantedAccess: 'actual_permissions requested_permissions',
      },
    ],
    100501: ['image_load', { ...ocsfActor, ImageLoaded: 'module.file.path' }],
    100101: ['file_event', { ...ocsfActor, TargetFilename: 'file.path' }],
    20100201: [
      'registry_set',
      {
        ...ocsfActor,
        TargetObject: 'reg_value.path',
        Details: 'reg_value.data',
      },
    ],
    400101: [
      'network_connection',
      {
        ...ocsfActor,
        DestinationIp: 'dst_endpoint.ip',
        DestinationPort: 'dst_endpoint.port',
        SourceIp: 'src_endpoint.ip',
        SourcePort: 'src_endpoint.port',
      },
    ],
  },
}

const audispJson: Agent = {
  name: 'audisp-json',
  recognises: (names) =>
    names.hasAll('category', 'hostname', 'details.auditserial'),
  kind: 'category',
  // It runs on nothing else.
  system: '',
  any: { Computer: 'hostname', timestamp: 'timestamp' },
  kinds: {
    execve: [
      'process_creation',
      {
        Image: 'details.process details.exe',
        CommandLine: 'details.command',
        ProcessId: 'details.pid',
        ParentProcessId: 'details.ppid',
        ParentImage: 'details.parentprocess',
        User: 'details.user details.username',
        CurrentDirectory: 'details.cwd',
      },
    ],
  },
}

export const endpointAgents: readonly Dialect[] = [
  crowdstrike,
  sentinelone,
  carbonBlack,
  ocsf,
  audispJson,
  asim,
].map((agent) => ({
  name: agent.name,
  recognises: agent.recognises,
  plan: (names) => ({
    kind: 'expansion',
    expand: (values) => agentEvent(agent, names, values),
  }),
}))
