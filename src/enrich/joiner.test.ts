import { describe, expect, it } from 'vitest'

import type { Fact } from './facts/fact.ts'
import { Joiner } from './joiner.ts'

const fact = (service: string): Fact => ({
  kind: 'start',
  time: 0,
  host: 'h',
  hostShown: 'h',
  product: 'linux',
  category: 'process_creation',
  service,
  fields: { ProcessId: 4, Image: '/bin/a' },
  origin: { file: 'f', record: 1, offset: 0 },
  units: 10,
})

/** How long it waits for neighbours in time of what these services told, in milliseconds. */
function slackOf(...services: readonly string[]): number {
  const outlet = { edge: () => {}, enriched: () => {} }
  const joiner = new Joiner([], outlet)
  for (const service of services) joiner.fact(fact(service))
  return 60_000 - joiner.advance(60_000).events
}

describe('what waits for its neighbours in time', () => {
  it('waits for a tick where the kernel stamped all of it', () => {
    expect(slackOf('auditd')).toBe(10)
    expect(slackOf('ipcwatch', 'auditd')).toBe(10)
  })

  it('waits longer where clocks of several providers may differ', () => {
    expect(slackOf('auditd', 'sysmon')).toBe(3_000)
    expect(slackOf('sysmon', 'auditd')).toBe(3_000)
  })
})
