// Which fields do the events of a source have? Known for the sources whose lists are published and closed, so that a
// search that asks for another can be told. Source: Sysmon 15 manifest (schema 4.90); Microsoft Learn, event 4688.

const system =
  'EventID Version Level Task Opcode Keywords TimeCreated_SystemTime EventRecordID Correlation_ActivityID Execution_ProcessID Execution_ThreadID Channel Computer Security_UserID Provider_Name Provider_Guid RuleName UtcTime'

const sysmon: Readonly<Record<number, string>> = {
  1: 'ProcessGuid ProcessId Image FileVersion Description Product Company OriginalFileName CommandLine CurrentDirectory User LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId ParentImage ParentCommandLine ParentUser',
  2: 'ProcessGuid ProcessId Image TargetFilename CreationUtcTime PreviousCreationUtcTime User',
  3: 'ProcessGuid ProcessId Image User Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort SourcePortName DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort DestinationPortName',
  5: 'ProcessGuid ProcessId Image User',
  6: 'ImageLoaded Hashes Signed Signature SignatureStatus',
  7: 'ProcessGuid ProcessId Image ImageLoaded FileVersion Description Product Company OriginalFileName Hashes Signed Signature SignatureStatus User',
  8: 'SourceProcessGuid SourceProcessId SourceImage TargetProcessGuid TargetProcessId TargetImage NewThreadId StartAddress StartModule StartFunction SourceUser TargetUser',
  9: 'ProcessGuid ProcessId Image Device User',
  10: 'SourceProcessGUID SourceProcessGuid SourceProcessId SourceThreadId SourceImage TargetProcessGUID TargetProcessGuid TargetProcessId TargetImage GrantedAccess CallTrace SourceUser TargetUser AccessRights',
  11: 'ProcessGuid ProcessId Image TargetFilename CreationUtcTime User',
  12: 'EventType ProcessGuid ProcessId Image TargetObject User',
  13: 'EventType ProcessGuid ProcessId Image TargetObject Details User',
  14: 'EventType ProcessGuid ProcessId Image TargetObject NewName User',
  15: 'ProcessGuid ProcessId Image TargetFilename CreationUtcTime Hash Contents User',
  17: 'EventType ProcessGuid ProcessId PipeName Image User',
  18: 'EventType ProcessGuid ProcessId PipeName Image User',
  22: 'ProcessGuid ProcessId QueryName QueryStatus QueryResults Image User',
  23: 'ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable Archived',
  25: 'ProcessGuid ProcessId Image Type User',
  26: 'ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable',
  29: 'ProcessGuid ProcessId User Image TargetFilename Hashes',
}

const security: Readonly<Record<number, string>> = {
  4688: 'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId NewProcessId NewProcessName TokenElevationType ProcessId CommandLine TargetUserSid TargetUserName TargetDomainName TargetLogonId ParentProcessName MandatoryLabel',
}

// What the normaliser adds to every event of these sources.
const added =
  'Image ParentImage User IntegrityLevel LogonId LogonGuid ProcessId StartedProcessId ParentProcessId Clsid PipeTemplate RegistryKey Imphash md5 sha1 sha256 imphash'

/** undefined: the source's fields are not listed. */
export function fieldsOfEvent(
  service: string | undefined,
  eventId: number,
): ReadonlySet<string> | undefined {
  const table =
    service === 'sysmon'
      ? sysmon
      : service === 'security'
        ? security
        : undefined
  const own = table?.[eventId]
  if (own === undefined) return undefined
  const extra = service === 'sysmon' ? '' : added
  return new Set(`${system} ${own} ${extra}`.split(' ').filter(Boolean))
}

/** Fields with one value in every event that has them. Others may hold several, which `!=` must ask one by one. */
export const singleValued: ReadonlySet<string> = new Set(
  [system, added, ...Object.values(sysmon), ...Object.values(security)]
    .flatMap((list) => list.split(' '))
    .filter((name) => name !== 'AccessRights'),
)
