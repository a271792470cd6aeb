import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { afterAll, describe, expect, it } from 'vitest'

import { SourceReading } from './source-reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'clocks-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const local = '2026-01-02T05:04:05.500Z'
const moment = Date.UTC(2026, 0, 2, 3, 4, 5, 500)

const sysmon = JSON.stringify({
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  EventID: 5,
  Computer: 'ws7',
  UtcTime: '2026-01-02 03:04:05.500',
  TimeCreated: local,
})

const security = JSON.stringify({
  Channel: 'Security',
  EventID: 4688,
  Computer: 'ws7',
  TimeCreated: local,
})

async function timesOf(name: string, lines: readonly string[]) {
  const path = join(folder, name)
  const text = `${lines.join('\n')}\n`
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text)
  const times = new Set<number | undefined>()
  const reading = new SourceReading({
    event: (event) => times.add(event.time()),
  })
  const bytes = lines.reduce((n, line) => n + line.length + 1, 0)
  const report = await reading.run({ path, display: path, bytes })
  return { times: [...times], clocks: report.sources[0]?.clocks }
}

const found = {
  times: [moment],
  clocks: 'TimeCreated is 2 hours ahead of UTC',
}

describe('a source whose clock is ahead', () => {
  it('is set right from its first record on, and it is said', async () => {
    expect(await timesOf('small.jsonl', [security, sysmon])).toEqual(found)
  })

  it('is set right where the record that shows it stands behind its beginning', async () => {
    const lines = Array.from({ length: 4_000 }, (_, i) =>
      i > 1_000 && i % 20 === 0 ? sysmon : security,
    )
    expect(await timesOf('large.jsonl', lines)).toEqual(found)
  })

  it('is set right so in an archive, too, which is read once', async () => {
    const lines = Array.from({ length: 4_000 }, (_, i) =>
      i > 1_000 && i % 20 === 0 ? sysmon : security,
    )
    expect(await timesOf('large.jsonl.gz', lines)).toEqual(found)
  })

  it('is left as it is where no record shows it', async () => {
    expect(await timesOf('alone.jsonl', [security])).toEqual({
      times: [Date.parse(local)],
      clocks: undefined,
    })
  })
})
