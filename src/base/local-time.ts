// A text that states no offset tells what a clock on a wall showed: of which zone? One answer for what is being read, since no text
// says so itself; UTC unless another was named.
import { type Zone, zoneOf } from './zone.ts'

const msPerMinute = 60_000

/** What is told of times and dates that do not say all of themselves. */
export interface LocalTimes {
  /** As `zoneOf` reads it, of times that state no offset; UTC where absent. */
  readonly zone?: string
  /** Milliseconds: times that state no year are of the last year in which they are not after this. Without it they are none. */
  readonly before?: number
  /** Of dates of numbers; else each source tells. */
  readonly order?: 'day-first' | 'month-first'
}

let told: LocalTimes = {}
let zone: Zone | undefined

/** Of what is read from now on, in this thread. */
export function readTimesAs(times: LocalTimes = {}): void {
  if (times.zone !== told.zone)
    zone = times.zone === undefined ? undefined : zoneOf(times.zone)
  told = times
}

/** Of what is read now. */
export function toldTimes(): LocalTimes {
  return told
}

/** Days of February that are not of each year come back within so many. */
const maxYearsBack = 8

/** The year of a day that states none; undefined: nothing is told, or it is no day. `month` from 1 on. */
export function yearOf(month: number, day: number): number | undefined {
  const { before } = told
  if (before === undefined) return undefined
  const last = new Date(before).getUTCFullYear()
  for (let year = last; year > last - maxYearsBack; year--) {
    const ms = Date.UTC(year, month - 1, day)
    const isDay = new Date(ms).getUTCMonth() === month - 1
    if (isDay && ms < before) return year
  }
  return undefined
}

/** Milliseconds since 1970 UTC. `local`: those of a clock that shows UTC the same. */
export function utcOfLocal(local: number): number {
  if (zone === undefined) return local
  // The offset is that of the moment, which is not known yet: a second look settles the hours around a change.
  const first = local - zone.offsetAt(local) * msPerMinute
  return local - zone.offsetAt(first) * msPerMinute
}
