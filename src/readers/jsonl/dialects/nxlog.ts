// NXLog's im_msvistalog: event data flat beside the header's fields and NXLog's own, some of which take the event's names.
import { formatTime, parseTime } from '../../../base/time.ts'

import type { Column, Derive } from '../../flat/shapes.ts'
import { at, type Dialect, type Names } from '../dialect.ts'
import { hasMessageAlone, windowsMapping } from './windows-names.ts'

export const nxlog: Dialect = {
  name: 'NXLog JSON',
  recognises: (names) =>
    names.hasAll('EventID', 'SourceName') &&
    (names.has('SourceModuleType') ||
      names.has('EventReceivedTime') ||
      names.has('SourceModuleName')) &&
    !hasMessageAlone(names),
  plan: (names) =>
    windowsMapping(names, {
      system: {
        Provider_Name: 'SourceName',
        Provider_Guid: 'ProviderGuid',
        EventID: 'EventID',
        Version: 'Version',
        Level: 'LevelValue',
        Task: ['TaskValue', 'Task'],
        Opcode: ['OpcodeValue', 'Opcode'],
        Keywords: 'Keywords',
        EventRecordID: 'RecordNumber',
        Correlation_ActivityID: 'ActivityID',
        Correlation_RelatedActivityID: 'RelatedActivityID',
        Execution_ProcessID: 'ExecutionProcessID',
        Execution_ThreadID: ['ExecutionThreadID', 'ThreadID'],
        Channel: 'Channel',
        Computer: 'Hostname',
        Security_UserID: 'UserID',
      },
      instead: ownColumns,
    }),
}

function ownColumns(names: Names): Map<string, Column[]> {
  const own = new Map<string, Column[]>()
  const put = (name: string, make: (value: Derive, i: number) => Column[]) => {
    const i = names.indexOf(name)
    if (i >= 0) own.set(name, make(at(i), i))
  }
  put('EventTime', (value, i) => [
    { name: 'TimeCreated_SystemTime', from: utcTime(names, value) },
    { name: 'EventTime', from: i },
  ])
  // NXLog's `EventType` (INFO, AUDIT_SUCCESS) stands where Sysmon's (`SetValue`) should be: the event's own stays.
  put('EventType', (value) => [
    { name: 'EventType', from: (v) => unlessNxlogs(value(v)) },
    { name: 'NXLogEventType', from: (v) => onlyNxlogs(value(v)) },
  ])
  if (names.has('EventTypeOrignal')) {
    put('EventTypeOrignal', (_, i) => [{ name: 'NXLogEventType', from: i }])
    put('EventType', (value) => [
      { name: 'EventType', from: (v) => unlessNxlogs(value(v)) },
    ])
  }
  // The text beside OpcodeValue.
  if (names.has('OpcodeValue')) {
    put('Opcode', (_, i) => [{ name: 'OpcodeName', from: i }])
  }
  if (names.has('TaskValue')) {
    put('Task', (_, i) => [{ name: 'TaskName', from: i }])
  }
  put('PipeName', (value) => [
    { name: 'PipeName', from: (values) => unescapedPipe(value(values)) },
  ])
  return own
}

const nxlogTypes = new Set<unknown>([
  'INFO',
  'VERBOSE',
  'WARNING',
  'ERROR',
  'CRITICAL',
  'DEBUG',
  'AUDIT_SUCCESS',
  'AUDIT_FAILURE',
])

const unlessNxlogs = (value: ReturnType<Derive>) =>
  nxlogTypes.has(value) ? undefined : value

const onlyNxlogs = (value: ReturnType<Derive>) =>
  nxlogTypes.has(value) ? value : undefined

// Some senders escape Sysmon's own `<Anonymous Pipe>`; no pipe's name can hold an angle bracket otherwise.
function unescapedPipe(value: ReturnType<Derive>) {
  if (typeof value !== 'string' || !value.startsWith('&lt;')) return value
  return value.replace('&lt;', '<').replace('&gt;', '>')
}

const zoned = /(?:Z|[+-]\d\d:?\d\d)$/
const zoneStepMs = 15 * 60_000

/**
 * `EventTime` is the sender's local time without a zone. The pipeline wrote its arrival twice, in local time and in
 * UTC, a moment apart: their difference, to the quarter of an hour, is the zone.
 */
function utcTime(names: Names, eventTime: Derive): Derive {
  const received = at(names.indexOf('EventReceivedTime'))
  const arrived = at(names.indexOf('@timestamp'))
  return (values) => {
    const text = eventTime(values)
    const local = parseTime(text)
    if (local === undefined) return undefined
    const receivedAt = parseTime(received(values), true)
    const arrivedAt = parseTime(arrived(values))
    const isUtc = typeof text === 'string' && zoned.test(text)
    if (isUtc || receivedAt === undefined || arrivedAt === undefined) {
      return formatTime(local)
    }
    const zone = Math.round((arrivedAt - receivedAt) / zoneStepMs) * zoneStepMs
    return formatTime(parseTime(text, true)! + zone)
  }
}
