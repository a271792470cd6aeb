// A record of a Windows event: its header, its data, and what stands beside them.
import type { Value } from '../../../../base/record.ts'
import type { HeaderReader } from '../../../auditd/header.ts'
import { type Fields, addField } from '../../../flat/fields.ts'
import type { JsonObject } from '../../../flat/json-value.ts'
import { textOrEmpty, windowsWriter } from '../../../flat/written-by.ts'
import { addBeside } from '../../../inside/beside.ts'
import { type TextEvent, eventsInText } from '../../../inside/event-text.ts'
import { ownSpellings } from '../../../inside/positional-data.ts'
import { rowsOfLists } from '../../../inside/tables.ts'
import type { Expanded, Names } from '../../dialect.ts'
import { addExtracted } from '../rendered-message.ts'
import { dataOf, objectAt } from './data.ts'
import type { Head } from './head.ts'
import { addData, addUnnamed } from './message.ts'
import type { Places } from './places.ts'
import { completeHead, systemFields } from './system-fields.ts'

const beginsEvent =
  /^[\s\ufeff]{0,16}(?:<\?xml[^>]{0,128}\?>\s{0,16})?<Event[\s>]/

/** The event's own XML in a member says more than what a tool made of it. */
export function wholeEvent(
  names: Names,
  values: readonly Value[],
  headers: HeaderReader,
): Expanded | undefined {
  for (let i = 0; i < names.list.length; i++) {
    const text = values[i]
    if (typeof text !== 'string' || !beginsEvent.test(text)) continue
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

export function expand(
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
  // Beside data without names columns may be data as well, but no event has a ThreadId of its own beside its ProcessId.
  const isApart =
    data.isApart ||
    places.isMessageAlone ||
    (data.unnamed.length > 0 && head.bySpelling.has('threadid'))
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
    provenance: windowsWriter(fields),
    ...(damage !== undefined && { damage }),
  }
}

/** `image` of a column of a database is the event's `Image`, and so is `Pipe Name` of a sheet its `PipeName`. */
function withOwnCase(head: Fields, data: Fields): Fields {
  const writer = textOrEmpty(head.Provider_Name) || textOrEmpty(head.Channel)
  const own = ownSpellings(writer, textOrEmpty(head.EventID))
  if (own.size === 0) return data
  const out: Fields = {}
  for (const name of Object.keys(data)) {
    // Windows begins each with a capital, and has no blank in any.
    const isRenamed = /^[a-z]|\s/.test(name)
    const spelt = isRenamed
      ? own.get(name.toLowerCase().replaceAll(/[_\s]/g, ''))
      : undefined
    const isFree = spelt !== undefined && !Object.hasOwn(data, spelt)
    addField(out, isFree ? spelt : name, data[name]!)
  }
  return out
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

/** GELF marks the fields of the sender so. */
function ownName(names: Names, name: string): string {
  const isGelf = names.has('short_message') && names.has('version')
  return isGelf ? name.replace(/^_(?=\w)/, '') : name
}

function asJson(value: JsonObject): TextEvent {
  return { kind: 'json', value }
}
