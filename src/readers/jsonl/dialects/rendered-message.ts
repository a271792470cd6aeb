// An event of which only the rendered message is left (Splunk's classic input): back to the names of its data. In
// English and, of 4688, in German; of a label that comes twice the first holds, since what attackers choose stands at the
// end of most messages.
// Labels: Microsoft Learn, the page of each audit event; Sysinternals, "Sysmon".
import { entryOf } from '../../../base/entry.ts'

import { addField, type Fields } from '../../flat/fields.ts'
import { isEmpty } from '../../flat/json-value.ts'
import { english, german, type Labels } from './message-labels.ts'

/** Lines of a message that are looked at. */
const maxLines = 1024

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
  if (/sysmon/i.test(channel)) {
    return plainPairs(inLines(message, beforePair))
  }
  if (id === '4104') return scriptBlock(message)
  const lines = inLines(message, beforeLabel)
  const own = entryOf(labelsOf, id)
  const labels = own ? { ...english.labels, ...own } : english.labels
  const fields = labelled(lines, { ...english, labels })
  return isEmpty(fields) ? labelled(lines, german) : fields
}

/** Whose message is it, where nothing else says so? Told by what only one provider's messages have. */
export function writerOfMessage(message: string): string | undefined {
  if (/^RuleName: .*\r?\n(?:EventType: .*\r?\n)?UtcTime: \d/m.test(message))
    return 'Microsoft-Windows-Sysmon'
  if (/^(?:Creator )?Subject:\r?\n\tSecurity ID:\t/m.test(message))
    return 'Microsoft-Windows-Security-Auditing'
  return /^Creating Scriptblock text \(\d/.test(message)
    ? 'Microsoft-Windows-PowerShell'
    : undefined
}

/** Data behind labels of which none is known: a language, or an event, whose messages are not read. What is told of it. */
export function unreadMessage(
  message: string,
  told: Fields,
): string | undefined {
  if (!isEmpty(told)) return undefined
  const labels =
    message.match(/^[ \t]{1,8}\S[^:\n]{1,63}:[ \t]{1,8}\S/gmu) ?? []
  if (labels.length < minUnread) return undefined
  const [first] = labels[0]!.trim().split(':')
  return `a message whose labels are not known (such as "${first}"; English, and German of 4688, are): its data were not read`
}

/** So many lines with a label make a message that was not read. */
const minUnread = 3

/** Agents that send a line an event write each break and each tab as a blank. */
function inLines(message: string, before: RegExp): string {
  return message.includes('\n') ? message : message.replaceAll(before, '\n')
}

/** Names that begin most of Sysmon's messages, and those that the events of pipes, images and access have besides. */
const sysmonNames =
  'RuleName EventType UtcTime ProcessGuid ProcessId Image FileVersion Description Product Company OriginalFileName CommandLine CurrentDirectory User LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId ParentImage ParentCommandLine ParentUser PipeName ImageLoaded Signed Signature SignatureStatus TargetObject Details TargetFilename CreationUtcTime SourceProcessGUID SourceProcessGuid SourceProcessId SourceThreadId SourceImage TargetProcessGUID TargetProcessGuid TargetProcessId TargetImage GrantedAccess CallTrace SourceUser TargetUser NewThreadId StartAddress StartModule StartFunction Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort QueryName QueryStatus QueryResults Operation EventNamespace Name Query Consumer Filter Destination Type'
const beforePair = new RegExp(
  String.raw`\s+(?=(?:${sysmonNames.replaceAll(' ', '|')}): )`,
  'g',
)
/** Sections without data, and the first words of what Windows explains below the data. */
const ends =
  '(?:Process|Network|Logon|Object|Access Request|Share|Task|Service|Application|Additional|Detailed Authentication|Failure) ?Information:|Token Elevation Type indicates|This event is generated|The subject fields'
const beforeLabel = new RegExp(
  String.raw`\s{2,}(?=(?:${Object.values(english).flatMap(Object.keys).join('|')}):(?:\s|$)|${ends})`,
  'g',
)

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
  { parties, accounts, labels }: Labels,
): Fields {
  const fields: Fields = {}
  const lines = message.split(/\r?\n/, maxLines)
  let party: string | undefined
  for (let i = 0; i < lines.length; i++) {
    const pair = /^(\s{0,8})(\p{Lu}[\p{L}\w /-]{0,63}):(.*)$/u.exec(lines[i]!)
    if (!pair) continue
    const [, indent, label, rest] = pair as unknown as string[]
    const value = rest!.trim()
    if (!indent && !value) {
      party = entryOf(parties, label!)
      continue
    }
    const account = party && entryOf(accounts, label!)
    const name = account ? `${party}${account}` : entryOf(labels, label!)
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
