// Timelines of Hayabusa: a row for each finding on an event, whose data it shortens. Channels and names: Hayabusa's own
// tables, rules/config/channel_abbreviations.txt and default_details.txt.
import { entryOf } from '../../../base/entry.ts'
import type { Value } from '../../../base/record.ts'

import { addField, type Fields } from '../../flat/fields.ts'
import { textOrEmpty, writtenBy } from '../../flat/written-by.ts'
import { numberOf } from '../../system-part.ts'
import { isoTime } from '../../written-time.ts'
import type { Dialect, Expanded, Names } from '../dialect.ts'

export const hayabusa: Dialect = {
  name: 'Hayabusa timeline',
  recognises: (names) =>
    names.hasAll('RuleTitle', 'Channel', 'EventID') &&
    texts.some((t) => names.has(t) || names.under(`${t}.`)),
  plan: (names) => ({
    kind: 'expansion',
    expand: (values) => expand(names, values),
  }),
}

const texts = ['AllFieldInfo', 'ExtraFieldInfo', 'Details']

const channels: Readonly<Record<string, string>> = {
  App: 'Application',
  BitsCli: 'Microsoft-Windows-Bits-Client/Operational',
  Defender: 'Microsoft-Windows-Windows Defender/Operational',
  NTLM: 'Microsoft-Windows-NTLM/Operational',
  PwSh: 'Microsoft-Windows-PowerShell/Operational',
  PwShClassic: 'Windows PowerShell',
  Sec: 'Security',
  Sys: 'System',
  Sysmon: 'Microsoft-Windows-Sysmon/Operational',
  TaskSch: 'Microsoft-Windows-TaskScheduler/Operational',
  WMI: 'Microsoft-Windows-WMI-Activity/Operational',
}

const shortened: Readonly<Record<string, string>> = {
  Cmdline: 'CommandLine',
  Proc: 'Image',
  PID: 'ProcessId',
  PGUID: 'ProcessGuid',
  ParentCmdline: 'ParentCommandLine',
  ParentProc: 'ParentImage',
  ParentPID: 'ParentProcessId',
  ParentPGUID: 'ParentProcessGuid',
  LID: 'LogonId',
  LGUID: 'LogonGuid',
  Hash: 'Hashes',
  SrcProc: 'SourceImage',
  SrcPID: 'SourceProcessId',
  TgtProc: 'TargetImage',
  TgtPID: 'TargetProcessId',
  Access: 'GrantedAccess',
  Pipe: 'PipeName',
  TgtObj: 'TargetObject',
  SrcIP: 'SourceIp',
  TgtIP: 'DestinationIp',
  SrcPort: 'SourcePort',
  TgtPort: 'DestinationPort',
  ScriptBlock: 'ScriptBlockText',
  Svc: 'ServiceName',
}

function expand(names: Names, values: readonly Value[]): Expanded {
  const row: Fields = {}
  names.list.forEach((name, i) => {
    addField(row, name, values[i]!)
  })
  const { Channel, EventID, RecordID, Computer, Timestamp, ...rest } = row
  const channel = textOrEmpty(Channel)
  const fields: Fields = {
    Channel: entryOf(channels, channel) ?? channel,
    EventID: numberOf(EventID!),
  }
  if (Computer !== undefined) fields.Computer = Computer
  if (RecordID !== undefined) fields.EventRecordID = numberOf(RecordID)
  if (Timestamp !== undefined)
    fields.TimeCreated_SystemTime = isoTime(Timestamp)!
  for (const name of texts) addPairs(fields, textOrEmpty(rest[name]))
  for (const name of Object.keys(rest)) {
    const own = texts.find((t) => name.startsWith(`${t}.`))
    if (own === undefined) continue
    addShortened(fields, name.slice(own.length + 1), rest[name]!)
    delete rest[name]
  }
  for (const name of Object.keys(rest)) {
    if (!Object.hasOwn(fields, name)) addField(fields, name, rest[name]!)
  }
  return {
    fields,
    provenance: writtenBy('windows', rest.Provider, fields.Channel, EventID),
  }
}

/** `Proc: C:\a.exe ¦ User: ana`; of a name that comes again the first holds. */
function addPairs(fields: Fields, text: string) {
  for (const part of text.split(' ¦ ')) {
    const pair = /^([A-Z]\w{0,63}): (.*)$/s.exec(part.trim())
    if (pair) addShortened(fields, pair[1]!, pair[2]!)
  }
}

function addShortened(fields: Fields, short: string, value: Value) {
  const name = entryOf(shortened, short) ?? short
  if (!Object.hasOwn(fields, name)) addField(fields, name, value)
}
