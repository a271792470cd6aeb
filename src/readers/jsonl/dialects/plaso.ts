// Rows of plaso's timelines (psort's `dynamic` and `l2tcsv`) that tell of a Windows event in words: `[4688 / 0x1250] Source
// Name: … Strings: ['…', …] Computer Name: … Record Number: …`. A row with the event's own XML is opened where it stands.
// Source: plaso documentation, "Output and formatting"; its formatter of winevtx.
import type { Value } from '../../../base/record.ts'

import type { Fields } from '../../flat/fields.ts'
import { textOrEmpty, writtenBy } from '../../flat/written-by.ts'
import { addBeside } from '../../inside/beside.ts'
import { listedStrings, namedByPlace } from '../../inside/positional-data.ts'
import { asIsoTime } from '../../written-time.ts'
import { wholeEvent } from './windows-json/expand.ts'
import {
  type Dialect,
  type Expanded,
  type Names,
  type Values,
  fieldsOf,
} from '../dialect.ts'

export const plaso: Dialect = {
  name: 'plaso timeline',
  recognises: (names) =>
    names.hasAll('MACB', 'desc') ||
    names.hasAll('datetime', 'timestamp_desc', 'message'),
  plan: (names) => ({
    kind: 'expansion',
    expand: (values, _, headers) =>
      wholeEvent(names, values, headers) ?? expand(names, values),
  }),
}

const head = /^\[(\d{1,5}) \/ 0x[0-9a-f]{1,8}\] /i
const parts =
  /(?:Source Name|Computer Name|Record Number|Event Level): (.*?)(?= (?:Provider identifier|Source Name|Message string|Strings|Computer Name|Record Number|Event Level): |$)/gs

function expand(names: Names, values: Values): Expanded | undefined {
  const row = fieldsOf(names, values)
  const text = textOrEmpty(row.desc) || textOrEmpty(row.message)
  const id = head.exec(text)?.[1]
  if (id === undefined) return undefined
  // What attackers choose stands among the strings.
  const from = text.indexOf(' Strings: [')
  const to = text.lastIndexOf('] Computer Name: ')
  const isWhole = from >= 0 && to > from
  const around = isWhole ? text.slice(0, from) + text.slice(to + 1) : text
  const told = new Map(
    [...around.matchAll(parts)].map((m) => [m[0].split(':')[0], m[1]!]),
  )
  const provider = told.get('Source Name') ?? ''
  const strings = isWhole
    ? listedStrings(text.slice(from + ' Strings: '.length, to + 1))
    : undefined
  const fields: Fields = {
    EventID: Number(id),
    Provider_Name: provider,
    TimeCreated_SystemTime: asIsoTime(timeOf(row))!,
  }
  const computer = told.get('Computer Name')
  if (computer) fields.Computer = computer
  const record = Number(told.get('Record Number'))
  if (Number.isSafeInteger(record)) fields.EventRecordID = record
  const list = (strings ?? []) as readonly Value[]
  addBeside(fields, namedByPlace(provider, id, list) ?? unnamed(list))
  addBeside(fields, row)
  return { fields, provenance: writtenBy('windows', provider, '', id) }
}

function unnamed(strings: readonly Value[]): Fields {
  return strings.length > 0 ? { Data: [...strings] as Value } : {}
}

/** `03/04/2026`, `10:20:30`, `UTC` in columns of their own, or a moment. */
function timeOf(row: Fields): Value {
  if (row.datetime !== undefined) return row.datetime
  const zone = /^(?:UTC|GMT)$/.test(textOrEmpty(row.timezone)) ? ' UTC' : ''
  return `${textOrEmpty(row.date)} ${textOrEmpty(row.time)}${zone}`
}
