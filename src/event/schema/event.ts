// The event itself: where it happened, and what its log says of it.
import { field, group } from './field.ts'

const windowsLog = 'sysmon security system powershell wmi windefend' as const

export const eventFields = group('event', {
  Computer: field(
    'text',
    'the host that the event is of, whatever its record calls it',
    'ws7.example',
    `${windowsLog} auditd endpointsecurity ecs defender osquery`,
    {
      cim: 'dest dvc',
      addOn: 'ComputerName',
      ecs: 'host.name host.hostname agent.name',
      raw: 'Hostname host node DeviceName hostIdentifier',
    },
  ),
  EventID: field(
    'number',
    'the number of the event in the log of Windows',
    4688,
    windowsLog,
    { cim: 'event_id signature_id', addOn: 'EventCode' },
  ),
  Provider_Name: field(
    'text',
    'who wrote the event to the log of Windows',
    'Microsoft-Windows-Sysmon',
    windowsLog,
    { addOn: 'SourceName' },
  ),
  Channel: field(
    'text',
    'which log of Windows it stands in',
    'Security',
    windowsLog,
    {
      addOn: 'LogName',
    },
  ),
  EventRecordID: field(
    'number',
    'the number of the record in its log',
    120_377,
    windowsLog,
    { addOn: 'RecordNumber' },
  ),
})
