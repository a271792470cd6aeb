// A folder of a test's own, gone behind its last test.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll } from 'vitest'

/** Made at once. `file` writes one into it and gives its path. */
export function ownFolder(name: string) {
  const path = mkdtempSync(join(tmpdir(), `ipcwatch-${name}-`))
  afterAll(() => rmSync(path, { recursive: true, force: true }))
  const file = (name: string, content: string | Buffer): string => {
    const at = join(path, name)
    writeFileSync(at, content)
    return at
  }
  return { path, file }
}
