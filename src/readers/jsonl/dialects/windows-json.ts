// A Windows event in JSON of whatever tool: its header is told by what it says (an event id beside a provider or a
// channel), under any spelling and at any depth; its data are what stands below an element for data, or else the message.
import { entryOf } from '../../../base/entry.ts'
import type { Value } from '../../../base/record.ts'

import { addField, type Fields } from '../../flat/fields.ts'
import { isEmpty, type JsonObject } from '../../flat/json-value.ts'
import { textOrEmpty, writtenBy } from '../../flat/written-by.ts'
import { addBeside, hostOf } from '../../inside/beside.ts'
import type { HeaderReader } from '../../auditd/header.ts'
import { eventsInText, type TextEvent } from '../../inside/event-text.ts'
import { type EventData, readEventData } from '../../inside/event-data.ts'
import { typeNames } from '../../inside/plain-value.ts'
import {
  isStringList,
  listedStrings,
  namedByPlace,
  ownSpellings,
} from '../../inside/positional-data.ts'
import { rowsOfLists } from '../../inside/tables.ts'
import { bracedGuid, systemValue } from '../../system-part.ts'
import { isoTime } from '../../written-time.ts'
import type { Dialect, Expanded, Names } from '../dialect.ts'
import {
  addExtracted,
  fieldsOfMessage,
  unreadMessage,
  writerOfMessage,
} from './rendered-message.ts'
import {
  hasMessageAlone,
  providerName,
  type SystemName,
} from './windows-names.ts'

export const windowsJson: Dialect = {
  name: 'Windows event JSON',
  recognises: (names) => headOf(names) !== undefined,
  plan: (names) => {
    const head = headOf(names)!
    const places = placesOf(names, head)
    return {
      kind: 'expansion',
      expand: (values, object, headers) =>
        wholeEvent(names, values, headers) ??
        expand(names, head, places, values, object),
    }
  },
}

/**
 * What collectors call the parts of the header, letters and digits only, the surest first. A name is taken once, by the
 * first part that wants it.
 */
const spellings: readonly (readonly [SystemName, ...string[]])[] = [
  [
    'EventID',
    'eventid',
    'eventcode',
    'eventidentifier',
    'eventidid',
    'eventidvalue',
    'id',
  ],
  [
    'Provider_Name',
    'providername',
    'provider',
    'sourcename',
    'eventsourcename',
    'eventsource',
    'eventprovider',
    'source',
  ],
  [
    'Channel',
    'channel',
    'logname',
    'eventlog',
    'eventlogname',
    'channelname',
    'logfile',
    'log',
    'source',
  ],
  [
    'Computer',
    'computer',
    'computername',
    'machinename',
    'hostname',
    'machine',
    'host',
  ],
  [
    'EventRecordID',
    'eventrecordid',
    'recordid',
    'recordnumber',
    'eventrecordnumber',
    'recordnum',
  ],
  [
    'TimeCreated_SystemTime',
    'timecreatedsystemtime',
    'timecreatedvalue',
    'timecreateddatetime',
    'timecreated',
    'systemtime',
    'timecreatedutc',
    'dateandtime',
    'eventtime',
    'timegenerated',
    'datetime',
    'timestamp',
    'time',
    'date',
    'timewritten',
  ],
  ['Qualifiers', 'qualifiers', 'eventidqualifiers'],
  ['Version', 'version', 'eventversion'],
  ['Level', 'levelvalue', 'level', 'eventlevel', 'leveldisplayname'],
  ['Task', 'taskvalue', 'task', 'taskcategory'],
  ['Opcode', 'opcodevalue', 'opcode'],
  ['Keywords', 'keywords', 'keyword'],
  ['Provider_Guid', 'providerguid', 'providerid', 'sourceguid'],
  ['Correlation_ActivityID', 'correlationactivityid', 'activityid'],
  [
    'Correlation_RelatedActivityID',
    'correlationrelatedactivityid',
    'relatedactivityid',
  ],
  ['Execution_ProcessID', 'executionprocessid', 'systemprocessid'],
  ['Execution_ThreadID', 'executionthreadid', 'systemthreadid'],
  [
    'Security_UserID',
    'securityuserid',
    'useridvalue',
    'useridentifier',
    'usersid',
    'systemuserid',
  ],
]

