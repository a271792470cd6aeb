// The data of a Windows event below the elements that hold them.
import type { Value } from '../../../../base/record.ts'
import { type Fields, addField } from '../../../flat/fields.ts'
import type { JsonObject } from '../../../flat/json-value.ts'
import { type EventData, readEventData } from '../../../inside/event-data.ts'
import { isStringList, listedStrings } from '../../../inside/positional-data.ts'
import type { Names } from '../../dialect.ts'
import type { Places } from './places.ts'

export interface FoundData {
  readonly fields: Fields
  readonly isNamed: boolean
  readonly isApart: boolean
  /** Of data without any name. */
  readonly unnamed: readonly Value[]
  readonly damage: string | undefined
  positionsOf(names: Names): number[]
}

export function dataOf(
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

export function objectAt(object: JsonObject, prefix: string): JsonObject {
  const inner = prefix === '' ? object : valueAt(object, prefix.slice(0, -1))
  return typeof inner === 'object' && inner !== null
    ? (inner as JsonObject)
    : {}
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
