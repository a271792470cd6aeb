import { describe, expect, it } from 'vitest'

import {
  provenance,
  Shape,
  type SourceRecord,
  type Value,
} from '../base/record.ts'

import { ClockWatch, describeClocks } from './clocks.ts'
import { Normaliser } from './normaliser.ts'

function record(fields: Readonly<Record<string, Value>>): SourceRecord {
  const names = Object.keys(fields)
  return {
    shape: new Shape(names),
    provenance: provenance('windows', '', 'Security', '4688'),
    number: 1,
    offset: 0,
    writtenAt: undefined,
    value: (i) => fields[names[i]!],
  }
}

function clocksOf(...records: Readonly<Record<string, Value>>[]) {
  const watch = new ClockWatch()
  for (const r of records) watch.record(record(r))
  return watch.clocks()
}

const utc = '2026-01-02 03:04:05.900'

describe('clocks', () => {
  it('are wrong by the hours that a local time with a Z is ahead of the UTC beside it', () => {
    const clocks = clocksOf(
      { UtcTime: utc, TimeCreated: '2026-01-02T05:04:05.950Z' },
      { UtcTime: utc, TimeCreated: '2026-01-02T05:04:06Z' },
    )!
    expect([...clocks]).toEqual([['TimeCreated', 7_200_000]])
    expect(describeClocks(clocks)).toBe('TimeCreated is 2 hours ahead of UTC')
    const normaliser = new Normaliser()
    normaliser.clocks = clocks
    const alone = record({ TimeCreated: '2026-01-02T05:04:07Z' })
    expect(normaliser.event(alone, 'f').time()).toBe(
      Date.UTC(2026, 0, 2, 3, 4, 7),
    )
  })

  it.each([
    ['agree', { UtcTime: utc, TimeCreated: '2026-01-02T03:04:06Z' }],
    [
      'differ by a delay',
      { UtcTime: utc, '@timestamp': '2026-01-02T03:19:05Z' },
    ],
    [
      'differ by more than zones do',
      { UtcTime: utc, EventTime: '2026-01-03 03:04:05' },
    ],
    ['are alone', { TimeCreated: '2026-01-02T05:04:06Z' }],
  ])('are left as they are where they %s', (_, fields) => {
    expect(clocksOf(fields as Readonly<Record<string, Value>>)).toBeUndefined()
  })

  it('are told by all records but one that came late', () => {
    const right = { UtcTime: utc, TimeCreated: '2026-01-02T05:04:06Z' }
    const late = { UtcTime: utc, TimeCreated: '2026-01-02T05:04:19Z' }
    const many = Array.from({ length: 19 }, () => right)
    expect([...clocksOf(...many, late)!]).toEqual([['TimeCreated', 7_200_000]])
    expect(clocksOf(right, late)).toBeUndefined()
  })

  it('are left as they are where records do not agree', () => {
    expect(
      clocksOf(
        { UtcTime: utc, EventTime: '2026-01-02 05:04:05' },
        { UtcTime: utc, EventTime: '2026-01-02 03:04:05' },
      ),
    ).toBeUndefined()
  })
})
