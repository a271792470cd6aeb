import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { exampleFiles } from './files.ts'

describe('examples', () => {
  it.each(Object.entries(exampleFiles()))(
    '%s is what its script makes',
    (name, content) => {
      expect(readFileSync(join('examples', name)).equals(content)).toBe(true)
    },
  )
})
