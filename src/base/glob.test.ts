import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { globTest } from './glob.ts'

describe('globTest', () => {
  it('takes * for anything and ? for one character', () => {
    const held = (pattern: string, ...texts: string[]) =>
      texts.filter(globTest(pattern))
    expect(held('ws*', 'ws1', 'ws', 'aws')).toEqual(['ws1', 'ws'])
    expect(held('*s?', 'ws1', 'ws', 's1')).toEqual(['ws1', 's1'])
    expect(held('a*b*c', 'abc', 'axbxbxc', 'acb')).toEqual(['abc', 'axbxbxc'])
    expect(held('plain', 'plain', 'Plain')).toEqual(['plain'])
  })

  it('ignores letter case where asked', () => {
    expect(globTest('WS*', { ignoreCase: true })('ws7')).toBe(true)
  })

  it('says what a regular expression says', () => {
    const letters = fc.constantFrom('a', 'b', '*', '?')
    fc.assert(
      fc.property(
        fc.array(letters, { maxLength: 8 }),
        fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }),
        (pattern, text) => {
          const regex = new RegExp(
            `^${pattern.join('').replaceAll('*', '.*').replaceAll('?', '.')}$`,
          )
          const of = text.join('')
          expect(globTest(pattern.join(''))(of)).toBe(regex.test(of))
        },
      ),
      { seed: 7, numRuns: 2000 },
    )
  })
})
