// Which fields does a log source fill, as far as that is settled? Sysmon's event manifest (schema 4.90) for the categories
// that Sigma's taxonomy draws from it, and what other providers add to them.
import type { RuleLogSource } from '../ir/rule.ts'

const process = [
  'ProcessGuid',
  'ProcessId',
  'Image',
  'User',
  'UtcTime',
  'RuleName',
]
const version = [
  'FileVersion',
  'Description',
  'Product',
  'Company',
  'OriginalFileName',
]
/** `Hashes` is taken apart into the last. */
const hashes = [
  'Hashes',
  'md5',
  'sha1',
  'sha256',
  'imphash',
  'Imphash',
  'MD5',
  'SHA1',
  'SHA256',
  'IMPHASH',
]
const signature = ['Signed', 'Signature', 'SignatureStatus']
const registry = [...process, 'EventType', 'TargetObject', 'Details', 'NewName']
const files = [...process, 'TargetFilename', 'CreationUtcTime']
const deleted = [...files, ...hashes, 'IsExecutable', 'Archived']
const pair = [
  'UtcTime',
  'RuleName',
  'SourceProcessGuid',
  'SourceProcessGUID',
  'SourceProcessId',
  'SourceImage',
  'SourceUser',
  'TargetProcessGuid',
  'TargetProcessGUID',
  'TargetProcessId',
  'TargetImage',
  'TargetUser',
]

const windows: Readonly<Record<string, readonly string[]>> = {
  process_creation: [
    ...process,
    ...version,
    ...hashes,
    'CommandLine',
    'CurrentDirectory',
    'LogonGuid',
    'LogonId',
    'TerminalSessionId',
    'IntegrityLevel',
    'ParentProcessGuid',
    'ParentProcessId',
    'ParentImage',
    'ParentCommandLine',
    'ParentUser',
    // Security 4688
    'SubjectUserSid',
    'SubjectUserName',
    'SubjectDomainName',
    'SubjectLogonId',
    'TargetUserSid',
    'TargetUserName',
    'TargetDomainName',
    'TargetLogonId',
    'NewProcessId',
    'NewProcessName',
    'ParentProcessName',
    'TokenElevationType',
    'MandatoryLabel',
    // Microsoft-Windows-Kernel-Process and command line agents
    'GrandParentImage',
    'GrandparentCommandLine',
    'Provider_Name',
  ],
  file_change: [...files, 'PreviousCreationUtcTime'],
  network_connection: [
    ...process,
    'Protocol',
    'Initiated',
    'SourceIsIpv6',
    'SourceIp',
    'SourceHostname',
    'SourcePort',
    'SourcePortName',
    'DestinationIsIpv6',
    'DestinationIp',
    'DestinationHostname',
    'DestinationPort',
    'DestinationPortName',
    'CommandLine',
    'ParentImage',
  ],
  process_termination: process,
  driver_load: ['UtcTime', 'RuleName', 'ImageLoaded', ...hashes, ...signature],
  image_load: [...process, ...version, ...hashes, ...signature, 'ImageLoaded'],
  create_remote_thread: [
    ...pair,
    'NewThreadId',
    'StartAddress',
    'StartModule',
    'StartFunction',
  ],
  raw_access_thread: [...process, 'Device'],
  process_access: [...pair, 'SourceThreadId', 'GrantedAccess', 'CallTrace'],
  file_event: files,
  registry_add: registry,
  registry_delete: registry,
  registry_event: registry,
  registry_rename: registry,
  registry_set: registry,
  create_stream_hash: [...files, 'Hash', ...hashes, 'Contents'],
  pipe_created: [...process, 'EventType', 'PipeName'],
  wmi_event: [
    'UtcTime',
    'RuleName',
    'EventType',
    'Operation',
    'User',
    'EventNamespace',
    'Name',
    'Query',
    'Type',
    'Destination',
    'Consumer',
    'Filter',
  ],
  dns_query: [...process, 'QueryName', 'QueryStatus', 'QueryResults'],
  file_delete: deleted,
  file_delete_detected: deleted,
  process_tampering: [...process, 'Type'],
}

const everywhere = new Set([
  'EventID',
  'Channel',
  'Provider_Name',
  'Provider_Guid',
  'Computer',
  'EventRecordID',
  'Keywords',
  'Level',
  'Task',
  'Opcode',
  'Version',
  'Security_UserID',
  'Execution_ProcessID',
  'Execution_ThreadID',
  'TimeCreated_SystemTime',
])

/** undefined: not settled. */
export function fieldsOfSource(
  source: RuleLogSource,
): ReadonlySet<string> | undefined {
  if (source.product !== 'windows' || source.category === undefined) {
    return undefined
  }
  const known = Object.hasOwn(windows, source.category)
    ? windows[source.category]
    : undefined
  return known && new Set([...known, ...everywhere])
}

const anywhere = new Set(Object.values(windows).flat())

/** Some settled log source fills it. */
export function isSettledField(field: string): boolean {
  return anywhere.has(field)
}

/**
 * Pipes that Windows itself opens on every machine for its own protocols ([MS-SCMR], [MS-SRVS], [MS-SAMR], [MS-LSAD],
 * [MS-NRPC], [MS-WKST], [MS-RPRN], [MS-TSCH], [MS-EVEN], [MS-RRP], [MS-RSP], [MS-EFSR], [C706] endpoint mapper).
 */
export const everydayPipes: readonly string[] = [
  'svcctl',
  'srvsvc',
  'samr',
  'lsass',
  'lsarpc',
  'netlogon',
  'wkssvc',
  'spoolss',
  'atsvc',
  'eventlog',
  'winreg',
  'InitShutdown',
  'efsrpc',
  'epmapper',
  'ntsvcs',
]
