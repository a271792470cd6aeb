// What does a clock on a wall show? A moment, written with the offset that its zone has then.

export interface Zone {
  /** Minutes east of Greenwich at a moment. */
  offsetAt(ms: number): number
}

const msPerMinute = 60_000
/** Offsets change at whole quarters of an hour. */
const msPerQuarter = 15 * msPerMinute

/** `UTC`, `local`, `+02:00`, or a name of the IANA table such as `Europe/Berlin`; undefined where it is none. */
export function zoneOf(name: string): Zone | undefined {
  const fixed = /^([+-])(\d\d):?(\d\d)$/.exec(name)
  if (fixed) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3])
    return { offsetAt: () => (fixed[1] === '-' ? -minutes : minutes) }
  }
  try {
    return namedZone(name === 'local' ? undefined : name)
  } catch {
    return undefined
  }
}

function namedZone(name: string | undefined): Zone {
  const format = new Intl.DateTimeFormat('en', {
    ...(name !== undefined && { timeZone: name }),
    timeZoneName: 'longOffset',
  })
  let lastQuarter = Number.NaN
  let last = 0
  return {
    offsetAt(ms) {
      const quarter = Math.floor(ms / msPerQuarter)
      if (quarter !== lastQuarter) {
        lastQuarter = quarter
        last = minutesOf(format.format(ms))
      }
      return last
    },
  }
}

/** `1/1/2026, GMT+02:00`; `GMT` alone is Greenwich. */
function minutesOf(text: string): number {
  const offset = /GMT([+-])(\d\d):(\d\d)/.exec(text)
  if (!offset) return 0
  const minutes = Number(offset[2]) * 60 + Number(offset[3])
  return offset[1] === '-' ? -minutes : minutes
}

/** ISO 8601 text of a moment in UTC, as the zone's clock has it: `2026-01-01T01:00:00.000+01:00`. */
export function inZone(zone: Zone, iso: string): string {
  const ms = Date.parse(iso)
  if (Number.isNaN(ms)) return iso
  const minutes = zone.offsetAt(ms)
  const there = new Date(ms + minutes * msPerMinute)
  if (minutes === 0 || Number.isNaN(there.getTime())) return iso
  const size = Math.abs(minutes)
  const two = (n: number) => String(n).padStart(2, '0')
  const sign = minutes < 0 ? '-' : '+'
  return `${there.toISOString().slice(0, -1)}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
