// Does a text hold events? Event XML, audit records, JSON, or the classic rendering of a Windows event: whatever carries
// it (a member of a JSON object, a cell of a table), it is opened.
import { auomsEvent } from '../auditd/auoms.ts'
import {
  type AuditText,
  type HeaderReader,
  recordsOfLine,
} from '../auditd/header.ts'
import type { Provenance } from '../../base/record.ts'
import type { SoughtTexts } from '../../base/sought-texts.ts'
import type { Fields } from '../flat/fields.ts'
import { jsonOfText } from '../flat/json-text.ts'
import type { JsonObject } from '../flat/json-value.ts'
import { parseWindowsEventXml } from '../windows-xml/event.ts'
import { agentEvent } from './agent-line.ts'
import { firstSign, maxPrefixLength, unescapedOnce } from './escaped.ts'
import { classicFields } from './rendered-event.ts'

export interface FieldsEvent {
  readonly kind: 'fields'
  readonly fields: Fields
  readonly provenance: Provenance
  /** What was wrong with the text, if anything: the fields are what could be saved. */
  readonly damage?: string
}

/** JSON, of whatever dialect, if of any. */
export interface JsonEvent {
  readonly kind: 'json'
  readonly value: JsonObject | readonly unknown[]
  readonly damage?: string
}

export type TextEvent =
  | FieldsEvent
  /** A record of an event, which may have others in other texts. */
  | ({ readonly kind: 'audit' } & AuditText)
  | JsonEvent

/** Shorter texts hold none. */
const minLength = 16
/** Events in one text. */
const maxEvents = 65_536

/** JSON in strings of JSON in text. */
const maxEncodings = 4

const QUOTE = 0x22
const OPEN = 0x7b
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const AMPERSAND = 0x26
const LESS = 0x3c
const COLON = 0x3a
const SMALL_A = 0x61
const SEMICOLON = 0x3b

/** Is it worth looking? Cheap, and never wrong about what `eventsInText` finds. */
export function mayHoldEvent(text: string): boolean {
  if (text.length < minLength) return false
  const c = text.charCodeAt(0)
  return (
    (mayBeginEvent(c) && (c !== QUOTE || encoded.test(text))) ||
    mayHoldAudit(text) ||
    mayHoldObject(text) ||
    // LEEF and CEF.
    text.includes('EF:') ||
    text.includes('AgentDevice=') ||
    mayHoldWord(text)
  )
}

/** A text that begins with no sign of its own and has no braces holds an event only where one of these stands. */
export const eventSigns: SoughtTexts = {
  isCased: true,
  list: [
    { text: 'audit', at: 0 },
    { text: 'CEF:', at: 0 },
    { text: 'LEEF:', at: 0 },
    { text: 'AgentDevice=', at: 7 },
    { text: '<Event', at: 0 },
    { text: ':Event', at: 0 },
    { text: ';Event', at: 0 },
    { text: '003cEvent', at: 0 },
    { text: '003CEvent', at: 0 },
    { text: 'EventCode=', at: 6 },
    { text: 'EventID=', at: 4 },
    { text: 'EventId=', at: 4 },
  ],
  mayBeIn: mayHoldEvent,
}

/** Looked for without the letter that is in every sentence. */
function mayHoldAudit(text: string): boolean {
  for (let at = text.indexOf('udit'); at >= 0; ) {
    if (text.charCodeAt(at - 1) === SMALL_A) return true
    at = text.indexOf('udit', at + 4)
  }
  return false
}

/** Most texts have no brace; one sign is found at once. */
function mayHoldObject(text: string): boolean {
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) {
    const c = text.charCodeAt(at + 1)
    // Escaped for JSON, or for XML.
    if (c === QUOTE || c === BACKSLASH || c === AMPERSAND) return true
  }
  return false
}

/** `<Event`, `:Event`, `;Event`, `\\u003cEvent`; `EventCode=`, `EventID=`, `EventId=`. */
function mayHoldWord(text: string): boolean {
  for (let at = text.indexOf('Event'); at >= 0; ) {
    const before = text.charCodeAt(at - 1)
    if (before === LESS || before === COLON || before === SEMICOLON) return true
    if ((before | 0x20) === 0x63 && text.startsWith('003', at - 4)) return true
    const behind = at + 'Event'.length
    if (eventIds.some((name) => text.startsWith(name, behind))) return true
    at = text.indexOf('Event', behind)
  }
  return false
}

/** A text that begins so may hold an event, whatever stands behind. */
export function mayBeginEvent(c: number): boolean {
  return c === OPEN || c === OPEN_LIST || c <= 0x20 || c === QUOTE
}

