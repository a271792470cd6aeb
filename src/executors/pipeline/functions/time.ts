// Functions on moments: seconds since 1970, UTC.
import type { Functions } from '../values.ts'
import { eachText, text } from './text.ts'
import { moved, parseSteps } from '../../../meaning/moment.ts'
import { strftime, strptime } from '../../../meaning/time-format.ts'
import { numberOf } from '../values.ts'

export const timeFunctions = {
  now: (_, s) => s.now,
  time: (_, s) => s.now,
  relative_time: ([t, how]) => {
    const moment = numberOf(t!)
    const modifier = text(how)
    if (moment === null || modifier === undefined) return null
    const steps = parseSteps(modifier)
    return steps ? moved(moment, steps) : null
  },
  strftime: ([t, format], s) => {
    const how = text(format)
    if (how === undefined) return null
    return eachText((v) => {
      const moment = numberOf(v)
      return moment === null ? null : (strftime(moment, how) ?? null)
    })([t!], s)
  },
  strptime: ([v, format], s) => {
    const how = text(format)
    return how === undefined
      ? null
      : eachText((x) => strptime(x, how) ?? null)([v!], s)
  },
} satisfies Functions
