// What events are inside an object that is none itself? Text that holds events, objects that a dialect recognises, tables
// and lists of them, at any depth worth looking at. What stands beside them in their carriers goes with them.
import type { HeaderReader } from '../auditd/header.ts'
import type { Value } from '../../base/record.ts'
import { formatTime } from '../../base/time.ts'
import { addField, type Fields } from '../flat/fields.ts'
import type { JsonObject } from '../flat/json-value.ts'
import { addBeside, flatFields, hostOf } from './beside.ts'
import { decodedText, mayBeEncoded } from './encoded.ts'
import { eventsInText, mayHoldEvent, type TextEvent } from './event-text.ts'
import { forwarded } from './forwarded.ts'
import { pairsToObject, plainValue } from './plain-value.ts'
import {
  rowOfPairs,
  rowsByNumber,
  rowsOfLists,
  rowsUnderHeading,
  tableOf,
  withoutLists,
} from './tables.ts'

/** Objects and lists in each other. */
const maxDepth = 12
/** Fields of carriers that are kept beside an event. */
const maxBeside = 256

export interface Inner {
  readonly event: TextEvent
  /** The event came out of a text: its carrier's fields stay with it. Of an item of a list only the carrier's host does. */
  readonly isText: boolean
  readonly beside: Fields
}

/** `event`: a dialect recognises it. `maybe`: by names that anything may have. */
export type Kind = 'event' | 'maybe' | 'unknown'

export class Opener {
  readonly #kindOf: (object: JsonObject) => Kind
  readonly #headers: HeaderReader
  readonly #told: (cut: string) => void

  /** `told` hears what was not opened, in words. */
  constructor(
    kindOf: (object: JsonObject) => Kind,
    headers: HeaderReader,
    told: (cut: string) => void = () => {},
  ) {
    this.#kindOf = kindOf
    this.#headers = headers
    this.#told = told
  }

  /** undefined: there is none, and it is no wrapping of records. */
  open(object: JsonObject): readonly Inner[] | undefined {
    if (isPlain(object)) return undefined
    const found = this.#object(object, 0)
    return found.length > 0 ? found : recordsByName(object)
  }

