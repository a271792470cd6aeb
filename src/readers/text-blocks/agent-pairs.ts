// Windows events as the agents of SIEMs send them, one a line: WinCollect's pairs between tabs, LEEF, CEF, and pairs in quotes
// (NXLog's xm_kvp).
// Sources: IBM, "WinCollect" and "LEEF"; OpenText, "Implementing ArcSight Common Event Format"; NXLog reference, "Key-Value Pairs".
import { entryOf } from '../../base/entry.ts'

import type { JsonObject } from '../flat/json-value.ts'
import { english } from '../jsonl/dialects/message-labels.ts'
import type { TextForm } from './block-reader.ts'

type Pairs = { [name: string]: string }

export const winCollectForm: TextForm = {
  name: 'wincollect',
  looksLike: (text) =>
    /AgentDevice=WindowsLog(?:\t|\\t)/.test(text) ||
    /LEEF:[12]\.0\|Microsoft\|/.test(text) ||
    (/LEEF:[12]\.0\|/.test(text) && /\bEventID=\d/.test(text)),
  begins: () => true,
  object: ([line]) => leef(line!) ?? winCollect(line!),
}

function winCollect(line: string): JsonObject | undefined {
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
  /LEEF:(?:1\.0|2\.0)\|([^|]{0,64})\|([^|]{0,64})\|[^|]{0,64}\|([^|]{0,128})\|(?:([^|\t]|0?x[0-9A-Fa-f]{2,4})?\|)?/

function leef(line: string): JsonObject | undefined {
  const head = leefHead.exec(line)
  if (!head) return undefined
  const [all, vendor, product, signature, separator = '\t'] = head
  const code = /^0?x([0-9A-Fa-f]{2,4})$/.exec(separator)?.[1]
  const pairs = pairsBetween(
    line.slice(head.index + all.length).replaceAll('#011', '\t'),
    code ? String.fromCharCode(Number.parseInt(code, 16)) : separator,
  )
  const { message, resource, computer, devTime, ...rest } = pairs
  const [, signed, id] = /^(.*?):?(\d{1,10})$/.exec(signature!) ?? []
  const EventID = rest.EventID ?? id
  if (EventID === undefined) return undefined
  const host = resource ?? computer
  const isWindows = vendor === 'Microsoft' && product === 'Windows'
  const provider = signed || (product === 'Sysmon' && sysmon)
  return {
    ...(provider && { ProviderName: provider }),
    ...(isWindows && { Channel: rest.AgentLogFile ?? 'Security' }),
    ...rest,
    EventID,
    ...(devTime && { TimeGenerated: devTime }),
    ...(host && { Computer: host }),
    ...(message && { Message: message }),
  }
}

const sysmon = 'Microsoft-Windows-Sysmon'

export const cefForm: TextForm = {
  name: 'cef',
  looksLike: (text) =>
    /CEF:[01]\|Microsoft\|/.test(text) ||
    (/CEF:[01]\|/.test(text) && /\b(?:externalId|EventID)=\d/.test(text)),
  begins: () => true,
  object: ([line]) => cef(line!),
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
/** Of a process start. */
const cefOfStart: Readonly<Record<string, string>> = {
  dproc: 'NewProcessName',
  destinationProcessName: 'NewProcessName',
  sproc: 'ParentProcessName',
  sourceProcessName: 'ParentProcessName',
  duser: 'SubjectUserName',
}

function cef(line: string): JsonObject | undefined {
  const at = line.search(/CEF:[01]\|/)
  if (at < 0) return undefined
  const parts = line.slice(at).split(/(?<!\\)\|/, 8)
  const [, vendor, , , signature = ''] = parts
  const own = cefPairs(line.slice(at + parts.slice(0, 7).join('|').length + 1))
  const [, signed, id] = /^(.*?):?(\d{1,10})$/.exec(signature) ?? []
  const EventID = own.externalId ?? own.EventID ?? id
  if (EventID === undefined) return undefined
  const object: Pairs = { EventID }
  const isMicrosoft = vendor === 'Microsoft'
  const provider =
    own.deviceProcessName ??
    own.SourceName ??
    (isMicrosoft ? signed : undefined)
  if (provider) object.ProviderName = provider
  const add = (name: string, value: string) => {
    if (!Object.hasOwn(object, name)) object[name] = value
  }
  for (const [name, value] of Object.entries(own)) {
    const told =
      entryOf(cefNames, name) ??
      (EventID === '4688' ? entryOf(cefOfStart, name) : undefined)
    if (told) add(told, value)
    // A column of one's own has its label beside it.
    const label = own[`${name}Label`]
    if (label) add(entryOf(english.labels, label) ?? label, value)
    else add(name, value)
  }
  return object
}

/** A name begins with a letter, so that the option `--type=x` of a command line is none. */
const cefKey = /(?:^|\s)([A-Za-z_][\w.[\]-]{0,63})=/g
/** Where the connector puts what has no column of its own ("additional data"). */
const additional = 'ad.'

/** An empty value says nothing, and is left out. */
function cefPairs(text: string): Pairs {
  const keys = [...text.matchAll(cefKey)]
  const pairs = keys.map(({ 0: { length }, 1: key, index }, i) => {
    const value = text
      .slice(index + length, keys[i + 1]?.index)
      .replaceAll(/\\(.)/g, (_, c: string) =>
        c === 'n' ? '\n' : c === 'r' ? '\r' : c,
      )
    const name = key!.startsWith(additional)
      ? key!.slice(additional.length)
      : key!
    return [name, value] as const
  })
  return Object.fromEntries(pairs.filter(([name, value]) => name && value))
}

const quoted =
  /(?:^|[\s;,])([A-Za-z_@][\w.@-]{0,63})=(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]+))/g

export const keyValueForm: TextForm = {
  name: 'key-value',
  looksLike: (text) =>
    /^(?!LogName=)[^\n{<]{0,512}(?:^|[\s;,])EventI[Dd]="?\d/m.test(text) &&
    /[\s;,](?:Channel|SourceName|ProviderName|Provider)="?[A-Z]/.test(text),
  begins: () => true,
  object: ([line]) => keyValues(line!),
}

function keyValues(line: string): JsonObject | undefined {
  const pairs: Pairs = {}
  for (const [, name, text, bare] of line.matchAll(quoted)) {
    if (Object.hasOwn(pairs, name!)) continue
    pairs[name!] = text === undefined ? bare! : unescaped(text)
  }
  return pairs.EventID === undefined && pairs.EventId === undefined
    ? undefined
    : pairs
}

/** A backslash is escaped by few writers: where one stands alone, none is. */
function unescaped(text: string): string {
  const isEscaped = /^(?:[^\\]|\\[\\"])*$/.test(text)
  return isEscaped ? text.replaceAll(/\\([\\"])/g, '$1') : text
}
