// Which channels of the Windows event log do rules ask for? Those in which something stands that a gate would let through.
import { provenance } from '../../base/record.ts'

import { windowsChannels, windowsWriters } from '../../event/sources/windows.ts'

import type { Demand } from '../../ir/demand.ts'

import { gateOf } from '../reading/gate.ts'

/** In the order of the channels' table. */
export function channelsAsked(demands: readonly Demand[]): readonly string[] {
  const ofWindows = demands.filter(
    ({ logSource: { product } }) =>
      product === undefined || product === 'windows',
  )
  const { wants } = gateOf(ofWindows)
  const asked = new Set<string>()
  const isAsked = (provider: string, channel: string, id: string) =>
    wants(provenance('windows', provider, channel, id))
  for (const channel of windowsChannels.keys()) {
    if (isAsked('', channel, '')) asked.add(channel)
  }
  for (const { channels, events } of Object.values(windowsWriters)) {
    for (const [provider, channel] of Object.entries(channels)) {
      const ids = Object.keys(events)
      if (ids.some((id) => isAsked(provider, channel, id))) asked.add(channel)
    }
  }
  // Sysmon of Linux writes into no channel of Windows.
  return [...windowsChannels.keys()].filter(
    (c) => asked.has(c) && !c.startsWith('Linux-'),
  )
}
