import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { matches } from '../../test/tools/tree-walk.ts'
import type { Pattern } from '../ir/predicate.ts'
import { ANY, ONE, pattern } from '../ir/predicate.ts'

import { areDisjoint, covers, literalOf } from './pattern-sets.ts'

describe('areDisjoint', () => {
  it('tells ends that cannot meet', () => {
    expect(areDisjoint(['ab', ANY], ['ac', ANY], true)).toBe(true)
    expect(areDisjoint(['ab', ANY], ['abc', ANY], true)).toBe(false)
    expect(areDisjoint([ANY, 'x'], [ANY, 'y'], true)).toBe(true)
    expect(areDisjoint(['a', ANY], [ANY, 'b'], true)).toBe(false)
    expect(areDisjoint([ANY, 'a', ANY], [ANY, 'b', ANY], true)).toBe(false)
  })

  it('folds case unless both mind it', () => {
    expect(areDisjoint(['A'], ['a'], false)).toBe(false)
    expect(areDisjoint(['A'], ['a'], true)).toBe(true)
  })

  it('knows sets of characters', () => {
    expect(areDisjoint([{ oneOf: '-/' }, 'a'], ['/a'], true)).toBe(false)
    expect(areDisjoint([{ oneOf: '-/' }, 'a'], ['+a'], true)).toBe(true)
  })
})

describe('covers', () => {
  it('holds for what is narrower', () => {
    expect(covers([ANY, 'b', ANY], ['abc'], true)).toBe(true)
    expect(covers(['a', ANY], ['ab', ANY], true)).toBe(true)
    expect(covers(['ab', ANY], ['a', ANY], true)).toBe(false)
    expect(covers([ANY], [ONE, 'x'], true)).toBe(true)
    expect(covers([ONE], [ANY], true)).toBe(false)
  })
})

const part = fc.oneof(
  fc.constantFrom('a', 'b', 'ab', 'ba'),
  fc.constant(ANY),
  fc.constant(ONE),
  fc.constant({ oneOf: 'ab' }),
)
const patterns = fc
  .array(part, { maxLength: 4 })
  .map((parts) => pattern(parts as Pattern))

/** Every text over two letters up to six of them. */
const texts = [...Array(7).keys()].flatMap((length) =>
  Array.from({ length: 2 ** length }, (_, n) =>
    n
      .toString(2)
      .padStart(length, '0')
      .replaceAll('0', 'a')
      .replaceAll('1', 'b')
      .slice(0, length),
  ),
)

describe('pattern sets', () => {
  it('say of two patterns what their texts say', () => {
    fc.assert(
      fc.property(patterns, patterns, (p, q) => {
        const ofP = texts.filter((t) => matches(p, t, true))
        const both = ofP.filter((t) => matches(q, t, true))
        if (areDisjoint(p, q, true)) expect(both).toEqual([])
        // Short patterns over two letters meet in short texts, if at all.
        else expect(both.length).toBeGreaterThan(0)
        if (covers(q, p, true)) expect(both).toEqual(ofP)
        const literal = literalOf(p)
        if (literal !== undefined) {
          expect(covers(q, p, true)).toBe(matches(q, literal, true))
        }
      }),
      { seed: 11, numRuns: 2000 },
    )
  })
})
