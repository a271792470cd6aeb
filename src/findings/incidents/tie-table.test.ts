import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { TieTable } from './tie-table.ts'

const lane = fc.integer({ min: -4, max: 4 })
const step = fc.record({
  a: lane,
  b: lane,
  value: fc.string({ minLength: 1 }),
  time: fc.nat(9),
  forgets: fc.boolean(),
})

describe('TieTable', () => {
  it('knows what a map knows, whatever is put and forgotten', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const table = new TieTable<string>()
        const known = new Map<string, { value: string; time: number }>()
        for (const { a, b, value, time, forgets } of steps) {
          if (forgets) {
            table.forget(time)
            for (const [key, last] of known)
              if (last.time !== 0 && last.time < time) known.delete(key)
          }
          table.put(a, b, value, time)
          known.set(`${a} ${b}`, { value, time })
        }
        expect(table.size).toBe(known.size)
        for (let a = -4; a <= 4; a++) {
          for (let b = -4; b <= 4; b++) {
            const slot = table.slotOf(a, b)
            const last = known.get(`${a} ${b}`)
            expect(table.value(slot)).toBe(last?.value)
            if (last) expect(table.time(slot)).toBe(last.time)
          }
        }
      }),
    )
  })

  it('keeps all while it grows, lanes with and without a sign alike', () => {
    const table = new TieTable<number>()
    const count = 5_000
    const key = (i: number) => Math.imul(i, 0x9e3779b1)
    for (let i = 1; i <= count; i++) table.put(key(i), i, i, i)
    expect(table.size).toBe(count)
    for (let i = 1; i <= count; i++)
      expect(table.value(table.slotOf(key(i) >>> 0, i))).toBe(i)
    table.forget(count)
    expect(table.size).toBe(1)
  })
})