/** Where the data stand apart, these are the logger's; in a flat event they are data. */
const whereDataStandApart: readonly (readonly [SystemName, ...string[]])[] = [
  ['Execution_ProcessID', 'processid', 'pid', 'processpid'],
  ['Execution_ThreadID', 'threadid', 'tid', 'processthreadid'],
  ['Security_UserID', 'userid', 'sid'],
]

const spelled = new Set(spellings.flatMap(([, ...names]) => names))
/** Names so common that they alone say nothing. */
const weakIds = new Set(['id'])
const surelyWindows = new Set([
  'channel',
  'logname',
  'eventlog',
  'eventlogname',
  'logfile',
  'providername',
  'sourcename',
  'eventsourcename',
  'leveldisplayname',
])
const perhapsWindows = new Set(['provider', 'eventsource', 'source', 'log'])

interface Head {
  /** What its names begin with, `data.win.system.`; '' at the top. */
  readonly prefix: string
  /** Positions of the names below the prefix, by their spelling. */
  readonly bySpelling: ReadonlyMap<string, number>
  /** Its tool writes UTC without saying so. */
  readonly isUtc: boolean
}

/** Segments of a name that one part of the header may have: `TimeCreated.#attributes.SystemTime`. */
const maxSegments = 3
/** Parts of the header that are needed where no name of them is surely Windows', or the id's is weak. */
const minPartsOfWeak = 5

function headOf(names: Names): Head | undefined {
  const heads = new Map<string, Map<string, number>>()
  names.list.forEach((name, i) => {
    if (!mayEndAsPart(name)) return
    const segments = name.split('.').filter((s) => !isLayout(s))
    for (let n = 1; n <= Math.min(maxSegments, segments.length); n++) {
      const spelling = spellingOf(segments.slice(-n).join(''))
      if (!spelled.has(spelling) && !apart.has(spelling)) continue
      const prefix = segments
        .slice(0, -n)
        .map((s) => `${s}.`)
        .join('')
      const known = heads.get(prefix) ?? new Map<string, number>()
      heads.set(prefix, known)
      if (!known.has(spelling)) known.set(spelling, i)
    }
  })
  let best: Head | undefined
  let isOneOfSeveral = false
  for (const [prefix, bySpelling] of heads) {
    if (!isHead(bySpelling)) continue
    if (best && best.bySpelling.size >= bySpelling.size) {
      isOneOfSeveral ||= best.bySpelling.size === bySpelling.size
      continue
    }
    best = { prefix, bySpelling, isUtc: isOfEvtxECmd(names) }
    isOneOfSeveral = false
  }
  return isOneOfSeveral && keyOfRow.test(best!.prefix) ? undefined : best
}

/** Events by their number in a table, `{"0": {...}, "1": {...}}`: the object is none itself. */
const keyOfRow = /^(?:[^.]+\.)?\d+\.$/

/** It writes `2026-03-04 10:20:30.1250000`, in UTC whatever the machine's clock. Source: EvtxECmd, its option `--dt`. */
function isOfEvtxECmd(names: Names): boolean {
  return names.has('PayloadData1') || names.hasAll('Payload', 'ChunkNumber')
}

function inUtc(value: Value): Value {
  const isZoned = /(?:Z|UTC|[+-]\d\d:?\d\d)$/.test(textOrEmpty(value))
  return typeof value === 'string' && !isZoned ? `${value}Z` : value
}

function isHead(found: ReadonlyMap<string, number>): boolean {
  const [, ...ids] = spellings[0]!
  const id = ids.find((s) => found.has(s))
  if (id === undefined) return false
  const spelt = [...found.keys()]
  const sure = spelt.filter((s) => surelyWindows.has(s)).length
  if (sure === 0 && !spelt.some((s) => perhapsWindows.has(s))) return false
  // PowerShell alone calls a level so.
  const isWeak = weakIds.has(id) && !found.has('leveldisplayname')
  return sure > (isWeak ? 1 : 0) || found.size >= minPartsOfWeak
}

