// Objects that name the type of each of their values: DynamoDB's `{"S": "a"}`, MongoDB's `{"$numberLong": "1"}`, unions of Avro
// `{"string": "a"}`, values of protobuf, Firestore and the RDS Data API `{"stringValue": "a"}`, bindings `{"type": "literal", "value": "a"}`.
// Sources: Amazon DynamoDB API reference, AttributeValue; MongoDB Extended JSON v2; Avro specification, JSON Encoding; protobuf, struct.proto;
// Firestore REST reference, Value; Amazon RDS Data API reference, Field; W3C, SPARQL 1.1 Query Results JSON Format.
import type { JsonObject } from '../flat/json-value.ts'
import { plainValue, typeNames } from './plain-value.ts'

/** Objects in objects. */
const maxDepth = 24
/** Of the values of an object so many have to be of one notation: one alone may be a name of the event's. */
const minTyped = 2

const untold = Symbol('no value of this notation')

/** The value under a type's name, or `untold`. */
type Reader = (inner: unknown, depth: number) => unknown

interface Notation {
  readonly types: ReadonlyMap<string, Reader>
  /** Types whose values hold others. */
  readonly holds: ReadonlySet<string>
  /** Values that name no type may stand beside. */
  readonly isMixed: boolean
}

const isText = (v: unknown) => typeof v === 'string'
const isNumber = (v: unknown) =>
  typeof v === 'number' ||
  (isText(v) &&
    /^-?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,4})?$/.test(v as string))
const isBoolean = (v: unknown) => typeof v === 'boolean'
const isListOfTexts = (v: unknown) => Array.isArray(v) && v.every(isText)

const where =
  (is: (v: unknown) => boolean): Reader =>
  (inner) =>
    is(inner) ? inner : untold

const nothing: Reader = (inner) =>
  inner === true || inner === null || inner === 'NULL_VALUE' ? null : untold

const dynamo: Notation = {
  holds: new Set(['L', 'M']),
  isMixed: false,
  types: new Map<string, Reader>([
    ['S', where(isText)],
    ['N', where(isNumber)],
    ['B', where(isText)],
    ['BOOL', where(isBoolean)],
    ['NULL', nothing],
    ['SS', where(isListOfTexts)],
    ['NS', where(isListOfTexts)],
    ['BS', where(isListOfTexts)],
    ['L', (inner, depth) => listOf(inner, dynamo, depth)],
    ['M', (inner, depth) => membersOf(inner, dynamo, depth)],
  ]),
}

const avro: Notation = {
  holds: new Set(['array', 'map']),
  isMixed: true,
  types: new Map<string, Reader>([
    ['string', where(isText)],
    ['int', where(isNumber)],
    ['long', where(isNumber)],
    ['float', where(isNumber)],
    ['double', where(isNumber)],
    ['boolean', where(isBoolean)],
    ['bytes', where(isText)],
    [
      'array',
      (inner, depth) =>
        Array.isArray(inner)
          ? inner.map((v) => oneOf(v, avro, depth) ?? v)
          : untold,
    ],
    [
      'map',
      (inner, depth) =>
        isObject(inner) ? (mixed(inner, avro, depth) ?? inner) : untold,
    ],
  ]),
}

const mongo: Notation = {
  holds: new Set(),
  isMixed: true,
  types: new Map<string, Reader>(
    typeNames.map((name) => [name, (inner) => plainValue({ [name]: inner })]),
  ),
}

const protobuf: Notation = {
  holds: new Set(['arrayValue', 'listValue', 'mapValue', 'structValue']),
  isMixed: false,
  types: new Map<string, Reader>([
    ...[
      'stringValue',
      'bytesValue',
      'timestampValue',
      'referenceValue',
      'blobValue',
      'ScalarValue',
      'VarCharValue',
    ].map((name) => [name, where(isText)] as const),
    ...[
      'intValue',
      'integerValue',
      'longValue',
      'doubleValue',
      'numberValue',
    ].map((name) => [name, where(isNumber)] as const),
    ['boolValue', where(isBoolean)],
    ['booleanValue', where(isBoolean)],
    ['nullValue', nothing],
    ['isNull', nothing],
    [
      'arrayValue',
      (inner, depth) =>
        listOf((inner as JsonObject | null)?.values ?? inner, protobuf, depth),
    ],
    [
      'listValue',
      (inner, depth) =>
        listOf((inner as JsonObject | null)?.values, protobuf, depth),
    ],
    [
      'mapValue',
      (inner, depth) =>
        membersOf((inner as JsonObject | null)?.fields, protobuf, depth),
    ],
    [
      'structValue',
      (inner, depth) =>
        membersOf((inner as JsonObject | null)?.fields, protobuf, depth),
    ],
  ]),
}

const notations: readonly Notation[] = [dynamo, avro, mongo, protobuf]

const allTypes = new Set(notations.flatMap(({ types }) => [...types.keys()]))
/** Names that members of events have as well: they alone are no reason to look. */
const commonNames = new Set(['bytes', 'map', 'array'])
const wholeValues = new Set(['structValue', 'mapValue'])

