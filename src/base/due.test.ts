import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { Due } from './due.ts'

describe('what is due', () => {
  it('comes in order of its time, and only what lies before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (times, until) => {
        const due = new Due<number>()
        for (const at of times) due.add(at, at)
        const taken: number[] = []
        for (;;) {
          const next = due.takeBefore(until)
          if (next === undefined) break
          taken.push(next)
        }
        const before = times.filter((at) => at < until)
        expect(taken).toEqual(before.sort((a, b) => a - b))
        expect(due.size).toBe(times.length - taken.length)
        const others = times.filter((at) => at >= until)
        expect(due.next).toBe(Math.min(...others, Number.POSITIVE_INFINITY))
      }),
    )
  })
})
