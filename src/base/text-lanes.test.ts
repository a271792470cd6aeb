import fc from 'fast-check'
import { expect, it } from 'vitest'

import { digest } from './digest.ts'
import { TextLanes } from './text-lanes.ts'

const of = (...texts: string[]) => {
  const lanes = new TextLanes()
  for (const text of texts) lanes.add(digest('name'), text)
  return lanes.digest
}

it('gives the same for a text, however it is held', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (text) => {
      const sliced = `..${text}..`.slice(2, 2 + text.length)
      expect(of(sliced)).toEqual(of(text))
    }),
  )
})

it('tells texts apart that differ in one unit, wherever it is', () => {
  for (const length of [1, 2, 23, 24, 25, 40_001, 70_000]) {
    const text = 'x'.repeat(length)
    const whole = of(text)
    for (const at of [0, 1, length - 2, length - 1]) {
      if (at < 0 || at >= length) continue
      const other = of(`${text.slice(0, at)}y${text.slice(at + 1)}`)
      expect(other.a).not.toBe(whole.a)
      expect(other.b).not.toBe(whole.b)
    }
  }
})

it('tells apart what ends otherwise', () => {
  const seen = [
    '',
    '\0',
    'a',
    'a\0',
    'a\0\0',
    'b'.repeat(25),
    `${'b'.repeat(25)}\0`,
  ]
  const told = seen.map((text) => JSON.stringify(of(text)))
  expect(new Set(told).size).toBe(seen.length)
  expect(of('ab', 'c')).not.toEqual(of('a', 'bc'))
})