/** Do names of a record (flattened) end as those of typed values do? Asked once for a shape. */
export function mayBeTyped(names: readonly string[]): boolean {
  let typed = 0
  const all = new Set(names)
  for (const name of names) {
    const dot = name.lastIndexOf('.')
    const last = name.slice(dot + 1)
    if (last.startsWith('$') && allTypes.has(last)) return true
    if (/(?:^|\.)(?:structValue|mapValue)\.fields\./.test(name)) return true
    if (dot < 0) continue
    const isType = allTypes.has(last) && !commonNames.has(last)
    const isBinding = last === 'value' && all.has(`${name.slice(0, dot)}.type`)
    if (isType || isBinding) typed++
    if (typed >= minTyped) return true
  }
  return false
}

/** The object with the values themselves, wherever below it types were named. undefined: there is none. */
export function untyped(object: JsonObject): JsonObject | undefined {
  const made = within(object, 0)
  return made === object ? undefined : (made as JsonObject)
}

/** What needs no change is given back itself. */
function within(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > maxDepth) {
    return value
  }
  if (Array.isArray(value)) return mapped(value, (v) => within(v, depth + 1))
  const object = value as JsonObject
  const whole = wholeOf(object, depth)
  if (whole) return whole
  for (const notation of notations) {
    const made = notation.isMixed
      ? mixed(object, notation, depth)
      : typedMembers(object, notation, depth)
    if (made) return made
  }
  const made =
    bindings(object) ?? mappedObject(object, (v) => within(v, depth + 1))
  return made
}

/** `{"structValue": {"fields": …}}` says by itself that its members are typed. */
function wholeOf(object: JsonObject, depth: number): JsonObject | undefined {
  const only = onlyKey(object)
  if (only === undefined || !wholeValues.has(only)) return undefined
  const made = protobuf.types.get(only)!(object[only], depth)
  return made === untold ? undefined : (made as JsonObject)
}

/** All of the members name their types, and there are several. */
function typedMembers(
  object: JsonObject,
  notation: Notation,
  depth: number,
): JsonObject | undefined {
  let members = 0
  for (const key in object) {
    const value = object[key]
    if (!isObject(value)) return undefined
    const only = onlyKey(value)
    if (only === undefined || !notation.types.has(only)) return undefined
    members++
  }
  if (members < minTyped) return undefined
  const made = membersOf(object, notation, depth)
  return made === untold ? undefined : (made as JsonObject)
}

/** Some of the members name their types; the others are looked into, once. */
function mixed(
  object: JsonObject,
  notation: Notation,
  depth: number,
): JsonObject | undefined {
  const least = notation === mongo ? 1 : minTyped
  let typed = 0
  for (const key in object) if (namesType(object[key], notation)) typed++
  if (typed < least) return undefined
  const entries: [string, unknown][] = []
  for (const key in object) {
    const value = object[key]
    const told = oneOf(value, notation, depth)
    entries.push([key, told === undefined ? within(value, depth + 1) : told])
  }
  return Object.fromEntries(entries)
}

/** Told without looking at what is inside: an object that every notation walked would be walked for each at every level. */
function namesType(value: unknown, { types, holds }: Notation): boolean {
  if (!isObject(value)) return false
  const only = onlyKey(value)
  if (only === undefined || !types.has(only)) return false
  const inner = value[only]
  return holds.has(only)
    ? typeof inner === 'object' && inner !== null
    : types.get(only)!(inner, 0) !== untold
}

/** undefined: it is no value of the notation. */
function oneOf(value: unknown, notation: Notation, depth: number): unknown {
  if (!isObject(value) || depth > maxDepth) return undefined
  const only = onlyKey(value)
  const read = only === undefined ? undefined : notation.types.get(only)
  const made = read ? read(value[only!], depth + 1) : untold
  return made === untold ? undefined : made
}

function membersOf(value: unknown, notation: Notation, depth: number): unknown {
  if (!isObject(value)) return untold
  const entries: [string, unknown][] = []
  for (const key in value) {
    const made = oneOf(value[key], notation, depth)
    if (made === undefined) return untold
    entries.push([key, made])
  }
  return Object.fromEntries(entries)
}

function listOf(value: unknown, notation: Notation, depth: number): unknown {
  if (!Array.isArray(value)) return untold
  const made = value.map((v) => oneOf(v, notation, depth))
  return made.includes(undefined) ? untold : made
}

/** `{"a": {"type": "literal", "value": "b"}, …}`. */
function bindings(object: JsonObject): JsonObject | undefined {
  const entries: [string, unknown][] = []
  for (const key in object) {
    const member = object[key]
    if (!isObject(member) || typeof member.type !== 'string') return undefined
    if (!('value' in member)) return undefined
    for (const k in member) if (!bindingKeys.has(k)) return undefined
    entries.push([key, member.value])
  }
  return entries.length >= minTyped ? Object.fromEntries(entries) : undefined
}

const bindingKeys = new Set(['type', 'value', 'datatype', 'xml:lang'])

function mapped(
  list: readonly unknown[],
  by: (v: unknown) => unknown,
): readonly unknown[] {
  const made = list.map(by)
  return made.some((v, i) => v !== list[i]) ? made : list
}

function mappedObject(
  object: JsonObject,
  by: (v: unknown) => unknown,
): JsonObject {
  let isSame = true
  const entries: [string, unknown][] = []
  for (const key in object) {
    const made = by(object[key])
    if (made !== object[key]) isSame = false
    entries.push([key, made])
  }
  return isSame ? object : Object.fromEntries(entries)
}

function onlyKey(object: JsonObject): string | undefined {
  let only: string | undefined
  for (const key in object) {
    if (only !== undefined) return undefined
    only = key
  }
  return only
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
