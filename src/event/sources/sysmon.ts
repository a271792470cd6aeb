// Sysmon's events, of Windows and of Linux. Sources: Sysinternals, "Sysmon" (events) and the manifest of Sysmon 15 (schema
// 4.90) for ids and fields; Sigma's taxonomy for categories.
import { type EventKinds, kind } from './source.ts'

const registry = 'registry_event'

export const sysmonEvents: EventKinds = {
  1: kind(
    'process_creation',
    'ProcessGuid ProcessId Image FileVersion Description Product Company OriginalFileName CommandLine CurrentDirectory User LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId ParentImage ParentCommandLine ParentUser',
    'leads',
  ),
  2: kind(
    'file_change',
    'ProcessGuid ProcessId Image TargetFilename CreationUtcTime PreviousCreationUtcTime User',
  ),
  3: kind(
    'network_connection',
    'ProcessGuid ProcessId Image User Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort SourcePortName DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort DestinationPortName',
  ),
  4: kind('sysmon_status'),
  5: kind('process_termination', 'ProcessGuid ProcessId Image User'),
  6: kind('driver_load', 'ImageLoaded Hashes Signed Signature SignatureStatus'),
  7: kind(
    'image_load',
    'ProcessGuid ProcessId Image ImageLoaded FileVersion Description Product Company OriginalFileName Hashes Signed Signature SignatureStatus User',
  ),
  8: kind(
    'create_remote_thread',
    'SourceProcessGuid SourceProcessId SourceImage TargetProcessGuid TargetProcessId TargetImage NewThreadId StartAddress StartModule StartFunction SourceUser TargetUser',
  ),
  9: kind('raw_access_thread', 'ProcessGuid ProcessId Image Device User'),
  10: kind(
    'process_access',
    'SourceProcessGUID SourceProcessId SourceThreadId SourceImage TargetProcessGUID TargetProcessId TargetImage GrantedAccess CallTrace SourceUser TargetUser',
  ),
  11: kind(
    'file_event',
    'ProcessGuid ProcessId Image TargetFilename CreationUtcTime User',
  ),
  // What was done to the key stands in EventType: see `categoriesOfRegistryChange`.
  12: kind(
    [registry, 'registry_add', 'registry_delete'],
    'EventType ProcessGuid ProcessId Image TargetObject User',
  ),
  13: kind(
    [registry, 'registry_set'],
    'EventType ProcessGuid ProcessId Image TargetObject Details User',
  ),
  14: kind(
    [registry, 'registry_rename'],
    'EventType ProcessGuid ProcessId Image TargetObject NewName User',
  ),
  15: kind(
    'create_stream_hash',
    'ProcessGuid ProcessId Image TargetFilename CreationUtcTime Hash Contents User',
  ),
  16: kind('sysmon_status'),
  17: kind(
    'pipe_created',
    'EventType ProcessGuid ProcessId PipeName Image User',
  ),
  18: kind(
    'pipe_created',
    'EventType ProcessGuid ProcessId PipeName Image User',
  ),
  19: kind('wmi_event', 'EventType Operation User EventNamespace Name Query'),
  20: kind('wmi_event', 'EventType Operation User Name Type Destination'),
  21: kind('wmi_event', 'EventType Operation User Consumer Filter'),
  22: kind(
    'dns_query',
    'ProcessGuid ProcessId QueryName QueryStatus QueryResults Image User',
  ),
  23: kind(
    'file_delete',
    'ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable Archived',
  ),
  24: kind('clipboard_change'),
  25: kind('process_tampering', 'ProcessGuid ProcessId Image Type User'),
  26: kind(
    'file_delete_detected',
    'ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable',
  ),
  27: kind('file_block_executable'),
  28: kind('file_block_shredding'),
  29: kind(
    'file_executable_detected',
    'ProcessGuid ProcessId User Image TargetFilename Hashes',
  ),
  255: kind('sysmon_error'),
}

/** Beside those of the event itself. */
export const sysmonCommonFields: readonly string[] = ['RuleName', 'UtcTime']

/** Sysmon 12 tells in its EventType what was done to the key. */
export const categoriesOfRegistryChange: Readonly<
  Record<string, readonly string[]>
> = {
  CreateKey: [registry, 'registry_add'],
  DeleteKey: [registry, 'registry_delete'],
  DeleteValue: [registry, 'registry_delete'],
}
