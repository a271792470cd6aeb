import { describe, expect, it } from 'vitest'

import {
  provenance,
  Shape,
  type SourceRecord,
  type Value,
} from '../base/record.ts'

import { Normaliser } from './normaliser.ts'

function eventOf(family: string, fields: Readonly<Record<string, Value>>) {
  const names = Object.keys(fields)
  const record: SourceRecord = {
    shape: new Shape(names),
    provenance: provenance(family, '', '', ''),
    number: 1,
    offset: 0,
    writtenAt: undefined,
    value: (i) => fields[names[i]!],
  }
  return new Normaliser().event(record, 'made.jsonl')
}

const families = [
  'windows',
  'hinted-windows',
  'linux-audit',
  'endpoint-security',
  'ecs',
  'defender',
  'osquery',
  'dbus-daemon',
  'falco',
  'tetragon',
  'tracee',
  'hints',
  'unknown',
]

describe.each(families)('a record of family %s', (family) => {
  it.each(['_time', 'timestamp', '@timestamp', 'EventTime', 'TimeGenerated'])(
    'tells its time as %s',
    (name) => {
      const event = eventOf(family, { [name]: '2026-01-02T03:04:05+01:00' })
      expect(event.time()).toBe(Date.UTC(2026, 0, 2, 2, 4, 5))
    },
  )

  it.each(['Computer', 'Hostname', 'ComputerName', 'MachineName', 'host'])(
    'tells its host as %s',
    (name) => {
      const event = eventOf(family, { [name]: 'ws7' })
      expect(event.host()).toBe('ws7')
    },
  )

  it('is of no stream and no file', () => {
    const event = eventOf(family, { hostname: 'stdout', host: '/var/log/a' })
    expect(event.host()).toBeUndefined()
  })
})

describe('a record', () => {
  it("is of its host, not of the collector's", () => {
    const fields = { host: 'collector', 'agent.name': 'shipper' }
    expect(eventOf('windows', { ...fields, Hostname: 'ws7' }).host()).toBe(
      'ws7',
    )
    expect(eventOf('unknown', { ...fields, hostname: 'ws7' }).host()).toBe(
      'ws7',
    )
  })

  it.each([
    [{ 'event.created': '2026-03-04T10:20:30Z' }],
    [{ 'attributes.timestamp': 1_772_619_630_000 }],
    [{ 'TimeGenerated [UTC]': '3/4/2026, 10:20:30.000 AM' }],
    [{ Event_Time: '2026-03-04T10:20:30Z' }],
    [{ utc_time: '2026-03-04 10:20:30' }],
    [{ date: '2026-03-04T10:20:30Z' }],
    [{ date: '2026-03-04', time: '10:20:30' }],
    [{ Date: '03/04/2026', Time: '10:20:30 AM' }],
  ])('has the time that %j states', (fields) => {
    const at = Date.UTC(2026, 2, 4, 10, 20, 30)
    expect(eventOf('unknown', fields).time()).toBe(at)
  })

  it('has that of its provider rather than of who carried it', () => {
    const fields = {
      _indextime: '1772700000',
      'event.ingested': '2026-03-05T00:00:00Z',
      '@timestamp': '2026-03-04T10:20:31Z',
      TimeCreated: '2026-03-04T10:20:30Z',
    }
    const at = Date.UTC(2026, 2, 4, 10, 20, 30)
    expect(eventOf('unknown', fields).time()).toBe(at)
  })

  it.each([
    [{ Date: '2026-01-02', Time: '03:04:05' }],
    [{ EventDate: '13.01.2026', EventTime: '03:04:05' }],
    [{ LogDate: '2026-01-02 00:00:00.000', LogTime: '03:04:05' }],
    [{ date: '2026/1/2', time: '3:04:05 AM' }],
  ])('has the time of a day and of its clock: %j', (fields) => {
    const time = Date.UTC(2026, 0, 2, 3, 4, 5)
    const later = Date.UTC(2026, 0, 13, 3, 4, 5)
    expect([time, later]).toContain(eventOf('hints', fields).time())
  })

  it('of a day alone has no time', () => {
    expect(eventOf('unknown', { date: '2026-03-04' }).time()).toBeUndefined()
  })
})
