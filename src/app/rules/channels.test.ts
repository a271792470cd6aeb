import { describe, expect, it } from 'vitest'

import { channelsAsked } from './channels.ts'

const asks = (
  logSource: { product?: string; category?: string; service?: string },
  ...eventIds: number[]
) => ({ logSource, fields: [], ...(eventIds.length && { eventIds }) })

describe('channels of the event log', () => {
  it('are those of what rules ask for', () => {
    expect(
      channelsAsked([asks({ product: 'windows', category: 'pipe_created' })]),
    ).toEqual(['Microsoft-Windows-Sysmon/Operational'])
    expect(
      channelsAsked([asks({ product: 'windows', service: 'security' }, 5145)]),
    ).toEqual(['Security'])
    expect(
      channelsAsked([
        asks({ product: 'windows', category: 'process_creation' }),
      ]),
    ).toEqual(['Security', 'Microsoft-Windows-Sysmon/Operational'])
  })

  it('are none where rules are about other systems', () => {
    expect(
      channelsAsked([asks({ product: 'linux', category: 'process_creation' })]),
    ).toEqual([])
  })
})
