// How many hosts the input is of does not depend on the rules.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { SourceReading } from '../src/app/reading/source-reading.ts'

import { makeSeeds } from './mutation/seeds.ts'

async function read(path: string, wants: boolean) {
  const gate = { wants: () => wants, wantsEventId: () => wants }
  const reading = new SourceReading({ event() {}, gate })
  const report = await reading.run({ path, display: 'x', bytes: 0 })
  const { hosts, sources } = report
  const events = sources.reduce((n, s) => n + s.events + s.skipped, 0)
  return { hosts: [...hosts].sort(), events }
}

describe('the hosts of a source', () => {
  it('are the same when no rule wants any of its records', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-hosts-'))
    try {
      for (const { name, bytes } of await makeSeeds()) {
        const path = join(folder, name)
        writeFileSync(path, bytes)
        expect({ name, ...(await read(path, false)) }).toEqual({
          name,
          ...(await read(path, true)),
        })
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
