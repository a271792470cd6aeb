// The names of what stands beside an event's data in a flat event of Windows.

/** What a flat event says beside its data, and what collectors add. */
export const besideData: ReadonlySet<string> = new Set(
  'EventTime EventReceivedTime TimeCreated @timestamp @version Hostname MachineName Computer host port tags type Keywords EventType SeverityValue Severity EventID SourceName ProviderGuid Version Task TaskValue TaskName Category Opcode OpcodeValue Level LevelValue RecordNumber RecordId EventRecordID ActivityID RelatedActivityID ExecutionProcessID ExecutionThreadID ProcessID ThreadID ProcessId ThreadId Channel LogName Domain AccountName AccountType UserID Message SourceModuleName SourceModuleType'.split(
    ' ',
  ),
)

/** Is it a name of what stands beside an event's data, under Windows' own capital? */
export function isBesideData(name: string): boolean {
  return besideData.has(name) && /^[A-Z]/.test(name)
}
