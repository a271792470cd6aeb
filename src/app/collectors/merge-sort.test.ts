import fc from 'fast-check'
import { expect, it } from 'vitest'

import { sortedNumbers } from './merge-sort.ts'

it('sorts as the built-in stable sort does', () =>
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 })), (values) => {
      const compare = (a: number, b: number) => values[a]! - values[b]!
      const expected = [...values.keys()].sort(compare)
      expect([...sortedNumbers(values.length, compare)]).toEqual(expected)
    }),
    { seed: 1 },
  ))

it('compares neighbours once where all is in order', () => {
  let compared = 0
  sortedNumbers(1000, (a, b) => {
    compared++
    return a - b
  })
  expect(compared).toBe(999)
})
