// What the rendered message says of an event whose data have no names, or that has none.
import type { Value } from '../../../../base/record.ts'
import { type Fields, addField } from '../../../flat/fields.ts'
import { isEmpty } from '../../../flat/json-value.ts'
import { textOrEmpty } from '../../../flat/written-by.ts'
import { namedByPlace } from '../../../inside/positional-data.ts'
import type { Names } from '../../dialect.ts'
import {
  fieldsOfMessage,
  unreadMessage,
  writerOfMessage,
} from '../rendered-message.ts'
import type { FoundData } from './data.ts'

/** Data that no name stands beside: the message says what they are, or else their places. What is wrong is returned. */
export function addUnnamed(
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

/** The System part keeps its names; event data go by `EventData_Channel`. */
export function addData(fields: Fields, data: Fields) {
  for (const name of Object.keys(data)) {
    const isTaken = Object.hasOwn(fields, name)
    addField(fields, isTaken ? `EventData_${name}` : name, data[name]!)
  }
}
