// Windows events that a PowerShell script wrote as JSON: flattened by hand (`SourceName`, `TimeCreated`, `Hostname`), or as
// Get-WinEvent's own objects look (`ProviderName`, `LogName`, `Id`).
import type { Value } from '../../../base/record.ts'
import { formatTime, parseTime } from '../../../base/time.ts'

import type { Column } from '../../flat/shapes.ts'
import { at, type Dialect, type Names } from '../dialect.ts'
import { windowsMapping } from './windows-names.ts'

/** Its times are the sender's local time, with or without a false Z: where the event has a UtcTime, that one is true. */
export const powershellFlat: Dialect = {
  name: 'PowerShell export JSON',
  recognises: (names) =>
    names.hasAll('EventID', 'SourceName') &&
    (names.has('TimeCreated') || names.has('Hostname')),
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

export const getWinEvent: Dialect = {
  name: 'Get-WinEvent JSON',
  recognises: (names) => names.hasAll('ProviderName', 'LogName', 'Id'),
  plan: (names) =>
    windowsMapping(names, {
      system: {
        Provider_Name: 'ProviderName',
        Provider_Guid: 'ProviderId',
        EventID: 'Id',
        Qualifiers: 'Qualifiers',
        Version: 'Version',
        Level: 'Level',
        Task: 'Task',
        Opcode: 'Opcode',
        Keywords: 'Keywords',
        EventRecordID: 'RecordId',
        Correlation_ActivityID: 'ActivityId',
        Correlation_RelatedActivityID: 'RelatedActivityId',
        Execution_ProcessID: 'ProcessId',
        Execution_ThreadID: 'ThreadId',
        Channel: 'LogName',
        Computer: 'MachineName',
        Security_UserID: ['UserId', 'UserId.Value'],
      },
      instead: created,
    }),
}

/** `/Date(1602562491699)/` in Windows PowerShell, ISO 8601 in PowerShell 7, an object where a member was added to it. */
function created(names: Names): Map<string, Column[]> {
  const i = names.firstOf('TimeCreated', 'TimeCreated.value')
  if (i < 0) return new Map()
  const value = at(i)
  return new Map([
    [
      names.list[i]!,
      [
        {
          name: 'TimeCreated_SystemTime',
          from: (values) => isoTime(value(values)),
        },
      ],
    ],
  ])
}

function isoTime(value: Value | undefined): Value | undefined {
  const ms = parseTime(value)
  return ms === undefined ? value : formatTime(ms)
}
