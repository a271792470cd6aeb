// A Windows event in a line as the agents of SIEMs send it: WinCollect's pairs between tabs, LEEF, CEF, and pairs of names and values.
// Sources: IBM, "WinCollect" and "LEEF"; OpenText, "Implementing ArcSight Common Event Format"; NXLog reference, "Key-Value Pairs".
import { entryOf } from '../../base/entry.ts'

import { readPrefix } from '../auditd/prefix.ts'
import type { JsonObject } from '../flat/json-value.ts'
import { keysOfEvent } from './cef-data.ts'
import { english } from '../jsonl/dialects/message-labels.ts'
import { type Pairs, pairsOf } from './pairs.ts'
import { toldWriter } from './told-writer.ts'

/** The event of a line, by the marks that agents put before theirs; undefined: it has none. */
export function agentEvent(line: string): JsonObject | undefined {
  if (line.includes('LEEF:')) return leef(line)
  if (line.includes('CEF:')) return cef(line)
  if (line.includes('AgentDevice=')) return winCollect(line)
  return /(?:^|[\s;,|^])Event(?:I[Dd]|Code)="?\d/.test(line)
    ? keyValues(line)
    : undefined
}

export function winCollect(line: string): JsonObject | undefined {
  const at = line.indexOf('AgentDevice=')
  if (at < 0) return undefined
  const { AgentLogFile, Source, ...pairs } = pairsBetween(line.slice(at), '\t')
  if (pairs.EventID === undefined) return undefined
  return { ...pairs, Channel: AgentLogFile, SourceName: Source }
}

function pairsBetween(text: string, separator: string): Pairs {
  const pairs: Pairs = {}
  for (const part of text.split(separator)) {
    const [, name, value] = /^([\w.]{1,64})=(.*)$/s.exec(part) ?? []
    if (name && value && !Object.hasOwn(pairs, name)) pairs[name] = value
  }
  return pairs
}

/** Vendor, product, version and id; a tab stands between the pairs unless version 2 names another, as it is or as its code. */
const leefHead =
  /LEEF:(?:1\.0|2\.0)\|[^|]{0,64}\|([^|]{0,64})\|[^|]{0,64}\|([^|]{0,128})\|(?:([^|\t]|0?x[0-9A-Fa-f]{2,4})?\|)?/

export function leef(line: string): JsonObject | undefined {
  const head = leefHead.exec(line)
  if (!head) return undefined
  const [all, product, signature, separator = '\t'] = head
  const [, signed, id] = signatureId(signature!)
  const text = line.slice(head.index + all.length)
  const between = pairsBetween(text.replaceAll('#011', '\t'), charOf(separator))
  // A relay may have made blanks of the tabs.
  const pairs =
    Object.keys(between).length > 1 ? between : pairsOf(text, { id })
  const { message, devTime, ...rest } = pairs
  const EventID = rest.EventID ?? id
  if (EventID === undefined) return undefined
  const host = leefHosts.map((name) => rest[name]).find(Boolean)
  const hints = [signed, product, ...leefHints.map((name) => rest[name])]
  const told = toldWriter(EventID, Object.keys(rest), hints)
  const provider = signed || told?.provider
  return {
    ...(provider && { ProviderName: provider }),
    ...(told && { Channel: told.channel }),
    ...rest,
    EventID,
    ...(devTime && { TimeGenerated: devTime }),
    ...hostField(host, line),
    ...(message && { Message: message }),
  }
}

/** A character, or its code in hexadecimal. */
function charOf(separator: string): string {
  const code = /^0?x([0-9A-Fa-f]{2,4})$/.exec(separator)?.[1]
  return code ? String.fromCharCode(Number.parseInt(code, 16)) : separator
}

/** `Microsoft-Windows-Sysmon:1`, or the id alone. */
function signatureId(signature: string) {
  return /^(.*?):?(\d{1,10})$/.exec(signature) ?? []
}

/** Where LEEF names a host, the surest first. */
const leefHosts = [
  'resource',
  'computer',
  'Computer',
  'Hostname',
  'identHostName',
  'vSrcName',
]
/** Where senders put the log that an event is of. */
const leefHints = [
  'Channel',
  'AgentLogFile',
  'logSource',
  'LogSource',
  'devType',
  'EventLog',
  'logType',
  'cat',
]

/** Of a pair, or else of the syslog header before the pairs. */
function hostField(told: string | undefined, line: string): Pairs {
  const host = told ?? readPrefix(line).host
  return host ? { Computer: host } : {}
}

/** Where ArcSight's connector for Windows puts what an event says. */
const cefNames: Readonly<Record<string, string>> = {
  dvchost: 'Computer',
  dhost: 'Computer',
  rt: 'TimeGenerated',
  end: 'TimeGenerated',
  cat: 'Channel',
  msg: 'Message',
}
/** Who acts and on whom, by the log's kind and the event's id: CEF's own names for it, where no pair has the event's. */
const cefActors: Readonly<
  Record<'sysmon' | 'security', Readonly<Record<string, CefActors>>>
> = {
  security: {
    4688: {
      source: 'ParentProcessName',
      target: 'NewProcessName',
      user: 'SubjectUserName',
    },
  },
  sysmon: {
    1: { source: 'ParentImage', target: 'Image', user: 'User' },
    8: { source: 'SourceImage', target: 'TargetImage' },
    10: { source: 'SourceImage', target: 'TargetImage' },
  },
}
/** Of any other event of Sysmon. */
const cefActor: CefActors = { source: 'Image', target: 'Image', user: 'User' }

