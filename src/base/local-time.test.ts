import { afterEach, describe, expect, it } from 'vitest'

import { readTimesAs, yearOf } from './local-time.ts'
import { formatTime, parseTime } from './time.ts'

afterEach(() => {
  readTimesAs()
})

const utc = (text: string, isUtc = false) => formatTime(parseTime(text, isUtc)!)

describe('a time that states no offset', () => {
  it('is one of UTC unless a zone is named', () => {
    expect(utc('2026-07-01 10:00:00')).toBe('2026-07-01T10:00:00.000Z')
  })

  it('is one of the zone that was named, in summer as in winter', () => {
    readTimesAs({ zone: 'Europe/Berlin' })
    expect(utc('2026-07-01 10:00:00')).toBe('2026-07-01T08:00:00.000Z')
    expect(utc('2026-01-01 10:00')).toBe('2026-01-01T09:00:00.000Z')
    expect(utc('2026-07-01')).toBe('2026-06-30T22:00:00.000Z')
  })

  it('is right on both sides of a change of the clocks', () => {
    readTimesAs({ zone: 'Europe/Berlin' })
    expect(utc('2026-03-29 01:59:59')).toBe('2026-03-29T00:59:59.000Z')
    expect(utc('2026-03-29 03:00:00')).toBe('2026-03-29T01:00:00.000Z')
    expect(utc('2026-10-25 04:00:00')).toBe('2026-10-25T03:00:00.000Z')
  })

  it('stays one of UTC where the field is', () => {
    readTimesAs({ zone: '-05:00' })
    expect(utc('2026-07-01 10:00:00', true)).toBe('2026-07-01T10:00:00.000Z')
    expect(utc('2026-07-01 10:00:00')).toBe('2026-07-01T15:00:00.000Z')
  })
})

describe('a time that states its offset', () => {
  it('is what it says, whatever zone was named', () => {
    readTimesAs({ zone: 'Asia/Tokyo' })
    expect(utc('2026-07-01T10:00:00Z')).toBe('2026-07-01T10:00:00.000Z')
    expect(utc('2026-07-01T10:00:00+02:00')).toBe('2026-07-01T08:00:00.000Z')
    expect(parseTime('1772619630')).toBe(1_772_619_630_000)
  })
})

describe('a day that states no year', () => {
  it('is of none where nothing is told', () => {
    expect(yearOf(11, 26)).toBeUndefined()
  })

  it.each([
    [11, 27, 2026],
    [11, 28, 2025],
    [12, 31, 2025],
    [1, 1, 2026],
    [2, 29, 2024],
    [2, 30, undefined],
  ])('is of the last year in which it lies before: %i/%i', (m, d, year) => {
    readTimesAs({ before: Date.UTC(2026, 10, 28) })
    expect(yearOf(m, d)).toBe(year)
  })
})
