import { describe, expect, it } from 'vitest'

import { Watermark } from './watermark.ts'

const minute = 60_000

describe('the watermark of a stream', () => {
  it('stays behind the latest event by the lateness', () => {
    const mark = new Watermark(5_000)
    mark.event(1, 100_000, 1_000_000)
    expect(mark.advance(1_000_000)).toBe(95_000)
  })

  it('waits for a source that gives events and is behind', () => {
    const mark = new Watermark(0)
    mark.event(1, 100_000, 1_000_000)
    mark.event(2, 40_000, 1_000_000)
    expect(mark.advance(1_000_000)).toBe(40_000)
  })

  it('does not wait for a source that is quiet', () => {
    const mark = new Watermark(0)
    mark.event(2, 40_000, 1_000_000)
    mark.event(1, 100_000, 1_020_000)
    expect(mark.advance(1_020_000)).toBe(100_000)
  })

  it('gives up on a source whose clock stays far behind', () => {
    const mark = new Watermark(0)
    const far = 60 * minute
    for (let now = 2 * far; now <= 2 * far + 2 * minute; now += 1_000) {
      mark.event(1, far + now, now)
      mark.event(2, now - far, now)
      mark.advance(now)
    }
    expect(mark.value).toBe(far + 2 * far + 2 * minute)
  })

  it('goes on with time while nothing comes, and never back', () => {
    const mark = new Watermark(0)
    mark.event(1, 100_000, 1_000_000)
    expect(mark.advance(1_003_000)).toBe(103_000)
    expect(mark.event(1, 102_000, 1_003_000)).toBe(true)
    expect(mark.late).toBe(1)
    expect(mark.advance(1_003_000)).toBe(103_000)
  })

  it('is not moved by an event of a day that has not come', () => {
    const mark = new Watermark(0)
    mark.event(1, 100_000, 1_000_000)
    mark.event(1, 1e15, 1_000_000)
    expect(mark.advance(1_000_000)).toBe(100_000)
  })
})
