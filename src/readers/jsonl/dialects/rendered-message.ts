// An event of which only the rendered message is left (Splunk's classic input): back to the names of its data, by the labels that
// Microsoft gives them in the languages of message-labels.ts; of a label that comes twice the first holds, since what attackers choose
// stands at the end of most messages.
// Labels: Microsoft Learn, the page of each audit event; Sysinternals, "Sysmon".
import { entryOf } from '../../../base/entry.ts'
import type { Value } from '../../../base/record.ts'
import { spellingOf } from '../../../base/spelling.ts'

import { addField, type Fields } from '../../flat/fields.ts'
import { isEmpty } from '../../flat/json-value.ts'
import { textOrEmpty } from '../../flat/written-by.ts'
import { english, type Labels, otherLanguages } from './message-labels.ts'
import { labelledLines, sysmonLines } from './message-lines.ts'
import { fieldsOfSentence } from './message-sentences.ts'

/** Lines of a message that are looked at. */
const maxLines = 1024

/** Where an event names the same thing otherwise. */
const namesOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  7045: {
    ServiceFileName: 'ImagePath',
    ServiceStartType: 'StartType',
    ServiceAccount: 'AccountName',
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
    return plainPairs(sysmonLines(message))
  }
  if (id === '4104') return scriptBlock(message)
  const sentence = fieldsOfSentence(id, message)
  if (sentence) return sentence
  const lines = labelledLines(id, message)
  const fields = labelled(lines, english)
  return withOwnNames(id, isEmpty(fields) ? inOtherLanguage(lines) : fields)
}

/** What a header has, and data of some events too: alone they do not tell that somebody took the message apart. */
const ofHeaders: ReadonlySet<string> = new Set(
  'category computer date description host keyword keywords level name opcode processid product source task threadid time type user userid username version'.split(
    ' ',
  ),
)

/**
 * Adds what the message says. Where its carrier took it apart, its columns are the same or better; where it did not, a column of that name
 * is of the header (`User` of the record, `ProcessId` of who logged it), and the event's own data go before it: these names are returned.
 */
export function addTold(
  fields: Fields,
  told: Fields,
  has: (name: string) => boolean,
): readonly string[] {
  const names = Object.keys(told).filter((n) => !Object.hasOwn(fields, n))
  const isTakenApart = names.some(
    (n) => has(n) && !ofHeaders.has(spellingOf(n)),
  )
  for (const name of names) {
    if (!has(name) || !isTakenApart) addField(fields, name, told[name]!)
  }
  return isTakenApart ? [] : names.filter(has)
}

/** Accounts of a message come in this order. */
const partiesInOrder = ['Subject', 'Target']
const underscored = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(
    ([label, name]) => [label.replaceAll(' ', '_'), name] as const,
  )
const extractedLabels = underscored(english.labels)
const extractedAccounts = underscored(english.accounts)

/** What Splunk extracted from a message bears its labels, `New_Process_Name`; of accounts a value each. They get their own names besides. */
export function addExtracted(fields: Fields, columns: Fields): void {
  const told: Fields = {}
  for (const [column, name] of extractedLabels) {
    const value = entryOf(columns, column)
    if (value !== undefined && column.includes('_')) addField(told, name, value)
  }
  for (const [column, name] of extractedAccounts) {
    const values = [entryOf(columns, column) ?? []].flat()
    values.slice(0, partiesInOrder.length).forEach((value, i) => {
      addField(told, `${partiesInOrder[i]}${name}`, value as Value)
    })
  }
  const own = withOwnNames(textOrEmpty(fields.EventID), told)
  for (const name of Object.keys(own)) {
    const isKnown = Object.hasOwn(fields, name) || Object.hasOwn(columns, name)
    if (!isKnown) addField(fields, name, own[name]!)
  }
}

/** In the language that knows most of the labels. */
function inOtherLanguage(message: string): Fields {
  let most: Fields = {}
  for (const language of otherLanguages) {
    const fields = labelled(message, language)
    if (Object.keys(fields).length > Object.keys(most).length) most = fields
  }
  return most
}

function withOwnNames(id: string, fields: Fields): Fields {
  const own = entryOf(namesOf, id)
  if (!own) return fields
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      entryOf(own, name) ?? name,
      value,
    ]),
  )
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

