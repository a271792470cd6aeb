// Windows: the event log, subscribed to. Events are handed on as the XML that readers know.
import { nativeFailure } from '../native.ts'
import type {
  Probe,
  RunningSensor,
  Sensor,
  SensorCounts,
  SensorOptions,
} from '../sensor.ts'
import { Channel, type ChannelListener } from './channel.ts'
import { positionLine, readPositions } from './positions.ts'
import { type EventLog, eventLogOf, wevtapi } from './wevtapi.ts'

/** Milliseconds between two looks at what came. */
const everyMs = 100

export const eventLog: Sensor = {
  name: 'event-log',
  platform: 'win32',
  sees: 'the channels of the event log that rules ask for',
  group: 'event-log',
  follows: 'channels',
  probe,
  start: (options) => {
    const calls = wevtapi()
    if (!calls) throw new Error(nativeFailure())
    return followed(eventLogOf(calls), options)
  },
}

function probe(): Probe {
  try {
    const can = wevtapi() !== undefined
    const detail = can ? 'wevtapi.dll through koffi' : nativeFailure()
    return { can, detail, isUnproven: true }
  } catch (error) {
    return { can: false, detail: (error as Error).message, isUnproven: true }
  }
}

/** Throws where it is asked for what a log cannot do. */
export function followed(log: EventLog, options: SensorOptions): RunningSensor {
  const channels = channelsOf(options).map(
    ({ name, position }) =>
      new Channel(name, log, listenerOf(options), position),
  )
  let wasOpen = false
  const look = () => {
    for (const channel of channels) channel.poll(Date.now())
    wasOpen ||= channels.some((c) => c.isOpen)
    if (!wasOpen) options.failed('none of the channels can be read')
  }
  look()
  const timer = setInterval(look, everyMs)
  const sum = (of: (c: Channel) => number) =>
    channels.reduce((n, c) => n + of(c), 0)
  return {
    counts: (): SensorCounts => ({
      seen: sum((c) => c.seen),
      dropped: sum((c) => c.lost),
    }),
    stop: () => {
      clearInterval(timer)
      for (const channel of channels) channel.close()
    },
  }
}

/** With where another run was. */
export function channelsOf({ scope, channels = [], positions }: SensorOptions) {
  if (scope.kind !== 'all')
    throw new Error('a log of events is of the whole host: no scope can be set')
  if (!channels.length) throw new Error('no rule asks for a channel')
  const reached = positions === undefined ? {} : readPositions(positions)
  return channels.map((name) => ({ name, position: reached[name] ?? {} }))
}

export function listenerOf({ emitter, warn }: SensorOptions): ChannelListener {
  return {
    event: (xml) => emitter.message(xml),
    reached: (channel, position) =>
      emitter.line(positionLine(channel, position)),
    health: (kind, count, detail) =>
      emitter.health(kind, count, detail, Date.now()),
    problem: (message) => warn?.(message),
  }
}
