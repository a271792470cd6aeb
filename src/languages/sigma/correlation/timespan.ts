// How long is the window?
//
// timespan = digit { digit } ( "s" | "m" | "h" | "d" )        (Correlation rules specification 2.1, "Time Selection")
//          | digit { digit } ( "w" | "M" | "y" )              (beyond it, as pySigma reads them: M is months)
import type { Path } from '../../../rule-text/yaml/locate.ts'
import type { YamlMap } from '../../../rule-text/yaml/value.ts'
import { describe, quote } from '../../../rule-text/yaml/value.ts'

import type { Problems } from '../problems.ts'

/** Milliseconds. Months and years are the mean ones of the Gregorian calendar: 365.2425 days a year. */
const units: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  M: 2_629_746_000,
  y: 31_556_952_000,
}

/** In years. */
const longest = 100

export function parseTimespan(
  map: YamlMap,
  root: Path,
  problems: Problems,
): number | undefined {
  const value = map.get('timespan')
  const place = { path: map.has('timespan') ? [...root, 'timespan'] : root }
  const hint = 'write a number and one of s, m, h, d, w, M (months), y: "10m"'
  if (value === undefined || value === null) {
    const old = map.has('timeframe')
    problems.report(
      'S032',
      old ? { path: [...root, 'timeframe'], key: true } : place,
      'the correlation has no timespan',
      old ? 'in a correlation it is called "timespan"' : hint,
    )
    return undefined
  }
  const match = /^(\d{1,9})([smhdwMy])$/.exec(String(value))
  const ms = match ? Number(match[1]) * units[match[2]!]! : 0
  if (ms > 0 && ms <= longest * units.y!) return ms
  problems.report(
    'S032',
    place,
    match
      ? `timespan ${quote(String(value))} has to be more than nothing and at most ${longest} years`
      : `${typeof value === 'string' ? quote(value) : describe(value)} is no timespan`,
    hint,
  )
  return undefined
}
