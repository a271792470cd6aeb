// Exports of Microsoft Sentinel and Log Analytics: the member `Type` names the table, and each table hides the event in
// another place.
import { entryOf } from '../../../base/entry.ts'
import type { Value } from '../../../base/record.ts'

import { addField, type Fields } from '../../flat/fields.ts'
import { jsonOfText } from '../../flat/json-text.ts'
import { type JsonObject, listOrText } from '../../flat/json-value.ts'
import type { HeaderReader } from '../../auditd/header.ts'
import { addBeside } from '../../inside/beside.ts'
import { eventsInText } from '../../inside/event-text.ts'
import { parseEventDataXml } from '../../windows-xml/event.ts'
import { textOrEmpty, windowsWriter } from '../../flat/written-by.ts'
import {
  type Dialect,
  type Expanded,
  type Names,
  fieldsOf,
} from '../dialect.ts'
import { systemValue } from '../../system-part.ts'

export const logAnalytics: Dialect = {
  name: 'Log Analytics export',
  recognises: (names) =>
    names.hasAll('TimeGenerated', 'Type') &&
    (names.has('TenantId') ||
      names.has('_ResourceId') ||
      names.has('SourceSystem')),
  plan: (names) => ({
    kind: 'expansion',
    expand: (values, _, headers) => expand(names, values, headers),
  }),
}

function expand(
  names: Names,
  values: readonly Value[],
  headers: HeaderReader,
): Expanded | undefined {
  const columns = fieldsOf(names, values)
  switch (columns.Type) {
    case 'SecurityEvent':
    case 'WindowsEvent':
    case 'Event':
      return windowsEvent(columns)
    case 'Syslog':
      return syslog(columns, headers)
    default:
      return undefined
  }
}

/** The columns of the System part in the three tables of Windows events. */
const system: readonly (readonly [name: string, ...columns: string[]])[] = [
  ['Provider_Name', 'EventSourceName', 'Provider', 'Source'],
  ['EventID', 'EventID'],
  ['Version', 'Version'],
  ['Level', 'EventLevel', 'Level'],
  ['Task', 'Task'],
  ['Opcode', 'Opcode'],
  ['Keywords', 'Keywords'],
  ['TimeCreated_SystemTime', 'TimeCreated', 'TimeGenerated'],
  ['EventRecordID', 'EventRecordId'],
  ['Correlation_ActivityID', 'Correlation'],
  ['Execution_ProcessID', 'SystemProcessId'],
  ['Execution_ThreadID', 'SystemThreadId'],
  ['Channel', 'Channel', 'EventLog'],
  ['Computer', 'Computer'],
  ['Security_UserID', 'SystemUserId'],
]

function windowsEvent(columns: Fields): Expanded {
  const fields: Fields = {}
  const beside: Fields = { ...columns }
  for (const [name, ...from] of system) {
    const column = from.find((c) => textOrEmpty(columns[c]) !== '')
    if (column === undefined) continue
    delete beside[column]
    addField(fields, name, systemValue(name, columns[column]!)!)
  }
  const damage = addEventData(fields, beside)
  addBeside(fields, beside)
  return {
    fields,
    provenance: windowsWriter(fields),
    ...(damage !== undefined && { damage }),
  }
}

/** Moves what `EventData` holds: XML text, JSON text, or an object that is flattened already. */
function addEventData(fields: Fields, beside: Fields): string | undefined {
  for (const name of Object.keys(beside)) {
    if (!name.startsWith('EventData.')) continue
    addEvent(fields, name.slice('EventData.'.length), beside[name]!)
    delete beside[name]
  }
  const text = beside.EventData
  if (typeof text !== 'string' || text === '') return undefined
  if (text.trimStart().startsWith('<')) {
    delete beside.EventData
    const data = parseEventDataXml(text)
    for (const name of Object.keys(data.fields)) {
      addEvent(fields, name, data.fields[name]!)
    }
    return data.damage && `EventData XML ${data.damage}`
  }
  const data = jsonObject(text)
  if (!data) return `EventData is neither XML nor a JSON object`
  delete beside.EventData
  const { object, damage } = data
  for (const name of Object.keys(object)) {
    addEvent(fields, name, flat(object[name]))
  }
  return damage && `EventData: ${damage}`
}

function addEvent(fields: Fields, rawName: string, value: Value) {
  const name = rawName.replaceAll(/\s+/g, '')
  const isTaken = Object.hasOwn(fields, name)
  addField(fields, isTaken ? `EventData_${name}` : name, value)
}

function jsonObject(
  text: string,
): { readonly object: JsonObject; readonly damage?: string } | undefined {
  try {
    const { value, damage } = jsonOfText(text)
    const isObject =
      typeof value === 'object' && value !== null && !Array.isArray(value)
    if (!isObject) return undefined
    const object = value as JsonObject
    return { object, ...(damage !== undefined && { damage }) }
  } catch {
    return undefined
  }
}

function flat(value: unknown): Value {
  return typeof value === 'object' && value !== null
    ? listOrText(value)
    : (value as Value)
}

/** Columns of the collector that have the names of event fields but mean the program that sent the message. */
const syslogNames: { readonly [name: string]: string } = {
  ProcessName: 'SyslogProcessName',
  ProcessID: 'SyslogProcessID',
  EventTime: 'SyslogEventTime',
}

function syslog(columns: Fields, headers: HeaderReader): Expanded | undefined {
  const message = columns.SyslogMessage
  if (typeof message !== 'string') return undefined
  const inside = eventsInText(message, headers)
  if (inside.length === 0) return undefined
  const beside: Fields = {}
  for (const name of Object.keys(columns)) {
    // auoms' line is there twice, whole and without its head.
    const isRepeated = name === 'SyslogMessage' || name === 'EventData'
    if (!isRepeated)
      addField(beside, entryOf(syslogNames, name) ?? name, columns[name]!)
  }
  return { inside, beside }
}