const layoutSegments = new Set([
  '#text',
  '#attributes',
  '$',
  '$t',
  '_text',
  ...typeNames,
])

/** Segments that tools put between an element and its value or its attributes. */
function isLayout(segment: string): boolean {
  return layoutSegments.has(segment)
}

function spellingOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

const apart = new Set(whereDataStandApart.flatMap(([, ...names]) => names))

/** Letters and digits that end parts of the header, or what tools put behind them. */
const lastLetters = new Set(
  [...spelled, ...apart, ...layoutSegments].map((s) => spellingOf(s).at(-1)),
)

/** Most names of a record are of no part, which their end tells: they need no closer look. */
function mayEndAsPart(name: string): boolean {
  for (let i = name.length - 1; i >= 0; i--) {
    const letter = spellingOf(name[i]!)
    if (letter !== '') return lastLetters.has(letter)
  }
  return false
}

interface Places {
  /** Positions of the names that are below an element for data. */
  readonly data: ReadonlySet<number>
  /** The elements, as the names begin. */
  readonly containers: readonly string[]
  readonly messages: readonly number[]
  /** There are no data but those of the message. */
  readonly isMessageAlone: boolean
}

const dataElements = new Set([
  'eventdata',
  'userdata',
  'eventdatajson',
  'eventdataxml',
  'eventdatamap',
])
/** These hold data of events, and much else: looked at where no other element has any. */
const looseElements = new Set([
  'data',
  'payload',
  'params',
  'properties',
  'eventproperties',
  'stringinserts',
  'insertionstrings',
  'replacementstrings',
  'strings',
  'xml',
])
const messageNames = [
  'message',
  'fullmessage',
  'renderedmessage',
  'eventmessage',
  'rendereddescription',
  'description',
  'renderinginfomessage',
  'shortmessage',
  'msg',
]

function placesOf(names: Names, head: Head): Places {
  const data = new Set<number>()
  const sure = new Set<string>()
  const loose = new Set<string>()
  names.list.forEach((name, i) => {
    const segments = name.split('.')
    for (let n = 0; n < segments.length; n++) {
      const spelling = spellingOf(segments[n]!)
      const container = segments.slice(0, n + 1).join('.')
      if (head.prefix.startsWith(`${container}.`)) continue
      if (dataElements.has(spelling)) {
        data.add(i)
        sure.add(container)
        return
      }
      if (looseElements.has(spelling)) loose.add(container)
    }
  })
  const bySpelling = new Map(
    names.list.map((n, i) => [spellingOf(n.split('.').slice(-2).join('')), i]),
  )
  const last = new Map(
    names.list.map((n, i) => [spellingOf(n.split('.').at(-1)!), i]),
  )
  return {
    data,
    containers: sure.size > 0 ? [...sure] : [...loose],
    isMessageAlone: hasMessageAlone(names),
    messages: messageNames
      .map((m) => bySpelling.get(m) ?? last.get(m) ?? -1)
      .filter((i) => i >= 0),
  }
}

/** The event's own XML in a member says more than what a tool made of it. */
function wholeEvent(
  names: Names,
  values: readonly Value[],
  headers: HeaderReader,
): Expanded | undefined {
  for (let i = 0; i < names.list.length; i++) {
    const text = values[i]
    if (typeof text !== 'string' || !/^\s*<Event[\s>]/.test(text)) continue
    const inside = eventsInText(text, headers)
    if (inside.length === 0) continue
    const beside: Fields = {}
    names.list.forEach((name, j) => {
      if (j !== i) addField(beside, name, values[j]!)
    })
    return { inside, beside }
  }
  return undefined
}

