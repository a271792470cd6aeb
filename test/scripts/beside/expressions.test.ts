// What interpreters said of expressions that were made by chance (compare.ts), kept for where there is none.
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { differences, folded } from './folded.ts'

const pairs = readFileSync('test/scripts/beside/expressions.txt', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t') as [string, string, string, string])

describe('folding says what the interpreter says', () => {
  const languages = [...new Set(pairs.map(([language]) => language))]
  it.each(languages)('%s', (name) => {
    const wrong = pairs.flatMap(([language, source, type, shown]) => {
      if (language !== name) return []
      const own = folded(language, source)
      const text = JSON.parse(shown) as string
      const why =
        own.kind === 'unknown' ? 'unknown' : differences(own, { type, text })
      return why ? [`${source}  is ${shown}, folded ${why}`] : []
    })
    expect(wrong).toEqual([])
  })
})
