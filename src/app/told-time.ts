// A time as people tell it: whole, or counted from now.
import { entryOf } from '../base/entry.ts'
import { parseTime } from '../base/time.ts'

import { moved, parseSteps } from '../meaning/moment.ts'

/** Milliseconds since 1970; undefined: it is none. */
export function toldTime(value: string): number | undefined {
  return parseTime(value) ?? relativeTime(value)
}

/** `24h` and `-24h` are so long ago; `@d` is midnight UTC, as in a search. */
function relativeTime(value: string): number | undefined {
  const word = entryOf(timeWords, value.toLowerCase())
  const steps = parseSteps(word ?? (/^\d/.test(value) ? `-${value}` : value))
  return steps && moved(Date.now() / 1000, steps) * 1000
}

const timeWords: Readonly<Record<string, string>> = {
  now: '-0s',
  today: '@d',
  yesterday: '-1d@d',
}