/** Do data stand below an element of their own, so that their values have to be looked at? */
export function hasDataApart(names: Names): boolean {
  return hasSegment(names, dataElements) && windowsJson.recognises(names)
}

/** Does the event stand in a member, so that what is beside it is its carrier's? */
export function hasEventBelow(names: Names): boolean {
  const head = headOf(names)
  return head !== undefined && head.prefix !== ''
}

/**
 * Has an event with these names more than can be told from them alone: data apart, a message, text that may hold data, or
 * a provider under another name than Sigma's?
 */
export function hasMore(names: Names): boolean {
  return (
    hasSegment(names, dataElements) ||
    hasSegment(names, looseElements) ||
    hasSegment(names, messages) ||
    names.list.some((name) => /xml/i.test(name)) ||
    (!names.has('Provider_Name') && hasSegment(names, providers))
  )
}

const providers = new Set([
  'provider',
  'providername',
  'sourcename',
  'eventsourcename',
  'source',
])
const messages = new Set(messageNames)

function hasSegment(names: Names, among: ReadonlySet<string>): boolean {
  return names.list.some((name) =>
    name.split('.').some((segment) => among.has(spellingOf(segment))),
  )
}

function expand(
  names: Names,
  head: Head,
  places: Places,
  values: readonly Value[],
  object: JsonObject,
): Expanded | undefined {
  const rows = rowsOfLists(objectAt(object, head.prefix))
  if (rows) return { inside: rows.map(asJson), beside: {} }
  const data = dataOf(names, places, values, object)
  const used = new Set(data.positionsOf(names))
  const isApart = data.isApart || places.isMessageAlone
  const fields = systemFields(head, values, isApart, used)
  if (!/^\d{1,10}$/.test(textOrEmpty(fields.EventID))) return undefined
  if (data.isNamed || data.unnamed.length === 0) addData(fields, data.fields)
  if (!data.isApart) addData(fields, flatData(names, head, values, used))
  const message = places.messages
    .map((i) => values[i])
    .find((v) => typeof v === 'string' && v !== '')
  let damage = data.damage
  if (!data.isNamed) {
    const text = typeof message === 'string' ? message : ''
    damage ??= addUnnamed(fields, data, text, names, values)
  }
  const beside: Fields = {}
  names.list.forEach((name, i) => {
    if (!used.has(i)) addField(beside, ownName(names, name), values[i]!)
  })
  addExtracted(fields, beside)
  addBeside(fields, withOwnCase(fields, beside))
  completeHead(fields, beside)
  return {
    fields,
    provenance: writtenBy(
      'windows',
      fields.Provider_Name,
      fields.Channel,
      fields.EventID,
    ),
    ...(damage !== undefined && { damage }),
  }
}

/** `image` of a column of a database is the event's `Image`. */
function withOwnCase(head: Fields, data: Fields): Fields {
  const writer = textOrEmpty(head.Provider_Name) || textOrEmpty(head.Channel)
  const own = ownSpellings(writer, textOrEmpty(head.EventID))
  if (own.size === 0) return data
  const out: Fields = {}
  for (const name of Object.keys(data)) {
    // Windows begins each with a capital.
    const isRenamed = /^[a-z]/.test(name)
    const spelt = isRenamed
      ? own.get(name.toLowerCase().replaceAll('_', ''))
      : undefined
    const isFree = spelt !== undefined && !Object.hasOwn(data, spelt)
    addField(out, isFree ? spelt : name, data[name]!)
  }
  return out
}

/** Data that no name stands beside: the message says what they are, or else their places. What is wrong is returned. */
function addUnnamed(
  fields: Fields,
  { fields: numbered, unnamed }: FoundData,
  message: string,
  names: Names,
  values: readonly Value[],
): string | undefined {
  const { isTold, damage } = addMessage(fields, message, names, values)
  if (unnamed.length === 0) return damage
  const provider =
    textOrEmpty(fields.Provider_Name) || textOrEmpty(fields.Channel)
  const placed = isTold
    ? undefined
    : namedByPlace(provider, textOrEmpty(fields.EventID), unnamed)
  addData(fields, placed ?? numbered)
  return placed ? undefined : damage
}