/** A string of JSON that holds JSON or XML: `"{\"a\":1}"`. */
const encoded = /^"[\\"]{0,62}(?:\\{1,31}[nrt]|\s)*[[{<]/

const eventIds = ['Code=', 'ID=', 'Id=']

/** Empty: it holds none. `headers` of the source, so that its lines are read alike. */
export function eventsInText(
  text: string,
  headers: HeaderReader,
  depth = 0,
): readonly TextEvent[] {
  if (!mayHoldEvent(text)) return []
  if (depth < maxEncodings) {
    const once = decodedOnce(text) ?? unescapedOnce(text)
    const events = once ? eventsInText(once, headers, depth + 1) : []
    if (events.length > 0) return events
  }
  if (beginsWithJson(text)) {
    const whole = jsonEvents(text)
    if (whole.length > 0) return whole
  }
  const xml = xmlEvents(text)
  if (xml.length > 0) return xml
  const audit = auditEvents(text, headers)
  if (audit.length > 0) return audit
  const json = jsonEvents(text)
  if (json.length > 0) return json
  const event = classicFields(text) ?? agentEvent(text)
  return event ? [{ kind: 'json', value: event }] : []
}

/** At once, or before the XML that one of its members holds. */
function beginsWithJson(text: string): boolean {
  const first = text.charCodeAt(0)
  if (first === OPEN || first === OPEN_LIST) return true
  const xml = text.indexOf('<Event')
  const sign = xml < 0 ? undefined : firstSign(text)
  return sign !== undefined && sign.at < xml
}

const eventStart = /<(?:\w{1,32}:)?Event[\s>]/g

function xmlEvents(text: string): FieldsEvent[] {
  const events: FieldsEvent[] = []
  eventStart.lastIndex = 0
  let start = eventStart.exec(text)?.index ?? -1
  if (start > maxPrefixLength) return events
  while (start >= 0 && events.length < maxEvents) {
    eventStart.lastIndex = start + 1
    const next = eventStart.exec(text)?.index ?? -1
    const event = parseWindowsEventXml(
      withoutRest(text.slice(start, next < 0 ? undefined : next)),
    )
    if (event) {
      const { fields, provenance, damage } = event
      events.push({
        kind: 'fields',
        fields,
        provenance,
        ...(damage !== undefined && { damage: `event XML ${damage}` }),
      })
    }
    start = next
  }
  return events
}

/** What stands behind an event closes what stood before it. */
function withoutRest(text: string): string {
  const prefix = /^<(\w{1,32}:)?/.exec(text)?.[1] ?? ''
  const tag = `</${prefix}Event>`
  const end = text.lastIndexOf(tag)
  return end < 0 ? text : text.slice(0, end + tag.length)
}

function auditEvents(text: string, headers: HeaderReader): TextEvent[] {
  if (!text.includes('audit')) return []
  const events: TextEvent[] = []
  for (const line of text.split(/\r?\n/, maxEvents)) {
    const header = line.includes('audit') ? headers.read(line) : undefined
    if (!header) continue
    for (const record of recordsOfLine(line, header, headers)) {
      events.push(textOfRecord(record))
    }
  }
  return events
}

function textOfRecord(record: AuditText): TextEvent {
  if (!record.header.type.startsWith('AUOMS_')) {
    return { kind: 'audit', ...record }
  }
  const { fields, provenance } = auomsEvent(record)
  return { kind: 'fields', fields: { ...fields }, provenance }
}

/** What a string of JSON says, or text that was put into one and lost its quotes: `{\"a\":1}`. undefined: it is neither. */
export function decodedOnce(text: string): string | undefined {
  const trimmed = text.trim()
  const isString = trimmed.endsWith('"') && encoded.test(trimmed)
  const isEscaped = !isString && /^[[{]\s{0,64}\\{1,31}"/.test(trimmed)
  if (!isString && !isEscaped) return undefined
  try {
    const value: unknown = JSON.parse(isString ? trimmed : `"${trimmed}"`)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/** An object or a list, perhaps behind a syslog header, or several, a line each. */
function jsonEvents(text: string): JsonEvent[] {
  // A time before a record; others begin the lines of logs so.
  const timed = /^\[\d/.test(text) ? jsonEvent(text) : undefined
  if (timed) return [timed]
  const start = text.search(/[{[]\s{0,64}["{[]/)
  if (start < 0 || start > maxPrefixLength) return []
  const whole = jsonEvent(start > 0 ? text.slice(start) : text)
  if (whole || start > 0 || !text.includes('\n')) return whole ? [whole] : []
  const events: JsonEvent[] = []
  for (const line of text.split(/\r?\n/, maxEvents)) {
    if (line.trim() === '') continue
    const event = jsonEvent(line)
    if (!event) return []
    events.push(event)
  }
  return events
}

function jsonEvent(text: string): JsonEvent | undefined {
  try {
    const { value, damage } = jsonOfText(text)
    if (typeof value !== 'object' || value === null) return undefined
    return {
      kind: 'json',
      value: value as JsonObject,
      ...(damage !== undefined && { damage: `JSON in text: ${damage}` }),
    }
  } catch {
    return undefined
  }
}
