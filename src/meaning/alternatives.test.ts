// Alternatives that are looked up hold where one of them alone does.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Value } from '../base/record.ts'

import type { Predicate } from '../ir/predicate.ts'

import { valuesTest } from './tests.ts'

const field = fc.constantFrom('a', 'b', 'c')
const word = fc.constantFrom('x', 'X', 'y', 'zz', '')

const text = fc
  .tuple(field, word, fc.boolean(), fc.boolean())
  .map(([field, w, cased, open]): Predicate => {
    const pattern = open ? [w || 'q', 0 as const] : [w]
    return { kind: 'text', field, pattern, cased }
  })

/** One text, at the first of several places that has a value. */
const placed = fc
  .tuple(fc.constantFrom(['a', 'b'], ['b', 'c', 'a']), word)
  .map(([places, w]) => {
    const [first, ...others] = places.map((field): Predicate => {
      return { kind: 'text', field, pattern: [w], cased: false }
    })
    return others.reduce<Predicate>((found, other, i) => {
      const missing = places.slice(0, i + 1)
      const nulls = missing.map((field): Predicate => ({ kind: 'null', field }))
      return {
        kind: 'or',
        of: [found, { kind: 'and', of: [...nulls, other] }],
      }
    }, first!)
  })

const alternative = fc.oneof(
  text,
  placed,
  fc
    .tuple(fc.oneof(text, placed), fc.oneof(text, placed))
    .map(([x, y]): Predicate => ({ kind: 'and', of: [x, y] })),
)

const value: fc.Arbitrary<Value> = fc.oneof(
  word,
  fc.constant(null),
  fc.array(word, { maxLength: 3 }),
)

describe('alternatives that are looked up', () => {
  it('hold where one of them alone does', () => {
    fc.assert(
      fc.property(
        fc.array(alternative, { minLength: 8, maxLength: 40 }),
        fc.array(fc.dictionary(field, value), { minLength: 1, maxLength: 8 }),
        (of, rows) => {
          const any = valuesTest({ kind: 'or', of })
          const each = of.map(valuesTest)
          for (const row of rows) {
            const values = new Map(Object.entries(row))
            expect(any(values)).toBe(each.some((test) => test(values)))
          }
        },
      ),
      { seed: 11, numRuns: 500 },
    )
  })
})
