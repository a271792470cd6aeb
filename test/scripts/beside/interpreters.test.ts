// Folding says what the real interpreters say, or that it does not know: of harmless expressions that are made here, where the interpreters are.
import { describe, expect, it } from 'vitest'

import { compared, isThere, shown } from './compare.ts'
import { interpreters } from './interpreters.ts'

/** Expressions of each language. */
const wanted = 600
const seed = 20_261

describe.each(Object.entries(interpreters))('%s', (_, language) => {
  const isHere = isThere(language)
  // Where it is not, nothing says what is right.
  it.skipIf(!isHere)('is folded to what its interpreter says', () => {
    const { differences, known, cases } = compared(language, wanted, seed)
    const told = differences.map(
      (d) => `${d.expression}: ${shown(d.right)}, not ${shown(d.told)}`,
    )
    expect(told).toEqual([])
    expect(known).toBeGreaterThan(cases / 4)
  })
})
