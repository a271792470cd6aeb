import { describe, expect, it } from 'vitest'

import { inZone, zoneOf } from './zone.ts'

function there(name: string, iso: string): string {
  return inZone(zoneOf(name)!, iso)
}

describe('inZone', () => {
  it('shows what the clock there shows, summer time too', () => {
    expect(there('Europe/Berlin', '2026-01-01T23:30:00.500Z')).toBe(
      '2026-01-02T00:30:00.500+01:00',
    )
    expect(there('Europe/Berlin', '2026-03-29T01:00:00.000Z')).toBe(
      '2026-03-29T03:00:00.000+02:00',
    )
    expect(there('Asia/Kolkata', '2026-01-01T00:00:00.000Z')).toBe(
      '2026-01-01T05:30:00.000+05:30',
    )
    expect(there('-0330', '2026-01-01T00:00:00.000Z')).toBe(
      '2025-12-31T20:30:00.000-03:30',
    )
  })

  it('leaves UTC as it is', () => {
    expect(there('UTC', '2026-01-01T00:00:00.000Z')).toBe(
      '2026-01-01T00:00:00.000Z',
    )
  })

  it('knows no zone that is none', () => {
    expect(zoneOf('Europe/Berlin2')).toBeUndefined()
  })
})
