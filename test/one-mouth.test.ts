// Everything for a person goes through src/cli/say.ts (messages) or src/cli/output.ts (results), which let nothing raw through.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

/** The progress line moves the cursor, and holds numbers of our own only. */
// The last speaks where the program cannot be loaded.
const mouths = ['cli/say.ts', 'cli/output.ts', 'cli/progress.ts', 'cli/main.ts']

describe('one mouth', () => {
  it('is the only one: no other file writes to the standard streams', () => {
    const others = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .filter((path) => !mouths.includes(path))
      .filter((path) =>
        /process\.std(out|err)\.write|\bconsole\.|writeSync\(\s*[12]\b/.test(
          readFileSync(join('src', path), 'utf8'),
        ),
      )
    expect(others).toEqual([])
  })
})
