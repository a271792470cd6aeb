// Which clocks of a source are wrong by whole hours? A record that tells its provider's UTC and another time besides shows
// it: exporters write local time with a Z. What is found holds for the source's records that tell the other time alone.
import type { Shape, SourceRecord } from '../base/record.ts'
import { parseTime } from '../base/time.ts'
import { isUtcName, timeNamesIn, utcName } from '../base/time-names.ts'

import { readTime } from '../readers/written-time.ts'

import type { Clocks } from './provider.ts'

const halfHourMs = 1_800_000
/** Two clocks of one event differ by so much besides. */
const maxSlackMs = 3_000
/** A record may be written late, or be of another clock: of so many, one. */
const oneStrayIn = 20
/** Zones reach from 12 hours west to 14 hours east. */
const maxZoneMs = 14 * 3_600_000

/** What records say of one clock. */
interface Told {
  /** Milliseconds; undefined: no record tells. */
  ahead: number | undefined
  records: number
  /** Of them: no whole hours away. */
  strays: number
  /** Records tell of several zones. */
  differs: boolean
}

/** Takes records of one source, and says how far each clock is ahead of UTC. */
export class ClockWatch {
  readonly #told = new Map<string, Told>()

  record(record: SourceRecord): void {
    const { shape } = record
    const at = shape.indexOf(utcName)
    const utc = at < 0 ? undefined : parseTime(record.value(at), true)
    if (utc === undefined) return
    for (const name of namesOf(shape)) {
      if (isUtcName(name)) continue
      const time = readTime(record.value(shape.indexOf(name)))
      if (time === undefined) continue
      this.#tell(name, wholeHours(time - utc))
    }
  }

  #tell(name: string, ahead: number | undefined): void {
    const told = this.#told.get(name) ?? {
      ahead: undefined,
      records: 0,
      strays: 0,
      differs: false,
    }
    this.#told.set(name, told)
    told.records++
    if (ahead === undefined) told.strays++
    else if (told.ahead !== undefined && told.ahead !== ahead)
      told.differs = true
    else told.ahead = ahead
  }

  /** undefined: every clock is right, as far as can be told. */
  clocks(): Clocks | undefined {
    const wrong = [...this.#told].flatMap(
      ([name, { ahead, records, strays, differs }]) =>
        ahead && !differs && strays * oneStrayIn <= records
          ? [[name, ahead] as const]
          : [],
    )
    return wrong.length ? new Map(wrong) : undefined
  }
}

const byShape = new WeakMap<Shape, readonly string[]>()

function namesOf(shape: Shape): readonly string[] {
  let names = byShape.get(shape)
  if (!names) byShape.set(shape, (names = timeNamesIn(shape.names)))
  return names
}

/** A difference of zones; undefined where it is none. */
function wholeHours(ms: number): number | undefined {
  const zone = Math.round(ms / halfHourMs) * halfHourMs
  const isZone =
    Math.abs(ms - zone) <= maxSlackMs && Math.abs(zone) <= maxZoneMs
  return isZone ? zone : undefined
}

/** `EventTime is 2 hours ahead of UTC`, for people. */
export function describeClocks(clocks: Clocks): string {
  return [...clocks]
    .map(([name, ahead]) => {
      const hours = Math.abs(ahead) / 3_600_000
      const side = ahead > 0 ? 'ahead of' : 'behind'
      return `${name} is ${hours} ${hours === 1 ? 'hour' : 'hours'} ${side} UTC`
    })
    .join(', ')
}
