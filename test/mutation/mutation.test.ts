import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { SourceReading } from '../../src/app/reading/source-reading.ts'

import { runCampaign } from './campaign.ts'
import { runDumpCampaign } from './dumps-campaign.ts'
import { runRuleCampaign } from './rules-campaign.ts'
import { makeSeeds } from './seeds.ts'

describe('mutated sources', () => {
  it('every seed is recognised and read whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-seeds-'))
    try {
      for (const { name, bytes } of await makeSeeds()) {
        const file = join(folder, name)
        writeFileSync(file, bytes)
        const reading = new SourceReading({ event() {} })
        const { sources } = await reading.run({
          path: file,
          display: name,
          bytes: 0,
        })
        const events = sources.reduce((n, s) => n + s.events, 0)
        const troubles = sources.flatMap((s) => [
          ...s.problems,
          ...s.damaged.map((d) => d.message),
        ])
        expect({ name, read: events > 0, troubles }).toEqual({
          name,
          read: true,
          troubles: [],
        })
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('no damage makes a reader throw', async () => {
    const { tally } = await runCampaign(1_000, 1)
    expect(tally.failures).toEqual([])
  })

  it('no damage makes a language or the memory of rules throw', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-rules-'))
    try {
      const { failures } = await runRuleCampaign(600, 1, folder)
      expect(failures).toEqual([])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('no damage makes a reader of dumps throw', () => {
    expect(runDumpCampaign(600, 1).failures).toEqual([])
  })
})
