// What stands before a record in its line? A syslog daemon, a container's runtime or an agent may have put its own head
// there; a host is taken from where a host stands, and from nowhere else.
import { yearOf } from '../../base/local-time.ts'
import { parseTime } from '../../base/time.ts'
import { zoneHours } from '../../base/zone-letters.ts'

export interface Prefix {
  /** '' where it names none. */
  readonly host: string
  /** Milliseconds since 1970 UTC; undefined where it states no time, or one without a year. */
  readonly time: number | undefined
  /** The time as written, '' where there is none. */
  readonly timeText: string
}

const nothing: Prefix = { host: '', time: undefined, timeText: '' }

const zones = `(?:${Object.keys(zoneHours).join('|')})`
const iso = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:${zones}(?![A-Za-z0-9.-])|[+-]\d\d:?\d\d))?`
const months = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const clock = String.raw`\d\d:\d\d:\d\d(?:\.\d{1,9})?`
// RFC 3164, with the year before or behind it as some write it; RFC 5424; journalctl's forms.
const time = new RegExp(
  String.raw`^(?:<\d{1,3}>(?:\d )?)?(?:[A-Z][a-z]{2},? )?(${iso}|(?:(\d{4}) )?(${months}) {1,2}(\d{1,2})(?: (\d{4}))? (${clock})(?: (\d{4})(?= ))?|\d{9,10}\.\d{3,6}) `,
)

/** A container's stream is no host. */
const streams = new Set(['stdout', 'stderr'])
const hostName = /^\(?([A-Za-z0-9][\w.:-]{0,254})\)?$/

export function readPrefix(text: string): Prefix {
  if (text === '') return nothing
  const m = time.exec(text)
  if (!m) return nothing
  const word = /^\S{1,256}/.exec(text.slice(m[0].length))?.[0] ?? ''
  const host = hostName.exec(word)?.[1] ?? ''
  const isHost = !streams.has(host) && !host.endsWith(':')
  return {
    host: isHost ? host : '',
    time: timeOf(m),
    timeText: m[1]!,
  }
}

function timeOf(m: RegExpExecArray): number | undefined {
  const [, text, before, month, day, behind, clockText, last] = m
  if (!month) return parseTime(text!.replace(/ (?=[+-])/, ''))
  const n = 1 + monthNames.indexOf(month)
  const year = before ?? behind ?? last ?? yearOf(n, Number(day))
  if (year === undefined) return undefined
  const date = `${year}-${String(n).padStart(2, '0')}-${day!.padStart(2, '0')}`
  return parseTime(`${date} ${clockText}`)
}

const monthNames = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
]
