// Events as lines of CSV: where and when, then the fields that are asked for, or those that usually are.
import { csvLine } from '../../base/csv-line.ts'
import { oneLine } from '../../base/shown.ts'
import { isoTime } from '../../base/time.ts'

import { type Event, fieldOf } from '../../event/event.ts'
import { logSourceJson, printSelector } from '../../event/log-source.ts'

import { usual } from './event-rows.ts'

const ofAll = ['time', 'host', 'logSource', 'file', 'record']

/** Every event is printed with these: they are no fields. */
export const eventHeads: ReadonlySet<string> = new Set([...ofAll, 'offset'])

/** The first line. `fields`: undefined: the usual ones. */
export function csvHeading(fields: readonly string[] = usual): string {
  return csvLine([...ofAll, ...fields])
}

/** A line with its break. */
export function csvOfEvent(
  event: Event,
  fields: readonly string[] = usual,
): string {
  const { file, record } = event.origin
  const head = [
    isoTime(event.time()) ?? '',
    event.host() ?? '',
    printSelector(logSourceJson(event.shape.logSource)),
    file,
    String(record),
  ]
  return csvLine([...head, ...fields.map((name) => cell(event, name))])
}

/** On one line, as the event is: a break becomes an escape. */
function cell(event: Event, name: string): string {
  const value = fieldOf(event, name) ?? ''
  return oneLine(Array.isArray(value) ? value.join(' | ') : String(value))
}