/** A flat event in a member, `{"event": {"EventID": 1, "Image": ...}}`: what stands beside its header is its data. */
function flatData(
  names: Names,
  { prefix }: Head,
  values: readonly Value[],
  used: Set<number>,
): Fields {
  const fields: Fields = {}
  if (prefix === '' || /(?:^|\.)system\.$/i.test(prefix)) return fields
  names.list.forEach((name, i) => {
    if (used.has(i) || !name.startsWith(prefix)) return
    used.add(i)
    addField(fields, name.slice(prefix.length), values[i]!)
  })
  return fields
}

function systemFields(
  head: Head,
  values: readonly Value[],
  isApart: boolean,
  used: Set<number>,
): Fields {
  const fields: Fields = {}
  const tables = isApart ? [spellings, whereDataStandApart] : [spellings]
  for (const [name, ...of] of tables.flat()) {
    if (Object.hasOwn(fields, name)) continue
    const i = of
      .map((s) => head.bySpelling.get(s) ?? -1)
      .find((at) => at >= 0 && !used.has(at) && isSaid(values[at]))
    if (i === undefined) continue
    used.add(i)
    addField(fields, name, headValue(name, values[i]!, head.isUtc))
  }
  return fields
}

function isSaid(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}

function headValue(name: SystemName, raw: Value, isUtc: boolean): Value {
  const value = Array.isArray(raw) && raw.length === 1 ? raw[0]! : raw
  if (name === 'TimeCreated_SystemTime')
    return isoTime(isUtc ? inUtc(value) : value)!
  if (name === 'Provider_Name') return providerName(value)
  if (name === 'Channel') return channelOf(value)
  if (name === 'Provider_Guid' || name.startsWith('Correlation_')) {
    return bracedGuid(value)!
  }
  return systemValue(name, value)!
}

/** Some tools name the file in its place: `C:\\Logs\\Microsoft-Windows-Sysmon%4Operational.evtx`. */
function channelOf(value: Value): Value {
  const file = /([^\\/]{1,256})\.evtx$/i.exec(textOrEmpty(value))
  return file ? file[1]!.replaceAll('%4', '/') : value
}

/** GELF marks the fields of the sender so. */
function ownName(names: Names, name: string): string {
  const isGelf = names.has('short_message') && names.has('version')
  return isGelf ? name.replace(/^_(?=\w)/, '') : name
}

interface FoundData {
  readonly fields: Fields
  readonly isNamed: boolean
  readonly isApart: boolean
  /** Of data without any name. */
  readonly unnamed: readonly Value[]
  readonly damage: string | undefined
  positionsOf(names: Names): number[]
}

function dataOf(
  names: Names,
  places: Places,
  values: readonly Value[],
  object: JsonObject,
): FoundData {
  const fields: Fields = {}
  const taken: string[] = []
  const unnamed: Value[] = []
  let named = 0
  let damage: string | undefined
  for (const container of places.containers) {
    const value =
      valueAt(object, container) ?? below(names, values, `${container}.`)
    const isList = isStringList(container.split('.').at(-1)!)
    const strings = isList ? listedStrings(value) : undefined
    const data: EventData = readEventData(strings ?? value)
    if (strings || places.data.size > 0)
      for (const one of data.unnamed) unnamed.push(one)
    const isSure = places.data.size > 0
    // Of the loose ones only what is data beyond doubt.
    if (!isSure && !isStructured(value, data)) continue
    taken.push(container)
    named += data.named
    damage ??= data.damage
    for (const name of Object.keys(data.fields)) {
      addField(fields, name, data.fields[name]!)
    }
  }
  return {
    fields,
    isNamed: named > 0,
    isApart: places.data.size > 0 || named > 0,
    unnamed: named > 0 ? [] : unnamed,
    damage,
    positionsOf: (names) =>
      names.list.flatMap((name, i) =>
        taken.some((c) => name === c || name.startsWith(`${c}.`)) ? [i] : [],
      ),
  }
}

