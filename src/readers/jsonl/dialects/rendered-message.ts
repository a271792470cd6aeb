// An event of which only the rendered message is left (Splunk's classic input): back to the names of its data. English
// only; of a label that comes twice the first holds, since what attackers choose stands at the end of most messages.
// Labels: Microsoft Learn, the page of each audit event; Sysinternals, "Sysmon".
import { entryOf } from '../../../base/entry.ts'

import { addField, type Fields } from '../../flat/fields.ts'

/** Lines of a message that are looked at. */
const maxLines = 1024

/** Whose account a section tells of, as the names of its data begin. */
const parties: Readonly<Record<string, string>> = {
  Subject: 'Subject',
  'Creator Subject': 'Subject',
  'Target Subject': 'Target',
  'New Logon': 'Target',
  'Target Account': 'Target',
  'Account For Which Logon Failed': 'Target',
  'Account Whose Credentials Were Used': 'Target',
}

const accounts: Readonly<Record<string, string>> = {
  'Security ID': 'UserSid',
  'Account Name': 'UserName',
  'Account Domain': 'DomainName',
  'Logon ID': 'LogonId',
  'Logon GUID': 'LogonGuid',
}

const labels: Readonly<Record<string, string>> = {
  'New Process ID': 'NewProcessId',
  'New Process Name': 'NewProcessName',
  'Token Elevation Type': 'TokenElevationType',
  'Mandatory Label': 'MandatoryLabel',
  'Creator Process ID': 'ProcessId',
  'Creator Process Name': 'ParentProcessName',
  'Process Command Line': 'CommandLine',
  'Process ID': 'ProcessId',
  'Process Name': 'ProcessName',
  'Logon Type': 'LogonType',
  'Logon Process': 'LogonProcessName',
  'Authentication Package': 'AuthenticationPackageName',
  'Impersonation Level': 'ImpersonationLevel',
  'Workstation Name': 'WorkstationName',
  'Source Network Address': 'IpAddress',
  'Source Address': 'IpAddress',
  'Source Port': 'IpPort',
  'Object Server': 'ObjectServer',
  'Object Type': 'ObjectType',
  'Object Name': 'ObjectName',
  'Handle ID': 'HandleId',
  'Share Name': 'ShareName',
  'Share Path': 'ShareLocalPath',
  'Relative Target Name': 'RelativeTargetName',
  'Access Mask': 'AccessMask',
  Accesses: 'AccessList',
  'Service Name': 'ServiceName',
  'Service File Name': 'ServiceFileName',
  'Service Type': 'ServiceType',
  'Service Start Type': 'ServiceStartType',
  'Service Account': 'ServiceAccount',
  'Task Name': 'TaskName',
  'Task Content': 'TaskContent',
}

/** Where an event names the same thing otherwise. */
const labelsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  7045: {
    'Service File Name': 'ImagePath',
    'Service Start Type': 'StartType',
    'Service Account': 'AccountName',
  },
}

/** Data of several lines: all that follows belongs to them. */
const lastLabels: ReadonlySet<string> = new Set(['Task Content'])

export function fieldsOfMessage(
  channel: string,
  id: string,
  message: string,
): Fields {
  if (/sysmon/i.test(channel)) return plainPairs(message)
  if (id === '4104') return scriptBlock(message)
  return labelled(message, entryOf(labelsOf, id) ?? {})
}

// `Image: C:\...`, the data's own name on each line. The first line is the event's title.
function plainPairs(message: string): Fields {
  const fields: Fields = {}
  for (const line of message.split(/\r?\n/, maxLines).slice(1)) {
    const pair = /^([A-Z]\w{0,63}): ?(.*)$/.exec(line)
    if (pair) addFirst(fields, pair[1]!, pair[2]!)
  }
  return fields
}

// Sections at the margin, labels indented below them: `\tAccount Name:\t\tana`.
function labelled(
  message: string,
  own: Readonly<Record<string, string>>,
): Fields {
  const fields: Fields = {}
  const lines = message.split(/\r?\n/, maxLines)
  let party: string | undefined
  for (let i = 0; i < lines.length; i++) {
    const pair = /^(\s{0,8})([A-Z][\w /-]{0,63}):(.*)$/.exec(lines[i]!)
    if (!pair) continue
    const [, indent, label, rest] = pair as unknown as string[]
    const value = rest!.trim()
    if (!indent && !value) {
      party = entryOf(parties, label!)
      continue
    }
    const account = party && entryOf(accounts, label!)
    const name = account
      ? `${party}${account}`
      : (entryOf(own, label!) ?? entryOf(labels, label!))
    if (name === undefined) continue
    const isLast = lastLabels.has(label!)
    addFirst(
      fields,
      name,
      isLast ? [value, ...lines.slice(i + 1)].join('\n').trim() : value,
    )
    if (isLast) break
  }
  return fields
}

// `Creating Scriptblock text (1 of 2):`, the text, `ScriptBlock ID: …`, `Path: …`.
function scriptBlock(message: string): Fields {
  const fields: Fields = {}
  const head =
    /^Creating Scriptblock text \((\d{1,6}) of (\d{1,6})\):\r?\n/.exec(message)
  const foot = message.lastIndexOf('\nScriptBlock ID: ')
  if (!head || foot < head[0].length) return fields
  addField(fields, 'MessageNumber', Number(head[1]))
  addField(fields, 'MessageTotal', Number(head[2]))
  addField(
    fields,
    'ScriptBlockText',
    message.slice(head[0].length, foot).trimEnd(),
  )
  for (const line of message.slice(foot + 1).split(/\r?\n/, maxLines)) {
    const pair = /^(ScriptBlock ID|Path): (.*)$/.exec(line)
    if (pair) addFirst(fields, pair[1]!.replace('ock ID', 'ockId'), pair[2]!)
  }
  return fields
}

function addFirst(fields: Fields, name: string, value: string): void {
  if (!Object.hasOwn(fields, name)) addField(fields, name, value)
}
