// Flat JSON that names its log source or is of no known shape: fields stay as they are.
import type { Shape } from '../base/record.ts'

import { logSource, unknownLogSource } from '../event/log-source.ts'

import { hintNames } from '../event/sources/hints.ts'

import type { ProviderNormaliser, ProviderPlan } from './provider.ts'
import { firstText, firstTime } from './read-first.ts'

/** Names that hold the event's time, the most trustworthy first: a provider's own UTC, then what a pipeline wrote. */
export const timeNames: readonly string[] = [
  'UtcTime',
  'TimeCreated',
  'TimeCreated_SystemTime',
  'EventTime',
  '@timestamp',
  'timestamp',
  'time',
  '_time',
]

export const hostNames: readonly string[] = [
  'Computer',
  'Hostname',
  'host',
  'hostname',
  'host.name',
]

/**
 * Family `hints`: the record says which log source it is of; provider is the product, channel the service, id the category, and a part
 * that it leaves out ('') is not known.
 */
export const hints: ProviderNormaliser = {
  applies: (p) => p.family === 'hints',
  plan: (shape, p) => ({
    ...flatPlan(shape),
    aside: hintNames,
    logSource: logSource(
      p.provider || undefined,
      p.id ? [p.id] : undefined,
      p.channel ? [p.channel] : undefined,
    ),
  }),
}

/** Whatever nobody else knows: every rule may look at it. */
export const unknown: ProviderNormaliser = {
  applies: () => true,
  plan: (shape) => flatPlan(shape),
}

export function flatPlan(shape: Shape): ProviderPlan {
  const time = firstTime(shape, timeNames)
  const host = firstText(shape, hostNames)
  return {
    add: [],
    logSource: unknownLogSource,
    ...(time && { time }),
    ...(host && { host }),
  }
}
