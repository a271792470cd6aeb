// Splunk's export: the event as text in `_raw`, XML or the classic rendering, with or without the fields that the
// add-on for Windows extracted from it.
import type { Value } from '../../../base/record.ts'

import { addField, type Fields } from '../../flat/fields.ts'
import type { JsonObject } from '../../flat/json-value.ts'
import { textOrEmpty, windowsWriter } from '../../flat/written-by.ts'
import type { HeaderReader } from '../../auditd/header.ts'
import { addBeside, flatFields } from '../../inside/beside.ts'
import { eventsInText } from '../../inside/event-text.ts'
import {
  type Dialect,
  type Expanded,
  type Names,
  fieldsOf,
} from '../dialect.ts'
import { foreignSentence } from './message-sentences.ts'
import {
  addExtracted,
  addTold,
  fieldsOfMessage,
  unreadMessage,
} from './rendered-message.ts'
import { providerName } from './windows-names.ts'
import { completeWriter } from './writer.ts'
import { systemValue } from '../../system-part.ts'

export const splunk: Dialect = {
  name: 'Splunk export',
  recognises: (names) =>
    names.has('_raw') ||
    (names.has('sourcetype') &&
      (names.has('EventCode') || names.has('EventID'))),
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
  const { _raw: raw, ...beside } = columns
  if (typeof raw === 'string') {
    const inside = eventsInText(raw, headers)
    const [first] = inside
    const isClassic = first?.kind === 'json' && 'EventCode' in first.value
    if (isClassic)
      return windowsFrom(flatFields(first.value as JsonObject), beside)
    if (first) return { inside, beside: ownFields(beside) }
  }
  const isWindows = /wineventlog|sysmon/i.test(
    `${textOrEmpty(columns.sourcetype)} ${textOrEmpty(columns.source)}`,
  )
  return isWindows ? windowsFrom({}, columns) : undefined
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

function shownValue(name: string, value: Value): Value {
  return name === 'Provider_Name'
    ? providerName(value)
    : systemValue(name, value)!
}

/** Columns beside an event of which nothing was extracted: its own of Splunk. */
const maxBare = 12

function windowsFrom(fromText: Fields, columns: Fields): Expanded {
  const all: Fields = { ...columns, ...fromText }
  const fields: Fields = {}
  const used = new Set<string>()
  for (const [name, ...from] of system) {
    const column = from.find((c) => textOrEmpty(all[c]) !== '')
    if (column === undefined) continue
    used.add(column)
    addField(fields, name, shownValue(name, all[column]!))
  }
  const kinds = [columns.source, columns.sourcetype].map(textOrEmpty)
  completeWriter(fields, ...kinds)
  let damage: string | undefined
  if (typeof all.Message === 'string') {
    const { Channel, EventID } = fields
    const id = textOrEmpty(EventID)
    const foreign = foreignSentence(
      textOrEmpty(fields.Provider_Name),
      id,
      all.Message,
    )
    const told =
      foreign?.fields ?? fieldsOfMessage(textOrEmpty(Channel), id, all.Message)
    addTold(fields, told, (name) => Object.hasOwn(all, name))
    // What the add-on extracted has names of its own.
    const isBare = Object.keys(columns).length <= maxBare
    damage = isBare
      ? (foreign?.said ?? unreadMessage(all.Message, told, ''))
      : undefined
  }
  addExtracted(fields, all)
  const beside: Fields = {}
  for (const name of Object.keys(all)) {
    if (!used.has(name)) addField(beside, name, all[name]!)
  }
  addBeside(fields, beside)
  completeWriter(fields, ...kinds)
  return {
    fields,
    provenance: windowsWriter(fields),
    ...(damage !== undefined && { damage }),
  }
}
