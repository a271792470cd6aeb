// The parts of a date and time, in UTC, that `|hour` and its like compare. Text is read as ISO 8601 writes it,
// also with a blank for the T and without a zone (then UTC), as Sysmon's UtcTime has it, or as a date alone. Numbers tell no time here:
// whether they count seconds or milliseconds would be a guess.
import { isoWeek } from '../base/time.ts'

import type { TimePart } from '../ir/predicate.ts'

const iso =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?(?: ?(Z|UTC|[+-]\d\d:?\d\d))?$/

/** A date and time with nine digits of fraction and a zone, with room to spare. */
const maxTimeText = 48

export function timePartOf(text: string, part: TimePart): number | undefined {
  const date = readTime(text)
  if (!date) return undefined
  switch (part) {
    case 'minute':
      return date.getUTCMinutes()
    case 'hour':
      return date.getUTCHours()
    case 'day':
      return date.getUTCDate()
    case 'week':
      return isoWeek(date)
    case 'month':
      return date.getUTCMonth() + 1
    case 'year':
      return date.getUTCFullYear()
  }
}

function readTime(text: string): Date | undefined {
  if (text.length > maxTimeText) return undefined
  const m = iso.exec(text)
  if (!m) return undefined
  const [, year, month, day, hour, minute, second, zone] = m
  const clock = `${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}Z`
  const at = Date.parse(clock)
  // Date rolls the 31st of February over to March; that is no date.
  if (Number.isNaN(at) || new Date(at).getUTCDate() !== Number(day))
    return undefined
  return new Date(at - offsetOf(zone))
}

function offsetOf(zone: string | undefined): number {
  if (!zone || zone === 'Z' || zone === 'UTC') return 0
  const digits = zone.replace(':', '')
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}