/** Text or lists that have names in them, not just any object called `data`. */
function isStructured(value: unknown, data: EventData): boolean {
  return (
    data.named > 0 &&
    (Array.isArray(value) ||
      (typeof value === 'string' && /^\s*[<{[]/.test(value))) &&
    data.damage === undefined
  )
}

/** Where the keys themselves are dotted: `{"event_data.Image": …}`. */
function below(names: Names, values: readonly Value[], prefix: string) {
  return Object.fromEntries(
    names.list.flatMap((name, i) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), values[i]]] : [],
    ),
  )
}

function objectAt(object: JsonObject, prefix: string): JsonObject {
  const inner = prefix === '' ? object : valueAt(object, prefix.slice(0, -1))
  return typeof inner === 'object' && inner !== null
    ? (inner as JsonObject)
    : {}
}

function asJson(value: JsonObject): TextEvent {
  return { kind: 'json', value }
}

/** The value at a flattened name, whose keys may hold dots themselves. */
function valueAt(object: JsonObject, path: string): unknown {
  if (Object.hasOwn(object, path)) return object[path]
  for (const key in object) {
    const inner = object[key]
    if (!path.startsWith(`${key}.`) || typeof inner !== 'object') continue
    if (inner === null || Array.isArray(inner)) continue
    const found = valueAt(inner as JsonObject, path.slice(key.length + 1))
    if (found !== undefined) return found
  }
  return undefined
}

/** The System part keeps its names; event data go by `EventData_Channel`. */
function addData(fields: Fields, data: Fields) {
  for (const name of Object.keys(data)) {
    const isTaken = Object.hasOwn(fields, name)
    addField(fields, isTaken ? `EventData_${name}` : name, data[name]!)
  }
}

function addMessage(
  fields: Fields,
  message: string,
  names: Names,
  values: readonly Value[],
): { readonly isTold: boolean; readonly damage: string | undefined } {
  const { Channel, EventID } = fields
  if (!Channel && !fields.Provider_Name) {
    const writer = writerOfMessage(message)
    if (writer) fields.Provider_Name = writer
  }
  const channel = textOrEmpty(Channel) || textOrEmpty(fields.Provider_Name)
  const told = fieldsOfMessage(channel, textOrEmpty(EventID), message)
  for (const name of Object.keys(told)) {
    // What the collector extracted itself is the same or better.
    if (!names.has(name) && !Object.hasOwn(fields, name)) {
      addField(fields, name, told[name]!)
    }
  }
  const culture = textOrEmpty(values[cultureAt(names)])
  return {
    isTold: !isEmpty(told),
    damage: unreadMessage(message, told, culture),
  }
}

/** Of the message's language: `de-DE`. */
function cultureAt(names: Names): number {
  return names.list.findIndex((name) =>
    /(?:^|[._#@])(?:Culture|MessageCulture)$/i.test(name),
  )
}

/** `XmlWinEventLog:Security` is what Splunk calls the source of a channel. */
const splunkSource = /^(?:xml)?wineventlog:(.+)$/i

/** What the header lacks and the carrier says. */
function completeHead(fields: Fields, beside: Fields) {
  const source = splunkSource.exec(textOrEmpty(fields.Provider_Name))
  if (source) {
    delete fields.Provider_Name
    fields.Channel ??= source[1]!
  }
  if (!Object.hasOwn(fields, 'Computer')) {
    const host = hostOf(beside)
    if (host) addField(fields, 'Computer', host)
  }
  if (Object.hasOwn(fields, 'TimeCreated_SystemTime')) return
  const name = outerTimes.find((n) => isSaid(entryOf(beside, n)))
  if (name) {
    addField(fields, 'TimeCreated_SystemTime', isoTime(beside[name]!)!)
  }
}

const outerTimes = [
  '@timestamp',
  'timestamp',
  'time',
  '_time',
  'Timestamp',
  'unixTime',
  'calendarTime',
  'date',
]
