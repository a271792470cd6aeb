// When did it happen, and on which host? Records of any kind say so under one of a few names; a provider's own go first.
import type { Shape, SourceRecord } from '../base/record.ts'
import { spellingOf } from '../base/spelling.ts'
import { parseTime } from '../base/time.ts'
import { clockNameOf, isUtcName, timeNamesIn } from '../base/time-names.ts'

import { readTime, withClock } from '../readers/written-time.ts'

import type { Clocks, ProviderPlan } from './provider.ts'
import { positionsOf, textOf } from './read-first.ts'

/** Names of a host that an event is of; those of a collector last. */
const hostNames: readonly string[] = [
  'Computer',
  'Hostname',
  'HostName',
  'ComputerName',
  'MachineName',
  'hostname',
  'host.name',
  'host.hostname',
  'computer',
  'computer_name',
  'ComputerFQDN',
  'host',
  'HOST',
  'agent.hostname',
  'agent.name',
]

/** The time and the host of a shape's records, as far as the shape has a name for them. */
export function whenAndWhere(
  shape: Shape,
  own: {
    readonly time?: readonly string[]
    readonly host?: readonly string[]
  } = {},
): Pick<ProviderPlan, 'time' | 'host'> {
  const time = firstTime(shape, [
    ...(own.time ?? []),
    ...timeNamesIn(shape.names),
  ])
  const host = firstHost(shape, [...(own.host ?? []), ...hostNames])
  return { ...(time && { time }), ...(host && { host }) }
}

/** Neighbours are mostly of one host. One for all plans: a text may keep the whole record that it is a part of. */
let lastHost: string | undefined

/** The first name that holds a host: a stream or a path is none. */
function firstHost(
  shape: Shape,
  names: readonly string[],
): ProviderPlan['host'] {
  const positions = positionsOf(shape, names)
  if (!positions.length) return undefined
  return (record: SourceRecord) => {
    for (const i of positions) {
      const text = textOf(record.value(i))
      if (!text) continue
      if (text !== lastHost && !isHost(text)) continue
      lastHost = text
      return text
    }
    return undefined
  }
}

function isHost(text: string): boolean {
  return /^[^/\\]{1,255}$/.test(text) && !/^(?:[-?]|stdout|stderr)$/.test(text)
}

/** FILETIME 0, 1601-01-01: what Windows writes where there is no time. */
const noTime = -11_644_473_600_000

/** The position of what holds the clock of a day; undefined: the name is of no day. */
function clockOf(shape: Shape, name: string): number | undefined {
  const clock = clockNameOf(name)
  if (clock === undefined) return undefined
  const at = (spelling: string) =>
    shape.names.findIndex((n) => spellingOf(n) === spelling)
  const own = at(clock)
  return own >= 0 ? own : at('time')
}

/** The first name that holds a time. */
function firstTime(
  shape: Shape,
  names: readonly string[],
): ProviderPlan['time'] {
  const own = names.filter((name) => shape.indexOf(name) >= 0)
  if (!own.length) return undefined
  const positions = own.map((name) => shape.indexOf(name))
  const isUtc = own.map(isUtcName)
  const clocksAt = own.map((name) => clockOf(shape, name))
  return (record: SourceRecord, clocks?: Clocks) => {
    for (let i = 0; i < positions.length; i++) {
      const given = record.value(positions[i]!)
      const clockAt = clocksAt[i]
      const value =
        clockAt === undefined ? given : withClock(given, record.value(clockAt))
      const time = parseTime(value, isUtc[i]) ?? readTime(value)
      if (time === undefined || time === noTime) continue
      return clocks ? time - (clocks.get(own[i]!) ?? 0) : time
    }
    return undefined
  }
}
