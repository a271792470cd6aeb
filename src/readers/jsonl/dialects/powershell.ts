// Windows events that a PowerShell script flattened by hand: `SourceName`, `TimeCreated`, `Hostname`.
import type { Dialect } from '../dialect.ts'
import { hasMessageAlone, windowsMapping } from './windows-names.ts'

/** Its times are the sender's local time, with or without a false Z: where the event has a UtcTime, that one is true. */
export const powershellFlat: Dialect = {
  name: 'PowerShell export JSON',
  recognises: (names) =>
    names.hasAll('EventID', 'SourceName') &&
    (names.has('TimeCreated') || names.has('Hostname')) &&
    !hasMessageAlone(names),
  plan: (names) =>
    windowsMapping(names, {
      system: {
        Provider_Name: 'SourceName',
        Provider_Guid: 'ProviderGuid',
        EventID: 'EventID',
        Version: 'Version',
        Level: 'Level',
        Task: 'Task',
        Opcode: 'Opcode',
        Keywords: 'Keywords',
        TimeCreated_SystemTime: ['TimeCreated', '@timestamp'],
        EventRecordID: ['RecordNumber', 'RecordId', 'EventRecordID'],
        Execution_ProcessID: 'ExecutionProcessID',
        Channel: 'Channel',
        Computer: ['Hostname', 'MachineName', 'Computer'],
      },
    }),
}
