// When was it, and which event? `sec.ms:serial`, or a date as the locale of `ausearch -i` writes it. Whether a day or a month
// comes first is settled for a source: by its separators, and by any date that can be read in one way only (date-order.ts).
import { currentDates } from '../../base/date-order.ts'
import { utcOfLocal } from '../../base/local-time.ts'

import { decimalAt } from './decimal.ts'

export interface Stamp {
  readonly text: string
  /** Milliseconds since 1970 UTC. */
  readonly time: number
  readonly serial: number
  /** Values are in words (`ausearch -i`): nothing is hex, blanks are not quoted. */
  readonly interpreted: boolean
}

/** The longest `sec.ms:serial` or date, time and serial. */
const maxStamp = 64

/** What the stamps of a text tell of the order of its dates, before any of them is read. */
export function lookAtDates(text: string): void {
  const dates = currentDates()
  for (const m of text.matchAll(/audit\((\d\d?)[-/](\d\d?)[-/]\d{2,4} /g)) {
    dates.lookAt(Number(m[1]), Number(m[2]))
    if (dates.order) return
  }
}

/** Reads the stamps of a source. Neighbouring lines are mostly of one event, so the last one is remembered. */
export class StampReader {
  #last: Stamp | undefined

  read(line: string, start: number, end: number): Stamp | undefined {
    if (end - start > maxStamp) return undefined
    const last = this.#last
    if (last && last.text.length === end - start) {
      if (line.startsWith(last.text, start)) return last
    }
    const text = line.slice(start, end)
    const colon = text.lastIndexOf(':')
    const serial = decimalAt(text, colon + 1, text.length)
    if (colon < 0 || serial < 0) return undefined
    const epoch = epochTime(text, colon)
    const time = epoch ?? localTime(text.slice(0, colon))
    if (time === undefined) return undefined
    this.#last = { text, time, serial, interpreted: epoch === undefined }
    return this.#last
  }
}

// ausearch -i writes the reader's local time without a zone.
function localTime(text: string): number | undefined {
  const m = localStamp.exec(text)
  if (!m) return undefined
  const [, a, first, b, , c] = m as unknown as string[]
  const date = dateOf(a!, first!, b!, c!)
  if (!date) return undefined
  const [written, minute, second] = [m[6], m[7], m[8]].map(Number)
  const half = m[9]
  const hour = half ? (written! % 12) + (/p/i.test(half) ? 12 : 0) : written
  const millisecond = Number((m[10] ?? '0').padEnd(3, '0'))
  if (hour! > 23 || minute! > 59 || second! > 60) return undefined
  const [year, month, day] = date
  return utcOfLocal(
    Date.UTC(year, month - 1, day, hour, minute, second, millisecond),
  )
}

function dateOf(
  a: string,
  separator: string,
  b: string,
  c: string,
): readonly [number, number, number] | undefined {
  if (a.length === 4) return valid(Number(a), Number(b), Number(c))
  const year = c.length === 4 ? Number(c) : 2000 + Number(c)
  const [x, y] = [Number(a), Number(b)]
  const isOpen = separator === '/' || separator === '-'
  return !isOpen || currentDates().isDayFirst(x, y, separator)
    ? valid(year, y, x)
    : valid(year, x, y)
}

function valid(year: number, month: number, day: number) {
  const isDate =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
  return isDate ? ([year, month, day] as const) : undefined
}

// `%x %X` of strftime: 03/01/2024, 01.03.24, 2024-03-01, 2024年03月01日; 22:00:00, 22.00.00, 10:00:00 PM, 22時00分00秒.
const localStamp =
  /^(\d{1,4})([-/.年년]) ?(\d{1,2})([-/.月월]) ?(\d{4}|\d{1,2})[日일.]? (\d\d?)[:.時시] ?(\d\d)[:.分분] ?(\d\d)[秒초]?(?: ?([AaPp])\.?[Mm]\.?)?(?:[.,](\d{1,3}))?$/

function epochTime(stamp: string, colon: number): number | undefined {
  const point = stamp.indexOf('.')
  const secondsEnd = point >= 0 && point < colon ? point : colon
  const seconds = decimalAt(stamp, 0, secondsEnd)
  if (seconds < 0) return undefined
  if (secondsEnd === colon) return seconds * 1000
  const fraction = decimalAt(stamp, point + 1, colon)
  if (fraction < 0) return undefined
  return seconds * 1000 + fraction / 10 ** (colon - point - 4)
}
