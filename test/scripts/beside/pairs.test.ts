// What interpreters said of expressions that were made by chance (pairs.ts), kept for where there is none; and, of languages for which there is
// none here, what their documentation says. `unknown`: it is not modelled, and nothing may be said of it.
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { wholeText } from '../../../src/scripts/fold/value.ts'
import type { Language } from '../../../src/scripts/language.ts'
import { differences, folded } from './folded.ts'

const pairs = ['pairs', 'documented'].flatMap((name) =>
  readFileSync(`test/scripts/beside/${name}.txt`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t') as [Language, string, string, string]),
)

describe('folding says what the interpreter says', () => {
  const languages = [...new Set(pairs.map(([language]) => language))]
  it.each(languages)('%s', (name) => {
    const wrong = pairs.flatMap(([language, source, type, shown]) => {
      if (language !== name) return []
      const own = folded(language, source)
      const known = wholeText(own)
      if (type === 'unknown')
        return known === undefined ? [] : [`${source}  is told as ${known}`]
      const text = JSON.parse(shown) as string
      const why =
        known === undefined ? 'unknown' : differences(own, { type, text })
      return why ? [`${source}  is ${shown}, folded ${why}`] : []
    })
    expect(wrong).toEqual([])
  })
})