/**
 * Data behind labels of which none is known: a language, or an event, whose messages are not read. What is told of it. `culture`: that
 * of the message, where the event states one.
 */
export function unreadMessage(
  message: string,
  told: Fields,
  culture: string,
): string | undefined {
  if (!isEmpty(told)) return undefined
  const labels = message.match(labelOfData) ?? []
  if (labels.length < minUnread) return undefined
  const [first] = labels[0]!.trim().split(/\s?[:：]/)
  const language = culture === '' ? '' : ` of ${culture}`
  return `labels not known: a message${language} (such as "${first}"; English, and German, French, Spanish and Japanese of some events, are read): its data were not read`
}

/** Windows indents a label below its section; one at the margin stands two blanks before its value. */
const labelOfData =
  /^(?:[ \t]{1,8}\p{L}[^:：\n]{1,63}[:：][ \t\u3000]{0,8}\S|\p{L}[^:：\n]{1,63}[:：](?:[ \t\u3000]{2,8}|\t)\S)/gmu

/** So many lines with a label make a message that was not read. */
const minUnread = 3

// `Image: C:\...`, the data's own name on each line. The first line is the event's title.
function plainPairs(message: string): Fields {
  const fields: Fields = {}
  for (const line of message.split(/\r?\n/, maxLines).slice(1)) {
    const pair = /^([A-Z]\w{0,63}): ?(.*)$/.exec(line)
    if (pair) addFirst(fields, pair[1]!, pair[2]!)
  }
  return fields
}

/** French puts a blank before the colon, which may not break the line; Chinese has a wide one. */
const labelLine =
  /^(\s{0,8})([\p{Lu}\p{Lo}][\p{L}\p{M}\w ,.'\u2019()/\u00a0\u202f-]{0,63})[:：](.*)$/u

// Sections at the margin, labels indented below them: `\tAccount Name:\t\tana`.
function labelled(
  message: string,
  { parties, accounts, labels }: Labels,
): Fields {
  const fields: Fields = {}
  const lines = message.split(/\r?\n/, maxLines)
  let party: string | undefined
  for (let i = 0; i < lines.length; i++) {
    const pair = labelLine.exec(lines[i]!)
    if (!pair) continue
    const [, indent, written, rest] = pair as unknown as string[]
    const label = written!.replaceAll('\u2019', "'").trim()
    const value = rest!.trim()
    if (!indent && !value) {
      party = entryOf(parties, label)
      continue
    }
    const account = party && entryOf(accounts, label)
    const name = account ? `${party}${account}` : entryOf(labels, label)
    if (name === undefined) continue
    const isLast = lastLabels.has(label)
    addFirst(
      fields,
      name,
      isLast ? [value, ...lines.slice(i + 1)].join('\n').trim() : value,
    )
    if (isLast) break
  }
  return fields
}

// `Creating Scriptblock text (1 of 2):`, the text, `ScriptBlock ID: …`, `Path: …`, a line each, or what forwarders make of breaks.
function scriptBlock(message: string): Fields {
  const fields: Fields = {}
  const head =
    /^Creating Scriptblock text \((\d{1,6}) of (\d{1,6})\):(?:\r?\n|\s{1,2})/.exec(
      message,
    )
  const foot = message.lastIndexOf('ScriptBlock ID: ')
  if (!head || foot < head[0].length || !/\s/.test(message[foot - 1]!))
    return fields
  addField(fields, 'MessageNumber', Number(head[1]))
  addField(fields, 'MessageTotal', Number(head[2]))
  addField(
    fields,
    'ScriptBlockText',
    message.slice(head[0].length, foot).trimEnd(),
  )
  const pair =
    /^ScriptBlock ID: (\S{0,64})(?:\s{1,4}Path: ?(.{0,32768}))?/.exec(
      message.slice(foot),
    )
  if (pair?.[1]) addField(fields, 'ScriptBlockId', pair[1])
  if (pair?.[2] !== undefined) addField(fields, 'Path', pair[2].trimEnd())
  return fields
}

function addFirst(fields: Fields, name: string, value: string): void {
  if (!Object.hasOwn(fields, name)) addField(fields, name, value)
}
