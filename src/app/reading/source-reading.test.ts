import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { SourceReading } from './source-reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-reading-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('an interruption', () => {
  it('is no damage of the file that was being read', async () => {
    const path = join(folder, 'long.jsonl')
    const line = `${JSON.stringify({ product: 'linux', Image: '/bin/ex' })}\n`
    const bytes = line.repeat(200_000)
    writeFileSync(path, bytes)
    const abort = new AbortController()
    const reading = new SourceReading({
      event: () => abort.abort(),
      signal: abort.signal,
    })
    const piece = { path, display: path, bytes: bytes.length }
    const { sources } = await reading.run(piece)
    expect(sources).toHaveLength(1)
    expect(sources[0]!.events).toBeLessThan(200_000)
    expect(sources[0]!.damagedCount).toBe(0)
  })
})
