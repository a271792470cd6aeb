import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { TextFilter } from './text-filter.ts'
import { TextBytes } from './text-bytes.ts'

function mayHold(filter: TextFilter, text: string): boolean {
  const bytes = new TextBytes()
  bytes.write(text)
  return filter.mayHold(bytes)
}

describe('the filter', () => {
  it('never denies a text that is there, and says no where none is', () => {
    const letter = fc.constantFrom('a', 'b', 'z', '.', '{', '[', 'q')
    const piece = (minLength: number, maxLength: number) =>
      fc.array(letter, { minLength, maxLength }).map((l) => l.join(''))
    fc.assert(
      fc.property(
        fc.array(piece(4, 9), { minLength: 1, maxLength: 40 }),
        piece(0, 30),
        piece(0, 5),
        fc.nat(),
        (texts, text, before, pick) => {
          const filter = new TextFilter(texts)
          const lower = text.replaceAll('{', '[')
          const isThere = texts.some((t) =>
            lower.includes(t.replaceAll('{', '[')),
          )
          expect(mayHold(filter, text.toUpperCase())).toBe(isThere)
          const held = before + texts[pick % texts.length]!.toUpperCase() + text
          expect(mayHold(filter, held)).toBe(true)
        },
      ),
    )
  })
})
