// Windows events as agents send them over syslog, one a line: Snare's tabs, and pairs of RFC 5424 (`[NXLOG@14506 EventID="1" …]`).
// Source: Snare for Windows, "Event output format"; RFC 5424, 6.3.
import type { JsonObject } from '../flat/json-value.ts'
import type { TextForm } from './block-reader.ts'

export const snareForm: TextForm = {
  name: 'snare',
  looksLike: (text) => mark.test(text),
  begins: () => true,
  object: ([line]) => snare(line!),
}

/** Relays write a tab as `#011`. */
const tab = /\t|#011/
const mark = /(?:^|[\t ]|#011)MSWinEventLog(?:\t|#011)\d/m

/** The parts behind the mark, in their order. */
const parts = [
  'Criticality',
  'Channel',
  'SnareCounter',
  'TimeGenerated',
  'EventID',
  'SourceName',
  'UserName',
  'SIDType',
  'EventLogType',
  'Computer',
  'CategoryString',
  'DataString',
  'Message',
]

function snare(line: string): JsonObject | undefined {
  const cells = line.split(tab)
  const at = cells.findIndex((c) => /(?:^| )MSWinEventLog$/.test(c))
  const own = at < 0 ? [] : cells.slice(at + 1)
  if (own.length < parts.length) return undefined
  const object = Object.fromEntries(
    parts.flatMap((name, i) => {
      const text = own[i]!.trim()
      return text === '' || text === 'N/A' ? [] : [[name, text]]
    }),
  )
  // Some versions write the text in the part before.
  const { DataString, Message = DataString, ...head } = object
  return { ...head, ...(Message !== undefined && { Message }) }
}

export const structuredForm: TextForm = {
  name: 'syslog-structured',
  looksLike: (text) =>
    text.includes('EventID="') &&
    /^(?:<\d{1,3}>1 )?.{0,256}\[[\w.-]{1,32}(?:@\d{1,10})? [^\n]*\bEventID="\d/m.test(
      text,
    ),
  begins: () => true,
  object: ([line]) => structured(line!),
}

const pair = /([\w.@-]{1,64})="((?:[^"\\\]]|\\.)*)"/g

function structured(line: string): JsonObject | undefined {
  const open = line.search(/\[[\w.-]{1,32}(?:@\d{1,10})? \w/)
  if (open < 0) return undefined
  const object: { [name: string]: string } = {}
  for (const [, name, text] of line.slice(open).matchAll(pair)) {
    if (!Object.hasOwn(object, name!))
      object[name!] = text!.replaceAll(/\\(["\\\]])/g, '$1')
  }
  if (object.EventID === undefined) return undefined
  const [, time, host] =
    /^(?:<\d{1,3}>1 )?(\d{4}-\d\d-\d\dT\S{1,40}) (\S{1,255}) /.exec(line) ?? []
  return {
    ...(time && { TimeCreated: time }),
    ...(host && host !== '-' && { Hostname: host }),
    ...object,
  }
}