interface CefActors {
  readonly source: string
  readonly target: string
  readonly user?: string
}

function actorsIn(own: Pairs, writer = '', id: string): Pairs {
  const isSysmon = /sysmon/i.test(writer)
  const by = isSysmon
    ? (entryOf(cefActors.sysmon, id) ?? cefActor)
    : entryOf(cefActors.security, id)
  if (!by) return {}
  const { deviceProcessName: device = '' } = own
  const target = own.dproc ?? own.destinationProcessName
  const source =
    own.sproc ?? own.sourceProcessName ?? (isImage(device) ? device : undefined)
  const user = isSysmon ? (own.duser ?? own.suser) : own.duser
  return {
    ...(target && { [by.target]: target }),
    // Where one name means both, who acts is the source.
    ...(source && { [by.source]: source }),
    ...(user && by.user && { [by.user]: user }),
  }
}

/** The kernel has no path. */
function isImage(text: string): boolean {
  return /[\\/]|\.exe$/i.test(text) || text === 'System'
}

export function cef(line: string): JsonObject | undefined {
  const at = line.search(/CEF:[01]\|/)
  if (at < 0) return undefined
  const parts = line.slice(at).split(/(?<!\\)\|/, 8)
  const [, vendor, product, , signature = ''] = parts
  const [, signed, id] = signatureId(signature)
  const extension = at + parts.slice(0, 7).join('|').length + 1
  const own = cefPairs(line.slice(extension), id)
  const EventID = own.externalId ?? own.EventID ?? id
  if (EventID === undefined) return undefined
  const object: Pairs = { EventID }
  const isMicrosoft = vendor === 'Microsoft'
  const device = own.deviceProcessName
  const names = isMicrosoft ? [signed, providerIn(product)] : []
  const provider =
    own.SourceName ||
    names.find(Boolean) ||
    (device && !isImage(device) ? device : undefined)
  const told = toldWriter(EventID, Object.keys(own), [signed, product, own.cat])
  const writer = provider || told?.provider
  if (writer) object.ProviderName = writer
  const add = (name: string, value: string) => {
    if (!Object.hasOwn(object, name)) object[name] = value
  }
  const keys = keysOfEvent(writer ?? '', EventID)
  for (const [name, value] of Object.entries(own)) {
    const by = entryOf(cefNames, name)
    // What is reached is no host of the event, where it names its own.
    const isPeer = name === 'dhost' && own.dvchost !== undefined
    if (by && !isPeer) add(by, value)
    // A column of one's own has its label beside it.
    const label = own[`${name}Label`]
    if (label) add(entryOf(english.labels, label) ?? label, value)
    else add(name, value)
  }
  for (const [name, value] of Object.entries(actorsIn(own, writer, EventID)))
    add(name, value)
  // The event's own names hold, where a pair has them.
  for (const [key, name] of Object.entries(keys)) {
    const value = own[key]
    if (value) add(name, value)
  }
  if (told && !writer) add('Channel', told.channel)
  return { ...hostField(undefined, line.slice(0, at)), ...object }
}

/** Some senders call the provider itself their product. */
function providerIn(product = ''): string | undefined {
  return product.startsWith('Microsoft-Windows-') ? product : undefined
}

/** Where the connector puts what has no column of its own ("additional data"). */
const additional = 'ad.'

/** An empty value says nothing, and is left out. */
function cefPairs(text: string, id: string | undefined): Pairs {
  const isEscaped = escapedOnly.test(text)
  const pairs: Pairs = {}
  for (const [key, raw] of Object.entries(
    pairsOf(text, { id, isEscaped: text.includes('\\=') }),
  )) {
    const name = key.startsWith(additional) ? key.slice(additional.length) : key
    pairs[name] = isEscaped
      ? raw.replaceAll(/\\(.)/g, (_, c: string) => breaks[c] ?? c)
      : raw.replaceAll('\\=', '=')
  }
  return pairs
}

/** Some writers escape no backslash: where one stands before anything else, none is. */
const escapedOnly = /^(?:[^\\]|\\[\\=nr|"])*$/
const breaks: Readonly<Record<string, string>> = { n: '\n', r: '\r' }

export function keyValues(line: string): JsonObject | undefined {
  const pairs: Pairs = {}
  for (const [name, value] of Object.entries(pairsOf(line)))
    pairs[name] = unquoted(value.replace(/[;,|]$/, ''))
  const id = pairs.EventID ?? pairs.EventId ?? pairs.EventCode
  if (id === undefined) return undefined
  if (writerNames.some((name) => name in pairs)) return pairs
  const told = toldWriter(id, Object.keys(pairs))
  if (!told) return undefined
  const { provider, channel } = told
  return {
    ...(provider && { ProviderName: provider }),
    Channel: channel,
    ...pairs,
  }
}

/** Any of them says who wrote an event. */
const writerNames = [
  'Channel',
  'LogName',
  'SourceName',
  'ProviderName',
  'Provider',
  'Provider_Name',
]

function unquoted(value: string): string {
  const text = /^"((?:[^"\\]|\\[\s\S])*)"$/.exec(value)?.[1]
  return text === undefined ? value : unescaped(text)
}

/** A backslash is escaped by few writers: where one stands alone, none is. */
function unescaped(text: string): string {
  const isEscaped = /^(?:[^\\]|\\[\\"])*$/.test(text)
  return isEscaped ? text.replaceAll(/\\([\\"])/g, '$1') : text
}