  /** Only what texts in some members hold; the other members stay beside. */
  openMembers(
    names: readonly string[],
    members: readonly number[],
    values: readonly Value[],
  ): readonly Inner[] | undefined {
    const found: Inner[] = []
    const opened = new Set<number>()
    for (const i of members) {
      const inside = [values[i]!]
        .flat()
        .flatMap((text) => this.#value(text, 1))
        .filter((one) => one.isText)
      if (inside.length > 0) opened.add(i)
      append(found, inside)
    }
    if (found.length === 0) return undefined
    const beside: Fields = {}
    names.forEach((name, i) => {
      if (!opened.has(i)) addField(beside, name, values[i]!)
    })
    return found.map((one) => ({ ...one, beside }))
  }

  #value(value: unknown, depth: number): Inner[] {
    if (typeof value === 'string') {
      return eventsInText(value, this.#headers)
        .filter((event) => event.kind !== 'json' || this.#isEvent(event.value))
        .map((event) => ({ event, isText: true, beside: {} }))
    }
    if (typeof value !== 'object' || value === null) return []
    if (depth > maxDepth) return []
    if (Array.isArray(value)) return this.#list(value, depth)
    const object = value as JsonObject
    return this.#kindOf(object) === 'event'
      ? [inner(object)]
      : this.#object(object, depth)
  }

  /** JSON in text is an event, or holds some. */
  #isEvent(value: JsonObject | readonly unknown[]): boolean {
    if (Array.isArray(value)) return this.#list(value, 1).length > 0
    const object = value as JsonObject
    return (
      this.#kindOf(object) !== 'unknown' || this.#object(object, 1).length > 0
    )
  }

  #object(given: JsonObject, depth: number): Inner[] {
    const object = unlisted(opentelemetry(given))
    if (object !== given && this.#kindOf(object) === 'event')
      return [inner(object)]
    const plain = withoutLists(object)
    if (plain && this.#kindOf(plain) === 'event') return [inner(plain)]
    const columns = plain
      ? undefined
      : (rowsOfLists(object) ?? rowsByNumber(object))
    if (columns?.every((row) => this.#kindOf(row) === 'event'))
      return columns.map(inner)
    const found: Inner[] = []
    const opened = new Set<string>()
    const table = tableOf(object)
    if (table) {
      for (const name of table.members) opened.add(name)
      append(found, this.#list(table.rows, depth + 1))
    }
    for (const key in object) {
      if (opened.has(key)) continue
      const member = object[key]
      const inside = mayBeEncoded(key, member)
        ? this.#value(decodedText(member, this.#told), depth + 1)
        : this.#value(member, depth + 1)
      if (inside.length === 0) continue
      opened.add(key)
      append(found, inside)
    }
    return found.length > 0 ? withCarrier(found, object, opened) : found
  }

  #areEvents(rows: readonly JsonObject[]): boolean {
    return rows.every((row) => this.#kindOf(row) !== 'unknown')
  }

  #list(list: readonly unknown[], depth: number): Inner[] {
    const row = rowOfPairs(list)
    if (row) return this.#value(row, depth + 1)
    const rows = rowsUnderHeading(list)
    if (rows && (!Array.isArray(list[0]) || this.#areEvents(rows))) {
      return this.#list(rows, depth + 1)
    }
    const entries = forwarded(list)
    if (entries?.every(({ record }) => this.#areEvents([record]))) {
      return entries.map(({ record, beside }) => ({ ...inner(record), beside }))
    }
    const items = list.map((item) => {
      const isObject =
        typeof item === 'object' && item !== null && !Array.isArray(item)
      const isItem = isObject && this.#kindOf(item as JsonObject) !== 'unknown'
      return {
        item,
        isObject,
        inside: isItem
          ? [inner(item as JsonObject)]
          : this.#value(item, depth + 1),
      }
    })
    if (items.every(({ inside }) => inside.length === 0)) return []
    const found: Inner[] = []
    for (const { item, isObject, inside } of items) {
      append(found, inside)
      // Among events an object that nobody knows is one of an unknown shape.
      if (inside.length === 0 && isObject) found.push(inner(item as JsonObject))
    }
    return found
  }
}

/** What people call a list of records of whatever shape; `hits` of a search hold another list. */
const listNames = [
  'Records',
  'records',
  'value',
  'results',
  'events',
  'Events',
  'data',
]
/** Members beside the list: an event has more. */
const maxMembersBeside = 4

/** Nothing but scalars, and no text worth looking at: most objects of an unknown shape are. */
function isPlain(object: JsonObject): boolean {
  for (const key in object) {
    const value = object[key]
    if (typeof value === 'object' && value !== null) return false
    if (typeof value === 'string' && mayHoldEvent(value)) return false
    if (mayBeEncoded(key, value)) return false
  }
  return true
}

/** The same of texts and the names that they go by. */
export function arePlain(
  names: readonly string[],
  texts: readonly string[],
): boolean {
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!
    if (mayHoldEvent(text) || mayBeEncoded(names[i]!, text)) return false
  }
  return true
}

function recordsByName(object: JsonObject): readonly Inner[] | undefined {
  const { hits } = object
  if (typeof hits === 'object' && hits !== null && !Array.isArray(hits)) {
    const { hits: list, events } = hits as JsonObject
    return listOfObjects(list) ?? listOfObjects(events)
  }
  if (Object.keys(object).length > maxMembersBeside + 1) return undefined
  const name = listNames.find((n) => n in object)
  return name === undefined ? undefined : listOfObjects(object[name])
}

function listOfObjects(value: unknown): readonly Inner[] | undefined {
  const isList =
    Array.isArray(value) &&
    value.every((v) => typeof v === 'object' && v !== null)
  return isList ? value.map((v) => inner(v as JsonObject)) : undefined
}

function append(to: Inner[], more: readonly Inner[]) {
  for (const one of more) to.push(one)
}

function inner(object: JsonObject): Inner {
  return { event: { kind: 'json', value: object }, isText: false, beside: {} }
}

function withCarrier(
  found: readonly Inner[],
  object: JsonObject,
  opened: ReadonlySet<string>,
): Inner[] {
  const rest: { [key: string]: unknown } = {}
  for (const key in object) {
    const value = object[key]
    const isList =
      Array.isArray(value) && value.some((v) => typeof v === 'object')
    if (!opened.has(key) && !isList) rest[key] = withPlainAttributes(value)
  }
  const carrier = flatFields(rest)
  const isSmall = Object.keys(carrier).length <= maxBeside
  const host = hostOf(carrier)
  const hostOnly: Fields = host ? { host } : {}
  return found.map((one) => {
    const beside = { ...one.beside }
    const isWhole = one.isText && isSmall
    addBeside(beside, isWhole ? carrier : hostOf(beside) ? {} : hostOnly)
    return { ...one, beside }
  })
}

/** Libraries that make a list of every element: `{"Event": {"System": [{"EventID": ["1"]}]}}`. */
function unlisted(object: JsonObject): JsonObject {
  const { Event } = object
  const system =
    typeof Event === 'object' && Event !== null && (Event as JsonObject).System
  const isListed = Array.isArray(system) && system.length === 1
  return isListed ? (withoutSingles(object, 0) as JsonObject) : object
}

function withoutSingles(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > maxDepth) {
    return value
  }
  if (Array.isArray(value)) {
    return value.length === 1
      ? withoutSingles(value[0], depth + 1)
      : value.map((v) => withoutSingles(v, depth + 1))
  }
  return Object.fromEntries(
    Object.entries(value).map(([k, v]) => [k, withoutSingles(v, depth + 1)]),
  )
}

/** A log record of OpenTelemetry is its body, with its attributes beside. */
function opentelemetry(object: JsonObject): JsonObject {
  if (!('body' in object) || typeof object.body !== 'object') {
    return withPlainAttributes(object)
  }
  const body = plainValue(object.body)
  const rest = withPlainAttributes({ ...object, body })
  const isRecord = 'timeUnixNano' in object || 'observedTimeUnixNano' in object
  const isObject =
    typeof body === 'object' && body !== null && !Array.isArray(body)
  if (!isRecord || !isObject) return rest
  const { body: _, ...beside } = rest
  const time = ofNanoseconds(object.timeUnixNano || object.observedTimeUnixNano)
  return {
    ...(time !== undefined && { '@timestamp': time }),
    ...(body as JsonObject),
    ...withoutTaken(beside, body as JsonObject),
  }
}

/** Since 1970; they come as text or as a number. ISO 8601. */
function ofNanoseconds(value: unknown): string | undefined {
  const ms = Number(value) / 1e6
  return ms > 0 ? formatTime(ms) : undefined
}

function withoutTaken(beside: JsonObject, body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(beside).filter(([key]) => !Object.hasOwn(body, key)),
  )
}

function withPlainAttributes<T>(value: T): T | JsonObject {
  if (typeof value !== 'object' || value === null) return value
  const { attributes } = value as JsonObject
  const isPairs =
    Array.isArray(attributes) &&
    attributes.length > 0 &&
    attributes.every((a) => typeof a === 'object' && a !== null && 'key' in a)
  return isPairs ? { ...value, attributes: pairsToObject(attributes) } : value
}
