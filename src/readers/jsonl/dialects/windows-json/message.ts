// What the rendered message says of an event whose data have no names, or that has none.
import type { Value } from '../../../../base/record.ts'
import { spellingOf } from '../../../../base/spelling.ts'
import { type Fields, addField } from '../../../flat/fields.ts'
import { textOrEmpty } from '../../../flat/written-by.ts'
import { namedByPlace } from '../../../inside/positional-data.ts'
import type { Names } from '../../dialect.ts'
import { foreignSentence } from '../message-sentences.ts'
import {
  addTold,
  fieldsOfMessage,
  unreadMessage,
  writerOfMessage,
} from '../rendered-message.ts'
import type { SystemName } from '../windows-names.ts'
import type { FoundData } from './data.ts'

/** Data that no name stands beside: their places say what they are, or else the message. What is wrong is returned. */
export function addUnnamed(
  fields: Fields,
  { fields: numbered, unnamed }: FoundData,
  message: string,
  names: Names,
  values: readonly Value[],
): string | undefined {
  const provider =
    textOrEmpty(fields.Provider_Name) || textOrEmpty(fields.Channel)
  const placed = unnamed.length
    ? namedByPlace(provider, textOrEmpty(fields.EventID), unnamed)
    : undefined
  // What a tool calls a message need not be that of Windows: where places tell, nobody asks it.
  if (placed) {
    addData(fields, placed)
    return undefined
  }
  const damage = addMessage(fields, message, names, values)
  if (unnamed.length > 0) addData(fields, numbered)
  return damage
}

function addMessage(
  fields: Fields,
  message: string,
  names: Names,
  values: readonly Value[],
): string | undefined {
  const { Channel, EventID } = fields
  if (!Channel && !fields.Provider_Name) {
    const writer = writerOfMessage(message)
    if (writer) fields.Provider_Name = writer
  }
  const channel = textOrEmpty(Channel) || textOrEmpty(fields.Provider_Name)
  const id = textOrEmpty(EventID)
  const foreign = foreignSentence(
    textOrEmpty(fields.Provider_Name),
    id,
    message,
  )
  const told = foreign?.fields ?? fieldsOfMessage(channel, id, message)
  const ofHeader = addTold(fields, told, (name) => names.has(name))
  for (const name of ofHeader) {
    const value = values[names.indexOf(name)]
    const part = headerParts.get(spellingOf(name))
    const isSaid = value !== undefined && part && isPart(part, value)
    if (isSaid && !Object.hasOwn(fields, part)) addField(fields, part, value)
  }
  const culture = textOrEmpty(values[cultureAt(names)])
  return foreign?.said ?? unreadMessage(message, told, culture)
}

/** What a column beside a message is where the event's data have its name. */
const headerParts: ReadonlyMap<string, SystemName> = new Map([
  ['user', 'Security_UserID'],
  ['userid', 'Security_UserID'],
  ['processid', 'Execution_ProcessID'],
  ['threadid', 'Execution_ThreadID'],
])

/** An account's name is no id. */
function isPart(part: SystemName, value: Value): boolean {
  return part !== 'Security_UserID' || /^S-1-\d/.test(textOrEmpty(value))
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
