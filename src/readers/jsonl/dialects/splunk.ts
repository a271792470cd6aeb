// Splunk's export: the event as text in `_raw`, XML or the classic rendering, with or without the fields that the
// add-on for Windows extracted from it.
import { entryOf } from '../../../base/entry.ts'
import type { Value } from '../../../base/record.ts'

import { addField, type Fields } from '../../flat/fields.ts'
import type { JsonObject } from '../../flat/json-value.ts'
import { textOf, writtenBy } from '../../flat/written-by.ts'
import type { Dialect, Expanded, Names } from '../dialect.ts'
import { addBeside, eventInText } from './embedded.ts'
import { fieldsOfMessage } from './rendered-message.ts'
import { systemValue } from '../../system-part.ts'

export const splunk: Dialect = {
  name: 'Splunk export',
  recognises: (names) =>
    names.has('_raw') ||
    (names.hasAll('sourcetype', 'source') &&
      (names.has('EventCode') || names.has('EventID'))),
  plan: (names) => ({
    kind: 'expansion',
    expand: (values) => expand(names, values),
  }),
}

function expand(names: Names, values: readonly Value[]): Expanded | undefined {
  const columns: Fields = {}
  names.list.forEach((name, i) => {
    addField(columns, name, values[i]!)
  })
  const { _raw: raw, ...beside } = columns
  if (typeof raw === 'string') {
    const inner = jsonObject(raw)
    if (inner) return { inner: { ...inner } }
    const event = eventInText(raw)
    if (event && 'fields' in event) {
      addBeside(event.fields, ownFields(beside))
      return event
    }
    const classic = classicFields(raw)
    if (classic) return windowsFrom(classic, beside)
  }
  const isWindows = /wineventlog/i.test(
    `${textOf(columns.sourcetype)} ${textOf(columns.source)}`,
  )
  return isWindows ? windowsFrom({}, columns) : undefined
}

function jsonObject(text: string): JsonObject | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    return JSON.parse(text) as JsonObject
  } catch {
    return undefined
  }
}

/** Beside an event that was read from its own text: what Splunk adds, not what it extracted from that text again. */
function ownFields(columns: Fields): Fields {
  const own: Fields = {}
  for (const name of Object.keys(columns)) {
    const isOwn = /^(?:_time|host|source|sourcetype|index|_[a-z]+)$/.test(name)
    if (isOwn) own[name] = columns[name]!
  }
  return own
}

/** Lines of a rendered event. */
const maxLines = 256

// `LogName=Security`, a line each; everything behind `Message=` is the message.
function classicFields(raw: string): Fields | undefined {
  const fields: Fields = {}
  const message = raw.search(/^Message=/m)
  const head = message < 0 ? raw : raw.slice(0, message)
  for (const line of head.split(/\r?\n/, maxLines)) {
    const pair = /^([A-Za-z]\w{0,63})=(.*)$/.exec(line)
    if (pair) addField(fields, pair[1]!, pair[2]!)
  }
  if (!('EventCode' in fields) || !('LogName' in fields)) return undefined
  if (message >= 0) fields.Message = raw.slice(message + 'Message='.length)
  return fields
}

const system: readonly (readonly [name: string, ...columns: string[]])[] = [
  ['Provider_Name', 'SourceName', 'Provider_Name', 'Name'],
  ['EventID', 'EventCode', 'EventID', 'signature_id'],
  ['Level', 'Level'],
  ['Task', 'Task'],
  ['Opcode', 'Opcode'],
  ['EventRecordID', 'RecordNumber', 'EventRecordID', 'RecordID'],
  ['TimeCreated_SystemTime', 'SystemTime', '_time'],
  ['Channel', 'LogName', 'Channel', 'EventChannel'],
  ['Computer', 'ComputerName', 'Computer', 'host'],
  ['Security_UserID', 'Sid'],
]

/** The classic input writes the provider's display name, which for some is not its name. */
const providers: Readonly<Record<string, string>> = {
  'Microsoft Windows security auditing.': 'Microsoft-Windows-Security-Auditing',
  'Microsoft-Windows-Service Control Manager': 'Service Control Manager',
}

function shownValue(name: string, value: Value): Value {
  const isProvider = name === 'Provider_Name'
  const own = isProvider ? entryOf(providers, textOf(value)) : undefined
  return own ?? systemValue(name, value)!
}

function windowsFrom(fromText: Fields, columns: Fields): Expanded {
  const all: Fields = { ...columns, ...fromText }
  const fields: Fields = {}
  const used = new Set<string>()
  for (const [name, ...from] of system) {
    const column = from.find((c) => textOf(all[c]) !== '')
    if (column === undefined) continue
    used.add(column)
    addField(fields, name, shownValue(name, all[column]!))
  }
  // `XmlWinEventLog:Microsoft-Windows-Sysmon/Operational`
  const channel = /wineventlog:(.+)$/i.exec(textOf(columns.source))?.[1]
  if (!('Channel' in fields) && channel) fields.Channel = channel
  if (typeof all.Message === 'string') {
    const { Channel, EventID } = fields
    const told = fieldsOfMessage(textOf(Channel), textOf(EventID), all.Message)
    for (const name of Object.keys(told)) {
      // The add-on's own extraction, where there is one, is the same or better.
      if (!Object.hasOwn(all, name) && !Object.hasOwn(fields, name)) {
        addField(fields, name, told[name]!)
      }
    }
  }
  const beside: Fields = {}
  for (const name of Object.keys(all)) {
    if (!used.has(name)) addField(beside, name, all[name]!)
  }
  addBeside(fields, beside)
  return {
    fields,
    provenance: writtenBy(
      'windows',
      fields.Provider_Name,
      fields.Channel,
      fields.EventID,
    ),
  }
}
