// The System part of an event: each part of the header once, by its name in Windows' own XML.
import type { Value } from '../../../../base/record.ts'
import {
  clockNameOf,
  timeNamesIn,
  utcName,
} from '../../../../base/time-names.ts'

import { type Fields, addField } from '../../../flat/fields.ts'
import { textOrEmpty } from '../../../flat/written-by.ts'
import { hostOf } from '../../../inside/beside.ts'
import { bracedGuid, systemValue } from '../../../system-part.ts'
import { completeWriter, channelOfSplunk } from '../writer.ts'
import { asIsoTime, readTime, withClock } from '../../../written-time.ts'
import { type SystemName, providerName } from '../windows-names.ts'
import type { Head } from './head.ts'
import { spellings, whereDataStandApart } from './names.ts'

export function systemFields(
  head: Head,
  values: readonly Value[],
  isApart: boolean,
  used: Set<number>,
): Fields {
  const fields: Fields = {}
  const tables = isApart ? [spellings, whereDataStandApart] : [spellings]
  for (const [name, ...of] of tables.flat()) {
    if (Object.hasOwn(fields, name)) continue
    if (name === timeName && addDay(fields, head, values, used, of)) continue
    const i = of
      .map((s) => head.bySpelling.get(s) ?? -1)
      .find((at) => at >= 0 && !used.has(at) && isSaid(values[at]))
    if (i === undefined) continue
    used.add(i)
    addField(fields, name, headValue(name, values[i]!, head.isUtc))
  }
  return fields
}

const timeName = 'TimeCreated_SystemTime'

/** A day and its clock in columns of their own; false: there are none, or a name before them tells the time. */
function addDay(
  fields: Fields,
  { bySpelling, isUtc }: Head,
  values: readonly Value[],
  used: Set<number>,
  spelled: readonly string[],
): boolean {
  for (const spelling of spelled) {
    const i = bySpelling.get(spelling)
    if (i === undefined || used.has(i) || !isSaid(values[i])) continue
    const clock = clockNameOf(spelling)
    const at = bySpelling.get(clock ?? '') ?? bySpelling.get('time') ?? -1
    const moment = clock ? withClock(values[i], values[at]) : values[i]
    if (readTime(moment) === undefined) continue
    // A time in one column is taken as any other part of the header is.
    if (moment === values[i]) return false
    used.add(i)
    used.add(at)
    addField(fields, timeName, headValue(timeName, moment!, isUtc))
    return true
  }
  return false
}

function isSaid(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}

function headValue(name: SystemName, raw: Value, isUtc: boolean): Value {
  const value = Array.isArray(raw) && raw.length === 1 ? raw[0]! : raw
  if (name === 'TimeCreated_SystemTime')
    return asIsoTime(isUtc ? inUtc(value) : value)!
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

function inUtc(value: Value): Value {
  const isZoned = /(?:Z|UTC|[+-]\d\d:?\d\d)$/.test(textOrEmpty(value))
  return typeof value === 'string' && !isZoned ? `${value}Z` : value
}

/** What the header lacks and the carrier says. */
export function completeHead(fields: Fields, beside: Fields) {
  const named = channelOfSplunk(textOrEmpty(fields.Provider_Name))
  if (named) {
    delete fields.Provider_Name
    fields.Channel ??= named
  }
  completeWriter(fields, textOrEmpty(beside.sourcetype))
  if (!Object.hasOwn(fields, 'Computer')) {
    const host = hostOf(beside)
    if (host) addField(fields, 'Computer', host)
  }
  if (Object.hasOwn(fields, 'TimeCreated_SystemTime')) return
  const name = timeNamesIn(Object.keys(beside)).find(
    (n) => n !== utcName && readTime(beside[n]) !== undefined,
  )
  if (name) {
    addField(fields, 'TimeCreated_SystemTime', asIsoTime(beside[name]!)!)
  }
}
