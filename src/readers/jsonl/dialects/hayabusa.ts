// Timelines of Hayabusa: a row for each finding on an event, whose data it shortens. Channels and names: Hayabusa's own
// tables, rules/config/channel_abbreviations.txt and default_details.txt.
import { entryOf } from '../../../base/entry.ts'
import type { Value } from '../../../base/record.ts'

import { addField, type Fields } from '../../flat/fields.ts'
import { toldWriter } from '../../inside/told-writer.ts'
import { textOrEmpty, writtenBy } from '../../flat/written-by.ts'
import { numberOf } from '../../system-part.ts'
import { asIsoTime } from '../../written-time.ts'
import {
  type Dialect,
  type Expanded,
  type Names,
  fieldsOf,
} from '../dialect.ts'
import { namesInDetails, ownName } from './hayabusa-names.ts'

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

function expand(names: Names, values: readonly Value[]): Expanded {
  const row = fieldsOf(names, values)
  const { Channel, EventID, RecordID, Computer, Timestamp, ...rest } = row
  const channel = textOrEmpty(Channel)
  const fields: Fields = {
    Channel: entryOf(channels, channel) ?? channel,
    EventID: numberOf(EventID!),
  }
  if (Computer !== undefined) fields.Computer = Computer
  if (RecordID !== undefined) fields.EventRecordID = numberOf(RecordID)
  if (Timestamp !== undefined)
    fields.TimeCreated_SystemTime = asIsoTime(Timestamp)!
  const details = takeDetails(rest, textOrEmpty(fields.Channel), EventID!)
  for (const [name, value] of details) addFirst(fields, name, value)
  for (const name of Object.keys(rest)) {
    if (!Object.hasOwn(fields, name)) addField(fields, name, rest[name]!)
  }
  const full = textOrEmpty(fields.Channel)
  const writer =
    rest.Provider ??
    toldWriter(textOrEmpty(EventID), Object.keys(fields), [full])?.provider
  if (writer !== undefined) addFirst(fields, 'Provider_Name', writer)
  return {
    fields,
    provenance: writtenBy('windows', writer, full, EventID),
  }
}

/** What the texts say, each pair under the event's own name, the fullest text first. */
function takeDetails(
  row: Fields,
  channel: string,
  id: Value,
): [name: string, value: Value][] {
  return texts.flatMap((text) => {
    const pairs = takePairs(row, text)
    if (text !== 'Details')
      return pairs.map(([name, value]) => [ownName(name), value])
    return ownPairs(pairs, channel, textOrEmpty(id))
  })
}

function takePairs(row: Fields, text: string): [name: string, value: Value][] {
  const pairs = pairsOf(textOrEmpty(row[text]))
  for (const name of Object.keys(row)) {
    if (!name.startsWith(`${text}.`)) continue
    pairs.push([name.slice(text.length + 1), row[name]!])
    delete row[name]
  }
  return pairs
}

function ownPairs(
  pairs: readonly (readonly [string, Value])[],
  channel: string,
  id: string,
): [name: string, value: Value][] {
  const names = namesInDetails(channel, id)
  // Later versions call the image by its own name.
  const isNamed = !pairs.some(([name]) => name === 'Proc')
  return pairs.flatMap(([short, value]) => {
    if (short === 'Image' && isNamed) return [[short, value]]
    const name = names.get(short) ?? short
    return name === 'TargetObject' ? valueSet(value, id) : [[name, value]]
  })
}

/** What was set stands behind the place: `HKLM\a\\b: x`. */
function valueSet(value: Value, id: string): [name: string, value: Value][] {
  const text = textOrEmpty(value)
  const at = id === '13' || id === '14' ? text.indexOf(': ') : -1
  if (at < 0) return [['TargetObject', value]]
  const what = id === '13' ? 'Details' : 'NewName'
  return [
    ['TargetObject', text.slice(0, at)],
    [what, text.slice(at + 2)],
  ]
}

/** `Proc: C:\a.exe ¦ User: ana` */
function pairsOf(text: string): [name: string, value: Value][] {
  return text.split(' ¦ ').flatMap((part) => {
    const pair = /^([A-Z]\w{0,63}): (.*)$/s.exec(part.trim())
    return pair ? [[pair[1]!, pair[2]!]] : []
  })
}

/** Of a name that comes again the first holds. */
function addFirst(fields: Fields, name: string, value: Value) {
  if (!Object.hasOwn(fields, name)) addField(fields, name, value)
}
